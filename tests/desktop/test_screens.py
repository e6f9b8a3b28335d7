"""Every screen is drawn in both themes and languages, small and wide, with small and large text: without a warning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from PySide6.QtCore import QMetaObject, QUrl
from PySide6.QtQml import QQmlComponent
from shiboken6 import isValid

from tests.desktop.stage import SECTIONS, STEPS, UI, Stage, apart, stage
from tests.screenshots.said import ENGLISH, KOREAN, Conversation, Turn
from voicebot.events import (
    DeviceLost,
    Failed,
    Level,
    Microphone,
    MicrophoneChanged,
    NoSpeech,
    Partial,
    Preparing,
    ReplyDelta,
    Sentence,
    SentenceStarted,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
)

WIDTHS, SIZES, THEMES, LANGUAGES = (360, 1040), (1.0, 1.5), ("light", "dark"), ("en", "ko")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 8
MANY = Conversation((
    *KOREAN[-1].turns,
    *ENGLISH[-1].turns,
    *ENGLISH[2].turns,
    Turn("", spoken=True, outcome="no speech"),
    Turn(LONG, LONG),
    Turn("Tell me more", "\n\n".join(f"Paragraph {n} of a long answer. " * 12 for n in range(30))),
), title=LONG)  # fmt: skip
EVERY = (*ENGLISH, *KOREAN, MANY)


def test_every_look() -> None:
    apart(looks)


def test_every_file_compiles() -> None:
    apart(files)


def looks() -> None:
    with stage(EVERY) as shown:
        for theme, language in product(THEMES, LANGUAGES):
            shown.root.appearance.setProperty("theme", theme)
            shown.root.appearance.setProperty("language", language)
            shown.load()
            for size, width in product(SIZES, WIDTHS):
                shown.root.appearance.setProperty("textSize", size)
                shown.resize(width)
                picture = shown.picture()
                assert (picture.width(), picture.height()) == (width, 720)
                assert (picture.pixelColor(4, 716).lightness() < 128) == (theme == "dark")
            for width in WIDTHS:
                shown.resize(width)
                for section in SECTIONS:
                    shown.show_settings(section)
                    shown.picture()
                for step in range(STEPS):
                    shown.show_first_minute(step)
                    shown.picture()
                shown.uncover()
        for event in LIVE:
            shown.root.apply(event)
            shown.picture()
        with popups(shown):
            shown.picture()


def files() -> None:
    with stage(ENGLISH) as shown:
        for file in UI.rglob("*.qml"):
            component = QQmlComponent(shown.engine, QUrl.fromLocalFile(str(file)))
            assert component.isReady(), component.errorString()


TURN = 900
LIVE = (
    Preparing(0, "stt", "whisper", 0.4),
    MicrophoneChanged(0, Microphone.LISTENING),
    StateChanged(TURN, State.LISTENING),
    Level(TURN, -20.0),
    Partial(TURN, "what is"),
    StateChanged(TURN, State.TRANSCRIBING),
    Transcript(TURN, "what is that", "en", "whisper"),
    StateChanged(TURN, State.THINKING),
    ReplyDelta(TURN, "It is **so**. And "),
    Sentence(TURN, 0, "It is **so**.", "It is so.", "en"),
    StateChanged(TURN, State.SPEAKING),
    SentenceStarted(TURN, 0, 0.0),
    ReplyDelta(TURN, "more.\n\n```\ncode\n```\n\n---\n\n> said\n"),
    TurnEnded(TURN, "answered", {"speech_end_to_first_audio": 0.5, "transcript": 0.2}),
    StateChanged(TURN + 1, State.LISTENING),
    NoSpeech(TURN + 1, "only noise heard"),
    TurnEnded(TURN + 1, "no speech"),
    StateChanged(TURN + 2, State.THINKING),
    Failed(TURN + 2, "llm", "the language model failed", "it hung", "try again"),
    TurnEnded(TURN + 2, "failed"),
    StateChanged(TURN + 2, State.IDLE),
    DeviceLost(0, "microphone", "the microphone was not found", "plug it in again"),
)


@contextmanager
def popups(shown: Stage) -> Iterator[None]:
    """Open every menu and dialog of the window, one after another."""
    opened = [one for one in shown.everything() if one.inherits("QQuickPopup") and not one.inherits("QQuickToolTip")]
    assert len(opened) > 5
    for one in filter(isValid, opened):  # a row that went meanwhile takes its menu with it
        QMetaObject.invokeMethod(one, "open")
        shown.settle()
    yield
    for one in filter(isValid, opened):
        QMetaObject.invokeMethod(one, "close")
    shown.settle()

