"""What a document is called: by the title in it where that is one, otherwise by its name."""

from __future__ import annotations

import re
from pathlib import Path

from voicebot.rag.loading.encodings import plain

LONGEST = 150

_PROGRAM = re.compile(r"^microsoft (?:word|powerpoint|excel) - ", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:docx?|pptx?|xlsx?|odt|rtf|tex|dvi|ps|pdf|indd|qxd|fm|pages|key|hwpx?|md|html?|txt)$", re.IGNORECASE
)
_NONE = re.compile(
    r"(?:untitled|no title|document|(?:powerpoint )?presentation|book|workbook|slide|title"
    r"|제목 ?없음|문서|(?:powerpoint )?프레젠테이션|슬라이드|통합 ?문서)[\s\d()_-]*",
    re.IGNORECASE,
)


def title_of(path: Path, own: str | None = None) -> str:
    """The document's `own` title if a person gave it one, the name of the file made readable otherwise."""
    title = " ".join(plain(own or "").split())
    title = _PROGRAM.sub("", title)
    if not title or len(title) > LONGEST or _NONE.fullmatch(title) or _FILE.search(title):
        return readable(path)
    return title if any(character.isalpha() for character in title) else readable(path)


def readable(path: Path) -> str:
    """ "annual_report-2024.pdf" is "Annual report 2024"; a name with spaces or capitals of its own is left as it is."""
    name = plain(path.stem or path.name)
    if " " not in name:
        name = re.sub(r"[_+]+|(?<=\w)-(?=\w)", " ", name)
    name = " ".join(name.split())
    return name[:1].upper() + name[1:] if name.islower() else name or path.name
