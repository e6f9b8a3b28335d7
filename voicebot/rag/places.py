"""What a document and a place in it are called: in words that can be said, never a path or an address."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from voicebot.rag.passages import Passage

LONGEST_TITLE = 60
"""Characters: about four seconds of speech."""
NOTHING = {"en": "your document", "ko": "문서"}
SLIDES = ("pptx", "ppt", "odp")

_ENDING = re.compile(
    r"\.(?:txt|md|markdown|rst|log|html?|xhtml|pdf|docx?|odt|rtf|pptx?|odp|xlsx?|ods|csv|tsv|epub|json|xml|tex)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*|\bwww\.\S*", re.IGNORECASE)
_PATH = re.compile(r"[/~.]|[A-Za-z]:[/\\]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=\w)")
_MARKUP = re.compile(r"[\[\](){}<>*#`|\\\"“”【】［］]+")
_COMMON_WORDS = """
    agreement article book brochure budget catalog catalogue contract documentation faq glossary guide guidelines
    handbook instructions invoice letter manual memo memorandum minutes notes overview paper plan policy presentation
    readme reference regulations report rules schedule slides spec specification statement summary syllabus transcript
    tutorial
"""
COMMON = frozenset(_COMMON_WORDS.split())
"""A title with one of these takes the article: "the handbook"."""
_ARTICLE = re.compile(r"(?:the|a|an|my|our|your|this)\s", re.IGNORECASE)
_OWNED = re.compile(r"\S+['’]s?\s")


def titled(title: str, language: str) -> str:
    """A document as one speaks of it within a sentence: "the employee handbook", "War and Peace", "핸드북"."""
    bare = _speakable(title) or NOTHING["ko" if language == "ko" else "en"]
    if language == "ko":
        return bare
    if _ARTICLE.match(bare):
        return bare[0].lower() + bare[1:]
    takes_article = COMMON & set(bare.lower().split()) and not _OWNED.match(bare)
    return f"the {bare}" if takes_article else bare


def place(passage: Passage, language: str) -> str:
    """Where in its document a passage stands: "page 14", "14쪽", a slide, else its heading; "" for neither."""
    if passage.page is not None:
        return numbered(passage.page, passage.kind, language)
    return " ".join(passage.headings[-1].split()) if passage.headings else ""


def numbered(page: int, kind: str, language: str) -> str:
    """A page, or a slide where the file is of that `kind` (its ending without the dot)."""
    if kind in SLIDES:
        return f"슬라이드 {page}" if language == "ko" else f"slide {page}"
    return f"{page}쪽" if language == "ko" else f"page {page}"


def spoken(title: str, place: str, language: str) -> str:
    """A place as it is said: "the handbook, page 14", "핸드북 14쪽"."""
    said = _speakable(place)
    if not said:
        return titled(title, language)
    joint = " " if language == "ko" and re.search(r"\d", said) else ", "
    return titled(title, language) + joint + said


def _speakable(title: str) -> str:
    """A title, or the name of a file, without what nobody says."""
    bare = _name_in(title.strip())
    bare = _ADDRESS.sub(" ", _ENDING.sub("", bare))
    if " " not in bare:
        bare = _HYPHEN.sub(" ", bare)
    bare = _MARKUP.sub(" ", bare).replace("_", " ")
    return _cut(" ".join(bare.split()))


def _name_in(title: str) -> str:
    """The last part of a path or an address; other titles may have a slash too ("TCP/IP")."""
    if " " not in title and "://" in title:
        address = urlsplit(title) if title.count("[") == title.count("]") == 0 else None
        return unquote(PurePath(address.path).name) or (address.hostname or "") if address else ""
    is_path = _PATH.match(title) or (" " not in title and re.search(r"[/\\]", title))
    return re.split(r"[/\\]", title.rstrip("/\\"))[-1] if is_path else title


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[: LONGEST_TITLE + 1].rpartition(" ")[0] or text[:LONGEST_TITLE]
