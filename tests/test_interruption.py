"""Interrupt at every event of a turn: nothing of it is left in the sound, the history, or the program."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conversation import Scene, is_silent, voice
from voicebot.errors import UsageError
from voicebot.events import Event, Interrupted, SentenceStarted, State, StateChanged, TurnEnded
from voicebot.history import Said
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.speculation import Mode
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

TEXT = "One two three four. Five six seven eight nine ten. Eleven twelve thirteen fourteen. " * 2
STOP_LIMIT = 0.040
"""Seconds from the decision to silence at the simulated card."""


def new_scene(folder: Path, mode: Mode) -> Scene:
    words = ScriptedSpeechToText([Words(), Words()])
    return Scene(
        options={"speculate": mode},
        stt=words,
        llm=ScriptedLanguageModel([Reply(TEXT)]),
        tts=ScriptedTextToSpeech(seconds=0.6),
        hearing=Hearing(recordings=folder / "recordings"),
    )


async def spoken_turn(scene: Scene) -> None:
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.0), at=0.5)
    await asyncio.sleep(3.0)
    await scene.assistant.idle()


async def typed_turn(scene: Scene) -> None:
    scene.assistant.ask("how are you")
    await asyncio.sleep(0.01)
    await scene.assistant.idle()


async def retried_turn(scene: Scene) -> None:
    """A turn whose recogniser hears nothing, and that is then recognised again from its recording."""
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.0), at=0.5)
    await asyncio.sleep(3.0)
    await scene.assistant.idle()
    with suppress(UsageError):  # interrupted before it was recorded
        await scene.assistant.retry(1)
    await scene.assistant.idle()


Script = Callable[[Scene], Coroutine[Any, Any, None]]


async def hesitant_turn(scene: Scene) -> None:
    """What is begun at the pause is in vain."""
    await scene.assistant.open_microphone(hands_free=True)
    scene.card.speak(voice(1.0), at=0.5)
    scene.card.speak(voice(1.0), at=1.95)
    await asyncio.sleep(4.0)
    await scene.assistant.idle()


def events_of(turn: Script, mode: Mode) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return len(new_scene(Path(folder), mode).run(turn).noted)


TURNS: list[tuple[Script, Mode]] = [
    (spoken_turn, "never"), (typed_turn, "never"), (retried_turn, "never"), (spoken_turn, "always"),
    (hesitant_turn, "always"),
]  # fmt: skip
CASES = [(turn, mode, index) for turn, mode in TURNS for index in range(events_of(turn, mode))]


@pytest.mark.parametrize(("turn", "mode", "index"), CASES, ids=[f"{t.__name__}-{mode}-{i}" for t, mode, i in CASES])
def test_interrupting_at_any_event_leaves_nothing(turn: Script, mode: Mode, index: int, tmp_path: Path) -> None:
    kept: list[Said] = []
    threads = threading.active_count()

    async def script(scene: Scene) -> None:
        await turn(scene)
        kept.extend(await scene.history.messages())
        scene.hook = None
        scene.assistant.ask("are you well")
        await asyncio.sleep(0.05)
        await scene.assistant.idle()

    scene = new_scene(tmp_path, mode)

    def interrupt(number: int, event: Event) -> None:
        if number == index:
            scene.assistant.interrupt()

    scene.hook = interrupt
    scene.run(script)
    check_silence_after_the_cut(scene)
    check_history(kept)
    assert scene.of(StateChanged)[-1].state is State.IDLE
    assert len(scene.of(TurnEnded)) == len({event.turn for event in scene.of(StateChanged)})
    assert scene.outcomes[-1] == "answered"
    assert threading.active_count() == threads


def check_silence_after_the_cut(scene: Scene) -> None:
    """Not one sample of an interrupted turn after the limit, until the next turn speaks."""
    for noted in list(scene.noted):
        if isinstance(noted.event, Interrupted):
            starts = [n for n in scene.noted if isinstance(n.event, SentenceStarted)]
            next_sound = min(n.at for n in starts if n.event.turn > noted.event.turn)
            assert is_silent(scene.card.heard(since=noted.at + STOP_LIMIT, until=next_sound - 0.02))


def check_history(kept: list[Said]) -> None:
    """The assistant's message is a prefix of what it wrote, whole only when it was not interrupted."""
    for said in kept:
        if said.role == "assistant":
            assert TEXT.startswith(said.text)
            assert said.interrupted or said.text == TEXT.strip()


def test_no_sentence_of_an_interrupted_turn_is_spoken_in_the_next() -> None:
    async def script(scene: Scene) -> None:
        scene.assistant.ask("first")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        scene.assistant.ask("second")
        await scene.assistant.idle()

    replies = [Reply("Alpha one two three four. Alpha five six seven eight nine."), Reply("Beta is here now today.")]
    scene = Scene(llm=ScriptedLanguageModel(replies)).run(script)
    beta = scene.tts.said.index("Beta is here now today.")
    assert scene.tts.said[beta:] == ["Beta is here now today."]


def test_the_cut_fades_and_does_not_click() -> None:
    """The largest step between two samples at the cut is no larger than within the tone itself."""
    import numpy as np

    async def script(scene: Scene) -> None:
        scene.assistant.ask("hello")
        while not scene.of(SentenceStarted):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.503)
        scene.assistant.interrupt()
        await scene.assistant.idle()

    scene = Scene().run(script)
    [cut] = scene.when(Interrupted)
    within = np.abs(np.diff(scene.card.heard(until=cut - 0.05))).max()
    at_cut = np.abs(np.diff(scene.card.heard(since=cut - 0.05))).max()
    assert at_cut <= within * 1.05
