"""`voicebot lab tts` and `roundtrip`: voices compared by figures."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from voicebot.cli.options import say_to_person
from voicebot.errors import UsageError
from voicebot.session import Session, session

if TYPE_CHECKING:
    from voicebot.engines import Workshop
    from voicebot.lab.runner import Outcome, Progress, Trial
    from voicebot.lab.runs import Kind, Plan, Run
    from voicebot.lab.texts import Text

    Actions = argparse._SubParsersAction[argparse.ArgumentParser]
    Trials = Callable[[Run, Workshop], AbstractAsyncContextManager[list[Trial]]]


def add_tts(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `tts`."""
    parser = actions.add_parser("tts", help="compare voices: how fast, how loud, how well understood")
    _add_voices(parser)
    parser.add_argument("--stt", default="", metavar="ENGINE", help="have it recognised again: sphinx, whisper:base, …")
    _add_common(parser, run_tts)


def add_roundtrip(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `roundtrip`."""
    parser = actions.add_parser("roundtrip", help="have each recogniser hear each voice")
    _add_voices(parser)
    parser.add_argument("--stt", action="append", default=[], metavar="ENGINE", help="a recogniser; may be repeated")
    _add_common(parser, run_roundtrip)


def _add_voices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--voice", action="append", default=[], metavar="VOICE", help="pyttsx3, pyttsx3/gmw/en-US, …; may be repeated"
    )
    parser.add_argument(
        "--samples",
        action="append",
        default=[],
        metavar="FOLDER",
        help="recordings and their transcripts.tsv in a voice's place; may be repeated",
    )
    parser.add_argument("--texts", type=Path, metavar="FILE", help="one text a line, behind a tab its language")
    parser.add_argument("--language", metavar="L", help="the language of the texts, such as en or ko")


def _add_common(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--name", default="", help="what to call the run")
    parser.add_argument("--resume", nargs="?", const="", metavar="RUN", help="go on with a run, or with the newest one")
    parser.add_argument("--again", action="store_true", help="with --resume: try once more what failed")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a report: .html, .csv or .json")
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")
    parser.set_defaults(run=run)


def run_tts(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab import tts

    with session() as opened:
        run = _run(args, opened, "tts", lambda texts: tts.plan(_voices(args, opened), texts, args.stt, args.name))
        outcome = asyncio.run(carried_out(run, tts.trials, opened.workshop, again=args.again))
        return told(args, run, outcome, tts.summary(run), voice_lines)


def run_roundtrip(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab import roundtrip

    with session() as opened:
        recognisers = args.stt or [opened.workshop.best_stt()]

        def plan(texts: list[Text]) -> Plan:
            return roundtrip.plan(_voices(args, opened), recognisers, texts, args.name)

        run = _run(args, opened, "roundtrip", plan)
        outcome = asyncio.run(carried_out(run, roundtrip.trials, opened.workshop, again=args.again))
        return told(args, run, outcome, roundtrip.summary(run), cell_lines)


async def carried_out(run: Run, trials: Trials, workshop: Workshop, *, again: bool = False) -> Outcome:
    """Do what of the run is not done yet; Ctrl-C ends it after what is kept. Raises VoicebotError."""
    from voicebot.lab.runner import carry_out

    stop = asyncio.Event()
    with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows has no handlers on the loop
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    with _bar() as report:
        async with trials(run, workshop) as found:
            return await carry_out(run, found, report, stop, again=again)


def _run(args: argparse.Namespace, opened: Session, kind: Kind, plan: Callable[[list[Text]], Plan]) -> Run:
    from voicebot.lab.runs import Run, find

    if args.resume is not None:
        return find(opened.home, args.resume, kind)
    return Run.create(opened.home, plan(_texts(args, opened)))


def _texts(args: argparse.Namespace, opened: Session) -> list[Text]:
    from voicebot.lab.roundtrip import texts_of_samples
    from voicebot.lab.texts import built_in, read_texts

    languages = (args.language,) if args.language else opened.settings.stt.languages
    if args.texts:
        return read_texts(args.texts, languages)
    return texts_of_samples(args.samples, languages[0]) if args.samples else built_in(languages)


def _voices(args: argparse.Namespace, opened: Session) -> list[str]:
    """The voices that are named; an engine that there is not is told before anything begins. Raises UsageError."""
    from voicebot.lab.roundtrip import sample_voice
    from voicebot.lab.speaking import VoiceName, make_voice

    named = [*args.voice, *map(sample_voice, args.samples)]
    if not named:
        raise UsageError("there is no voice to try", fix="name one with --voice, or a folder with --samples")
    for name in named:
        if not make_voice(opened.workshop, VoiceName.parse(name).engine).local:
            say_to_person(f"{name}: the texts are sent off this computer")
    for name in [args.stt] if isinstance(args.stt, str) else args.stt:
        if name and not opened.workshop.stt(name).local:
            say_to_person(f"{name}: the voices' sound is sent off this computer")
    return named


def told(
    args: argparse.Namespace, run: Run, outcome: Outcome, summary: Any, lines: Callable[[Any], Iterator[str]]
) -> int:
    """Say what came of a run; the exit status."""
    if args.report:
        from voicebot.lab.report import FORMATS, write

        form = args.report.suffix.lstrip(".") or "html"
        if form not in FORMATS:
            raise UsageError(f"a report cannot be {args.report.suffix}", fix="end its name in .html, .csv or .json")
        say_to_person(f"written to {write([run], args.report, form)}")
    if args.json:
        found = {"run": run.id, "folder": str(run.folder), **msgspec.to_builtins(outcome)}
        print(json.dumps({**found, "summary": msgspec.to_builtins(summary)}, ensure_ascii=False, indent=2))
    else:
        print(*lines(summary), sep="\n")
        say_to_person(f"{run.id}: {outcome.done} of {outcome.total} done, {outcome.failed} failed")
    if outcome.stopped:
        say_to_person(f"stopped; `voicebot lab {run.plan.kind} --resume {run.id}` goes on")
        return 130
    return 1 if outcome.total and outcome.failed == outcome.total else 0


def voice_lines(summary: Any) -> Iterator[str]:
    yield f"{'voice':40} lang  first audio  real-time   loudness    WER    CER  failed"
    for one in summary.voices:
        figures = f"{_or_dash(one.first, '{:.3f} s'):>11}  {_or_dash(one.real_time_factor, '{:.3f}'):>9}"
        loudness = f"{_or_dash(one.lufs, '{:.1f} LUFS'):>10}"
        yield f"{one.voice:40} {one.language:4}  {figures}  {loudness}  {_rates(one)}  {one.failed}/{one.trials}"
        if one.failure:
            yield f"    {one.failure}"


def cell_lines(summary: Any) -> Iterator[str]:
    yield f"{'voice':40} {'recogniser':24} lang    WER    CER  failed"
    for one in summary.cells:
        yield f"{one.voice:40} {one.recogniser:24} {one.language:4} {_rates(one)}  {one.failed}/{one.trials}"
        if one.failure:
            yield f"    {one.failure}"


def _rates(one: Any) -> str:
    return "  ".join(f"{_or_dash(rate and rate.rate, '{:.1%}'):>5}" for rate in (one.words, one.characters))


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from tqdm import tqdm

    with tqdm(bar_format="{n}/{total} |{bar}| {postfix}", file=sys.stderr, leave=False) as bar:

        def report(progress: Progress) -> None:
            left = "" if progress.seconds_left is None else f"{progress.seconds_left:.0f} s left, "
            bar.total, bar.n = progress.total, progress.done
            bar.set_postfix_str(f"{left}{progress.now}")

        yield report
