"""Phrases to train and to test on: drawn from the patterns, some only begun, some only words in a row.

Held-out phrases never reach the training: a phrase belongs to one side by the checksum of its text, so that the two
never mix, however often either is drawn.
"""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass

from tests.checkpoint import sentences, words


def _by_variety(patterns: str) -> tuple[str, ...]:
    """One that stands for many sentences is drawn more often than "Hello."."""
    return tuple(pattern for pattern in patterns.strip().splitlines() for _ in range(1 + 2 * pattern.count("{")))


PATTERNS = {"en": _by_variety(sentences.ENGLISH), "ko": _by_variety(sentences.KOREAN)}
HELD_OUT_SHARE = 12
"""One phrase in so many is never trained on; those of fewer than four words are what every user says: all trained."""


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    language: str


def draw(chance: random.Random, *, held_out: bool, language: str = "en") -> Phrase:
    """One phrase of the side that is asked for. Held-out ones are always whole sentences."""
    while True:
        phrase = Phrase(_text(chance, language, whole=held_out), language)
        if language == "ko" or is_held_out(phrase.text) == held_out:
            return phrase


def is_held_out(text: str) -> bool:
    plain = re.sub(r"[^a-z' ]", "", text.lower())
    return len(plain.split()) >= 4 and zlib.crc32(plain.encode()) % HELD_OUT_SHARE == 0


def _text(chance: random.Random, language: str, *, whole: bool) -> str:
    if language == "ko":
        return _filled(chance, chance.choice(PATTERNS["ko"]))
    kind = chance.random()
    if not whole and kind < 0.15:
        return _row(chance)
    text = _with_article(_filled(chance, chance.choice(PATTERNS["en"])))
    if kind > 0.85 and len(text.split()) > 2:
        text = _opened(chance, text)
    return _begun(chance, text) if not whole and kind < 0.27 else text


def _row(chance: random.Random) -> str:
    """Words that no sentence foretells, so that each must be heard."""
    slots = [name for name in words.SLOTS if name not in ("chore", "when")]
    row = [chance.choice((chance.choice(words.SLOTS[chance.choice(slots)]), number(chance))) for _ in range(2)]
    row += [chance.choice(words.SLOTS[chance.choice(slots)]) for _ in range(chance.randrange(0, 3))]
    text = ", ".join(row) + "."
    return text[0].upper() + text[1:]


def _begun(chance: random.Random, text: str) -> str:
    """The first words of a sentence, which the speaker has not ended."""
    parts = text.rstrip(".?!").split()
    return " ".join(parts[: chance.randrange(1, len(parts))]).rstrip(",") if len(parts) > 2 else text


def _opened(chance: random.Random, text: str) -> str:
    asks = re.match(r"(Turn|Set|Play|Find|Read|Open|Close|Tell|Call|Add|Remind|Search|Book|Start|Put|Show) ", text)
    opening = chance.choice(sentences.REQUESTS if asks else sentences.OPENINGS)
    mark = "?" if opening in ("Could you ", "Can you ") else text[-1]
    return opening + _lowered(text[:-1]) + mark


def _with_article(text: str) -> str:
    return re.sub(r"\ba(?= (eight|eleven|eighteen|eighty))", "an", text)


def _lowered(text: str) -> str:
    names = {word for slot in words.SLOTS.values() for word in slot} | {"I"}
    return text if text.split()[0].strip(",.?") in names else text[0].lower() + text[1:]


def _filled(chance: random.Random, pattern: str) -> str:
    while found := re.search(r"\{(\w+)\}", pattern):
        name = found[1]
        word = _slot(chance, name.lower())
        word = word[0].upper() + word[1:] if name[0].isupper() else word
        pattern = pattern[: found.start()] + word + pattern[found.end() :]
    return pattern


def _slot(chance: random.Random, name: str) -> str:
    match name:
        case "number":
            return number(chance)
        case "big":
            return f"{chance.choice(words.UNITS)} hundred and {number(chance)}"
        case "clock":
            return _clock(chance)
        case "수":
            return chance.choice(words.KOREAN_NUMBERS)
    return chance.choice(words.SLOTS[name])


def number(chance: random.Random) -> str:
    """From one to a hundred, small ones more often."""
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(words.UNITS)
    if kind < 0.65:
        return chance.choice(words.TEENS)
    tens = chance.choice((*words.TENS, "one hundred"))
    return tens if kind < 0.8 or tens == "one hundred" else f"{tens} {chance.choice(words.UNITS)}"


def _clock(chance: random.Random) -> str:
    hour = chance.choice((*words.UNITS, "ten", "eleven", "twelve"))
    return chance.choice(
        (f"{hour} o'clock", f"half past {hour}", f"{hour} thirty", f"{hour} fifteen", f"{hour} in the morning", hour)
    )
