"""Long recordings in pieces that are speech: silence is never recognised, and memory does not grow."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, Edge, Probability, Thresholds, VoiceActivity, why_no_speech
from voicebot.events import Samples

BEFORE = 0.3
"""Seconds kept from before speech begins."""
LONGEST = 28.0
"""Seconds: what Whisper takes at once is 30."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of speech: mono float32 at 16 kHz, `start` in seconds from the recording's beginning."""

    start: float
    samples: Samples


@dataclass(slots=True)
class _Growing:
    start: float
    goes_on: bool
    """It follows at once on a piece that was cut: however short, it is the end of that speech."""
    blocks: list[Samples] = field(default_factory=list)
    speech: list[float] = field(default_factory=list)


def speech_pieces(
    blocks: Iterable[Samples], probability: Probability, thresholds: Thresholds | None = None
) -> Iterator[Piece | None]:
    """Speech in a recording given block by block (any lengths, 16 kHz); None after each block that ended none.

    The None lets a caller breathe, show progress and stop.
    """
    thresholds = thresholds or Thresholds()
    activity = VoiceActivity(probability, thresholds)
    before: deque[tuple[Samples, float]] = deque(maxlen=round(BEFORE / BLOCK_SECONDS))
    growing: _Growing | None = None
    cut = False
    for number, block in enumerate(_regrouped(blocks)):
        edge = activity.feed(block)
        if growing is None:
            before.append((block, activity.last))
            if edge is Edge.STARTED or (activity.speaking and activity.voiced):
                growing = _begin(number, before, goes_on=cut)
            cut = cut and activity.speaking and growing is None
        else:
            growing.blocks.append(block)
            growing.speech.append(activity.last)
            if edge is Edge.ENDED or len(growing.blocks) * BLOCK_SECONDS >= LONGEST:
                yield _finished(growing, thresholds.on)
                growing, cut = None, edge is not Edge.ENDED
                before.clear()
                continue
        yield None
    if growing is not None:
        yield _finished(growing, thresholds.on)


def _begin(number: int, before: deque[tuple[Samples, float]], *, goes_on: bool) -> _Growing:
    growing = _Growing((number + 1 - len(before)) * BLOCK_SECONDS, goes_on)
    for block, probability in before:
        growing.blocks.append(block)
        growing.speech.append(probability)
    return growing


def _finished(growing: _Growing, on: float) -> Piece | None:
    if not growing.goes_on and why_no_speech(growing.speech, on, growing.blocks):
        return None
    return Piece(growing.start, np.concatenate(growing.blocks))


def _regrouped(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The same samples in blocks of 512, the last one filled up with silence."""
    rest = np.zeros(0, dtype=np.float32)
    for block in blocks:
        rest = np.concatenate([rest, block])
        whole = len(rest) // BLOCK * BLOCK
        yield from rest[:whole].reshape(-1, BLOCK)
        rest = rest[whole:]
    if len(rest):
        yield np.pad(rest, (0, BLOCK - len(rest)))
