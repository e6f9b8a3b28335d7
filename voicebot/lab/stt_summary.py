"""What the trials of recognisers come to: for each engine under each stress, and clip by clip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median

from voicebot.lab.clips import Clip
from voicebot.lab.hearing import found_errors
from voicebot.lab.runs import Result
from voicebot.lab.scoring import Errors, Rate, Unit, rate, unit_of


@dataclass(frozen=True, slots=True)
class ClipResult:
    """One trial: what was `said` and `heard`, and what of it is wrong; `errors` is None where it failed (`failure`).

    Times in seconds, memory in bytes; see `recognition.recognise`.
    """

    key: str
    engine: str
    stress: str
    clip: str
    language: str
    said: str
    heard: str = ""
    errors: Errors | None = None
    failure: str = ""
    seconds: float = 0.0
    final: float | None = None
    real_time_factor: float | None = None
    first_partial: float | None = None
    memory: int | None = None
    engine_memory: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One engine under one stress ("" is none), in one language.

    `unit` is what the language is judged by. `real_time_factor` is the time of all clips over their sound;
    `final`, `final_95` and `first_partial` are medians and the 95th percentile in seconds; memory is the highest, in
    bytes: of the whole program, and of that what came with the engine.
    """

    engine: str
    stress: str
    language: str
    clips: int
    failed: int
    unit: Unit
    words: Rate | None
    characters: Rate | None
    real_time_factor: float | None
    final: float | None
    final_95: float | None
    first_partial: float | None
    memory: int | None
    engine_memory: int | None
    failure: str = ""
    """The first sentence that says why a clip failed."""

    @property
    def rate(self) -> Rate | None:
        """The error rate that the language is judged by."""
        return self.words if self.unit == "words" else self.characters


@dataclass(frozen=True, slots=True)
class SttSummary:
    rows: tuple[Row, ...]
    clips: tuple[ClipResult, ...]


def summed(
    engines: Sequence[str],
    stresses: Sequence[str],
    clips: Sequence[Clip],
    key_of: Callable[[str, int, str], str],
    results: Iterable[Result],
) -> SttSummary:
    """In the order of the plan, whatever that of the results."""
    known = {result.key: result for result in results}
    rows, found = [], []
    for engine, stress in product(engines, stresses):
        for language in dict.fromkeys(clip.language for clip in clips):
            keyed = [(key_of(engine, number, stress), clip) for number, clip in enumerate(clips, start=1)]
            done = [
                _clip_result(known[key], engine, stress, clip)
                for key, clip in keyed
                if clip.language == language and key in known
            ]
            found += done
            if done:
                rows.append(_row(engine, stress, language, done))
    return SttSummary(tuple(rows), tuple(found))


def _clip_result(result: Result, engine: str, stress: str, clip: Clip) -> ClipResult:
    values = result.values
    if result.error:
        return ClipResult(result.key, engine, stress, clip.name, clip.language, clip.text, failure=result.error)
    return ClipResult(
        key=result.key,
        engine=engine,
        stress=stress,
        clip=clip.name,
        language=clip.language,
        said=clip.text,
        heard=values["heard"],
        errors=found_errors(values),
        seconds=values["seconds"],
        final=values["final"],
        real_time_factor=values["real_time_factor"],
        first_partial=values["first_partial"],
        memory=values.get("memory"),
        engine_memory=values.get("engine_memory"),
    )


def _row(engine: str, stress: str, language: str, done: Sequence[ClipResult]) -> Row:
    heard = [one for one in done if one.errors is not None]
    found = [one.errors for one in heard if one.errors is not None]
    finals = sorted(one.final for one in heard if one.final is not None)
    partials = [one.first_partial for one in heard if one.first_partial is not None]
    sound = sum(one.seconds for one in heard)
    return Row(
        engine=engine,
        stress=stress,
        language=language,
        clips=len(done),
        failed=len(done) - len(heard),
        unit=unit_of(language),
        words=rate(found, "words"),
        characters=rate(found, "characters"),
        real_time_factor=sum(finals) / sound if sound else None,
        final=median(finals) if finals else None,
        final_95=finals[min(len(finals) - 1, int(0.95 * len(finals)))] if finals else None,
        first_partial=median(partials) if partials else None,
        memory=max((one.memory for one in heard if one.memory is not None), default=None),
        engine_memory=max((one.engine_memory for one in heard if one.engine_memory is not None), default=None),
        failure=next((one.failure for one in done if one.failure), ""),
    )
