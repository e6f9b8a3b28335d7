"""Engines switched in the middle of a conversation: the turn that runs goes on, the next one has the new engines."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.checkpoint import CHECKPOINT
from tests.desktop.app import App, Screen, app
from tests.desktop.test_settings_window import section, settings
from tests.desktop.test_window_aloud import wait_until_spoken
from tests.openai_server import Server, serving
from tests.sound.server import SoundServer
from tests.sound.speech import flite, nearest, transcript
from voicebot.history import History, TurnOnPath
from voicebot.resources import find_home

pytestmark = pytest.mark.timeout(300)
LONG = "It is a clock. It tells the time of the day. It has two hands and twelve hours. It never stops."
SCRIPTED = ("window", "--stt", "scripted", "--tts", "scripted", "--llm")
QUESTION, ANSWER = "what is seven plus five", "Seven plus five is twelve."
CUT = "Stopped here: what is struck out was not heard"
ARMED = "The microphone is armed: nothing is kept until you talk"


@pytest.fixture
def replies(tmp_path: Path) -> str:
    file = tmp_path / "replies.md"
    file.write_text(LONG, "utf-8")
    return f"scripted:{file}"


@dataclass
class Ollama:
    """A stand-in for the server, on a thread of its own."""

    server: Server
    loop: asyncio.AbstractEventLoop

    def list_models(self, wanted: bool) -> None:
        """Answer what it is asked for its models, or leave it without an answer."""
        self.loop.call_soon_threadsafe(self.server.lists.set if wanted else self.server.lists.clear)

    def asked(self) -> list[str]:
        """The models of which an answer was wanted."""
        return [one.json["model"] for one in self.server.seen if one.path.endswith("completions")]


@contextmanager
def ollama(*models: str) -> Iterator[Ollama]:
    loop, ready, made = asyncio.new_event_loop(), threading.Event(), []
    end = asyncio.Event()

    async def serve() -> None:
        async with serving() as server:
            server.models = models
            made.append(server)
            ready.set()
            await end.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(30)
    try:
        yield Ollama(made[0], loop)
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(30)
        loop.close()


def use(running: App, page: str, engine: str) -> None:
    """Choose an engine on a page of the settings, and wait until it works."""
    section(running, page)
    running.click(f"Use {engine}", "Button")
    running.wait_gone(f"Use {engine}")
    running.wait_gone("getting ready…")


def back(running: App) -> None:
    running.click("Back to the conversation", "Button")
    running.wait_for("Conversation")


def reach(running: App, name: str) -> None:
    """Go to a control by the keyboard alone, wherever on the page it is."""
    running.wait_for(name)
    for _ in range(80):
        running.screen.xdotool("key", "Tab")
        if any(node["focused"] and node["name"] == name for node in running.nodes()):
            return
    raise AssertionError(f"{name!r} is not reached")


def ended(running: App) -> None:
    running.wait_for("Hold or tap to talk")


def kept() -> list[TurnOnPath]:
    async def read() -> list[TurnOnPath]:
        history = History(find_home().history_file)
        await history.open()
        try:
            (conversation,) = await history.conversations()
            return await history.path(conversation.id)
        finally:
            await history.close()

    return asyncio.run(read())


def test_each_engine_while_an_answer_is_spoken(
    display: Screen, sound: SoundServer, replies: str, tmp_path: Path
) -> None:
    with app(display, *SCRIPTED, replies) as running:
        running.wait_for(ARMED)
        running.ask("what is it")
        running.wait_for("Speaking")
        for page, engine in (
            ("Thinking", "The built-in assistant"), ("Hearing", "PocketSphinx"), ("Speaking", "The system's voice"),
        ):  # fmt: skip
            use(running, page, engine)
        back(running)
        ended(running)
        assert running.find(f"Voicebot: {LONG}"), "the answer is whole"
        assert not running.find(CUT)
        running.wait_for("Answers: The built-in assistant")
        sound.begin()
        running.click("New conversation", "Button")
        running.wait_gone(f"Voicebot: {LONG}")
        running.screen.xdotool("key", "Tab")
        running.screen.xdotool("keydown", "space")
        running.wait_for("Listening")
        sound.speak(flite(QUESTION, tmp_path / "question.wav"))
        running.screen.xdotool("keyup", "space")
        running.wait_for(f"You: {QUESTION}")
        running.wait_for(f"Voicebot: {ANSWER}")
        heard = transcript(wait_until_spoken(running, sound), tmp_path, f"whisper:{CHECKPOINT}")
        assert nearest(heard, (ANSWER, LONG, "It is half past nine in the evening.")) == ANSWER, heard


def test_a_slow_engine_freezes_nothing_and_is_taken_back(display: Screen, sound: SoundServer) -> None:
    with ollama("llama") as server, app(display, TESTS_OLLAMA=server.server.url) as running:
        running.wait_for(ARMED)
        section(running, "Thinking")
        reach(running, "Use Ollama")
        server.list_models(False)
        running.screen.xdotool("key", "Return")
        running.wait_for("getting ready…")
        back(running)
        running.ask(QUESTION)
        running.wait_for(f"Voicebot: {ANSWER}")
        ended(running)
        section(running, "Thinking")
        running.click("Use The built-in assistant", "Button")
        running.wait_gone("getting ready…")
        back(running)
        running.wait_for("Answers: The built-in assistant")
        running.ask("what is two plus two")
        running.wait_for("Voicebot: Two plus two is four.")
        ended(running)
        server.list_models(True)
        assert server.asked() == []
    assert settings().llm.engine == "offline"
    assert [(turn.engines["llm"], turn.outcome) for turn in kept()] == [("offline", "answered")] * 2


def test_an_engine_that_cannot_run_is_told_and_the_one_before_goes_on(
    display: Screen, sound: SoundServer, tmp_path: Path
) -> None:
    model = find_home().models / "whisper" / "base" / "base.pt"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"no model")
    with app(display, "window", "--stt", "sphinx") as running:
        running.wait_for(ARMED)
        running.wait_gone("Getting sphinx ready…")
        section(running, "Hearing")
        running.click("Use Whisper", "Button")
        running.wait_for("base.pt is no Whisper checkpoint…")
        running.wait_for("Try again: Whisper", "Button")
        back(running)
        running.screen.xdotool("key", "Tab")
        running.screen.xdotool("keydown", "space")
        running.wait_for("Listening")
        sound.speak(flite(QUESTION, tmp_path / "question.wav"))
        running.screen.xdotool("keyup", "space")
        running.wait_for(f"You: {QUESTION}")
        running.wait_for(f"Voicebot: {ANSWER}")


def test_a_server_of_this_machine_is_used_and_missed(display: Screen, sound: SoundServer) -> None:
    models = tuple(f"model-{number:02}:7b-instruct" for number in range(40))
    with ollama(*models) as server, app(display, TESTS_OLLAMA=server.server.url) as running:
        running.wait_for(ARMED)
        section(running, "Thinking")
        reach(running, "Models of Ollama")
        choice = running.wait_for("Models of Ollama", "ComboBox")
        assert choice["description"].startswith("model-00:7b-instruct. 1 of 40")
        _choose(running, 33)
        reach(running, "Use Ollama")
        running.screen.xdotool("key", "Return")
        running.wait_gone("Use Ollama")
        running.wait_gone("getting ready…")
        running.wait_until(lambda: running.names().count("in use") == 2, "the engine's row, and the server's")
        back(running)
        running.wait_for(f"Answers: {models[33]}")
        running.ask("how are you")
        running.wait_for("Voicebot: It is fine.")
        ended(running)
        assert server.asked() == [models[33]]
        section(running, "Thinking")
        running.wait_until(lambda: running.names().count("in use") == 2, "what is used, asked for again")
        server.server.models = ()
        back(running)
        section(running, "Thinking")
        running.wait_for("It does not answer any more. Start it again, or choose another engine")


def _choose(running: App, number: int) -> None:
    """From the list that has the keyboard."""
    running.screen.xdotool("key", *["Down"] * number)
    begins = f"model-{number:02}"
    running.wait_until(
        lambda: running.wait_for("Models of Ollama", "ComboBox")["description"].startswith(begins), begins
    )
