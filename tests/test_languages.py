"""Which language a text is in: the letters tell, within the person's own languages."""

from __future__ import annotations

import unicodedata

import pytest

from voicebot.languages import language_of


@pytest.mark.parametrize(
    ("text", "shortlist", "language"),
    [
        ("안녕하세요", ("en", "ko"), "ko"),
        ("Hello", ("en", "ko"), "en"),
        ("Hello", ("ko", "en"), "en"),
        ("Python 설치", ("en", "ko"), "ko"),
        ("ㅋㅋㅋ", ("en", "ko"), "ko"),
        (unicodedata.normalize("NFD", "안녕"), ("en", "ko"), "ko"),
        ("123", ("en", "ko"), "en"),
        ("Hello", ("ko",), "ko"),
        ("안녕", ("en",), "en"),
        ("Bonjour", ("ko", "fr", "en"), "fr"),
        ("", ("en", "ko"), "en"),
        ("안녕", (), "en"),
    ],
)
def test_hangul_is_korean_and_all_else_the_first_other_language(
    text: str, shortlist: tuple[str, ...], language: str
) -> None:
    assert language_of(text, shortlist) == language
