"""Sentences with a pause inside, and the same ones without: what a person who stops to think sounds like.

flite's sentences are cut at a word's end, by the times that flite gives, so that the voice does not fall before the
pause; espeak-ng gives none, so its halves are spoken one by one.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tests.noises import RATE, at_level, room
from voicebot.audio.files import read_sound
from voicebot.events import Samples

SHORTEST_GAP, LONGEST_GAP = 0.4, 0.9
"""Seconds of silence put inside a sentence."""
BEFORE, AFTER = 1.0, 3.5
"""Seconds of the room before and after a sentence: longer than any wait."""
SPEECH_LEVEL, ROOM_LEVEL = -25.0, -60.0
"""dBFS."""
FADE = RATE // 200
"""Samples, 5 ms, over which a cut fades, so that it makes no click."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence as a microphone hears it: mono float32 at 16 kHz; times in seconds from its beginning."""

    text: str
    language: str
    samples: Samples
    ended_at: float
    first: str = ""
    """The words before the pause; empty when there is none."""
    paused_at: float = 0.0
    gap: float = 0.0

    @property
    def resumed_at(self) -> float:
        return self.paused_at + self.gap


def fluent(sentences: Sequence[str], language: str, voices: Sequence[str], folder: Path) -> Iterator[Clip]:
    """Each sentence without a pause, by one voice after the other."""
    for number, text in enumerate(sentences):
        speech, _ = _halves(text, len(text.split()), language, voices[number % len(voices)], folder)
        yield _in_a_room(text, language, speech, speech[:0], 0.0, "")


def paused(
    sentences: Sequence[str], language: str, voices: Sequence[str], folder: Path, seed: int = 0
) -> Iterator[Clip]:
    """Each sentence with a pause of 0.4 to 0.9 s between two of its words, any two, by one voice after the other."""
    chance = random.Random(seed)
    for number, text in enumerate(sentences):
        words = text.split()
        spoken = chance.randrange(1, len(words))
        gap = chance.uniform(SHORTEST_GAP, LONGEST_GAP)
        first, second = _halves(text, spoken, language, voices[number % len(voices)], folder)
        yield _in_a_room(text, language, first, second, gap, " ".join(words[:spoken]))


def _in_a_room(text: str, language: str, first: Samples, second: Samples, gap: float, words: str) -> Clip:
    silence = np.zeros(round(gap * RATE), dtype=np.float32)
    speech = at_level(np.concatenate([first, silence, second]), SPEECH_LEVEL)
    before, after = (np.zeros(round(seconds * RATE), dtype=np.float32) for seconds in (BEFORE, AFTER))
    sound = np.concatenate([before, speech, after])
    noise = room(len(sound) / RATE + 0.1, ROOM_LEVEL, seed=len(text))[: len(sound)]
    end = BEFORE + len(speech) / RATE
    return Clip(text, language, sound + noise, end, words, BEFORE + len(first) / RATE if gap else 0.0, gap)


def _halves(text: str, spoken: int, language: str, voice: str, folder: Path) -> tuple[Samples, Samples]:
    """The first `spoken` words, and the others, without the silence around them."""
    words = text.split()
    first, second = " ".join(words[:spoken]), " ".join(words[spoken:])
    if language == "ko":
        return tuple(_espeak(part, voice, folder) if part else _nothing() for part in (first, second))  # type: ignore[return-value]
    segments, sound = _flite(text, voice, folder)
    sounding = [segment for segment in segments if segment.name != "pau"]
    last = len([name for name in _phones(first) if name != "pau"]) - 1
    cut, end = round(sounding[last].end * RATE), round(sounding[-1].end * RATE)
    return _faded(sound[round(sounding[0].start * RATE) : cut]), _faded(sound[cut:end])


def _nothing() -> Samples:
    return np.zeros(0, dtype=np.float32)


def _faded(samples: Samples) -> Samples:
    faded = samples.copy()
    if len(faded) > 2 * FADE:
        ramp = np.linspace(0.0, 1.0, FADE, dtype=np.float32)
        faded[:FADE] *= ramp
        faded[-FADE:] *= ramp[::-1]
    return faded


# -- the voices -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Segment:
    """A phone, in seconds."""

    name: str
    start: float
    end: float


def _flite(text: str, voice: str, folder: Path) -> tuple[list[_Segment], Samples]:
    path = folder / "spoken.wav"
    command = ["flite", "-voice", voice, "-psdur", "-t", text, "-o", str(path)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    segments, start = [], 0.0
    for part in shown.split():
        name, _, end = part.partition(":")
        segments.append(_Segment(name, start, float(end)))
        start = float(end)
    return segments, read_sound(path, RATE)


@cache
def _phones(text: str) -> tuple[str, ...]:
    """The phones of some words, which are the same in every voice."""
    command = ["flite", "-voice", "kal16", "-ps", "-t", text, "-o", "none"]
    return tuple(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.split())


def _espeak(text: str, voice: str, folder: Path) -> Samples:
    path = folder / "spoken.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(path), text], check=True, timeout=60)
    samples = read_sound(path, RATE)
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1] + 1]
