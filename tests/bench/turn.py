"""The scripted turn in real time: from the true end of speech to the answer's first sample, and from the onset of the
person's speech over an answer to silence.

Recogniser 100 ms; model 200 ms, then 50 tokens a second, 4 sentences of 15; voice 80 ms: the constants that Pipecat
was measured with. The microphone is simulated, in real time, and the voice activity is Silero's, on real speech. Every
answer is interrupted by the next question but the last.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, quantiles

import numpy as np

from tests.bench.__main__ import CannotRun
from voicebot.assistant import Assistant, Setup
from voicebot.audio.files import read_sound
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.events import Samples, SentenceStarted, TurnEnded
from voicebot.listener import Hearing
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech
from voicebot.turn_end import Waits

SENTENCES = (
    "I would like to cancel my order.", "What is the weather going to be tomorrow?",
    "Please set a timer for ten minutes.", "How many people live in Seoul?", "Tell me something about the moon.",
    "Can you turn the lights off in the kitchen please?", "Who wrote the book about the white whale?",
    "What time does the train to Busan leave today?",
)  # fmt: skip
TURNS = 33
NOISE = 0.0005
LOUD = 0.005
"""What counts as sound, of full scale: of the person's speech and of the speaker."""


@dataclass
class Heard:
    """Milliseconds, as the card heard them; `wasted` replies were begun in vain."""

    answers: list[float] = field(default_factory=list)
    barge_ins: list[float] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)
    wasted: list[int] = field(default_factory=list)


def measure() -> dict[str, float]:
    if shutil.which("flite") is None:
        raise CannotRun("flite is not installed")
    with tempfile.TemporaryDirectory() as folder:
        speech = [_spoken(text, Path(folder) / f"{number}.wav") for number, text in enumerate(SENTENCES)]
    heard = asyncio.run(_converse(speech))
    return {
        **_spread("turn.voice_to_voice_ms", heard.answers),
        **_spread("turn.barge_in_ms", heard.barge_ins),
        **{f"turn.{stage}_ms_p50": value for stage, value in _stages(heard.stages).items()},
        "turn.wasted_model_starts_per_turn": mean(heard.wasted),
        "turn.lost": float(TURNS - len(heard.answers)),
    }


def _spoken(text: str, path: Path) -> Samples:
    subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", str(path)], check=True, timeout=60)
    samples = read_sound(path, RATE)
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1]]


async def _converse(speech: list[Samples]) -> Heard:
    card, jitter, heard = SimulatedCard(noise=NOISE), random.Random(1), Heard()
    setup = Setup(
        ScriptedSpeechToText(),
        ScriptedLanguageModel(),
        ScriptedTextToSpeech(),
        card,
        hearing=Hearing(barge_in=True, waits=Waits()),
        speculate="local",
    )
    async with Assistant(setup) as assistant:
        started = assistant.bus.subscribe(SentenceStarted, capacity=1000)
        ended = assistant.bus.subscribe(TurnEnded, capacity=1000)
        await assistant.open_microphone(hands_free=True)
        await asyncio.sleep(1.0)
        for number in range(TURNS):
            finish = await _ask(card, speech[number % len(speech)], 0.5 + jitter.random(), heard)
            async with asyncio.timeout(20.0):
                while (await anext(started)).turn != assistant.turns.last:
                    continue
            _note_answer(card, finish, heard)
        assistant.interrupt()
        await assistant.idle()
        while len(heard.stages) < TURNS:
            event = await anext(ended)
            assert isinstance(event, TurnEnded)
            heard.stages.append(dict(event.timings))
            heard.wasted.append(event.wasted)
    return heard


async def _ask(card: SimulatedCard, question: Samples, pause: float, heard: Heard) -> float:
    """Speak, over the answer if one is being given, until the end, and tell when that was."""
    await asyncio.sleep(pause)
    speaking = _last_sound(card, 0.0) > asyncio.get_running_loop().time() - 0.1
    start = asyncio.get_running_loop().time()
    finish = card.speak(question)
    await asyncio.sleep(finish - start)
    if speaking:
        heard.barge_ins.append((_last_sound(card, start) - start) * 1000.0)
    card.played.clear()
    return finish


def _note_answer(card: SimulatedCard, finish: float, heard: Heard) -> None:
    for block in card.played:
        loud = np.flatnonzero(np.abs(block.samples) > LOUD)
        if block.at >= finish and len(loud):
            heard.answers.append((block.at + float(loud[0]) / block.sample_rate - finish) * 1000.0)
            return


def _last_sound(card: SimulatedCard, otherwise: float) -> float:
    """When the speaker was last heard."""
    for block in reversed(card.played):
        loud = np.flatnonzero(np.abs(block.samples) > LOUD)
        if len(loud):
            return block.at + float(loud[-1]) / block.sample_rate
    return otherwise


def _stages(turns: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each stage that turns have, in milliseconds."""
    names = {name: None for turn in turns for name in turn}
    return {name: _percentile([turn[name] * 1000 for turn in turns if name in turn], 50) for name in names}


def _spread(name: str, values: list[float]) -> dict[str, float]:
    return {f"{name}_p50": _percentile(values, 50), f"{name}_p95": _percentile(values, 95), f"{name}_max": max(values)}


def _percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
