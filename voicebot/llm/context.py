"""What of a conversation fits a model's window: pure functions.

Tokens are estimated, since every model has its own vocabulary and most would have to be fetched. The estimate errs on
the safe side. Measured against Whisper's multilingual vocabulary (50,000 tokens): English prose 1.4 times its count,
Korean 2.0, Japanese 2.3, Russian 3.1, numbers 1.7, Python 0.9, an address with hexadecimal digits 0.8. Loading that
vocabulary takes 90 ms, and its count is as much an estimate for every other model.
"""

from __future__ import annotations

import math
import string
from collections.abc import Sequence

from voicebot.llm.base import Message

OVERHEAD = 4
"""Tokens around each message: its role and its borders (OpenAI's figure for the chat format)."""

_PLAIN = (string.ascii_letters + " \n").encode()


def fit(messages: Sequence[Message], window: int) -> tuple[Message, ...]:
    """`messages` without the oldest questions and their answers, as few as it takes to come under `window` tokens.

    System messages and everything from the last question on stay, even when they alone are too long.
    """
    system = tuple(message for message in messages if message.role == "system")
    exchanges = _exchanges([message for message in messages if message.role != "system"])
    room = window - size(system)
    kept = exchanges[-1:]
    room -= sum(map(size, kept))
    for exchange in reversed(exchanges[:-1]):
        room -= size(exchange)
        if room < 0:
            break
        kept.insert(0, exchange)
    return system + tuple(message for exchange in kept for message in exchange)


def size(messages: Sequence[Message]) -> int:
    """About how many tokens `messages` take, seldom fewer than they really do."""
    return sum(OVERHEAD + estimate(message.text) for message in messages)


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
