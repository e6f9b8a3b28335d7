"""Conversations as a model reads them: its own template, its own vocabulary, and no more than its window holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voicebot.errors import EngineError, ModelError
from voicebot.llm.base import Message
from voicebot.llm.context import fit

KEPT = 0.75
"""The share of the window that is filled anew when a conversation has outgrown it.

What is dropped stays dropped until the window is full again: a conversation that begins as it did in the turn before
need not be read again from its beginning.
"""


class Prompts:
    """Makes prompts for one model. `tokenizer` is transformers' own, `name` what a person calls the model."""

    def __init__(self, tokenizer: Any, name: str) -> None:
        if not getattr(tokenizer, "chat_template", None):
            raise ModelError(f"{name} cannot hold a conversation", "it has no chat template", "Choose a chat model")
        self._tokenizer = tokenizer
        self._name = name
        added = tokenizer.added_tokens_decoder.values()
        self._marks = {*tokenizer.all_special_tokens, *(str(token) for token in added if token.special)}
        self._oldest: Message | None = None

    def tokens(self, messages: Sequence[Message], window: int) -> list[int]:
        """The conversation, ready for the answer to be written behind it: `window` tokens at most.

        Raises EngineError when the last question alone is longer, and ModelError for a template that takes none.
        """
        since = self._since(messages)
        tokens = self._templated(since)
        if len(tokens) > window:
            since, tokens = self._shortened(messages, int(window * KEPT))
        if len(tokens) > window:
            why = f"it takes {len(tokens)} tokens, and the model has room for {window}"
            raise EngineError("the question is too long", why, "Ask in fewer words, or raise llm.context_tokens")
        self._oldest = _first(since) if len(since) < len(messages) else None
        return tokens

    def _since(self, messages: Sequence[Message]) -> tuple[Message, ...]:
        """Without what was dropped in the turn before."""
        if self._oldest not in messages:
            return tuple(messages)
        system = [message for message in messages if message.role == "system"]
        return (*system, *messages[messages.index(self._oldest) :])

    def _shortened(self, messages: Sequence[Message], window: int) -> tuple[tuple[Message, ...], list[int]]:
        """As little dropped as it takes; the template's own tokens are learnt on the way."""
        room = window
        while True:
            kept = fit(messages, room, self._count)
            tokens = self._templated(kept)
            if len(tokens) <= window or len(kept) == len(fit(messages, 0)):
                return kept, tokens
            room -= len(tokens) - window

    def _count(self, text: str) -> int:
        return len(self._tokenizer(self._plain(text), add_special_tokens=False)["input_ids"])

    def _templated(self, messages: Sequence[Message]) -> list[int]:
        from jinja2 import TemplateError

        talk = [{"role": message.role, "content": self._plain(message.text)} for message in messages]
        try:
            try:
                return self._applied(talk)
            except TemplateError:
                return self._applied(folded(talk))
        except (TemplateError, TypeError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(f"{self._name} cannot hold a conversation", reason, "Choose another model") from error

    def _applied(self, talk: list[dict[str, str]]) -> list[int]:
        """`enable_thinking` is Qwen3's switch; other templates do not look at it."""
        tokens: list[int] = self._tokenizer.apply_chat_template(
            talk, add_generation_prompt=True, return_dict=False, enable_thinking=False
        )
        return tokens

    def _plain(self, text: str) -> str:
        """Without what would be taken for the border of a message, or cannot be written as UTF-8."""
        for mark in self._marks:
            text = text.replace(mark, " ")
        return text.encode("utf-8", "replace").decode()


def folded(talk: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """For templates that know no system (Gemma), or want question and answer in turn (Mistral): joined."""
    turns: list[dict[str, str]] = []
    for message in talk:
        role = "user" if message["role"] == "system" else message["role"]
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"] += "\n\n" + message["content"]
        else:
            turns.append({"role": role, "content": message["content"]})
    return turns


def _first(messages: Sequence[Message]) -> Message | None:
    return next((message for message in messages if message.role != "system"), None)
