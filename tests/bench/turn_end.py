"""The end of a turn: how often a pause inside a sentence is taken for it, and how late it comes after a real one.

Sentences of tests/pauses.py pass through Silero, block by block; the words are the true ones up to the pause, or what
PocketSphinx hears of them. Each voice is a person of its own, heard for the first time. What is reported was left out
when the rules were written. `python -m tests.bench.turn_end FILE` draws the trade-off as SVG.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import mean, quantiles

from tests.bench.__main__ import CannotRun
from tests.bench.chart import Line, chart
from tests.pause_sentences import ENGLISH, KOREAN
from tests.pauses import RATE, Clip, fluent, paused
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, Silero, Thresholds, VoiceActivity
from voicebot.stt.base import Heard
from voicebot.stt.sphinx import Sphinx
from voicebot.turn_end import LEAST_PAUSE, TurnEnd, Waits

REPORTED = {"en": ENGLISH[1::2], "ko": KOREAN[1::2]}
VOICES = {"en": ("rms", "awb"), "ko": ("ko", "ko+f2")}
ROUNDS = 2
"""How often each sentence is said, with its pause at another place."""
FIXED = 0.55
"""Seconds: the wait of before, and still that without words."""
Wait = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Trace:
    """A clip as voice activity hears it, and the words up to its pause and to its end as a recogniser gives them."""

    clip: Clip
    voiced: tuple[bool, ...]
    first: str
    whole: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """When the turn ended: `delay` in seconds after the true end of speech; `cut_off` when more was to come."""

    delay: float
    cut_off: bool
    pauses: tuple[float, ...]
    """What the listener learns: silences after which the person went on."""


def trace(clip: Clip) -> Trace:
    """Through Silero; the words are the true ones, bare as PocketSphinx writes them."""
    activity = VoiceActivity(Silero(), Thresholds())
    voiced = []
    for block in clip.samples[: len(clip.samples) // BLOCK * BLOCK].reshape(-1, BLOCK):
        activity.feed(block)
        voiced.append(activity.voiced)
    return Trace(clip, tuple(voiced), _bare(clip.first), _bare(clip.text))


def decide(trace: Trace, wait: Wait) -> Verdict:
    """Play a clip until the silence has lasted as long as `wait` says of the words before it."""
    clip, pauses, silence = trace.clip, [], 0.0
    began, went_on = trace.voiced.index(True), clip.gap == 0.0
    for number, voiced in enumerate(trace.voiced[began:], began):
        now = (number + 1) * BLOCK_SECONDS
        if voiced and silence >= LEAST_PAUSE:
            pauses.append(silence)
        silence = 0.0 if voiced else silence + BLOCK_SECONDS
        went_on = went_on or (voiced and now > clip.resumed_at)
        if silence > 0.0 and silence >= wait(trace.whole if went_on else trace.first) - 1e-9:
            cut_off = now < clip.ended_at
            return Verdict(now - clip.ended_at, cut_off, (*pauses, clip.gap) if cut_off else tuple(pauses))
    raise AssertionError(f"no end was found: {clip.text}")


def measure() -> dict[str, float]:
    for program in ("flite", "espeak-ng"):
        if shutil.which(program) is None:
            raise CannotRun(f"{program} is not installed")
    figures: dict[str, float] = {}
    for language in REPORTED:
        halting, fluent = _traces(language)
        figures |= _figures(f"turn_end.{language}", halting, fluent)
        if language == "en":
            heard = [asyncio.run(_heard(traces[:1])) for traces in (halting, fluent)]  # rms, which PocketSphinx gets
            figures |= _figures("turn_end.en_sphinx", *heard)
    return figures


People = list[list[Trace]]
"""The turns of one person after another."""


def _traces(language: str) -> tuple[People, People]:
    halting, smooth = [], []
    with tempfile.TemporaryDirectory() as name:
        folder, sentences = Path(name), REPORTED[language]
        for number, voice in enumerate(VOICES[language]):
            seeds = range(ROUNDS * number, ROUNDS * (number + 1))
            clips = [clip for seed in seeds for clip in paused(sentences, language, [voice], folder, seed)]
            halting.append([trace(clip) for clip in clips])
            smooth.append([trace(clip) for clip in fluent(sentences, language, [voice], folder)])
    return halting, smooth


def _figures(name: str, halting: People, fluent: People) -> dict[str, float]:
    learned, fresh, fixed = _converse(halting), _converse(halting, learn=False), _converse(halting, fixed=FIXED)
    finished = _converse(fluent)
    own = [verdict.delay for verdict in learned if not verdict.cut_off]
    return {
        f"{name}.turns": float(len(learned)),
        f"{name}.cut_off_percent": _cut_off(learned),
        f"{name}.cut_off_percent_before_learning": _cut_off(fresh),
        f"{name}.cut_off_percent_fixed_wait": _cut_off(fixed),
        f"{name}.delay_ms_p50": _percentile(finished, 50),
        f"{name}.delay_ms_p95": _percentile(finished, 95),
        f"{name}.delay_ms_p50_fixed_wait": _percentile(_converse(fluent, fixed=FIXED), 50),
        f"{name}.delay_ms_p50_who_pauses": quantiles(own, n=100, method="inclusive")[49] * 1000.0,
        f"{name}.delay_ms_p95_who_pauses": quantiles(own, n=100, method="inclusive")[94] * 1000.0,
    }


def _converse(
    people: People, waits: Waits | None = None, *, learn: bool = True, fixed: float | None = None
) -> list[Verdict]:
    """Everybody's turns, one person after the other."""
    verdicts = []
    for turns in people:
        end = TurnEnd(waits)
        for turn in turns:
            verdict = decide(turn, _wait(end, turn.clip.language, fixed))
            verdicts.append(verdict)
            if learn:
                end.learn(verdict.pauses)
    return verdicts


