"""Spoken phrases on disk: made once by every core, read as one long array; a run that was stopped goes on where it was.

A corpus is two files in its folder: `clips.i16` holds the samples (16 kHz, mono, 16 bits) one clip after another, and
`clips.jsonl` says of each clip what was said, in which language and voice, and how long it is.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from tests.checkpoint.phrases import draw
from tests.checkpoint.voices import any_delivery, speak

KOREAN_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Clip:
    text: str
    language: str
    voice: str
    length: int


class Corpus:
    """What was made so far. `corpus[i]` is clip i with its samples, int16."""

    def __init__(self, folder: Path) -> None:
        self._samples_file = folder / "clips.i16"
        self._index_file = folder / "clips.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        self._samples_file.touch()
        self._index_file.touch()
        lines = self._index_file.read_text(encoding="utf-8").splitlines()
        self.clips = [Clip(**json.loads(line)) for line in lines]
        self._starts = np.concatenate([[0], np.cumsum([clip.length for clip in self.clips], dtype=np.int64)])

    def __len__(self) -> int:
        return len(self.clips)

    def __getitem__(self, number: int) -> tuple[Clip, NDArray[np.int16]]:
        every = np.memmap(self._samples_file, np.int16, "r")
        return self.clips[number], every[self._starts[number] : self._starts[number + 1]]

    def extend(self, wanted: int, workers: int) -> Corpus:
        """Make clips until there are `wanted`, and return the longer corpus. Clip i is the same on every machine."""
        missing = range(len(self), wanted)
        with (
            ProcessPoolExecutor(workers) as pool,
            self._samples_file.open("r+b") as samples_file,
            self._index_file.open("a", encoding="utf-8") as index_file,
        ):
            samples_file.seek(int(self._starts[-1]) * 2)
            for clip, samples in tqdm(pool.map(spoken, missing, chunksize=64), total=len(missing), desc="speaking"):
                samples_file.write(samples.tobytes())
                samples_file.flush()
                index_file.write(json.dumps(asdict(clip), ensure_ascii=False) + "\n")
        return Corpus(self._samples_file.parent)

    def texts(self) -> Iterator[str]:
        return (clip.text for clip in self.clips)


def spoken(number: int) -> tuple[Clip, NDArray[np.int16]]:
    """Clip `number` of the training: its phrase and its voice follow from the number alone."""
    chance = random.Random(number)
    language = "ko" if chance.random() < KOREAN_SHARE else "en"
    phrase, delivery = draw(chance, held_out=False, language=language), any_delivery(chance, language)
    samples = speak(phrase, delivery)
    return Clip(phrase.text, language, delivery.voice, len(samples)), samples
