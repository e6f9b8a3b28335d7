"""Pairs of neighbouring letters: Hangul, and with it Chinese characters and kana (Lucene's CJKAnalyzer does the same).

Korean binds particles to its words, and where it has spaces between them is a matter of taste; a recogniser of speech
writes them as it likes. A pair does not care for either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARTICLE = re.compile(
    "(?:이야|이에요|예요|인가요?|입니까|이?라는|이?라고|에서는?|에게서?|으로는?|까지|부터|보다|처럼|마다|밖에|이?랑|하고|이나"
    "|은|는|이|가|을|를|에|의|로|도|만|와|과|나)$"
)
"""조사 and forms of 이다 at the end of a word, the long ones first."""

_ASKING = """
    어느 어디 어디서 어디야 어떡해 어떤 어떻게 언제 언제야 얼마 얼마나 누가 누구 누구야 며칠 몇 무슨 무엇
    뭐 뭐야 뭔가 뭘 왜 가르쳐줘 말해줘 보여줘 설명해줘 알려줘 찾아줘 대해 대한 혹시 그럼 그런데 근데
    그거 그게 이거 이게 저거 저게 그 이 저 거 거야 건 건가 걸 것 게 수 때 좀 더 잘 안 다 싶어 싶은데
    있나 있어 있을까 없나 없어 되나 되지 될까 돼 됐어 인가 일까 하나 하는 하려면 하면 하지 한 할 할까 해 해야 해줘 줘
"""
ASKING = frozenset(_ASKING.split())
"""Words of a question that ask or bind, and say nothing about what is asked for."""

ENDS_NOUNS = ("가", "이", "의", "에", "도", "로", "만", "와", "과", "나")
"""Particles that are as often the end of a noun of two letters: 휴가, 회의, 도로. Both are looked for."""


def of_passage(word: str) -> Iterator[str]:
    """The pairs of a word; one letter stands for itself, also where it has particles behind it ("값을").

    That second letter need be none: 병가 may be 병 with a particle, and a question of 병가 looks for it. So 병가는,
    which is 병가 with one, has 병 as well.
    """
    yield from (word[start : start + 2] for start in range(len(word) - 1))
    while len(word) > 1 and (bare := without_particle(word)) not in ("", word):
        word = bare
    if len(word) == 1:
        yield word


def of_question(word: str) -> Iterator[str]:
    """Those of a word that says what is asked for, without its particle."""
    bare = without_particle(word)
    if bare and not {word, bare} & ASKING:
        yield from of_passage(bare)
        if len(bare) == 1 and word[1:] in ENDS_NOUNS:
            yield word


def without_particle(word: str) -> str:
    """A word without what its end looks like a particle: "" where nothing is left, as of 을 behind a Latin word."""
    return _PARTICLE.sub("", word)
