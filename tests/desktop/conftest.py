"""The screen of these tests, and Qt without one for the view models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import Screen, screen

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


@pytest.fixture(scope="session")
def display() -> Iterator[Screen]:
    with screen() as made:
        yield made


@pytest.fixture(scope="session")
def qt() -> QGuiApplication:
    """The one application of this process, without a window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    there = QGuiApplication.instance()
    return there if isinstance(there, QGuiApplication) else QGuiApplication([])
