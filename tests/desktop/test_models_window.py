"""A model in the real window: fetched from a loopback server, paused, gone on with, used, broken, removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkpoint import CHECKPOINT
from tests.desktop.app import App, Node, Screen, app
from tests.desktop.model_site import Site, serving
from tests.desktop.test_settings_window import section, settings
from tests.desktop.test_window_aloud import listening
from tests.sound.server import SoundServer
from tests.sound.speech import flite
from voicebot.resources import find_home

pytestmark = pytest.mark.timeout(300)
NAME = "whisper:base"
CATALOGUE = """
[[model]]
id = "base"
engine = "whisper"
description = {{ en = "Hears commands", ko = "명령을 알아들어요" }}
languages = ["en", "ko"]
licence = "MIT"
memory = 300000000

[[model.files]]
filename = "base.pt"
size = {size}
sha256 = "{sha256}"
url = "https://models.invalid/base.pt"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(CHECKPOINT.read_bytes()) as made:
        yield made


@pytest.fixture
def running(display: Screen, sound: SoundServer, site: Site, tmp_path: Path) -> Iterator[App]:
    offered = tmp_path / "offered"
    (offered / "models").mkdir(parents=True)
    sha256 = hashlib.sha256(site.file).hexdigest()
    (offered / "models" / "stt.toml").write_text(CATALOGUE.format(size=len(site.file), sha256=sha256), "utf-8")
    with app(display, TESTS_CATALOGUE=str(offered), VOICEBOT_DOWNLOADS_MIRROR=site.url) as started:
        listening(started)
        section(started, "Models")
        yield started


def installed_file() -> Path:
    return find_home().models / "whisper" / "base" / "base.pt"


def half_of_it(running: App) -> None:
    running.wait_until(lambda: [one for one in running.names() if one.startswith("8.")], "how much of it is here")


def has_the_keyboard(running: App) -> Node | None:
    return next((node for node in running.nodes() if node["focused"] and node["role"] == "Button"), None)


def test_a_model_is_fetched_paused_gone_on_with_and_used(
    running: App, sound: SoundServer, site: Site, tmp_path: Path
) -> None:
    site.gate.clear()
    running.click(f"Download: {NAME}", "Button")
    half_of_it(running)
    running.click(f"Pause: {NAME}", "Button")
    running.wait_for("Paused at …")
    assert not installed_file().exists()
    site.gate.set()
    running.click(f"Go on: {NAME}", "Button")
    running.wait_for("installed")
    assert site.ranges[0] == "" and site.ranges[-1].startswith("bytes=")
    assert installed_file().read_bytes() == site.file
    running.click("Hearing", "Button")
    running.click("Use Whisper", "Button")
    running.wait_until(lambda: settings().stt.engine == "whisper", "the engine")
    running.screen.xdotool("key", "Escape")
    listening(running)
    running.wait_gone("Getting whisper ready…")
    running.screen.xdotool("keydown", "space")
    running.wait_for("Listening")
    sound.speak(flite("what is seven plus five", tmp_path / "question.wav"))
    running.screen.xdotool("keyup", "space")
    running.wait_for("You: What is seven plus five?")


def test_a_broken_model_is_found_mended_and_removed(running: App, site: Site) -> None:
    running.click(f"Download: {NAME}", "Button")
    running.wait_for("installed")
    installed_file().write_bytes(bytes(len(site.file)))
    running.click(f"Check: {NAME}", "Button")
    running.wait_for("This file is damaged: download it again")
    running.click(f"Download: {NAME}", "Button")
    running.wait_for("installed")
    assert installed_file().read_bytes() == site.file
    running.click(f"Remove: {NAME}", "Button")
    running.wait_for(f"Remove {NAME}?")
    running.click("Remove", "Button")
    running.wait_for(f"Download: {NAME}")
    assert not installed_file().exists()


def test_wrong_bytes_and_a_server_that_is_gone_are_told(running: App, site: Site) -> None:
    right, site.file = site.file, bytes(len(site.file))
    running.click(f"Download: {NAME}", "Button")
    running.wait_for("base.pt of whisper:base came out wrong…")
    assert not installed_file().exists()
    site.file = right
    running.click(f"Download: {NAME}", "Button")
    running.wait_for("installed")


def test_the_keyboard_stays_where_the_buttons_change(running: App, site: Site) -> None:
    site.gate.clear()
    for _ in range(40):
        running.screen.xdotool("key", "Tab")
        if (at := has_the_keyboard(running)) and at["name"] == f"Download: {NAME}":
            break
    running.screen.xdotool("key", "Return")
    running.wait_until(lambda: (has_the_keyboard(running) or {}).get("name") == f"Pause: {NAME}", "the pause button")
    half_of_it(running)
    running.screen.xdotool("key", "Return")
    running.wait_until(lambda: (has_the_keyboard(running) or {}).get("name") == f"Go on: {NAME}", "the other button")
    site.gate.set()
    running.screen.xdotool("key", "Return")
    running.wait_until(lambda: (has_the_keyboard(running) or {}).get("name") == f"Check: {NAME}", "the check button")
