"""`voicebot transcribe`: recordings and films to text with times, of any length, in memory that does not grow."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from voicebot.cli.options import RECOGNISERS, say_to_person
from voicebot.errors import AudioError, UsageError, VoicebotError, one_line
from voicebot.session import Session, session
from voicebot.stt.base import SpeechToText
from voicebot.transcription import FORMATS, Format, Job, Transcription, as_json, formatted, to_file, to_folder
from voicebot.transcription.formats import clock

if TYPE_CHECKING:
    from tqdm import tqdm


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("transcribe", help="write down what is said in recordings and films")
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="WAV, FLAC, Ogg, MP3; with the extra media all that FFmpeg reads",
    )
    parser.add_argument("--engine", dest="stt", default="", help=f"the recogniser: {RECOGNISERS}")
    parser.add_argument("--language", metavar="L", help="the language spoken, such as en or ko")
    parser.add_argument("--format", choices=FORMATS, help="plain text, SubRip or WebVTT subtitles, or JSON")
    parser.add_argument("--times", action="store_true", help="with the time before every line of plain text")
    parser.add_argument("--output", metavar="FILE_OR_FOLDER", help="write there; a folder for several files")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    output = _output(args)
    with session() as opened:
        return asyncio.run(_transcribe_all(args, opened, output))


@dataclass(slots=True)
class Output:
    """Where the texts go: a `target`, or standard output; `kind` None is plain text for a person there."""

    kind: Format | None
    times: bool
    target: Path | None
    is_folder: bool
    many: bool
    done: list[Transcription] = field(default_factory=list)

    def give(self, one: Transcription) -> None:
        """Raises StorageError."""
        self.done.append(one)
        if self.target is not None:
            write = to_folder if self.is_folder else to_file
            written = write(self.target, one, self.kind or "txt", times=self.times)
            say_to_person(f"{one.file}: written to {written}")
        elif self.kind == "json":
            return  # one list, in the end
        elif self.kind is None and not self.times:
            self._show(one)
        else:
            print(formatted(one, self.kind or "txt", times=self.times), end="", flush=True)

    def _show(self, one: Transcription) -> None:
        if self.many:
            print(f"{one.file}:")
        print(one.text or "(no speech heard)", flush=True)

    def end(self) -> None:
        if self.target is None and self.kind == "json":
            print(as_json(self.done), end="", flush=True)


def _output(args: argparse.Namespace) -> Output:
    """Raises UsageError for what cannot be."""
    target = Path(args.output) if args.output else None
    is_folder = target is not None and (target.is_dir() or args.output.endswith(("/", "\\")) or not target.suffix)
    kind: Format | None = args.format or ("json" if args.json else None)
    if kind is None and target is not None and not is_folder:
        kind = next((one for one in FORMATS if target.suffix.lower() == f".{one}"), None)
    many = len(args.files) > 1
    if many and target is not None and not is_folder:
        raise UsageError(f"{len(args.files)} files do not go into one", fix="name a folder with --output")
    if many and target is None and kind in ("srt", "vtt"):
        raise UsageError(f"subtitles of {len(args.files)} files cannot be printed", fix="name a folder with --output")
    return Output(kind, args.times, target, is_folder, many)


async def _transcribe_all(args: argparse.Namespace, opened: Session, output: Output) -> int:
    """One file's failure does not end the others; the exit status."""
    engine = opened.workshop.stt(args.stt)
    languages = (args.language,) if args.language else opened.settings.stt.languages
    failed = 0
    try:
        await _warm(engine)
        for path in args.files:
            try:
                await _transcribe(Job(path, engine, languages), output)
            except AudioError as error:
                failed += 1
                say_to_person(f"voicebot: {error}")
    except (VoicebotError, asyncio.CancelledError):
        if output.done:  # what was recognised is not lost with the engine
            output.end()
        raise
    finally:
        await engine.close()
    output.end()
    return 1 if failed else 0


async def _transcribe(job: Job, output: Output) -> None:
    """One file, to its end or as far as it came. Raises AudioError or EngineError."""
    try:
        with _bar(job.path, shown=sys.stderr.isatty()) as bar:
            job.changed = lambda: _move(bar, job)
            found = await job.run()
    except (VoicebotError, asyncio.CancelledError):
        if job.segments:
            say_to_person(f"{job.path}: stopped at {clock(job.progress.done)}; what was recognised so far is kept")
            output.give(job.so_far())
        raise
    finally:
        for notice in job.notices:
            say_to_person(one_line(notice.what, notice.why, notice.fix))
    output.give(found)


async def _warm(engine: SpeechToText) -> None:
    """Load the recogniser, telling a person at a terminal how far it is. Raises EngineError."""
    shown = sys.stderr.isatty()

    def tell(done: float | None) -> None:
        if shown:
            print(f"\r\x1b[Kloading {engine.name} {'' if done is None else f'{done:.0%}'}", end="", file=sys.stderr)

    try:
        await engine.warm(tell)
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _bar(path: Path, *, shown: bool) -> tqdm[NoReturn]:
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f}% |{bar}| {n:.0f}/{total:.0f} s of sound, {remaining} left"
    return tqdm(total=0.0, desc=path.name, bar_format=form, disable=not shown, leave=False, file=sys.stderr)


def _move(bar: tqdm[NoReturn], job: Job) -> None:
    progress = job.progress
    bar.total = progress.total or progress.done
    bar.update(progress.done - bar.n)
