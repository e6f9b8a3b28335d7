"""A language model behind OpenAI's protocol: OpenAI's own, or a server on this machine or elsewhere."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from voicebot.errors import EngineError, Unreachable
from voicebot.llm.base import Message, Request
from voicebot.llm.context import estimate, fit, instructed, size
from voicebot.llm.grounding import answer_without_a_model
from voicebot.readiness import Readiness
from voicebot.services import CONNECT, DELAYS, Key, Service
from voicebot.spending import UNMETERED, Amounts, Kind, Meter

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk

log = logging.getLogger(__name__)

STAGE = "llm"
ROOM_FOR_ANSWER = 1024
"""Tokens of the window kept free for the answer when `max_tokens` does not say."""
_UNSUPPORTED = ("unsupported_parameter", "unsupported_value")


class OpenAiModel:
    """A `LanguageModel` over chat completions.

    `temperature` (0 to 2), `top_p` (0 to 1) and `max_tokens` are left to the service when None, and when the model
    says that it takes no such thing, as OpenAI's reasoning models do of the first two. `context_tokens` is how much of
    the conversation is sent, answer included.
    """

    def __init__(
        self,
        key: Key,
        base_url: str | None,
        model: str,
        system_prompt: str = "",
        temperature: float | None = None,
        top_p: float | None = None,
        max_tokens: int | None = None,
        context_tokens: int = 8192,
        patience: float = 30.0,
        connect: float = CONNECT,
        delays: tuple[float, ...] = DELAYS,
        meter: Meter = UNMETERED,
    ) -> None:
        self._service = Service(STAGE, model, key, base_url, patience, connect, delays, meter)
        self._system_prompt = system_prompt
        self._max_tokens = max_tokens
        self._window = context_tokens - (max_tokens or min(ROOM_FOR_ANSWER, context_tokens // 2))
        # OpenAI's newer models refuse the old name; other servers know only that one.
        longest = "max_completion_tokens" if self._service.official else "max_tokens"
        options = {"temperature": temperature, "top_p": top_p, longest: max_tokens}
        self._options = {name: value for name, value in options.items() if value is not None}
        self.name = f"openai:{model}"
        self.local = self._service.local
        self.patience = patience

    def ready(self) -> Readiness:
        return self._service.ready(adds="answers from OpenAI's models")

    async def warm(self) -> None:
        await self._service.warm()

    def acts_on(self, request: Request) -> bool:
        return False

    async def reply(self, request: Request) -> AsyncIterator[str]:
        """See `LanguageModel.reply`. Reasoning is not part of the answer; a refusal in words is the answer.

        Closing the iterator closes the connection, which is how the service knows to stop. A stream that breaks
        raises Unreachable and is not begun again: what has come stays with the caller.
        """
        if (nothing := answer_without_a_model(request)) is not None:
            yield nothing
            return
        messages = fit(instructed(request, self._system_prompt, self._window), self._window)
        answer = _Answer()
        async with self._service.metered({Kind.INPUT_TOKENS: size(messages)}) as metered:
            stream = await self._service.ask(lambda client: self._open(client, messages))
            try:
                async with stream:
                    with self._service.plainly():
                        async for chunk in stream:
                            if piece := answer.take(chunk):
                                yield piece
            finally:
                metered.used(answer.used(messages), estimate=answer.counted is None)
        if last := self._ending(answer):
            yield last

    async def close(self) -> None:
        await self._service.close()

    async def _open(self, client: AsyncOpenAI, messages: Sequence[Message]) -> AsyncStream[ChatCompletionChunk]:
        from openai import BadRequestError

        create: Any = client.chat.completions.create  # its overloads cannot be met with a dictionary
        said = [{"role": message.role, "content": message.text} for message in messages]
        # Other servers may not know the option, and are not asked what they charge.
        counted = {"stream_options": {"include_usage": True}} if self._service.official else {}
        while True:
            try:
                stream: AsyncStream[ChatCompletionChunk] = await create(
                    model=self._service.model, messages=said, stream=True, **counted, **self._options
                )
                return stream
            except BadRequestError as error:
                if error.code not in _UNSUPPORTED or error.param not in self._options:
                    raise
                log.info("%s takes no %s: it is left out from now on", self._service.model, error.param)
                del self._options[error.param]

    def _ending(self, answer: _Answer) -> str:
        """Check that the answer came to its end; what is left to say of it."""
        where = self._service.where
        if answer.reason == "content_filter":
            raise EngineError(f"{where} stopped the answer", "its content filter objects", "Ask in other words")
        if answer.reason == "length" and not answer.begun:
            raise EngineError(
                f"{where} sent no words", "it thought until its tokens were used up", f"Raise {STAGE}.max_tokens"
            )
        if answer.reason is None and answer.begun:
            raise Unreachable(f"{where} broke off", "the answer has no end", "Try again in a moment")
        if not answer.begun:
            raise EngineError(f"{where} sent no words", fix=f"Try again, or change {STAGE}.openai_model")
        if answer.reason == "length":
            log.info("the answer was cut short at its %s tokens; raise %s.max_tokens", self._max_tokens, STAGE)
            return "…"
        return ""


class _Answer:
    """What is known of an answer while it streams in."""

    def __init__(self) -> None:
        self.begun = False
        self.reason: str | None = None
        self.counted: Amounts | None = None
        """What the service says it charges; it does so at the very end."""
        self._text = ""

    def take(self, chunk: ChatCompletionChunk) -> str:
        """The words in `chunk`. Other servers leave out fields that the SDK's types promise."""
        self.counted = _charged(getattr(chunk, "usage", None)) or self.counted
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list) or not choices:
            return ""
        self.reason = getattr(choices[0], "finish_reason", None) or self.reason
        delta = getattr(choices[0], "delta", None)
        words = getattr(delta, "content", None) or getattr(delta, "refusal", None)
        if not isinstance(words, str):
            return ""
        self.begun = self.begun or bool(words.strip())
        self._text += words
        return words

    def used(self, messages: Sequence[Message]) -> Amounts:
        """The tokens of the question and of the answer: as counted by the service, or else as estimated here."""
        return self.counted or {Kind.INPUT_TOKENS: size(messages), Kind.OUTPUT_TOKENS: estimate(self._text)}


def _charged(usage: object) -> Amounts | None:
    """The tokens in the `usage` of a chunk; None when it has none."""
    read, written = getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)
    if not isinstance(read, int) or not isinstance(written, int):
        return None
    cached = getattr(getattr(usage, "prompt_tokens_details", None), "cached_tokens", None) or 0
    return {Kind.INPUT_TOKENS: read - cached, Kind.CACHED_TOKENS: cached, Kind.OUTPUT_TOKENS: written}
