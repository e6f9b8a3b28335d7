"""Fifty turns on a desk with open speakers: does it interrupt itself, or answer itself, and does it hear a barge-in?

On the virtual clock, with flite's voices for both, Silero, and the echo of a room at -10, -20 and -30 dB: its
loudspeaker distorts, its clocks differ by 50 ppm, and its delay jumps every half minute. Every third answer is
interrupted. The recogniser writes down what was said, or, when nobody spoke, the sentence that was being played.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from tests.bench.__main__ import CannotRun
from tests.noises import at_level
from tests.sound.speech import flite
from voicebot.assistant import Assistant, Setup
from voicebot.audio.echo import EchoCanceller
from voicebot.audio.files import read_sound
from voicebot.audio.room import Room
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.audio.vad import Silero
from voicebot.clock import run_virtually
from voicebot.events import AnswerHeld, Event, Interrupted, Samples, SentenceStarted, Transcript, TurnEnded
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.readiness import Ready
from voicebot.stt.base import Alive, Heard, Nothing
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.base import Manner, Sound
from voicebot.tts.scripted import ScriptedTextToSpeech

TURNS = 50
LEVELS = (-10.0, -20.0, -30.0)
PLAYED, SAID = -20.0, -25.0
"""dBFS of the voice that is played, and of a person's at the microphone."""
NOISE = 0.0005
QUESTIONS = ("What is the weather like tomorrow?", "Please set a timer for ten minutes.", "How many people live there?")
BARGE_INS = ("No, I meant the other one please.", "Stop, that is enough for now.", "Wait, tell me about tomorrow.")
SENTENCES = (
    "The order was cancelled and you will get the money back within three days.",
    "It looks like rain in the afternoon, so take an umbrella when you leave the house.",
    "Seoul has about nine and a half million people, and the whole region has twenty five million.",
)
HEARD_WITHIN = 1.5
"""Seconds from the onset of a barge-in to its cancelling the answer."""


@cache
def spoken(text: str, voice: str, level: float) -> Samples:
    """flite's speech at 16 kHz, without the silence around it."""
    with tempfile.TemporaryDirectory() as folder:
        samples = at_level(read_sound(flite(text, Path(folder) / "spoken.wav", voice), RATE), level)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return samples[loud[0] : loud[-1]]


@dataclass(slots=True)
class FliteVoice(ScriptedTextToSpeech):
    """A voice of the bench: flite's clips, at once."""

    voice: str = "rms"
    sample_rate: int = RATE

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        await asyncio.sleep(0.08)
        yield Sound(spoken(text, self.voice, PLAYED), RATE)


@dataclass(slots=True)
class Witness(ScriptedSpeechToText):
    """A recogniser that knows who spoke: `said` are people's (from, to, text), `playing` the assistant's sentence."""

    said: list[tuple[float, float, str]] = field(default_factory=list)
    playing: str = ""
    partials: bool = False

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        ended = asyncio.get_running_loop().time()
        began = ended - len(samples) / RATE - 0.7
        await asyncio.sleep(0.1)
        for start, end, text in reversed(self.said):
            if start < ended and end > began:
                return Heard(text, "en")
        return Heard(self.playing, "en") if self.playing else Nothing("no speech heard")

@dataclass(slots=True)
class Tally:
    """What happened in a conversation."""

    self_interruptions: int = 0
    false_pauses: int = 0
    answered_echoes: int = 0
    barge_ins: int = 0
    barge_ins_heard: int = 0
    played_minutes: float = 0.0

    def figures(self, suffix: str) -> dict[str, float]:
        return {
            f"room.self_interruptions_{suffix}": float(self.self_interruptions),
            f"room.false_pauses_{suffix}": float(self.false_pauses),
            f"room.answered_echoes_{suffix}": float(self.answered_echoes),
            f"room.barge_ins_heard_share_{suffix}": self.barge_ins_heard / max(1, self.barge_ins),
            f"room.played_minutes_{suffix}": self.played_minutes,
        }


