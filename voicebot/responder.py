"""Transcripts in, the reply out: streamed as it is written, and cut into sentences to be spoken."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from voicebot.bus import Bus
from voicebot.errors import EngineError
from voicebot.events import ReplyDelta, ReplyEnded, Sentence, SentencesEnded, State, Transcript
from voicebot.history import History, Said
from voicebot.llm.base import LanguageModel, Message, Request
from voicebot.patience import patient
from voicebot.sentences import SentenceSplitter
from voicebot.speakable import speakable
from voicebot.turn import Turn, Turns

LONGEST = 200
"""Messages of the conversation that the model is shown."""
CUT_MARK = " …"
"""Shows the model where it was interrupted, so that it knows what was not heard."""


class Responder:
    """The third stage. `engine` may be changed between turns; the limits are in seconds."""

    def __init__(
        self, bus: Bus, turns: Turns, history: History, engine: LanguageModel, first_limit: float, gap_limit: float
    ) -> None:
        self._bus = bus
        self._turns = turns
        self._history = history
        self.first_limit = first_limit
        self.gap_limit = gap_limit
        self._events = bus.subscribe(Transcript, capacity=2)
        self.engine = engine

    async def run(self) -> None:
        async for event in self._events:
            turn = self._turns.live(event.turn)
            if isinstance(event, Transcript) and turn is not None:
                await turn.run("llm", self._answer(turn, event))

    async def _answer(self, turn: Turn, transcript: Transcript) -> None:
        engine = self.engine
        self._turns.move(turn, State.THINKING)
        request = await self.request(turn, transcript.language)
        await self._history.answer(turn.id, "", engine.name, transcript.language)
        splitter, index = SentenceSplitter(), 0
        begun = turn.speculation.take_reply(engine, request) if turn.speculation is not None else None
        async with aclosing(self.written(engine, request) if begun is None else begun) as deltas:
            async for delta in deltas:
                turn.mark("first_token")
                turn.written += delta
                await self._bus.publish(ReplyDelta(turn.id, delta))
                index = await self._say(turn, index, splitter.feed(delta), transcript.language)
        if not turn.written.strip():
            raise EngineError(f"{engine.name} gave an empty answer", fix="ask again, or choose another engine")
        await self._history.answer(turn.id, turn.written, engine.name, transcript.language)
        index = await self._say(turn, index, splitter.finish(), transcript.language)
        await self._bus.publish(ReplyEnded(turn.id, turn.written))
        await self._bus.publish(SentencesEnded(turn.id, index))

    async def request(self, turn: Turn, language: str, question: str | None = None) -> Request:
        """What the model is asked in a turn; `question` where the turn is not in the history yet.

        The turn before is in the history as it was heard.
        """
        await self._turns.settled(before=turn.id)
        if question is None:
            return Request(context(await self._history.messages(LONGEST, until=turn.id)), language)
        before = context(await self._history.messages(LONGEST - 1))
        return Request((*before, Message("user", question)), language)

    def written(self, engine: LanguageModel, request: Request) -> AsyncGenerator[str, None]:
        """The reply in pieces, within the limits; raises EngineError."""
        return patient(engine.reply(request), self.first_limit, self.gap_limit, f"{engine.name} wrote nothing")

    async def _say(self, turn: Turn, index: int, pieces: Sequence[str], language: str) -> int:
        for number, piece in enumerate(pieces, start=index):
            turn.mark("first_sentence")
            await self._bus.publish(Sentence(turn.id, number, piece, speakable(piece, language), language))
        return index + len(pieces)


def context(said: Sequence[Said]) -> tuple[Message, ...]:
    """The conversation as the model sees it: what was said, and of its own answers what was heard."""
    return tuple(
        Message("user" if one.role == "user" else "assistant", one.text + CUT_MARK * one.interrupted) for one in said
    )