def _wait(end: TurnEnd, language: str, fixed: float | None) -> Wait:
    """As the listener asks, but once for the same words."""
    known: dict[str, float] = {}

    def wait(text: str) -> float:
        if text not in known:
            known[text] = end.wait(text, language) if fixed is None else fixed
        return known[text]

    return wait


def _cut_off(verdicts: Sequence[Verdict]) -> float:
    return 100.0 * mean(verdict.cut_off for verdict in verdicts)


def _percentile(verdicts: Sequence[Verdict], percent: int) -> float:
    return quantiles([verdict.delay for verdict in verdicts], n=100, method="inclusive")[percent - 1] * 1000.0


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter in " '")


# -- what a recogniser hears ------------------------------------------------------------------------------------------


async def _heard(people: People) -> People:
    engine = Sphinx(patience=60.0)
    try:
        return [[await _hear(engine, turn) for turn in turns] for turns in people]
    finally:
        await engine.close()


async def _hear(engine: Sphinx, turn: Trace) -> Trace:
    clip = turn.clip
    ends = (clip.paused_at, clip.ended_at) if clip.gap else (clip.ended_at,)
    texts = []
    for end in ends:
        heard = await engine.transcribe(clip.samples[: round((end + 0.15) * RATE)], ["en"], lambda: None)
        texts.append(heard.text if isinstance(heard, Heard) else "")
    return replace(turn, first=texts[0] if clip.gap else "", whole=texts[-1])


# -- the trade-off ----------------------------------------------------------------------------------------------------

SHORTEST = tuple(number / 100 for number in range(20, 101, 5))
FIXES = tuple(number / 100 for number in range(35, 131, 5))

Setting = Callable[[People], list[Verdict]]


def plot(path: Path) -> None:
    """Draw cut-offs against delay, for English, as the shortest pause or the fixed wait grows."""
    people = _traces("en")

    def line(name: str, colour: str, settings: Sequence[Setting], marked: int) -> Line:
        return Line(name, colour, tuple(_point(setting, *people) for setting in settings), marked)

    fixed = [partial(_converse, fixed=seconds) for seconds in FIXES]
    words = [partial(_converse, waits=Waits(shortest=seconds), learn=False) for seconds in SHORTEST]
    person = [partial(_converse, waits=Waits(shortest=seconds)) for seconds in SHORTEST]
    now = SHORTEST.index(Waits().shortest)
    lines = (
        line("a fixed wait", "#8a8f98", fixed, FIXES.index(FIXED)),
        line("by the words", "#d98324", words, now),
        line("by the words and the person", "#2a6fdb", person, now),
    )
    path.write_text(
        chart(lines, "from the end of a finished sentence to its being found, ms (median)", "turns cut off, %")
    )


def _point(converse: Setting, halting: People, fluent: People) -> tuple[float, float]:
    return _percentile(converse(fluent), 50), _cut_off(converse(halting))


if __name__ == "__main__":
    plot(Path(sys.argv[1]))
