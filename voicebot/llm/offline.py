"""The language model that is always there: the assistant's own skills, with no model, no network and no download.

It answers what its skills know (see `voicebot.llm.skills`), else quotes what was found in the person's documents, and
says plainly what it does not know. The skills read the question alone, never a document.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta, tzinfo

from voicebot.languages import Language
from voicebot.llm.base import Request
from voicebot.llm.grounding import quoted
from voicebot.llm.timers import Timers
from voicebot.readiness import Readiness, Ready

_NEEDS_A_MODEL: dict[Language, str] = {
    "en": "I need a language model for that question. Download a small one in the settings, run a local server such as"
    " Ollama, or set an OpenAI key and choose OpenAI.",
    "ko": "그 질문에 답하려면 언어 모델이 필요해요. 설정에서 작은 모델을 내려받거나, Ollama 같은 로컬 서버를 켜거나,"
    " OpenAI 키를 넣고 OpenAI를 골라 주세요.",
}
_PIECE = re.compile(r"\s*\S+(?:\s+\S+)?")
"""Two words at a time, as a model's tokens would come."""


class _LocalZone(tzinfo):
    """The system's time zone with its changes between winter and summer; `datetime.astimezone` fixes the offset."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        fixed = moment.replace(tzinfo=UTC).astimezone()
        local = fixed.replace(tzinfo=self)
        return local if local.utcoffset() == fixed.utcoffset() else local.replace(fold=1)


def local_now() -> datetime:
    """The wall clock here, aware."""
    return datetime.now(_LocalZone())


class Offline:
    """The skills behind the protocol of a language model.

    `now` tells the time, aware. `timers` ring in a conversation that stays open; None says so when one is asked for.
    """

    name = "offline"
    local = True
    patience = 5.0

    def __init__(self, now: Callable[[], datetime] = local_now, timers: Timers | None = None) -> None:
        self._now = now
        self._timers = timers
        self._warm = False

    def ready(self) -> Readiness:
        return Ready("time, dates, sums, units and timers")

    async def warm(self) -> None:
        """Load the skills, in a thread: their patterns take half a second, which start-up should not wait for."""
        await asyncio.to_thread(_load)
        self._warm = True

    def acts_on(self, request: Request) -> bool:
        """Whether it is about timers; until the skills are loaded anything may be."""
        if self._timers is None:
            return False
        from voicebot.llm.skills import is_about_timers

        return not self._warm or is_about_timers(request.question, request.language)

    async def reply(self, request: Request) -> AsyncIterator[str]:
        """The answer, a word or two at a time, in the language of the question."""
        if not self._warm:
            await self.warm()
        for piece in _PIECE.findall(self._answer(request)):
            yield piece

    async def known(self, request: Request) -> str | None:
        """The answer where there is one right answer, None otherwise: for a model that is asked the rest."""
        if not self._warm:
            await self.warm()
        return self._found(request, small_talk=False)

    async def close(self) -> None:
        """Nothing to free; the timers belong to who made them."""

    def _answer(self, request: Request) -> str:
        from voicebot.llm.skills.question import language_of

        found = self._found(request, small_talk=True)
        if found is not None:
            return found
        language = language_of(request.question, request.language)
        grounding = request.grounding
        if grounding is not None and (grounding.sources or grounding.only):
            return quoted(grounding, language)
        return _NEEDS_A_MODEL[language]

    def _found(self, request: Request, *, small_talk: bool) -> str | None:
        from voicebot.llm.skills import Context, answer

        replies = (message.text for message in reversed(request.messages) if message.role == "assistant")
        context = Context(self._now(), self._timers, next(replies, None))
        return answer(request.question, request.language, context, small_talk=small_talk)


def _load() -> None:
    from voicebot.llm.skills import load

    load()
