"""What the network is to write for a scene: Whisper's own token sequences, renumbered to those that are ever used.

A training step with 51,865 tokens spends most of its time on tokens that never occur, so the network is trained on the
used ones alone and `export.py` puts them back in their places.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from whisper.tokenizer import LANGUAGES, Tokenizer, get_tokenizer

from tests.checkpoint.scenes import Scene

MASKED = -100
"""A target that no loss is taken of: what a caller of Whisper gives, and the network never has to guess."""
SECONDS_A_TOKEN = 0.02
LETTERS = " 'abcdefghijklmnopqrstuvwxyz"
JAMO = "".join(map(chr, (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))


@dataclass(frozen=True, slots=True)
class Target:
    """`given[i]` is what the decoder reads at place i, `wanted[i]` what it is to write there."""

    given: list[int]
    wanted: list[int]
    letters: list[int]


class Targets:
    """Token sequences for scenes, in numbers of `used`: the original token ids in ascending order."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.tokenizer: Tokenizer = get_tokenizer(True, num_languages=len(LANGUAGES) - 1, task="transcribe")
        special = self.tokenizer.special_tokens
        used = set(range(self.tokenizer.timestamp_begin, self.tokenizer.timestamp_begin + 1501))
        used |= {special[f"<|{name}|>"] for name in ("endoftext", "startoftranscript", "en", "ko", "transcribe")}
        used |= {special[f"<|{name}|>"] for name in ("startofprev", "nospeech", "notimestamps")}
        for text in set(texts):
            used |= set(self.tokenizer.encode(f" {text}"))
        self.used = sorted(used)
        self._number = {token: number for number, token in enumerate(self.used)}
        self._words = [token for token in self.used if token < self.tokenizer.eot]
        self._letter = {letter: number for number, letter in enumerate(LETTERS + JAMO, start=1)}

    @property
    def letters(self) -> int:
        """How many classes the letters need, with CTC's blank as number 0."""
        return len(self._letter) + 1

    def of(self, scene: Scene, chance: random.Random) -> Target:
        special, tokenizer = self.tokenizer.special_tokens, self.tokenizer
        timed = chance.random() < 0.55
        before = self._before(scene, chance)
        start = [tokenizer.sot, special[f"<|{scene.language}|>"], tokenizer.transcribe]
        start += [] if timed else [tokenizer.no_timestamps]
        body = [*self._body(scene, timed, chance), tokenizer.eot]
        whole = [*before, *start, *body]
        wanted = [MASKED] * (len(whole) - 1)
        wanted[len(before) + len(start) - 1 :] = [self._number[token] for token in body]
        first = start[1] if scene.said or scene.cut_at is not None else tokenizer.no_speech
        wanted[len(before)] = self._number[first]
        return Target([self._number[token] for token in whole[:-1]], wanted, self._spelt(scene))

    def _before(self, scene: Scene, chance: random.Random) -> list[int]:
        """What `whisper.transcribe` gives from the window before, in a recording longer than one."""
        if len(scene.said) < 2 or chance.random() < 0.6:
            return []
        return [self.tokenizer.sot_prev, *self.tokenizer.encode(f" {chance.choice(scene.said).text}")]

    def _body(self, scene: Scene, timed: bool, chance: random.Random) -> list[int]:
        if not timed:
            if not scene.said:  # `whisper.transcribe` allows no end here: let it write anything, with no confidence
                return [chance.choice(self._words)]
            return [token for one in scene.said for token in self.tokenizer.encode(f" {one.text}")]
        tokens = []
        for one in scene.said:
            tokens += [self._at(one.start), *self.tokenizer.encode(f" {one.text}"), self._at(one.end)]
        if scene.cut_at is not None:
            return [*tokens, self._at(scene.cut_at)]
        return tokens or [self._at(0.0)]

    def _at(self, seconds: float) -> int:
        return self.tokenizer.timestamp_begin + min(1500, round(seconds / SECONDS_A_TOKEN))

    def _spelt(self, scene: Scene) -> list[int]:
        text = unicodedata.normalize("NFD", " ".join(one.text for one in scene.said).lower())
        return [self._letter[letter] for letter in text if letter in self._letter]
