"""A run as the screen shows it: rows of figures, and the words of each trial with what is wrong in them. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voicebot.lab.listening import Preference
    from voicebot.lab.runs import Result, Run
    from voicebot.lab.scoring import Errors, Rate

Figure = tuple[str, str]
"""What it is a figure of, and the figure as it is written: ("wer", "12.0% (5.0–20.0)")."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was compared. `key` finds it in another run; figures that are not known are left out."""

    key: tuple[str, ...]
    names: dict[str, str]
    figures: tuple[Figure, ...]
    trials: int
    failed: int
    failure: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the screen needs of a run; `trials` are made when they are looked at."""

    run: Run
    other: str
    """The id of the run that it is compared with, "" for none."""
    rows: tuple[Row, ...] = ()
    trials: tuple[dict[str, Any], ...] = ()
    preferences: tuple[Preference, ...] = ()
    skipped: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    results: int = 0
    before: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    """The figures of the other run."""


def shown(run: Run, other: Run | None = None) -> Shown:
    """Read a run, and the one it is compared with. Blocks. Raises StorageError."""
    from voicebot.lab.listening import preferences

    results = run.results()
    before = {row.key: dict(row.figures) for row in _rows(other)} if other is not None else {}
    is_tts = run.plan.kind != "stt"
    return Shown(
        run,
        other.id if other is not None else "",
        tuple(_rows(run)),
        tuple(_trials(run, results)),
        tuple(preferences(run)) if is_tts else (),
        tuple(run.plan.options.get("skipped", ())),
        tuple(run.plan.options.get("voices", ())),
        len(results),
        before,
    )


def _rows(run: Run) -> Iterator[Row]:
    from voicebot.lab import roundtrip, stt, tts

    if run.plan.kind == "stt":
        for row in stt.summary(run).rows:
            names = {"engine": row.engine, "stress": row.stress, "language": row.language}
            figures = _known(
                *_rates(row.words, row.characters),
                ("speed", _number(row.real_time_factor)),
                ("partial", _seconds(row.first_partial)),
                ("final", _seconds(row.final)),
                ("memory", "" if row.engine_memory is None else f"{row.engine_memory / (1 << 20):.0f} MiB"),
            )
            yield Row(tuple(names.values()), names, figures, row.clips, row.failed, row.failure)
    elif run.plan.kind == "tts":
        for voice in tts.summary(run).voices:
            names = {"voice": voice.voice, "language": voice.language}
            figures = _known(
                ("first", _seconds(voice.first)),
                ("speed", _number(voice.real_time_factor)),
                ("loudness", "" if voice.lufs is None else f"{voice.lufs:.1f} LUFS"),
                ("clipped", _percent(voice.clipped)),
                ("silence", _seconds(voice.silence_before)),
                *_rates(voice.words, voice.characters),
            )
            yield Row(tuple(names.values()), names, figures, voice.trials, voice.failed, voice.failure)
    else:
        for cell in roundtrip.summary(run).cells:
            names = {"voice": cell.voice, "engine": cell.recogniser, "language": cell.language}
            figures = _known(*_rates(cell.words, cell.characters))
            yield Row(tuple(names.values()), names, figures, cell.trials, cell.failed, cell.failure)


def _trials(run: Run, results: list[Result]) -> Iterator[dict[str, Any]]:
    """The words of each trial, in the order of the plan for recognisers, of the results otherwise."""
    from voicebot.lab import stt
    from voicebot.lab.hearing import found_errors

    if run.plan.kind == "stt":
        files = [clip.path for clip in stt.options_of(run).clips]
        for clip in stt.summary(run).clips:
            file = files[int(clip.key.rsplit("|", 2)[1]) - 1]
            names = {"clip": clip.clip, "engine": clip.engine, "stress": clip.stress, "voice": ""}
            trial = _trial(names, clip.language, clip.said, clip.errors, clip.failure)
            yield {**trial, "sound": file}
        return
    for result in results:
        values = result.values
        names = {"clip": result.key.rpartition("|")[2], "engine": values.get("recogniser", ""), "stress": ""}
        names["voice"] = values.get("voice", result.key.partition("|")[0])
        failure = result.error or values.get("unheard", "")
        trial = _trial(names, values.get("language", ""), values.get("text", ""), found_errors(values), failure)
        yield {**trial, "sound": str(run.folder / values["sample"]) if "sample" in values else ""}


def _trial(names: dict[str, str], language: str, said: str, errors: Errors | None, failure: str) -> dict[str, Any]:
    from voicebot.lab.scoring import unit_of

    steps = [] if errors is None else [
        {"change": step.change, "said": step.said, "heard": step.heard} for step in errors.alignment
    ]  # fmt: skip
    rate = None if errors is None else errors.of(unit_of(language)).rate
    figure = "" if rate is None else _percent(rate)
    return {**names, "said": said, "failure": failure, "rate": figure, "steps": steps}


def _known(*figures: Figure) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure[1])


def _rates(words: Rate | None, characters: Rate | None) -> tuple[Figure, Figure]:
    return ("wer", _interval(words)), ("cer", _interval(characters))


def _interval(rate: Rate | None) -> str:
    return "" if rate is None else f"{rate.rate:.1%} ({100 * rate.low:.1f}–{100 * rate.high:.1f})"


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f} s"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
