"""A text cut where its script changes and where punctuation stands that belongs to no name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LATIN, PAIRED, OTHER = "latin", "paired", "other"

_HANGUL = "가-힣ㄱ-ㅎㅏ-ㅣ"
_HAN_AND_KANA = "々\u3041-\u3096\u30a1-\u30fc\u3400-\u4dbf\u4e00-\u9fff"
_NAME = "[A-Za-z0-9_]"
_TOKENS = re.compile(
    rf"(?P<{LATIN}>{_NAME}+(?:(?:['’]|[.:/-]{{1,2}}|,(?=\d{{3}}\b)){_NAME}+)*)"
    rf"|(?P<{PAIRED}>[{_HANGUL}]+|[{_HAN_AND_KANA}]+)"
    rf"|(?P<{OTHER}>[^\W{_HANGUL}{_HAN_AND_KANA}A-Za-z0-9_]+)"
)
_ACCENTED = re.compile("[\u00c0-\u024f]")
_ACCENTS = re.compile("[\u0300-\u036f]+")


class Token(NamedTuple):
    """A stretch of one script: a Latin word or a name such as `os.path.join`, or letters that are taken in pairs."""

    script: str
    text: str


def tokens(text: str) -> Iterator[Token]:
    """In their order. Letters are composed as Unicode's NFKC does it; accents on Latin letters are dropped."""
    for found in _TOKENS.finditer(_plain(text)):
        yield Token(found.lastgroup or OTHER, found[0])


def _plain(text: str) -> str:
    return text if text.isascii() else _ACCENTED.sub(_unaccented, unicodedata.normalize("NFKC", text))


def _unaccented(letter: re.Match[str]) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFD", letter[0]))
