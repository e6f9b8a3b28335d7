"""The pictures of the window: there is one of every screen, and they can be taken again."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from PySide6.QtGui import QImage

from tests.desktop.app import screen
from tests.screenshots.take import LANGUAGES, SCREENS, THEMES, WIDTH, picture, take
from tests.sound.server import SoundServer

IMAGES = Path(__file__).parents[2] / "docs" / "images"
ROOM = 3_000_000
"""Bytes that all of them may take: they are in everybody's checkout."""


def test_there_is_a_picture_of_every_screen() -> None:
    files = [picture(IMAGES, *which) for which in product(SCREENS, THEMES, LANGUAGES)]
    assert [file.name for file in files if not file.exists()] == []
    assert sum(file.stat().st_size for file in files) < ROOM
    assert {file.name for file in IMAGES.glob("window-*.png")} == {file.name for file in files}


def test_a_picture_can_be_taken(sound: SoundServer, tmp_path: Path) -> None:
    with screen() as display:
        taken = take(display, tmp_path, "dark", "ko", until=SCREENS[0])
    assert taken == [picture(tmp_path, SCREENS[0], "dark", "ko")]
    image = QImage(str(taken[0]))
    assert (image.width(), image.pixelColor(4, 716).lightness() < 128) == (WIDTH, True)
