"""Goes through the steps of a plan. What fails or takes too long is left out, and the rest goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from voicebot.errors import EngineError, EngineTimedOut, VoicebotError
from voicebot.rag.passages import Found
from voicebot.rag.retrieval.inquiry import Inquiry, Search, Tools
from voicebot.rag.retrieval.plans import at_once, is_search, step

log = logging.getLogger(__name__)

LONGEST = 3.0
"""Seconds that a step may take: a pause that a listener still bears. Each is usually done in some milliseconds."""
BY_WORDS = ("words",)


class Retriever:
    """Retrieves by a plan, as `plan` gives it. `tell` hears what fails, once until it has worked again."""

    def __init__(
        self,
        tools: Tools,
        plan: Sequence[str],
        tell: Callable[[VoicebotError], None] = lambda error: None,
        longest: float = LONGEST,
    ) -> None:
        self._tools = tools
        self._plan = tuple(at_once(plan))
        self._words_are_searched = "words" in plan
        self._tell = tell
        self._longest = longest
        self._told: set[str] = set()

    async def retrieve(self, inquiry: Inquiry) -> tuple[Found, ...]:
        """The passages that answer the question, best first; none where nothing is about it. Never raises."""
        state = Search.of(inquiry)
        last = max(place for place, names in enumerate(self._plan) if is_search(names[0]))
        for place, names in enumerate(self._plan):
            state = await self._together(names, state)
            if place == last and state.is_empty:
                state = await self._search_wider(state)
        return state.found

    async def _together(self, names: Sequence[str], state: Search) -> Search:
        """Steps that do not build on one another, at once."""
        if len(names) == 1:
            return await self._step(names[0], state)
        for after in await asyncio.gather(*(self._step(name, state) for name in names)):
            for name, hits in after.lists.items():
                state = state.with_hits(name, hits, after.foreign)
        return state

    async def _search_wider(self, state: Search) -> Search:
        """Nothing was found: without what the question seemed to ask for, and by the words where those are not yet."""
        if state.where != state.inquiry.where:
            state = replace(state, where=state.inquiry.where)
            for names in filter(lambda names: is_search(names[0]), self._plan):
                state = await self._together(names, state)
        if state.is_empty and not self._words_are_searched:
            state = await self._together(BY_WORDS, state)
        return state

    async def _step(self, name: str, state: Search) -> Search:
        try:
            async with asyncio.timeout(self._longest):
                after = await step(name)(state, self._tools)
        except TimeoutError:
            what = f"the step {name} of retrieval took longer than {self._longest:g} seconds"
            self._failed(name, EngineTimedOut(what, fix="its part of the answer is left out"))
        except VoicebotError as error:
            self._failed(name, error)
        except Exception as error:
            log.exception("the step %s of retrieval failed", name)
            why = f"something went wrong inside Voicebot ({type(error).__name__})"
            self._failed(name, EngineError(f"the step {name} of retrieval failed", why, "the log says more"))
        else:
            self._told.discard(name)
            return after
        return state

    def _failed(self, name: str, error: VoicebotError) -> None:
        if name not in self._told:
            self._told.add(name)
            log.info("the step %s of retrieval gave nothing: %s", name, error)
            self._tell(error)
