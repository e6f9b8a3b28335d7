"""What a model is told, and what of a conversation fits its window: pure functions.

Tokens are estimated unless a model's own vocabulary is at hand, since most would have to be fetched. The estimate errs
on the safe side. Measured against Whisper's multilingual vocabulary (50,000 tokens): English prose 1.4 times its count,
Korean 2.0, Japanese 2.3, Russian 3.1, numbers 1.7, Python 0.9, an address with hexadecimal digits 0.8. Loading that
vocabulary takes 90 ms, and its count is as much an estimate for every other model.
"""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Sequence
from dataclasses import replace

from voicebot.llm.base import Message, Request
from voicebot.llm.grounding import grounded, within

OVERHEAD = 4
"""Tokens around each message: its role and its borders (OpenAI's figure for the chat format)."""
PASSAGES = 0.5
"""The share of the window that passages may take at most: the question, and some of the talk before, fit in too."""

_PLAIN = (string.ascii_letters + " \n").encode()
_LANGUAGES = {"ko": "Korean", "en": "English"}
Count = Callable[[str], int]


def instructed(request: Request, system_prompt: str, window: int | None = None) -> tuple[Message, ...]:
    """The conversation behind one system message: who the assistant is, and the language to answer in.

    One, since several, or one further on, are more than some models' templates take. What was found in documents
    stands before the last question; it takes `PASSAGES` of `window` tokens at most, by the estimate.
    """
    if request.grounding is not None and window is not None:
        request = replace(request, grounding=within(request.grounding, int(PASSAGES * window), estimate))
    request = grounded(request)
    parts = [system_prompt, *(message.text for message in request.messages if message.role == "system")]
    parts.append(f"Answer in {_LANGUAGES.get(request.language, f'the language {request.language}')}.")
    system = Message("system", "\n\n".join(part for part in parts if part))
    return system, *(message for message in request.messages if message.role != "system")


def fit(messages: Sequence[Message], window: int, count: Count | None = None) -> tuple[Message, ...]:
    """`messages` without the oldest questions and their answers, as few as it takes to come under `window` tokens.

    System messages and everything from the last question on stay, even when they alone are too long. `count` tells
    the tokens of a text, where it is known better than by `estimate`.
    """
    system = tuple(message for message in messages if message.role == "system")
    exchanges = _exchanges([message for message in messages if message.role != "system"])
    room = window - size(system, count)
    kept = exchanges[-1:]
    room -= sum(size(exchange, count) for exchange in kept)
    for exchange in reversed(exchanges[:-1]):
        room -= size(exchange, count)
        if room < 0:
            break
        kept.insert(0, exchange)
    return system + tuple(message for exchange in kept for message in exchange)


def size(messages: Sequence[Message], count: Count | None = None) -> int:
    """About how many tokens `messages` take, seldom fewer than they really do."""
    return sum(OVERHEAD + (count or estimate)(message.text) for message in messages)


def estimate(text: str) -> int:
    """About how many tokens `text` takes.

    Three ASCII letters or spaces to a token, one digit or mark, two bytes of UTF-8 of anything else (a Hangul
    syllable has three).
    """
    ascii_part = text.encode("ascii", "ignore")
    marks = len(ascii_part.translate(None, _PLAIN))
    beyond = len(text.encode("utf-8", "surrogatepass")) - len(ascii_part)
    return math.ceil((len(ascii_part) - marks) / 3 + marks + beyond / 2)


def _exchanges(messages: Sequence[Message]) -> list[tuple[Message, ...]]:
    """Runs of messages, each beginning with a question: what is dropped is dropped together."""
    exchanges: list[tuple[Message, ...]] = []
    for message in messages:
        if message.role == "user" or not exchanges:
            exchanges.append((message,))
        else:
            exchanges[-1] += (message,)
    return exchanges
