"""What voices are given to say: sentences of our own in English and Korean, or lines of a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voicebot.errors import UsageError
from voicebot.languages import language_of

ENGLISH = (
    "The quick judge fixed a breezy evening for the very old zoo.",
    "She sells thirty-six fresh oranges at the market each Thursday.",
    "Please call Mister Young at nine fifteen, not at ten past eight.",
    "On March 3, 2026, the bridge was closed for 45 minutes.",
    "A warm bath, a thick book and a cup of tea are all I need.",
    "Could you measure the pressure in the garage before you leave?",
    "The train to Zurich costs 89 francs and takes 3 hours.",
    "My father's voyage through the northern sea took them both by surprise.",
    "We should choose which shoes to watch the parade in.",
    "Hang the long ring on the young king's finger, sang the boy.",
)
"""Together they hold each of the 39 phonemes of CMUdict's English; numbers, a date, a price and a question are among
them."""
KOREAN = (
    "오늘 아침에는 안개가 짙어서 앞이 잘 보이지 않았어요.",
    "회의는 3월 15일 오후 2시 30분에 시작합니다.",
    "할머니께서 뜨거운 찌개를 끓여 주셨습니다.",
    "이 책은 12,000원인데 지금 사면 20% 할인됩니다.",
    "혹시 가까운 약국이 어디에 있는지 아세요?",
    "꽃밭에 나비 여덟 마리가 훨훨 날아다닌다.",
    "부산까지 기차로 2시간 40분쯤 걸려요.",
    "왜 외국 친구들은 된장찌개를 그렇게 좋아할까?",
    "젊은이는 밟힌 흙을 쓸고 문 앞의 얼음을 깼다.",
    "2026년 11월 29일은 일요일이에요.",
)
"""Among them are tense, aspirated and assimilated consonants, double final ones, numbers, dates and a price."""

LONGEST = 500
"""Characters of one text: about 30 s of speech, which is what recognisers take at once."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to say; `language` is ISO 639-1."""

    text: str
    language: str


def built_in(languages: Sequence[str]) -> list[Text]:
    """Ten sentences for each of the languages that there are some for: "en" and "ko"."""
    sets = {"en": ENGLISH, "ko": KOREAN}
    return [Text(text, language) for language in languages for text in sets.get(language, ())]


def read_texts(path: Path, languages: Sequence[str]) -> list[Text]:
    """One text a line, behind a tab its language; without one it is told by its letters. Raises UsageError."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not a text in UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read", os.strerror(error.errno) if error.errno else "") from None
    found = [_text(line, number, path, languages) for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise UsageError(f"{path} is empty", fix="write one text on each line")
    return found


def _text(line: str, number: int, path: Path, languages: Sequence[str]) -> Text:
    text, _, language = (part.strip() for part in line.partition("\t"))
    if len(text) > LONGEST:
        raise UsageError(f"line {number} of {path} is too long to be spoken at once", f"it has {len(text)} characters")
    return Text(text, language.lower() or language_of(text, languages))
