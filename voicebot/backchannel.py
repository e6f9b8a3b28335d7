"""What people say to show that they listen, and not to take the turn: "mm-hm", "yeah", "응", "그렇구나"."""

from __future__ import annotations

import re

ENGLISH = """
mm mhm mmhm mm-hm hm hmm mmm uh-huh uhhuh uh huh ah aha oh ooh wow yeah yep yes yup ok okay right sure i see good great
nice really true exactly indeed cool fine got it
"""
KOREAN = """
음 으음 흠 응 어 엉 어어 아 아하 오 와 우와 네 네네 예 그래 그래요 그렇지 그렇죠 그렇구나 그렇군요 그러네 그러게
맞아 맞아요 맞네 맞습니다 알겠어 알겠어요 좋아 좋아요 좋네 진짜 정말 대박 그치 그쵸 오케이
"""
WORDS = frozenset((ENGLISH + KOREAN).split())
"""Words that ask for nothing, by themselves or a few together; "no" and "아니" ask for something."""
MOST = 3
"""Words: more of them say something."""


def is_backchannel(text: str) -> bool:
    """Whether a transcript only shows that somebody listens; an empty one does too."""
    words = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text.lower())
    return len(words) <= MOST and all(word in WORDS for word in words)
