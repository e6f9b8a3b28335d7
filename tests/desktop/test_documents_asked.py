"""The documents as a person uses them: a file is dropped on the window, asked about, and opened where it is cited."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from tests.desktop.app import App, Screen, app
from tests.rag.files import pdf

LEAVE = "Employees get 25 days of paid leave a year. Unused days lapse at the end of March."
PAGES = ("Welcome to the company. Lunch is at noon.", LEAVE, "The alarm is tested on the first Monday of a month.")


def test_a_dropped_file_is_asked_about_and_opened_at_its_page(display: Screen, tmp_path: Path) -> None:
    handbook = pdf(tmp_path / "handbook.pdf", PAGES, "Employee handbook")
    with app(display, "window", "--stt", "scripted", "--llm", "offline", "--tts", "scripted") as running:
        assert running.do("drop", paths=[str(handbook)])
        running.wait_for("1 file in “My documents”")
        running.wait_for("1 file · 3 passages")
        running.screen.xdotool("key", "Escape")
        running.wait_for("Documents: My documents", "Button")
        running.ask("How many days of paid leave do employees get?")
        source = "Source 1: Employee handbook · page 2, message 2"
        running.wait_for(source, "Button")
        running.wait_until(lambda: "25 days" in said(running) and "[1]" in said(running), "the answer")
        running.click(source, "Button")
        page = running.wait_until(lambda: [one for one in running.names() if one.startswith(LEAVE)], "the page")
        assert "Lunch" not in page[0]
        running.screen.xdotool("key", "Escape")
        running.wait_gone("The page")
        running.ask("What is tested on Monday?")
        running.wait_for("Source 1: Employee handbook · page 3, message 4", "Button")


def said(running: App) -> str:
    return next((name for name in running.names() if name.startswith("Voicebot: ")), "")
