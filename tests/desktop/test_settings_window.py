"""The settings in the real window: changed while it talks, a key entered and used, a setting that cannot be."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.app import App, Screen, app
from tests.desktop.test_window_aloud import listening, wait_until_spoken
from tests.openai_server import Server, serving
from tests.sound.server import SoundServer
from voicebot.resources import find_home
from voicebot.settings import Settings, load

pytestmark = pytest.mark.timeout(300)
KEY = "sk-entered-by-hand-0815"


@pytest.fixture
def service() -> Iterator[Server]:
    """A loopback server that speaks OpenAI's protocol, on a thread of its own."""
    loop, ready, made = asyncio.new_event_loop(), threading.Event(), []
    end = asyncio.Event()

    async def serve() -> None:
        async with serving() as server:
            made.append(server)
            ready.set()
            await end.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(30)
    yield made[0]
    loop.call_soon_threadsafe(end.set)
    thread.join(30)
    loop.close()


def settings() -> Settings:
    return load(find_home(), {}).settings


def section(running: App, name: str) -> None:
    if running.find("Back to the conversation") is None:
        running.click("Settings", "Button")
    running.click(name, "Button")


def test_settings_change_while_it_talks_and_the_answer_goes_on(display: Screen, sound: SoundServer) -> None:
    with app(display) as running:
        listening(running)
        sound.begin()
        running.ask("what can you do")
        running.wait_for("Speaking")
        section(running, "Privacy")
        running.click("Keep recordings", "CheckBox")
        section(running, "Talking")
        running.click("Ready before the key", "CheckBox")
        section(running, "Looks")
        running.click("Dark", "RadioButton")
        running.wait_until(lambda: not settings().privacy.recordings, "the recordings off")
        running.wait_until(lambda: settings().desktop.theme == "dark", "the theme")
        running.wait_until(lambda: not sound.microphone_is_open(), "a closed microphone")
        wait_until_spoken(running, sound)
        running.screen.xdotool("key", "Escape")
        running.wait_for("You: what can you do")
        assert not running.find("Stopped here: what is struck out was not heard")
        running.ask("what is two plus two")
        running.wait_for("Voicebot: Two plus two is four.")


def test_a_key_is_entered_used_and_never_shown(display: Screen, sound: SoundServer, service: Server) -> None:
    environment = {
        "PYTHON_KEYRING_BACKEND": "tests.desktop.memory_keyring.Memory", "VOICEBOT_LLM_BASE_URL": service.url,
    }  # fmt: skip
    with app(display, **environment) as running:
        listening(running)
        section(running, "Keys")
        running.click("Key for OpenAI", "EditableText")
        running.screen.xdotool("type", "--delay", 15, KEY)
        assert KEY not in str(running.nodes())
        running.click("Keep the key for OpenAI", "Button")
        running.wait_for("A key is kept in the keyring")
        assert KEY not in str(running.nodes())
        section(running, "Thinking")
        running.click("Use OpenAI", "Button")
        running.wait_until(lambda: settings().llm.engine == "openai", "the engine")
        running.screen.xdotool("key", "Escape")
        running.wait_for("Answers: gpt-5.4-mini")
        running.ask("hello there")
        running.wait_until(lambda: any(one.path.endswith("completions") for one in service.seen), "the question")
        asked = next(one for one in service.seen if one.path.endswith("completions"))
        assert asked.headers["Authorization"] == f"Bearer {KEY}"
        running.wait_for("Hold or tap to talk")
        assert KEY not in str(running.nodes())
    home = find_home()
    files = [file for folder in (home.config, home.data) for file in folder.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if KEY.encode() in file.read_bytes()]


def has_the_keyboard(running: App, name: str) -> bool:
    """Click into a field, which may have moved: the engines above it are looked at anew once another is in use."""
    running.click(name, "EditableText")
    return any(node["name"] == name and node["focused"] for node in running.nodes())


def test_what_cannot_be_is_refused_with_a_reason_and_a_broken_file_is_told(
    display: Screen, sound: SoundServer
) -> None:
    home = find_home()
    home.config.mkdir(parents=True)
    home.settings_file.write_text('[tts]\nrate = 1.2\n[stt]\nengine = "whisprr"\n[llm]\nengine = "offl', "utf-8")
    with app(display) as running:
        running.wait_for("The microphone is armed: nothing is kept until you talk")
        section(running, "Hearing")
        running.click("Use PocketSphinx", "Button")
        running.wait_until(lambda: settings().stt.engine == "sphinx", "the engine")
        running.wait_until(lambda: has_the_keyboard(running, "Language codes"), "the field")
        running.screen.xdotool("key", "ctrl+a")
        running.screen.xdotool("type", "--delay", 15, "klingon")
        running.screen.xdotool("key", "Return")
        running.wait_until(lambda: [one for one in running.names() if "two-letter" in one], "the reason")
    assert settings().tts.rate == 1.2
    assert len(list(Path(home.config).glob("settings.toml.broken-*"))) == 1
