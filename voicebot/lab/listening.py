"""A blind listening test: the same text by two voices, in an order that nobody is told, as loud as each other.

The answers are kept in the run's folder, so that a test can be left and gone on with. Which voice was which is told by
`Listening.result`, when every pair was answered or the person is done.
"""

from __future__ import annotations

import math
import os
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from voicebot.audio.files import read_sound
from voicebot.errors import StorageError, UsageError
from voicebot.events import Samples
from voicebot.lab import roundtrip, tts
from voicebot.lab.loudness import loudness
from voicebot.lab.runs import Result, Run

Choice = Literal["a", "b", "same"]
RATE = 48_000
"""Hz at which a pair is played."""
LOUDNESS = -23.0
"""LUFS: the target of EBU R 128. A pair that cannot be made so loud without clipping is as loud as both can be."""
Z = 1.959964
"""Of the normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that say the same; `a` is heard first."""

    number: int
    text: str
    a: Path
    b: Path


@dataclass(frozen=True, slots=True)
class Preference:
    """What a listening test came to: how often each of two voices was preferred.

    `share` of the answers that preferred one is `first`'s, with `low` and `high` by Wilson (1927, Probable inference,
    the law of succession, and statistical inference), 95 %; all None without such an answer. `p` is that of the exact
    two-sided sign test, answers of no preference left out (Conover 1999, Practical Nonparametric Statistics, 3.4): how
    likely a result at least as clear is when there is no difference.
    """

    first: str
    second: str
    first_preferred: int
    second_preferred: int
    same: int

    @property
    def share(self) -> float | None:
        return self.first_preferred / self._decided if self._decided else None

    @property
    def low(self) -> float | None:
        return wilson(self.first_preferred, self._decided)[0] if self._decided else None

    @property
    def high(self) -> float | None:
        return wilson(self.first_preferred, self._decided)[1] if self._decided else None

    @property
    def p(self) -> float | None:
        return sign_test(self.first_preferred, self._decided) if self._decided else None

    @property
    def _decided(self) -> int:
        return self.first_preferred + self.second_preferred


class Listening:
    """A test of two voices of a run; all methods block for as long as the disk takes."""

    def __init__(self, run: Run, first: str = "", second: str = "") -> None:
        """Without names the run's first two voices; raises UsageError when a pair cannot be made."""
        self._run, self._kept = run, answers_of(run)
        self._first, self._second = _two_voices(run, first, second)
        self._chance = zlib.crc32(f"{run.id}|{self._first}|{self._second}".encode())
        self.pairs = self._drawn()
        if not self.pairs:
            raise UsageError("there is no text that both voices have spoken", fix="let the run come to its end first")

    @property
    def left(self) -> list[Pair]:
        """The pairs that were not answered yet."""
        answered = self._answers()
        return [pair for pair in self.pairs if pair.number not in answered]

    def sounds(self, pair: Pair) -> tuple[Samples, Samples]:
        """Both, mono float32 at 48 kHz, equally loud. Raises AudioError."""
        return matched(read_sound(pair.a, RATE), read_sound(pair.b, RATE))

    def answer(self, pair: Pair, choice: Choice) -> None:
        """Keep what was preferred; a pair that is answered again counts as answered last. Raises StorageError."""
        _make(self._kept.folder)
        swapped = self._swapped(pair.number)
        preferred = {"a": self._second if swapped else self._first, "b": self._first if swapped else self._second}
        self._kept.add(Result(self._key(pair.number), {"choice": choice, "preferred": preferred.get(choice, "")}))

    def result(self) -> Preference:
        return _preference(self._first, self._second, list(self._answers().values()))

    def _answers(self) -> dict[int, str]:
        """The voice preferred in each pair that was answered, "" for neither."""
        kept = {result.key: result for result in self._kept.results()}
        numbers = [pair.number for pair in self.pairs if self._key(pair.number) in kept]
        return {number: kept[self._key(number)].values["preferred"] for number in numbers}

    def _key(self, number: int) -> str:
        return f"{self._first}|{self._second}|{number:04}"

    def _swapped(self, number: int) -> bool:
        return random.Random(self._chance + number).random() < 0.5

    def _drawn(self) -> list[Pair]:
        pairs = []
        for number, text in enumerate(_options(self._run).texts, start=1):
            files = [self._run.folder / tts.sample_file(voice, number) for voice in (self._first, self._second)]
            if all(file.is_file() for file in files):
                a, b = reversed(files) if self._swapped(number) else files
                pairs.append(Pair(number, text.text, a, b))
        random.Random(self._chance).shuffle(pairs)
        return pairs


def answers_of(run: Run) -> Run:
    """What was answered about a run, kept as its results are."""
    return Run(run.folder / "listening", run.plan)


def preferences(run: Run) -> list[Preference]:
    """What all listening tests of a run came to so far."""
    found: dict[tuple[str, str], list[str]] = {}
    for result in answers_of(run).results():
        first, second, _ = result.key.split("|")
        found.setdefault((first, second), []).append(result.values["preferred"])
    return [_preference(*voices, answers) for voices, answers in found.items()]


def matched(a: Samples, b: Samples) -> tuple[Samples, Samples]:
    """Two sounds at 48 kHz, equally loud, as near to -23 LUFS as neither clips; what has no loudness stays."""
    own = loudness(a, RATE), loudness(b, RATE)
    if own[0] is None or own[1] is None:
        return a, b
    most = [level - 20 * math.log10(float(np.abs(one).max())) for level, one in zip(own, (a, b), strict=True)]  # type: ignore[operator]
    target = min(LOUDNESS, *most)
    return _amplified(a, target - own[0]), _amplified(b, target - own[1])


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    share, square = successes / trials, Z * Z / trials
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def sign_test(successes: int, trials: int) -> float:
    """The exact two-sided p when each trial is as likely to go either way."""
    tail = sum(math.comb(trials, count) for count in range(min(successes, trials - successes) + 1))
    return min(1.0, 2 * tail / float(2**trials))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else ""
        raise StorageError(f"{folder} cannot be written", why) from None


def _preference(first: str, second: str, answers: Sequence[str]) -> Preference:
    return Preference(first, second, answers.count(first), answers.count(second), answers.count(""))


def _amplified(samples: Samples, decibels: float) -> Samples:
    return (samples * 10 ** (decibels / 20)).astype(np.float32)


def _options(run: Run) -> tts.Options | roundtrip.Options:
    if run.plan.kind == "tts":
        return tts.options_of(run)
    if run.plan.kind == "roundtrip":
        return roundtrip.options_of(run)
    raise UsageError(f"no voice speaks in {run.id}", fix="choose a run of `voicebot lab tts`")


def _two_voices(run: Run, first: str, second: str) -> tuple[str, str]:
    voices = _options(run).voices
    for name in filter(None, (first, second)):
        if name not in voices:
            raise UsageError(f"there is no voice {name} in {run.id}", fix=f"there are: {', '.join(voices)}")
    rest = [voice for voice in voices if voice not in (first, second)]
    chosen = [name or (rest.pop(0) if rest else "") for name in (first, second)]
    if not all(chosen) or chosen[0] == chosen[1]:
        raise UsageError(f"{run.id} has no two voices to compare", fix="choose a run with two voices")
    return chosen[0], chosen[1]
