"""The scripted turn in real time: from the true end of speech to the first sample of the answer.

Recogniser 100 ms; model 200 ms, then 50 tokens a second, 4 sentences of 15; voice 80 ms: the constants that Pipecat
was measured with. The microphone is simulated, in real time, and the voice activity is Silero's, on real speech.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import quantiles

import numpy as np

from tests.bench.__main__ import CannotRun
from voicebot.assistant import Assistant, Setup
from voicebot.audio.files import read_sound
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.events import Samples, TurnEnded
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

SENTENCES = (
    "I would like to cancel my order.", "What is the weather going to be tomorrow?",
    "Please set a timer for ten minutes.", "How many people live in Seoul?", "Tell me something about the moon.",
)  # fmt: skip
TURNS = 15
NOISE = 0.0005


def measure() -> dict[str, float]:
    if shutil.which("flite") is None:
        raise CannotRun("flite is not installed")
    with tempfile.TemporaryDirectory() as folder:
        speech = [_spoken(text, Path(folder) / f"{number}.wav") for number, text in enumerate(SENTENCES)]
    latencies = asyncio.run(_converse(speech))
    return {
        "turn.voice_to_voice_ms_p50": _percentile(latencies, 50),
        "turn.voice_to_voice_ms_p95": _percentile(latencies, 95),
        "turn.voice_to_voice_ms_max": max(latencies),
        "turn.lost": float(TURNS - len(latencies)),
    }


def _spoken(text: str, path: Path) -> Samples:
    subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", str(path)], check=True, timeout=60)
    samples = read_sound(path, RATE)
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1]]


async def _converse(speech: list[Samples]) -> list[float]:
    """Each turn's latency in milliseconds, as the card heard it."""
    card, jitter = SimulatedCard(noise=NOISE), random.Random(1)
    setup = Setup(ScriptedSpeechToText(), ScriptedLanguageModel(), ScriptedTextToSpeech(seconds=0.5), card)
    latencies = []
    async with Assistant(setup) as assistant:
        ended = assistant.bus.subscribe(TurnEnded, capacity=100)
        await assistant.open_microphone(hands_free=True)
        await asyncio.sleep(1.0)
        for number in range(TURNS):
            finish = card.speak(speech[number % len(speech)], at=0.5 + jitter.random() * 0.1)
            async with asyncio.timeout(20.0):
                await anext(ended)
            latencies += [(at - finish) * 1000.0 for at in _first_sound(card, finish)]
            card.played.clear()
            await asyncio.sleep(0.5)
    return latencies


def _first_sound(card: SimulatedCard, after: float) -> list[float]:
    for block in card.played:
        loud = np.flatnonzero(np.abs(block.samples) > 0.005)
        if block.at >= after and len(loud):
            return [block.at + float(loud[0]) / block.sample_rate]
    return []


def _percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
