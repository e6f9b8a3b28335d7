"""Bytes to characters: UTF-8, UTF-16 with and without its mark, Korean as Windows writes it, and the rest of the world.

A text that is valid UTF-8 is UTF-8: hardly any other text is by chance. CP949 (Windows' Korean, with EUC-KR in it) is
tried next, and taken if what comes out is Hangul; charset-normalizer guesses what is left.
"""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
"""Bytes that are looked at where the whole would take long."""
BROKEN = 0.01
"""The share of bytes that may be wrong in what is still taken for UTF-8: two files in one, a cut character."""
PLAUSIBLE = 0.9
"""The share of characters that must make sense for UTF-16 without its mark."""
HANGUL_SHARE = 0.6
"""Of what is not ASCII, in Korean text; the rest is punctuation and Hanja. Western text read as CP949 gives none."""
ACCENTED = 0.15
"""The most that letters with accents are of a text in a Western language; Shift-JIS or Cyrillic has far more."""
CONTROLS = 0.002
"""The share of control characters from which a file is no text."""

_HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
_SENSIBLE = re.compile("[\t\n\r -~가-힣ㄱ-ㆎ　-〿一-鿿぀-ヿ！-ﾟ\u00a0-ɏ\u2010-\u203f]")
_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ€‘’“”«»‹›„‚–—…•·°§©®™¡¿£\u00a0]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_ESCAPES = re.compile("\x1b(?:\\[[0-9;?]*[A-Za-z])?")
_LINES = re.compile("\r\n?|[\u2028\x85]")
_PARAGRAPHS = re.compile("[\f\v\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


class NoText(ValueError):
    """These bytes are not a text."""


def decoded(content: bytes, declared: str = "") -> tuple[str, int]:
    """The text, and how many of its characters could not be made out (they are U+FFFD in it).

    `declared` is the encoding that the content names itself, believed if it fits. Raises NoText.
    """
    text = _decoded(content, declared)
    if len(_CONTROLS.findall(text[:SAMPLE])) > max(1, CONTROLS * len(text[:SAMPLE])):
        raise NoText
    return plain(text), text.count("\ufffd")


def plain(text: str) -> str:
    """With line feeds alone, and without what cannot be seen: control characters, colours, marks of direction, tags.

    What a person cannot see on a page must not be read by a model either.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = _PARAGRAPHS.sub("\n\n", _LINES.sub("\n", text))
    return _INVISIBLE.sub("", _CONTROLS.sub("", _ESCAPES.sub("", text)))


def _decoded(content: bytes, declared: str) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    utf8 = content.decode("utf-8", "replace")
    wrong = utf8.count("\ufffd")
    if wrong == 0 and "\0" not in utf8[:SAMPLE]:
        return utf8
    for attempt in (_utf16(content), _strict(content, declared), _korean(content), _western(content)):
        if attempt is not None:
            return attempt
    if b"\0" in content[:SAMPLE]:
        raise NoText
    return utf8 if wrong <= BROKEN * len(content) else _guessed(content)


def _utf16(content: bytes) -> str | None:
    """UTF-16 without its mark, in the byte order in which it makes sense."""
    best, most = "", 0.0
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = content[:SAMPLE].decode(encoding, "replace")
        sense = len(_SENSIBLE.findall(sample)) / max(1, len(sample))
        if sense > most and any(space in sample for space in " \n\r\t"):
            best, most = encoding, sense
    return content.decode(best, "replace") if most >= PLAUSIBLE else None


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (LookupError, UnicodeError):
        return None


def _korean(content: bytes) -> str | None:
    text = content.decode("cp949", "replace")
    other = len(_NOT_ASCII.findall(text))
    wrong = text.count("\ufffd")
    is_korean = other > 0 and len(_HANGUL.findall(text)) >= HANGUL_SHARE * other
    return text if is_korean and wrong <= BROKEN * len(content) else None


def _western(content: bytes) -> str | None:
    """Letters with accents among many without: charset-normalizer takes short ones for Baltic or Vietnamese."""
    text = content.decode("cp1252", "replace")
    other = len(_NOT_ASCII.findall(text))
    return text if len(_WESTERN.findall(text)) == other <= ACCENTED * len(text) else None


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(content[:SAMPLE], steps=5, chunk_size=512).best()
    return content.decode(guess.encoding if guess is not None else "cp1252", "replace")
