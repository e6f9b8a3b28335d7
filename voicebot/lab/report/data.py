"""A run for programs: as JSON, and as CSV (RFC 4180) with a line for each trial."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import msgspec

from voicebot.lab.hearing import found_errors
from voicebot.lab.listening import Preference, preferences
from voicebot.lab.runs import Run
from voicebot.lab.scoring import Errors


def as_json(runs: Sequence[Run]) -> str:
    """`{"runs": [{"id", "plan", "summary", "listening", "results"}, …]}`. Raises StorageError."""
    return json.dumps({"runs": [_as_object(run) for run in runs]}, ensure_ascii=False, indent=2) + "\n"


def as_csv(runs: Sequence[Run]) -> str:
    """A line for each trial: the run, its key, its failure, and every figure and text of it. Raises StorageError."""
    rows = [{"run": run.id, **row} for run in runs for row in _rows(run)]
    columns = list(dict.fromkeys(["run", "key", "error", *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _as_object(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "plan": msgspec.to_builtins(run.plan),
        "summary": msgspec.to_builtins(import_module(f"voicebot.lab.{run.plan.kind}").summary(run)),
        "listening": [preference_as_object(one) for one in preferences(run)],
        "results": msgspec.to_builtins(run.results()),
    }


def preference_as_object(one: Preference) -> dict[str, Any]:
    """A listening test's result, with its share and p."""
    figures = {"share": one.share, "low": one.low, "high": one.high, "p": one.p}
    return {**msgspec.to_builtins(one), **figures}


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    if run.plan.kind == "stt":
        from voicebot.lab import stt

        for clip in stt.summary(run).clips:
            values = {name: getattr(clip, name) for name in clip.__slots__ if name not in ("key", "errors", "failure")}
            yield {"key": clip.key, "error": clip.failure, **values, **_counted(clip.errors)}
    else:
        for result in run.results():
            values = {name: value for name, value in result.values.items() if not isinstance(value, dict | list)}
            yield {"key": result.key, "error": result.error, **values, **_counted(found_errors(result.values))}


def _counted(errors: Errors | None) -> dict[str, Any]:
    if errors is None:
        return {}
    row = {"wer": errors.words.rate, "cer": errors.characters.rate}
    for unit in ("words", "characters"):
        counts = getattr(errors, unit)
        row |= {f"{unit}_{name}": getattr(counts, name) for name in counts.__slots__}
    return row