def measure() -> dict[str, float]:
    if shutil.which("flite") is None:
        raise CannotRun("flite is not installed")
    if not isinstance(EchoCanceller().ready(), Ready):
        raise CannotRun("the echo canceller is not installed: pip install 'voicebot[echo]'")
    figures: dict[str, float] = {}
    for level in LEVELS:
        figures |= converse(level, EchoCanceller()).figures(f"{-level:.0f}db")
    return figures


def converse(level: float, echo: EchoCanceller | None, turns: int = TURNS) -> Tally:
    """So many turns in a room with an echo of `level` dB."""
    jumps = tuple((30.0 * number, 0.04 if number % 2 else -0.03) for number in range(1, 40))
    room = Room(level, delay=0.06, drift=50.0, distortion=1.0, jumps=jumps)
    return run_virtually(Conversation(room, echo).run(turns))


class Conversation:
    """One person and the assistant, in turns."""

    def __init__(self, room: Room, echo: EchoCanceller | None) -> None:
        self.card = SimulatedCard(noise=NOISE, room=room)
        self.witness = Witness()
        self.tally = Tally()
        model = ScriptedLanguageModel([Line(" ".join(SENTENCES))])
        self.assistant = Assistant(
            Setup(self.witness, model, FliteVoice(), self.card, probability=Silero(), echo=echo, partials=False)
        )
        self._speaking_until = 0.0
        self._interrupted: list[float] = []

    async def run(self, turns: int) -> Tally:
        watched = self.assistant.bus.subscribe(
            Interrupted, AnswerHeld, Transcript, SentenceStarted, TurnEnded, capacity=1000
        )
        async with self.assistant:
            watching = asyncio.create_task(self._watch(watched))
            await asyncio.sleep(0.5)
            await self.assistant.open_microphone(hands_free=True)
            await asyncio.sleep(1.0)
            for number in range(turns):
                await self._turn(number)
            watching.cancel()
            await asyncio.wait([watching])
        sounding = sum(bool(np.abs(block.samples).max() > 0.001) for block in self.card.played)
        self.tally.played_minutes = sounding * 0.01 / 60
        return self.tally

    async def _turn(self, number: int) -> None:
        await self._say(QUESTIONS[number % len(QUESTIONS)])
        if number % 3 == 2 and await self._answer_sounds():
            await asyncio.sleep(2.0 + number % 5)
            await self._barge_in(BARGE_INS[number // 3 % len(BARGE_INS)])
        await self._answer_sounds()
        await self.assistant.idle()
        await asyncio.sleep(1.0)

    async def _say(self, text: str) -> float:
        """Say something to its end, and tell when it began."""
        now = asyncio.get_running_loop().time()
        end = self.card.speak(spoken(text, "slt", SAID))
        self.witness.said.append((now, end, text))
        self._speaking_until = end + 1.0
        await asyncio.sleep(end - now)
        return now

    async def _barge_in(self, text: str) -> None:
        if self.assistant.turns.current is None:
            return
        self.tally.barge_ins += 1
        began = await self._say(text)
        await asyncio.sleep(max(0.0, began + HEARD_WITHIN - asyncio.get_running_loop().time()))
        self.tally.barge_ins_heard += any(began < at <= began + HEARD_WITHIN for at in self._interrupted)

    async def _answer_sounds(self) -> bool:
        """Wait until the speaker sounds; False when it does not within five seconds."""
        for _ in range(100):
            if self.card.played and np.abs(self.card.played[-1].samples).max() > 0.001:
                return True
            await asyncio.sleep(0.05)
        return False

    async def _watch(self, events: AsyncIterator[Event]) -> None:
        async for event in events:
            now = asyncio.get_running_loop().time()
            somebody = now < self._speaking_until
            if isinstance(event, SentenceStarted):
                self.witness.playing = SENTENCES[event.index]
            elif isinstance(event, Interrupted):
                self._interrupted.append(now)
                self.tally.self_interruptions += not somebody
            elif isinstance(event, AnswerHeld) and event.held:
                self.tally.false_pauses += not somebody
            elif isinstance(event, Transcript):
                self.tally.answered_echoes += event.text in SENTENCES
