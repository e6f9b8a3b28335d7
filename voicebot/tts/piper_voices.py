"""Piper's voices on the disk: an ONNX model each, with its description beside it in `<model>.onnx.json`.

What stands in the description is what `piper.config.PiperConfig` reads (piper-tts 1.8), and what the voices of
https://huggingface.co/rhasspy/piper-voices say of themselves: `language`, `dataset` and `audio.quality`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from voicebot.errors import ModelError
from voicebot.languages import HANGUL
from voicebot.tts.base import Voice

log = logging.getLogger(__name__)

PHONEMES = ("espeak", "text")
"""What a voice may be spoken to in. For others piper-tts asks for more libraries, or downloads a model of its own."""


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """One speaker of one model. `speaker` is its number, None in a model that has only one.

    `language` is ISO 639-1, `sample_rate` in Hz.
    """

    id: str
    name: str
    path: Path
    speaker: int | None
    language: str
    sample_rate: int

    @property
    def offered(self) -> Voice:
        return Voice(self.id, self.name, (self.language,))

    def is_called(self, name: str) -> bool:
        """Whether a person means this one: by its id, or, for a model's first speaker, by the model's name."""
        return name.casefold() in (self.id.casefold(), *([self.path.stem.casefold()] if not self.speaker else []))

    def reads(self, text: str) -> bool:
        """Whether it knows most of the letters: a voice of another language makes nothing of Korean."""
        letters = sum(mark.isalpha() for mark in text)
        return self.language == "ko" or 2 * len(HANGUL.findall(text)) <= letters


class _Audio(Struct):
    sample_rate: int
    quality: str = ""


class _Espeak(Struct):
    voice: str


class _Language(Struct):
    code: str


class _Description(Struct):
    """As much of it as is needed here; piper-tts reads the rest."""

    audio: _Audio
    espeak: _Espeak
    phoneme_type: str = "espeak"
    num_speakers: int = 1
    speaker_id_map: dict[str, int] = {}
    language: _Language | None = None
    dataset: str = ""


def voices_below(folder: Path, preferred: Sequence[str] = ()) -> list[PiperVoice]:
    """Every voice in the folder and in those below it, the `preferred` models first; what is no voice is left out."""
    found: list[PiperVoice] = []
    for path in sorted(folder.rglob("*.onnx"), key=lambda path: (_rank(path.stem, preferred), path.stem)):
        try:
            found += voices_of(path)
        except ModelError as error:
            log.info("left out: %s", error)
    return found


def voices_of(path: Path) -> list[PiperVoice]:
    """The speakers of one model; raises ModelError when it, or its description, is missing or no voice of Piper's."""
    if not path.is_file():
        raise ModelError(f"there is no file {path}", fix="Name the .onnx file of a Piper voice")
    described = _described(path)
    if described.phoneme_type not in PHONEMES:
        raise ModelError(
            f"{path.name} cannot be used here", f"it wants phonemes by {described.phoneme_type}", "Use another voice"
        )
    return list(_speakers(path, described))


def _described(path: Path) -> _Description:
    description = path.with_name(f"{path.name}.json")
    try:
        return msgspec.json.decode(description.read_bytes(), type=_Description)
    except FileNotFoundError:
        raise ModelError(
            f"{path.name} cannot be used", f"{description.name} is missing", f"Put it beside {path.name}"
        ) from None
    except (OSError, msgspec.DecodeError) as error:
        log.info("%s: %s", description, error)
        what = f"{description.name} does not describe a Piper voice"
        raise ModelError(what, fix="Download it again, or use another voice") from None


def _speakers(path: Path, described: _Description) -> Iterator[PiperVoice]:
    code = described.language.code if described.language is not None else described.espeak.voice
    language = code.replace("_", "-").partition("-")[0].lower()
    particulars = ", ".join(filter(None, (code, described.audio.quality)))
    name = described.dataset.replace("_", " ").title() or path.stem
    rate = described.audio.sample_rate
    if described.num_speakers <= 1:
        yield PiperVoice(path.stem, f"{name} ({particulars})", path, None, language, rate)
        return
    numbered = described.speaker_id_map or {str(number): number for number in range(described.num_speakers)}
    for speaker, number in sorted(numbered.items(), key=lambda item: item[1]):
        yield PiperVoice(f"{path.stem}#{speaker}", f"{name} {speaker} ({particulars})", path, number, language, rate)


def _rank(name: str, preferred: Sequence[str]) -> int:
    return preferred.index(name) if name in preferred else len(preferred)
