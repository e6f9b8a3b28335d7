"""Transcripts in, the reply out: streamed as it is written, and cut into sentences to be spoken."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from voicebot.bus import Bus
from voicebot.documents.grounds import Grounds
from voicebot.errors import EngineError
from voicebot.events import Partial, ReplyDelta, ReplyEnded, Sentence, SentencesEnded, Sourced, State, Transcript
from voicebot.history import History, Said
from voicebot.llm.base import Grounding, LanguageModel, Message, Request
from voicebot.patience import patient
from voicebot.rag.citing import Speaking, cited
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
        self.documents: Grounds | None = None
        """Where passages come from; None answers without."""
        self.first_limit = first_limit
        self.gap_limit = gap_limit
        self._events = bus.subscribe(Transcript, capacity=2)
        self._partials = bus.subscribe(Partial, capacity=1, lossy=True)
        self.engine = engine

    async def run(self) -> None:
        async for event in self._events:
            turn = self._turns.live(event.turn)
            if isinstance(event, Transcript) and turn is not None:
                await turn.run("llm", self._answer(turn, event))

    async def look_ahead(self) -> None:
        """While the question is spoken, look already for what may answer it."""
        async for event in self._partials:
            turn = self._turns.live(event.turn)
            if isinstance(event, Partial) and turn is not None and self.documents is not None and self.documents.on:
                await turn.run("documents", self._foresee(turn, self.documents, event.text))

    async def _foresee(self, turn: Turn, documents: Grounds, text: str) -> None:
        await self._turns.settled(before=turn.id)
        documents.foresee(text, context(await self._history.messages(LONGEST - 1)))

    async def _answer(self, turn: Turn, transcript: Transcript) -> None:
        engine = self.engine
        self._turns.move(turn, State.THINKING)
        request = await self.request(turn, transcript.language)
        await self._history.answer(turn.id, "", engine.name, transcript.language)
        turn.sources = request.citations
        if turn.sources:
            self._bus.signal(Sourced(turn.id, turn.sources))
        splitter, index, speaking = SentenceSplitter(), 0, Speaking(turn.sources, transcript.language)
        begun = turn.speculation.take_reply(engine, request) if turn.speculation is not None else None
        async with aclosing(self.written(engine, request) if begun is None else begun) as deltas:
            async for delta in deltas:
                turn.mark("first_token")
                turn.written += delta
                await self._bus.publish(ReplyDelta(turn.id, delta))
                index = await self._say(turn, index, splitter.feed(delta), transcript.language, speaking)
        if not turn.written.strip():
            raise EngineError(f"{engine.name} gave an empty answer", fix="ask again, or choose another engine")
        await self._history.answer(turn.id, turn.written, engine.name, transcript.language)
        index = await self._say(turn, index, splitter.finish(), transcript.language, speaking)
        await self._bus.publish(ReplyEnded(turn.id, turn.written, cited(turn.written, turn.sources)))
        await self._bus.publish(SentencesEnded(turn.id, index))

    async def request(self, turn: Turn, language: str, question: str | None = None) -> Request:
        """What the model is asked in a turn; `question` where the turn is not in the history yet.

        The turn before is in the history as it was heard.
        """
        await self._turns.settled(before=turn.id)
        if question is None:
            messages = context(await self._history.messages(LONGEST, until=turn.id))
        else:
            messages = (*context(await self._history.messages(LONGEST - 1)), Message("user", question))
        grounding = await self._grounding(messages, language)
        if grounding is not None:
            turn.mark("passages")
        return Request(messages, language, grounding)

    def written(self, engine: LanguageModel, request: Request) -> AsyncGenerator[str, None]:
        """The reply in pieces, within the limits; raises EngineError."""
        return patient(engine.reply(request), self.first_limit, self.gap_limit, f"{engine.name} wrote nothing")

    async def _grounding(self, messages: tuple[Message, ...], language: str) -> Grounding | None:
        if self.documents is None or not self.documents.on:
            return None
        return await self.documents.ground(messages[-1].text, language, messages[:-1])

    async def _say(
        self, turn: Turn, index: int, pieces: Sequence[str], language: str, speaking: Speaking
    ) -> int:
        for number, piece in enumerate(pieces, start=index):
            turn.mark("first_sentence")
            said = speakable(speaking.say(piece), language)
            await self._bus.publish(Sentence(turn.id, number, piece, said, language))
        return index + len(pieces)


def context(said: Sequence[Said]) -> tuple[Message, ...]:
    """The conversation as the model sees it: what was said, and of its own answers what was heard."""
    return tuple(
        Message("user" if one.role == "user" else "assistant", one.text + CUT_MARK * one.interrupted) for one in said
    )
