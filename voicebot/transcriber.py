"""Utterances in, transcripts out: gates what is not speech, and watches that the recogniser stays alive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from voicebot.audio.vad import SAMPLE_RATE
from voicebot.bus import Bus
from voicebot.errors import EngineTimedOut
from voicebot.events import NoSpeech, Samples, State, Transcript, Utterance
from voicebot.history import History
from voicebot.stt.base import Heard, Nothing, SpeechToText
from voicebot.turn import Turn, Turns

SHORTEST = 0.1
"""Seconds; below this no word fits, and recognisers make one up."""


class Transcriber:
    """The second stage. `engine` may be changed between turns."""

    def __init__(
        self, bus: Bus, turns: Turns, history: History, engine: SpeechToText, languages: Sequence[str]
    ) -> None:
        self._bus = bus
        self._turns = turns
        self._history = history
        self._events = bus.subscribe(Utterance, capacity=2)
        self.engine = engine
        self.languages = tuple(languages)
        self.is_echo: Callable[[Heard, float, float], bool] | None = None
        """Whether words that were recorded between two loop times are only the assistant's own."""

    async def run(self) -> None:
        async for event in self._events:
            turn = self._turns.live(event.turn)
            if isinstance(event, Utterance) and turn is not None:
                await turn.run("stt", self._transcribe(turn, event))

    async def _transcribe(self, turn: Turn, utterance: Utterance) -> None:
        self._turns.move(turn, State.TRANSCRIBING)
        engine = self.engine
        begun = turn.speculation.take_transcript(engine) if turn.speculation is not None else None
        outcome = await (self.recognise(engine, utterance.samples) if begun is None else anext(begun))
        turn.mark("transcript")
        if isinstance(outcome, Nothing) or not outcome.text.strip():
            reason = outcome.reason if isinstance(outcome, Nothing) else "no speech heard"
            self._bus.signal(NoSpeech(turn.id, reason))
            self._turns.end(turn, "no speech")
            return
        text = outcome.text.strip()
        await self._history.question(turn.id, text, outcome.language, engine.name)
        await self._bus.publish(Transcript(turn.id, text, outcome.language, engine.name, utterance.seconds))

    async def recognise(self, engine: SpeechToText, samples: Samples) -> Heard | Nothing:
        """The words in mono float32 at 16 kHz; raises EngineTimedOut when the recogniser gives no sign of life."""
        if len(samples) < SHORTEST * SAMPLE_RATE:
            return Nothing("too short to be speech")
        loop = asyncio.get_running_loop()
        ended = loop.time()
        patience = engine.patience
        try:
            async with asyncio.timeout(patience) as limit:
                outcome = await engine.transcribe(
                    samples, self.languages, lambda: limit.reschedule(loop.time() + patience)
                )
        except TimeoutError:
            raise EngineTimedOut(
                f"{engine.name} gave no sign of life for {patience:g} seconds",
                fix="your recording is kept: try again, or choose another engine",
            ) from None
        return Nothing("only its own voice heard") if self._is_echo(outcome, samples, ended) else outcome

    def _is_echo(self, outcome: Heard | Nothing, samples: Samples, ended: float) -> bool:
        if isinstance(outcome, Nothing) or self.is_echo is None:
            return False
        return self.is_echo(outcome, ended - len(samples) / SAMPLE_RATE, ended)
