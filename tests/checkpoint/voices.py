"""Who speaks: flite's voices, and espeak-ng's accents with its timbres. Some are heard only at the end."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from tests.checkpoint.phrases import Phrase

RATE = 16_000
FLITE = ("slt", "slt", "rms", "rms", "kal16", "kal16", "kal")
ACCENTS = (
    *("en-us", "en-us", "en-gb", "en-gb", "en-gb-x-rp", "en-gb-x-gbcwmd", "en-gb-x-gbclan", "en-029"),
    *("en-gb-scotland", "en-gb-scotland", "en-gb-scotland"),
)
TIMBRES = (
    *("male1", "male2", "male3", "male4", "male5", "male6", "male7", "male8"),
    *("female1", "female2", "female3", "female4", "female5", "klatt", "klatt2", "klatt3", "klatt4"),
    *("Andy", "Annie", "Alex", "Adam", "Denis", "Ed", "Gene", "Hugo", "Lee", "Linda", "Mario", "Mike", "Steph"),
    "anika",
)
NEVER_HEARD = {"flite:awb": "en", "espeak:en-gb-scotland+Michael": "en", "espeak:en-us+Belinda": "en"}
"""Voices that no training hears: another speaker of flite's, who is a Scot, and two timbres of espeak-ng's."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a phrase is said: `voice` is "flite:slt" or "espeak:en-gb+Andy", `pace` 1.0 is the voice's own."""

    voice: str
    pace: float = 1.0
    pitch: int = 50


def any_delivery(chance: random.Random, language: str) -> Delivery:
    pace = chance.uniform(0.8, 1.25)
    if language == "ko":
        return Delivery(f"espeak:ko+{chance.choice(TIMBRES)}", pace, chance.randrange(25, 75))
    if chance.random() < 0.55:
        return Delivery(f"flite:{chance.choice(FLITE)}", pace)
    voice = f"espeak:{chance.choice(ACCENTS)}+{chance.choice(TIMBRES)}"
    return Delivery(voice, pace, chance.randrange(25, 75))


def speak(phrase: Phrase, delivery: Delivery) -> NDArray[np.int16]:
    """The phrase as mono 16-bit samples at 16 kHz, without the silence around it. Raises RuntimeError without sound."""
    engine, _, voice = delivery.voice.partition(":")
    command = _flite(phrase.text, voice, delivery) if engine == "flite" else _espeak(voice, delivery)
    said = subprocess.run(command, input=phrase.text.encode(), capture_output=True, timeout=60, check=True).stdout
    samples, rate = _wave(said)
    trimmed = _trimmed(soxr.resample(samples, rate, RATE) if rate != RATE else samples)
    if not len(trimmed):
        raise RuntimeError(f"{delivery.voice} said nothing for {phrase.text!r}")
    return (np.clip(trimmed / np.abs(trimmed).max() * 0.9, -1, 1) * 32767).astype(np.int16)


def _flite(text: str, voice: str, delivery: Delivery) -> list[str]:
    pace = ["--setf", f"duration_stretch={1 / delivery.pace:.3f}"]
    return ["flite", "-voice", voice, *pace, "-t", text, "-o", "/dev/stdout"]


def _espeak(voice: str, delivery: Delivery) -> list[str]:
    words_a_minute = str(round(165 * delivery.pace))
    return ["espeak-ng", "-v", voice, "-s", words_a_minute, "-p", str(delivery.pitch), "--stdin", "--stdout"]


def _wave(data: bytes) -> tuple[NDArray[np.float32], int]:
    """The samples and rate of a WAV that was written to a pipe, so that its header does not know its length."""
    rate = int.from_bytes(data[24:28], "little")
    body = data[data.index(b"data") + 8 :]
    return np.frombuffer(body[: len(body) // 2 * 2], "<i2").astype(np.float32) / 32768, rate


def _trimmed(samples: NDArray[np.float32], floor: float = 0.01) -> NDArray[np.float32]:
    loud = np.flatnonzero(np.abs(samples) > floor * np.abs(samples).max(initial=1e-9))
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]
