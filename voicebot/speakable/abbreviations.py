"""Abbreviations that voices get wrong."""

from __future__ import annotations

import re

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule

# What is written (case does not count), in English, in Korean.
_ABBREVIATIONS = (
    (r"e\.\s?g\b\.?", "for example", "예를 들어"),
    (r"i\.\s?e\b\.?", "that is", "즉"),
    (r"et\sal\b\.?", "and others", "외"),
    (r"a\.k\.a\b\.?", "also known as", "일명"),
    (r"(?-i:vs)\b\.?(?=\s)", "versus", "대"),
    (r"cf\.(?=\s)", "compare", "참고"),
    (r"approx\.", "approximately", "약"),
    (r"ca\.(?=\s?[0-9])", "about", "약"),
    (r"w/o\b", "without", "없이"),
    (r"w/(?=\s)", "with", "함께"),
    (r"(?-i:Nos?)\.\s?(?=[0-9])", "number ", "번호 "),
    (r"figs?\.\s?(?=[0-9])", "figure ", "그림 "),
    (r"eqs?\.\s?(?=[0-9(])", "equation ", "수식 "),
    (r"pp\.\s?(?=[0-9])", "pages ", "쪽 "),
    (r"p\.\s?(?=[0-9])", "page ", "쪽 "),
)
_ET_CETERA = re.compile(r"(?<![\w.])etc\b(?P<stop>\.)?(?P<ends>(?=\s*\Z|\s+(?-i:[A-Z가-힣])|\s*\n))?", re.IGNORECASE)


def abbreviation_rules(korean: bool) -> list[Rule]:
    return [
        *(_rule(written, in_korean if korean else english) for written, english, in_korean in _ABBREVIATIONS),
        Rule(_ET_CETERA, lambda match: _et_cetera(match, korean), Reason.ABBREVIATION),
    ]


def _rule(written: str, said: str) -> Rule:
    pattern = re.compile(rf"(?<![\w.])(?:{written})(?![A-Za-z])", re.IGNORECASE)
    return Rule(pattern, lambda match: _like(match[0], said), Reason.ABBREVIATION)


def _like(written: str, said: str) -> str:
    """With a capital, when the abbreviation has one."""
    return said[:1].upper() + said[1:] if written[0].isupper() else said


def _et_cetera(match: re.Match[str], korean: bool) -> str:
    stop = "." if match["stop"] and match["ends"] is not None else ""
    return ("등" if korean else "et cetera") + stop
