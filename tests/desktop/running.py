"""The core with scripted engines and the simulated card, and the window's models over it, without a window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from tests.desktop.shelf import Shelf
from voicebot.assistant import Assistant, Setup
from voicebot.audio.simulated import SimulatedCard
from voicebot.audio.vad import Loudness
from voicebot.desktop.core import Core
from voicebot.desktop.root import Root
from voicebot.engines import Names
from voicebot.events import Event, TurnEnded
from voicebot.history import History
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.session import session
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

LIMIT = 30_000
"""Milliseconds for anything to come about on a busy machine."""


def until(holds: Callable[[], object], what: str = "it") -> None:
    """Let Qt work until `holds()`."""
    waiting, looking, late = QEventLoop(), QTimer(interval=2), QTimer(singleShot=True, interval=LIMIT)
    looking.timeout.connect(lambda: waiting.quit() if holds() else None)
    late.timeout.connect(waiting.quit)
    looking.start()
    late.start()
    waiting.exec()
    assert holds(), f"{what} did not come about"


@dataclass
class Engines:
    """What the assistant is made of; quick, so that no test waits."""

    stt: ScriptedSpeechToText = field(default_factory=lambda: ScriptedSpeechToText((Words(delay=0.01),)))
    llm: ScriptedLanguageModel = field(default_factory=lambda: quick("It is a clock. It tells the time of the day."))
    tts: ScriptedTextToSpeech | None = field(default_factory=lambda: ScriptedTextToSpeech(delay=0.0, seconds=0.05))
    file: Path | None = None
    recordings: Path | None = None
    card: SimulatedCard | None = None
    shelf: Shelf | None = None

    async def make(self) -> Assistant:
        self.card = SimulatedCard()
        hearing = Hearing(recordings=self.recordings)
        history = History(self.file)
        setup = Setup(self.stt, self.llm, self.tts, self.card, history, hearing=hearing, probability=Loudness())
        assistant = Assistant(setup)
        if self.shelf is not None:
            assistant.documents = self.shelf  # type: ignore[assignment]
        return assistant


def quick(*texts: str) -> ScriptedLanguageModel:
    """Replies at once."""
    return ScriptedLanguageModel(tuple(Line(text, 0.0, 5000.0) for text in texts))


@dataclass
class Window:
    """What the screens are given, and the turns that ended."""

    root: Root
    core: Core
    ended: list[TurnEnded] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)

    def rows(self) -> list[tuple[str, str, str]]:
        return [(entry.role, entry.status, entry.text) for entry in self.root.conversation.entries]

    def titles(self) -> list[str]:
        return [one.title for one in self.root.conversations._found]

    def ask(self, text: str) -> None:
        """Ask, and wait for the end of the answer."""
        before = len(self.ended)
        self.root.ask(text)
        until(lambda: len(self.ended) > before, f"the answer to {text!r}")


@contextmanager
def window(engines: Engines) -> Iterator[Window]:
    """The models over a running core, as after the first frame."""
    emit: list[Callable[[Event], None]] = []
    with session(forgiving=True) as opened:
        core = Core(engines.make, lambda event: emit[0](event))
        root = Root(core, opened, Names())
        emit.append(root.events.emit)
        made = Window(root, core)
        root.events.connect(lambda event: made.ended.append(event) if isinstance(event, TurnEnded) else None)
        root.notices.said.connect(lambda line, kind: made.said.append((line, kind)))
        core.start()
        root.begin()
        try:
            until(lambda: root.conversations._shown, "the list of conversations")
            yield made
        finally:
            root.keys.close()
            root.appearance.setProperty("language", "en")  # the application, and its translators, are the next test's
            assert core.close()
            assert not [thread for thread in threading.enumerate() if thread.name == "core"]
