"""How many words and letters a recogniser got wrong, and how sure that figure is.

Both texts are normalised as Whisper's authors do it (Radford et al. 2022, Robust Speech Recognition via Large-Scale
Weak Supervision, appendix C), and compared by jiwer (https://github.com/jitsi/jiwer, Apache 2.0): the least number of
substitutions, deletions and insertions that makes one of the other, over the length of what was said.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from voicebot.errors import EngineUnavailable

if TYPE_CHECKING:
    import jiwer

Unit = Literal["words", "characters"]
Change = Literal["equal", "substitute", "delete", "insert"]

BY_CHARACTERS = frozenset({"ko", "ja", "zh", "yue", "th", "lo", "my", "km"})
"""Languages judged by characters, spaces left out: Korean is spaced freely, the others hardly or not at all."""
RESAMPLES, CONFIDENCE = 1000, 0.95


@dataclass(frozen=True, slots=True)
class Counts:
    """Of words or of characters: those that are right, and the three ways to be wrong."""

    hits: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    @property
    def wrong(self) -> int:
        return self.substitutions + self.deletions + self.insertions

    @property
    def length(self) -> int:
        """Of what was said."""
        return self.hits + self.substitutions + self.deletions

    @property
    def rate(self) -> float | None:
        """Wrong ones over the length; above 1.0 where much was added, None where nothing was said."""
        return self.wrong / self.length if self.length else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hits + other.hits,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A word of the alignment: as it was said ("" where it was added), and as it was heard ("" where it is missing)."""

    change: Change
    said: str
    heard: str


@dataclass(frozen=True, slots=True)
class Errors:
    """What a transcript got wrong; the alignment is of normalised words."""

    words: Counts
    characters: Counts
    alignment: tuple[Step, ...]

    def of(self, unit: Unit) -> Counts:
        return self.words if unit == "words" else self.characters


@dataclass(frozen=True, slots=True)
class Rate:
    """An error rate over many clips, with the ends of its 95 % confidence interval."""

    rate: float
    low: float
    high: float


def unit_of(language: str) -> Unit:
    """What a language is judged by, first of all."""
    return "characters" if language in BY_CHARACTERS else "words"


def available() -> bool:
    """Whether errors can be counted here: jiwer comes with the extra."""
    return find_spec("jiwer") is not None


def demand_jiwer() -> None:
    """Raise EngineUnavailable, which says what to install, where errors cannot be counted."""
    if not available():
        raise EngineUnavailable("errors cannot be counted", "jiwer is not installed", "pip install 'voicebot[lab]'")


def normalised(text: str, language: str) -> str:
    """Without case, punctuation, what stands in brackets; in English one spelling for numbers, contractions, titles.

    `language` is ISO 639-1. Letters are composed (NFC), for Hangul comes both ways.
    """
    words = _normaliser(language == "en")(unicodedata.normalize("NFC", text))
    return " ".join(unicodedata.normalize("NFC", words).split())


def errors(reference: str, hypothesis: str, language: str) -> Errors:
    """Compare what was said (`reference`) with what was heard; raises EngineUnavailable without jiwer."""
    demand_jiwer()
    import jiwer

    said, heard = normalised(reference, language), normalised(hypothesis, language)
    words = jiwer.process_words(said, heard)
    if language in BY_CHARACTERS:
        said, heard = said.replace(" ", ""), heard.replace(" ", "")
    return Errors(_counts(words), _counts(jiwer.process_characters(said, heard)), tuple(_steps(words)))


def total(found: Sequence[Errors], unit: Unit) -> Counts:
    return sum((one.of(unit) for one in found), Counts())


def rate(found: Sequence[Errors], unit: Unit, seed: int = 0) -> Rate | None:
    """The error rate over all clips together; None where nothing was said.

    Its interval is the bootstrap's: clips are drawn anew with replacement 1000 times, and the middle 95 % of the rates
    are kept (Bisani and Ney 2004, Bootstrap estimates for confidence intervals in ASR performance evaluation).
    """
    wrong = np.array([one.of(unit).wrong for one in found], dtype=np.float64)
    length = np.array([one.of(unit).length for one in found], dtype=np.float64)
    if not length.sum():
        return None
    drawn = np.random.default_rng(seed).integers(len(found), size=(RESAMPLES, len(found)))
    lengths = length[drawn].sum(axis=1)
    rates = wrong[drawn].sum(axis=1)[lengths > 0] / lengths[lengths > 0]
    low, high = np.quantile(rates, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Rate(float(wrong.sum() / length.sum()), float(low), float(high))


def _counts(output: jiwer.WordOutput | jiwer.CharacterOutput) -> Counts:
    return Counts(output.hits, output.substitutions, output.deletions, output.insertions)


def _steps(output: jiwer.WordOutput) -> list[Step]:
    [said], [heard], [chunks] = output.references, output.hypotheses, output.alignments
    steps = []
    for chunk in chunks:
        before = said[chunk.ref_start_idx : chunk.ref_end_idx]
        after = heard[chunk.hyp_start_idx : chunk.hyp_end_idx]
        for at in range(max(len(before), len(after))):
            one, other = "".join(before[at : at + 1]), "".join(after[at : at + 1])
            steps.append(Step(cast(Change, chunk.type), one, other))
    return steps


@cache
def _normaliser(english: bool) -> Callable[[str], str]:
    module = _normalisers()
    made = module.EnglishTextNormalizer() if english else module.BasicTextNormalizer()
    return cast(Callable[[str], str], made)


def _normalisers() -> Any:
    """openai-whisper's package `normalizers` without the one around it, which loads torch: two seconds, 300 MB."""
    name = "voicebot.lab.whisper_normalizers"
    whisper = find_spec("whisper")
    places = whisper.submodule_search_locations if whisper is not None else None
    file = Path(next(iter(places or [""]))) / "normalizers" / "__init__.py"
    spec = spec_from_file_location(name, file) if file.is_file() else None
    if spec is None or spec.loader is None:  # a frozen program has its modules in an archive
        from whisper import normalizers

        return normalizers
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
