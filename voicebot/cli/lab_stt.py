"""`voicebot lab stt`: recognisers compared by what they get wrong, their speed and their memory."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from voicebot.cli.lab_tts import carried_out, told
from voicebot.cli.options import say_to_person
from voicebot.errors import UsageError
from voicebot.session import Session, session

if TYPE_CHECKING:
    from voicebot.lab.clips import Clips, Entry
    from voicebot.lab.runs import Run
    from voicebot.lab.scoring import Rate
    from voicebot.lab.stt_summary import SttSummary

MIB = 1 << 20
SHOWN = 10
"""Clips left out that are named one by one."""


def add_stt(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `stt`."""
    parser = actions.add_parser("stt", help="compare recognisers: word errors, speed, memory")
    parser.add_argument(
        "clips",
        nargs="?",
        type=Path,
        metavar="CLIPS",
        help="a folder with NAME.txt beside each NAME.wav, or transcripts.tsv, LibriSpeech, Common Voice; or a list as"
        " TSV, CSV or JSONL",
    )
    parser.add_argument("--recordings", action="store_true", help="use what was said in the app, as it was understood")
    parser.add_argument(
        "--engine", action="append", default=[], metavar="ENGINE", help="sphinx, whisper:base, …; may be repeated"
    )
    parser.add_argument("--language", metavar="L", help="of clips that do not say theirs, such as en or ko")
    parser.add_argument(
        "--stress", default="", metavar="S,S", help="also under noise:10, noise:pink:5, noise:FILE:10, telephone,"
        " speed:1.2, clip:-12; several at once with +"
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="of the added noise")
    parser.add_argument("--name", default="", help="what to call the run")
    parser.add_argument("--yes", action="store_true", help="send the clips to engines that are not on this computer")
    parser.add_argument("--resume", nargs="?", const="", metavar="RUN", help="go on with a run, or with the newest one")
    parser.add_argument("--again", action="store_true", help="with --resume: try once more what failed")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a report: .html, .csv or .json")
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab import stt

    with session() as opened:
        found = _resumed(args, opened) if args.resume is not None else _begun(args, opened)
        _demand_consent(stt.options_of(found).engines, opened, args.yes)
        outcome = asyncio.run(carried_out(found, stt.trials, opened.workshop, again=args.again))
        return told(args, found, outcome, stt.summary(found), stt_lines)


def _resumed(args: argparse.Namespace, opened: Session) -> Run:
    from voicebot.lab.runs import find

    return find(opened.home, args.resume, "stt")


def _begun(args: argparse.Namespace, opened: Session) -> Run:
    from voicebot.lab import stt
    from voicebot.lab.runs import Run
    from voicebot.lab.stress import split

    names = [name for names in args.engine for name in names.split(",") if name] or [opened.workshop.best_stt()]
    for name in names:
        opened.workshop.stt(name)  # one that there is not is told before anything begins
    _demand_consent(names, opened, args.yes)
    clips = _clips(args, opened)
    for line in clips.skipped[:SHOWN]:
        say_to_person(f"left out: {line}")
    if len(clips.skipped) > SHOWN:
        say_to_person(f"left out: {len(clips.skipped) - SHOWN} more")
    stresses = split(args.stress)
    plan = stt.plan(names, clips.clips, stresses, skipped=clips.skipped, name=args.name, seed=args.seed)
    return Run.create(opened.home, plan)


def _clips(args: argparse.Namespace, opened: Session) -> Clips:
    from voicebot.history import History
    from voicebot.lab.clips import checked, read_clips, recorded

    language = args.language or opened.settings.stt.languages[0]
    if args.recordings == (args.clips is not None):
        raise UsageError("it is not clear which clips to use", fix="name a folder or a list, or give --recordings")
    if args.clips is not None:
        return read_clips(args.clips, language)

    async def entries() -> list[Entry]:
        history = History(opened.home.history_file)
        await history.open()
        try:
            return await recorded(history)
        finally:
            await history.close()

    say_to_person("the words of recordings are those that were understood at the time, right or wrong")
    return checked(asyncio.run(entries()), language, "the app's recordings")


def _demand_consent(names: list[str], opened: Session, consent: bool) -> None:
    """Sending clips away is chosen: by the settings' own engine, or with --yes. Raises UsageError."""
    away = [name for name in names if not opened.workshop.stt(name).local and name != opened.settings.stt.engine]
    if not away:
        return
    line = f"{', '.join(away)} would send the clips off this computer"
    if not consent:
        raise UsageError(line, fix="give --yes if that is all right")
    say_to_person(f"{', '.join(away)}: the clips are sent off this computer")


def stt_lines(summary: SttSummary) -> Iterator[str]:
    """A table for people; rates with their 95 % confidence interval."""
    yield f"{'recogniser':28} {'stress':16} lang  {'WER':19}  {'CER':19}  real-time  first  final   memory  failed"
    for row in summary.rows:
        figures = f"{_or_dash(row.real_time_factor, '{:.3f}'):>9}  {_or_dash(row.first_partial, '{:.2f}'):>5}"
        final, memory = _or_dash(row.final, "{:.2f}"), row.engine_memory
        taken = _or_dash(None if memory is None else memory / MIB, "{:.0f} MiB")
        rates = f"{_interval(row.words):19}  {_interval(row.characters):19}"
        yield (
            f"{row.engine:28} {row.stress or 'clean':16} {row.language:4}  {rates}  {figures}  {final:>5}"
            f"  {taken:>8}  {row.failed}/{row.clips}"
        )
        if row.failure:
            yield f"    {row.failure}"


def _interval(found: Rate | None) -> str:
    return "–" if found is None else f"{found.rate:.1%} ({found.low:.1%}–{found.high:.1%})"


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)
