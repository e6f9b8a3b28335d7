"""One recording into text with times: piece by piece, in memory that does not grow, stopped at any moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from voicebot.audio.ffmpeg import FfmpegMedia
from voicebot.audio.files import SoundFileMedia, open_media
from voicebot.audio.segments import Piece, speech_pieces
from voicebot.audio.vad import BLOCK_SECONDS, SAMPLE_RATE, best_probability
from voicebot.errors import AudioError, EngineTimedOut
from voicebot.events import NO_TURN, Notice, Samples
from voicebot.stt.base import Heard, Nothing, Segment, SpeechToText

BATCH = 256
"""Blocks looked at between two chances to stop, about eight seconds of sound."""
LEAST_LOST = 0.05
"""Seconds of damage that are worth a word."""
CUT_OFF = 0.9
"""The share of its length below which a file was cut off; FFmpeg's guess from the bit rate is nearer than that."""

Found = Piece | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a recording is: `done` of `total` seconds of sound (None: it does not say), after `spent` seconds."""

    done: float
    total: float | None
    spent: float

    @property
    def share(self) -> float | None:
        """From 0.0 to 1.0, None when it cannot be known."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def speed(self) -> float:
        """Seconds of sound in a second."""
        return self.done / self.spent if self.spent else 0.0

    @property
    def seconds_left(self) -> float | None:
        return (self.total - self.done) / self.speed if self.total and self.speed else None


@dataclass(frozen=True, slots=True)
class Transcription:
    """What was said in a file; `duration` and `seconds` (the time it took) in seconds.

    `complete` is False when it was stopped, or failed, before its end.
    """

    file: str
    text: str
    language: str
    engine: str
    duration: float
    seconds: float
    segments: list[Segment]
    complete: bool = True


@dataclass
class Job:
    """The work on one recording. What was found so far is there at any time, also after a failure or a stop."""

    path: Path
    engine: SpeechToText
    languages: Sequence[str]
    changed: Callable[[], None] = lambda: None
    """Called on the loop whenever there is more."""
    segments: list[Segment] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    """What a person should know: several tracks of sound, damage that was skipped."""
    _language: str = ""
    _duration: float | None = None
    _done: float = 0.0
    _read: int = 0
    _began: float | None = None
    _ended: float | None = None
    _complete: bool = False
    _broken: AudioError | None = None

    async def run(self) -> Transcription:
        """Recognise all of it. Raises AudioError or EngineError; cancelling it stops the work soon."""
        self._began = time.monotonic()
        try:
            media = await asyncio.to_thread(open_media, self.path)
            try:
                await self._recognise_all(media)
            finally:
                media.close()
        finally:
            self._ended = time.monotonic()
        if self._broken is not None:
            raise self._broken
        self._complete = True
        return self.so_far()

    def so_far(self) -> Transcription:
        """What there is now."""
        text = " ".join(segment.text for segment in self.segments)
        language = self._language or self.languages[0]
        duration = round(self._duration or self._done, 3)
        spent = round(self.progress.spent, 3)
        name = self.engine.name
        return Transcription(str(self.path), text, language, name, duration, spent, [*self.segments], self._complete)

    @property
    def progress(self) -> Progress:
        if self._began is None:
            return Progress(0.0, None, 0.0)
        total = None if self._duration is None else max(self._duration, self._done)
        return Progress(self._done, total, (self._ended or time.monotonic()) - self._began)

    async def _recognise_all(self, media: SoundFileMedia | FfmpegMedia) -> None:
        self._duration = media.seconds
        if media.tracks > 1:
            self._notice(f"{self.path.name} has {media.tracks} tracks of sound", "the first one was recognised")
        pieces = speech_pieces(self._until_broken(media.blocks_past_damage(SAMPLE_RATE)), best_probability())
        async with aclosing(_in_thread(pieces)) as batches:
            async for batch in batches:
                await self._recognise(batch)
        if media.lost > LEAST_LOST:
            self._notice(f"{self.path.name} is damaged", f"{media.lost:.1f} seconds of it could not be read")
        if self._broken is None:
            self._end_at(self._read / SAMPLE_RATE)

    def _end_at(self, seconds: float) -> None:
        """All was read; what the file says of its length may be a guess, and it may have been cut off."""
        if self._duration is not None and seconds < self._duration * CUT_OFF - 1.0:
            why = f"only {seconds:.0f} of its {self._duration:.0f} seconds are there"
            self._notice(f"the end of {self.path.name} is missing", why)
            self._duration = seconds
        self._duration = self._duration or seconds

    def _notice(self, what: str, why: str) -> None:
        self.notices.append(Notice(NO_TURN, what, why))

    async def _recognise(self, batch: list[Found]) -> None:
        for piece in batch:
            self._done += BLOCK_SECONDS
            if piece is not None:
                heard = await _recognised(self.engine, piece.samples, self.languages)
                if isinstance(heard, Heard) and heard.text.strip():
                    self._language = self._language or heard.language
                    self.segments += _placed(piece, heard)
                self.changed()
        self.changed()

    def _until_broken(self, blocks: Iterator[Samples]) -> Iterator[Samples]:
        """The blocks up to where reading fails: the speech before that place is still recognised."""
        try:
            for block in blocks:
                self._read += len(block)
                yield block
        except AudioError as error:
            self._broken = error


async def _in_thread(pieces: Iterator[Found]) -> AsyncGenerator[list[Found], None]:
    """The pieces, found in a thread a few seconds of sound at a time, so that a stop is never far."""
    while True:
        reading = asyncio.ensure_future(asyncio.to_thread(lambda: list(islice(pieces, BATCH))))
        try:
            batch = await asyncio.shield(reading)
        except asyncio.CancelledError:
            await asyncio.wait([reading])  # nobody may close the file under the thread that reads it
            raise
        if not batch:
            return
        yield batch


async def _recognised(engine: SpeechToText, samples: Samples, languages: Sequence[str]) -> Heard | Nothing:
    """The words of one piece; raises EngineTimedOut when the recogniser gives no sign of life."""
    loop = asyncio.get_running_loop()
    patience = engine.patience
    try:
        async with asyncio.timeout(patience) as limit:
            return await engine.transcribe(samples, languages, lambda: limit.reschedule(loop.time() + patience))
    except TimeoutError:
        raise EngineTimedOut(
            f"{engine.name} gave no sign of life for {patience:g} seconds", fix="try again, or choose another engine"
        ) from None


def _placed(piece: Piece, heard: Heard) -> list[Segment]:
    """The segments of a piece, at their times in the whole file."""
    end = len(piece.samples) / SAMPLE_RATE
    found = heard.segments or (Segment(0.0, end, heard.text),)
    return [
        Segment(round(piece.start + one.start, 3), round(piece.start + min(one.end, end), 3), one.text.strip())
        for one in found
    ]
