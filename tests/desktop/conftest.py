"""The screen of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.app import Screen, screen


@pytest.fixture(scope="session")
def display() -> Iterator[Screen]:
    with screen() as made:
        yield made
