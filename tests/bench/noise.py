"""Half an hour of noises while the assistant speaks: how often its answer pauses, and is cancelled, for nothing.

On the virtual clock, with Silero as it is. The recogniser hears words in everything, so that a noise which gets as far
as being recognised counts as a cancel. The noises are the tests', made anew with a seed that nothing was tuned on.
"""

from __future__ import annotations

import asyncio

import numpy as np

from tests.noises import KINDS, noise, room
from voicebot.assistant import Assistant, Setup
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.clock import run_virtually
from voicebot.events import AnswerHeld, Interrupted, Samples
from voicebot.listener import Hearing
from voicebot.llm.scripted import FOUR_SENTENCES, Line, ScriptedLanguageModel
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

MINUTES = 30.0
LEVELS = (-15.0, -25.0, -35.0, -45.0)
"""dBFS of the noises' loud parts."""
FLOOR = -60.0
SEED = 11


def measure() -> dict[str, float]:
    held, cancelled = run_virtually(_speak_through(_noises()))
    return {"noise.minutes": MINUTES, "noise.false_pauses": held, "noise.false_cancels": cancelled}


def _noises() -> Samples:
    seconds = MINUTES * 60.0 / len(KINDS)
    sounds = []
    for number, kind in enumerate(KINDS):
        sounds += [np.zeros(RATE, np.float32), noise(kind, seconds - 1.0, LEVELS[number % len(LEVELS)], SEED)]
    together = np.concatenate(sounds)
    return together + room(len(together) / RATE + 0.1, FLOOR, SEED)[: len(together)]


async def _speak_through(noises: Samples) -> tuple[float, float]:
    """How often the answer was held, and how often it was cancelled; one that was cancelled is given again."""
    card = SimulatedCard()
    llm = ScriptedLanguageModel([Line(FOUR_SENTENCES + " ", repeats=10_000)])
    setup = Setup(ScriptedSpeechToText(), llm, ScriptedTextToSpeech(), card, hearing=Hearing(barge_in=True))
    async with Assistant(setup) as assistant:
        events = assistant.bus.subscribe(AnswerHeld, Interrupted, capacity=10_000)
        await assistant.open_microphone(hands_free=True)
        end = card.speak(noises, at=2.0)
        while asyncio.get_running_loop().time() < end:
            assistant.ask("go on")
            while assistant.turns.current is not None and asyncio.get_running_loop().time() < end:
                await asyncio.sleep(0.5)
                card.played.clear()
        await assistant.close_microphone()
        assistant.interrupt("the end")
        events.close()
        told = [event async for event in events]
    held = sum(isinstance(event, AnswerHeld) and event.held for event in told)
    return float(held), float(sum(isinstance(event, Interrupted) and event.reason == "barge-in" for event in told))
