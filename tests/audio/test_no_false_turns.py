"""What is not speech gives no turn; what is speech gives one, whole. With Silero as it is, and a room's noise below."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from tests.conversation import Scene
from tests.noises import KINDS, RATE, at_level, noise, room
from voicebot.audio.files import read_sound
from voicebot.audio.segments import Piece, speech_pieces
from voicebot.audio.simulated import SimulatedCard
from voicebot.audio.vad import BLOCK, Silero
from voicebot.bus import Bus
from voicebot.clock import run_virtually
from voicebot.events import Event, NoSpeech, Samples, Transcript, Utterance
from voicebot.history import History
from voicebot.listener import Hearing, Listener
from voicebot.stt.base import Heard, SpeechToText
from voicebot.stt.sphinx import Sphinx
from voicebot.transcriber import Transcriber
from voicebot.turn import Turns

RECORDINGS = Path(os.environ.get("VOICEBOT_SPEECH") or Path(__file__).parents[3] / "shared" / "speech")
LEVELS = (-15.0, -25.0, -35.0, -45.0)


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def in_a_room(*sounds: Samples, level: float = -60.0, seed: int = 0) -> Samples:
    """One sound after another, over the noise of a room at `level` dBFS."""
    together = np.concatenate(sounds)
    return together + room(len(together) / RATE + 0.1, level, seed)[: len(together)]


def corpus(seconds: float, seed: int) -> list[Samples]:
    """Every kind of noise after a second of quiet, each at another level."""
    sounds: list[Samples] = []
    for number, kind in enumerate(KINDS):
        sounds += [quiet(1.0), noise(kind, seconds, LEVELS[(number + seed) % len(LEVELS)], seed)]
    return [*sounds, quiet(1.5)]


def pieces_of(sound: Samples) -> list[Piece]:
    return [piece for piece in speech_pieces(iter([sound]), Silero()) if piece is not None]


# -- speech for the tests ---------------------------------------------------------------------------------------------


def spoken(folder: Path, voice: str, text: str) -> Samples:
    """What a voice of flite's or espeak-ng's says."""
    program, name = voice.split()
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (`make test` installs it)")
    path = folder / "spoken.wav"
    if program == "flite":
        command = ["flite", "-voice", name, "-t", text, "-o", str(path)]
    else:
        command = ["espeak-ng", "-v", name, "-w", str(path), text]
    subprocess.run(command, check=True, timeout=60)
    return read_sound(path, RATE)


def recording(name: str) -> Samples:
    path = RECORDINGS / f"sense_and_sensibility_01_austen_64kb-{name}.wav"
    if not path.is_file():
        pytest.skip(f"no recordings in {RECORDINGS}: set VOICEBOT_SPEECH")
    return read_sound(path, RATE)


def bounds(speech: Samples, depth: float = 20.0) -> tuple[int, int]:
    """The first and the last sample that are within `depth` dB of the level of the loud parts, by 10 ms."""
    step = RATE // 100
    power = (speech[: len(speech) // step * step].reshape(-1, step) ** 2).mean(axis=1)
    [loud] = np.nonzero(power > power[power > power.max() / 100].mean() / 10 ** (depth / 10))
    return int(loud[0]) * step, int(loud[-1] + 1) * step


ANSWERS = ("yes", "no", "stop")
KOREAN_ANSWERS = ("네", "아니요", "응", "그만")
SPOKEN = [
    *((f"flite {voice}", text) for voice in ("slt", "rms", "awb", "kal16") for text in ANSWERS),
    *((voice, text) for voice in ("espeak-ng ko", "espeak-ng ko+f2") for text in KOREAN_ANSWERS),
    *(("espeak-ng en", text) for text in ANSWERS),
    ("flite slt", "Tell me a short story about the sea."),
    ("flite rms", "What is the weather like in Seoul today?"),
    ("espeak-ng ko", "오늘 서울 날씨 어때?"),
]
HUMAN = ("0870", "0880", "0890", "0920", "0930")


def whole_and_once(speech: Samples, level: float, room_level: float, depth: float = 20.0) -> None:
    sound = in_a_room(quiet(2.0), at_level(speech, level), quiet(1.2), level=room_level)
    [piece] = pieces_of(sound)
    first, last = (2 * RATE + bound for bound in bounds(speech, depth))
    start = round(piece.start * RATE)
    assert start <= first
    assert start + len(piece.samples) >= last


# -- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_no_noise_is_a_piece_of_speech(kind: str) -> None:
    sounds = [part for level in (-18.0, -30.0) for part in (quiet(1.0), noise(kind, 3.0, level, seed=1))]
    assert pieces_of(in_a_room(*sounds, quiet(1.0))) == []


@pytest.mark.parametrize(("voice", "text"), SPOKEN)
def test_short_answers_and_sentences_are_one_piece_each(tmp_path: Path, voice: str, text: str) -> None:
    speech = spoken(tmp_path, voice, text)
    whole_and_once(speech, -20.0, -60.0)
    whole_and_once(speech, -30.0, -50.0)


@pytest.mark.parametrize("name", HUMAN)
def test_human_speech_is_one_piece(name: str) -> None:
    """The recordings begin and end with breath and hiss, 14 dB and more below the voice."""
    whole_and_once(recording(name), -25.0, -60.0, depth=12.0)


@pytest.mark.parametrize("kind", ["piano", "white"])
def test_a_soft_word_after_a_long_noise_is_heard(tmp_path: Path, kind: str) -> None:
    """Silero remembers ten seconds of a noise, and takes a soft word for more of it."""
    word = at_level(spoken(tmp_path, "flite slt", "no"), -35.0)
    sound = in_a_room(noise(kind, 12.0, -25.0, seed=1), word, quiet(1.2))
    [piece] = pieces_of(sound)
    assert piece.start * RATE <= 12 * RATE + bounds(word)[0]


# -- live -------------------------------------------------------------------------------------------------------------


def hands_free(sound: Samples) -> Scene:
    """The whole assistant, listening; its recogniser makes words of anything."""

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(sound)
        await asyncio.sleep(len(sound) / RATE + 1.0)
        await scene.assistant.idle()

    return Scene(card=SimulatedCard(noise=0.001), probability=Silero()).run(script)


def test_no_noise_gives_a_turn_hands_free() -> None:
    scene = hands_free(np.concatenate(corpus(3.0, seed=1)))
    assert scene.of(Utterance, Transcript) == []
    assert scene.stt.heard == 0
    assert set(scene.outcomes) <= {"no speech"}


def test_speech_among_the_noises_gives_a_turn(tmp_path: Path) -> None:
    speech = spoken(tmp_path, "flite rms", "What is the weather like in Seoul today?")
    noises = [noise(kind, 3.0, -25.0, seed=1) for kind in ("keyboard", "piano", "coughs")]
    scene = hands_free(np.concatenate([*noises, quiet(1.0), at_level(speech, -25.0), quiet(1.0)]))
    assert scene.stt.heard == 1
    assert scene.outcomes[-1] == "answered"


@pytest.mark.parametrize("kind", ["silence", "fan", "keyboard", "violin"])
def test_a_key_held_over_noise_says_that_nothing_was_heard(kind: str) -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=False)
        scene.card.speak(noise(kind, 3.0, -25.0, seed=1))
        await asyncio.sleep(0.5)
        await scene.assistant.press()
        await asyncio.sleep(2.0)
        scene.assistant.release()
        await scene.assistant.idle()

    scene = Scene(card=SimulatedCard(noise=0.001), probability=Silero()).run(script)
    assert scene.stt.heard == 0
    assert len(scene.of(NoSpeech)) == 1
    assert scene.outcomes == ["no speech"]


def test_every_answer_is_one_utterance_with_all_of_its_speech(tmp_path: Path) -> None:
    clips = [at_level(spoken(tmp_path, voice, text), -25.0) for voice, text in SPOKEN]
    sound = in_a_room(quiet(2.0), *(part for clip in clips for part in (clip, quiet(2.0))))
    starts = np.cumsum([2 * RATE, *(len(clip) + 2 * RATE for clip in clips)])
    found = run_virtually(utterances(sound))
    assert len(found) == len(clips)
    for clip, start, (begin, end) in zip(clips, starts, found, strict=False):
        first, last = bounds(clip)
        assert begin <= start + first
        assert end >= start + last
    assert all(before[1] <= after[0] for before, after in pairwise(found))


async def utterances(sound: Samples) -> list[tuple[int, int]]:
    """The first and the last sample of each utterance that the listener hears in a sound."""
    found: list[tuple[int, int]] = []

    async def take(utterance: Utterance) -> None:
        [start, *_] = np.flatnonzero(sound == utterance.samples[0])
        assert np.array_equal(sound[start : start + len(utterance.samples)], utterance.samples)
        found.append((int(start), int(start) + len(utterance.samples)))

    await listen(sound, Utterance, take)
    return found


async def listen(
    sound: Samples, kind: type[Event], take: Callable[[Any], Awaitable[None]], engine: SpeechToText | None = None
) -> None:
    """A listener by itself, or with an engine behind it; a turn ends with its event of the kind that is taken."""
    bus = Bus()
    turns = Turns(bus)
    history = History(None)
    await history.open()
    listener = Listener(bus, turns, history, Silero(), Hearing())
    listener.hands_free = True
    events = bus.subscribe(kind, capacity=1)

    async def read() -> None:
        async for event in events:
            await take(event)
            turns.interrupt("done")

    tasks = [asyncio.create_task(read())]
    if engine is not None:
        tasks.append(asyncio.create_task(Transcriber(bus, turns, history, engine, ["en"]).run()))
    for block in sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK):
        listener.receive(block)
        await asyncio.sleep(0)
        if listener._draft is None:
            await turns.idle()  # the sound stands still while an utterance is dealt with, however long that takes
    await turns.idle()
    await listener.close()
    bus.close()
    await asyncio.gather(*tasks)
    await history.close()


# -- with PocketSphinx ------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def sphinx() -> AsyncIterator[Sphinx]:
    engine = Sphinx(patience=60)
    yield engine
    await engine.close()


async def test_pocketsphinx_hears_no_words_in_noise(sphinx: Sphinx, tmp_path: Path) -> None:
    """Left alone with a noise it makes up words; behind the listener it is only asked about speech."""
    question = at_level(spoken(tmp_path, "flite rms", "what is seven plus five"), -22.0)
    sound = in_a_room(*corpus(1.5, seed=2), question, quiet(1.5))
    assert await transcripts(sphinx, sound) == ["what is seven plus five"]

    keyboard = in_a_room(noise("keyboard", 3.0, -25.0, seed=1))
    assert isinstance(await sphinx.transcribe(keyboard, ["en"], lambda: None), Heard)


async def transcripts(engine: Sphinx, sound: Samples) -> list[str]:
    """What an engine behind the listener makes of a sound, given as fast as it is taken."""
    heard: list[str] = []

    async def take(transcript: Transcript) -> None:
        heard.append(transcript.text)

    await listen(sound, Transcript, take, engine)
    return heard
