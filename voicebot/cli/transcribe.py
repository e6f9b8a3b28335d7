"""`voicebot transcribe`: recordings to text with times, of any length, in memory that does not grow."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from voicebot.audio.files import read_blocks, sound_seconds
from voicebot.audio.segments import Piece, speech_pieces
from voicebot.audio.vad import BLOCK_SECONDS, SAMPLE_RATE, best_probability
from voicebot.cli.options import say_to_person
from voicebot.errors import AudioError, VoicebotError
from voicebot.session import Session, session
from voicebot.stt.base import Heard, Segment, SpeechToText

if TYPE_CHECKING:
    from tqdm import tqdm

BATCH = 256
"""Blocks looked at between two chances to stop, about eight seconds of sound."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("transcribe", help="write down what is said in recordings")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="WAV, FLAC, Ogg or MP3")
    parser.add_argument("--engine", dest="stt", default="", help="sphinx, whisper, whisper:base, openai, …")
    parser.add_argument("--language", metavar="L", help="the language spoken, such as en or ko")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with session() as opened:
        done, failed = asyncio.run(_transcribe_all(args, opened))
    if args.json:
        print(json.dumps([asdict(one) for one in done], ensure_ascii=False))
    return 1 if failed else 0


@dataclass(frozen=True, slots=True)
class Transcription:
    """What was said in a file; `duration` and `seconds` (the time it took) in seconds."""

    file: str
    text: str
    language: str
    engine: str
    duration: float
    seconds: float
    segments: list[Segment]


async def _transcribe_all(args: argparse.Namespace, opened: Session) -> tuple[list[Transcription], int]:
    """One file's failure does not end the others; what was done, and how many failed."""
    engine = opened.workshop.stt(args.stt)
    languages = (args.language,) if args.language else opened.settings.stt.languages
    done, failed = [], 0
    try:
        await _warm(engine)
        for path in args.files:
            try:
                done.append(await transcribe_file(path, engine, languages, progress=sys.stderr.isatty()))
            except AudioError as error:
                failed += 1
                say_to_person(f"voicebot: {error}")
                continue
            if not args.json:
                _show(done[-1], many=len(args.files) > 1)
    except VoicebotError:
        if args.json and done:  # what was transcribed so far is not lost with the engine
            print(json.dumps([asdict(one) for one in done], ensure_ascii=False))
        raise
    finally:
        await engine.close()
    return done, failed


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


async def transcribe_file(
    path: Path, engine: SpeechToText, languages: tuple[str, ...], *, progress: bool = False
) -> Transcription:
    """Recognise every stretch of speech in a file; raises AudioError or EngineError."""
    began = time.monotonic()
    duration = sound_seconds(path)
    language = languages[0]
    segments: list[Segment] = []
    pieces = speech_pieces(read_blocks(path, SAMPLE_RATE), best_probability())
    with _bar(path, duration, shown=progress) as bar:
        async for piece in _spoken(pieces, bar):
            heard = await engine.transcribe(piece.samples, languages, lambda: None)
            if isinstance(heard, Heard) and heard.text.strip():
                language = heard.language if not segments else language
                segments += _placed(piece, heard)
    text = " ".join(segment.text for segment in segments)
    spent = round(time.monotonic() - began, 3)
    return Transcription(str(path), text, language, engine.name, round(duration, 3), spent, segments)


async def _spoken(pieces: Iterator[Piece | None], bar: tqdm[NoReturn]) -> AsyncIterator[Piece]:
    """The pieces, found in a thread a few seconds of sound at a time, so that Ctrl-C is never far."""
    while True:
        batch = await asyncio.to_thread(lambda: list(islice(pieces, BATCH)))
        if not batch:
            return
        bar.update(len(batch) * BLOCK_SECONDS)
        for piece in batch:
            if piece is not None:
                yield piece


def _placed(piece: Piece, heard: Heard) -> list[Segment]:
    """The segments of a piece, at their times in the whole file."""
    end = len(piece.samples) / SAMPLE_RATE
    found = heard.segments or (Segment(0.0, end, heard.text),)
    return [
        Segment(round(piece.start + one.start, 3), round(piece.start + min(one.end, end), 3), one.text.strip())
        for one in found
    ]


def _bar(path: Path, duration: float, *, shown: bool) -> tqdm[NoReturn]:
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f}% |{bar}| {n:.0f}/{total:.0f} s of sound, {remaining} left"
    return tqdm(total=duration, desc=path.name, bar_format=form, disable=not shown, leave=False, file=sys.stderr)


def _show(one: Transcription, *, many: bool) -> None:
    if many:
        print(f"{one.file}:")
    print(one.text or "(no speech heard)", flush=True)
