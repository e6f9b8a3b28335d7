"""Who draws the window, and that it is drawn either way."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from tests.cli.program import SCRIPTED
from tests.desktop.app import Screen, app
from voicebot.desktop.rendering import draws_by_itself
from voicebot.resources import data_root


@pytest.mark.parametrize("device", ["dri/renderD128", "nvidiactl", "dxg"])
def test_a_graphics_device_is_used(tmp_path: Path, device: str) -> None:
    assert draws_by_itself(tmp_path, {})
    (tmp_path / device).parent.mkdir(exist_ok=True)
    (tmp_path / device).touch()
    assert not draws_by_itself(tmp_path, {})


def test_the_persons_choice_stands(tmp_path: Path) -> None:
    assert not draws_by_itself(tmp_path, {"QSG_RHI_BACKEND": "opengl"})


@pytest.mark.parametrize("chosen", [{"QT_QUICK_BACKEND": "software"}, {"QSG_RHI_BACKEND": "opengl"}])
def test_it_is_drawn_by_either(display: Screen, tmp_path: Path, chosen: dict[str, str]) -> None:
    with app(display, "window", *SCRIPTED, **chosen) as running:
        running.wait_gone("Getting scripted ready…")
        emulated = "libLLVM" in Path(f"/proc/{running.pid}/maps").read_text("utf-8")
        assert not emulated or "QSG_RHI_BACKEND" in chosen
        running.ask("hello there")
        running.wait_for("You: hello there")
        running.grab(tmp_path / "drawn.png")
    assert (tmp_path / "drawn.png").stat().st_size > 5000


def greys(image: QImage) -> NDArray[np.int16]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].astype(np.int16)


def test_what_is_scrolled_away_leaves_nothing_behind(display: Screen, tmp_path: Path) -> None:
    """Drawings are clipped as everything else is: what stands below the conversation stays as it is."""
    reply = tmp_path / "reply.md"
    reply.write_text("\n\n".join(["One line of many."] * 40), "utf-8")
    engines = ("--stt", "scripted", "--llm", f"scripted:{reply}", "--tts", "scripted")
    with app(display, "window", *engines, QT_QUICK_BACKEND="software") as running:
        for question in ("one", "two"):
            running.ask(question)
            running.wait_for(f"You: {question}")
            running.wait_for("Hold or tap to talk")
        below = []
        running.screen.xdotool("key", "Tab", "mousemove", 600, 400)
        for _ in range(6):
            running.screen.xdotool("sleep", 0.4)
            running.grab(tmp_path / "shown.png")
            field, shown = running.wait_for("Message"), QImage(str(tmp_path / "shown.png"))
            left, top = field["x"] - field["w"] // 2, field["y"] - field["h"] // 2
            running.screen.xdotool("click", 4)
            below.append(greys(shown.copy(left, top, field["w"], shown.height() - top)))
    assert below[0].size
    for part in below:  # the pictures' few colours make little difference
        assert np.count_nonzero(np.abs(part - below[0]) > 50) < 5


def test_no_screen_needs_a_shader() -> None:
    """Qt's own renderer has none."""
    screens = sorted((data_root() / "ui").rglob("*.qml"))
    assert screens
    for file in screens:
        assert not re.search(r"ShaderEffect|MultiEffect|layer\.effect|Particle", file.read_text("utf-8")), file
