"""Where a question itself says to look: "in the handbook", "PDF에서", "in my notes from last year".

Only what can hardly mean anything else narrows a search: a right passage that is left out is lost, while one too many
only ranks lower.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from voicebot.rag.passages import Where
from voicebot.rag.places import COMMON, titled
from voicebot.rag.retrieval.inquiry import Holdings, Search, Tools

KINDS: Mapping[str, tuple[str, ...]] = {
    r"pdfs?": ("pdf",),
    r"(?:spread ?sheets?|excel(?: files?| sheets?)?|엑셀|스프레드시트)": ("xlsx", "xls", "ods", "csv", "tsv"),
    r"(?:slides|presentations?|power ?points?|slide decks?|파워포인트|프레젠테이션|발표 ?자료)": ("pptx", "ppt", "odp"),
    r"(?:word (?:documents?|files?)|워드)": ("docx", "doc", "odt", "rtf"),
    r"(?:e-?books?|전자책)": ("epub",),
    r"(?:markdown (?:notes?|files?))": ("md", "markdown"),
}
"""What kinds of files are called, and their endings."""
MOST_DOCUMENTS = 5
"""More documents than this that one name fits are not what was meant by it."""

_OWN = r"(?:the|my|our|your|this|that|these)"
_IN = rf"\b(?:in|from|inside|according to) (?:(?:all|any) (?:of )?)?{_OWN} "
_KOREAN_IN = r"\s?(?:파일|문서)?(?:에서|에선|에는|에\s?(?:따르면|의하면|나온|나와|적힌|적혀|있는|뭐라고))"
_ENGLISH_NAMES = (
    re.compile(rf"{_IN}(?P<name>[\w-]+(?: [\w-]+){{0,4}})", re.IGNORECASE),
    re.compile(rf"\b{_OWN} (?P<name>[\w-]+(?: [\w-]+){{0,3}}?) (?:says?|tells?|mentions?)\b", re.IGNORECASE),
)
_KOREAN_NAME = re.compile(rf"(?P<name>\w+(?: \w+){{0,3}}?){_KOREAN_IN}")
_FILES = r"(?:documents?|files?|notes?|papers?|reports?)"
_HOW = "from|of|in|since|after|before|until"
_SINCE = re.compile(
    rf"\b{_FILES} (?:(?:written|changed|modified|made) (?:(?P<how>{_HOW}) )?|(?P<alone>{_HOW}) )"
    r"(?P<when>(?:19|20)\d\d|(?:last|this) (?:week|month|year)|today|yesterday)\b",
    re.IGNORECASE,
)
_KOREAN_SINCE = re.compile(
    r"(?P<when>(?:19|20)\d\d년|작년|올해|지난달|이번 ?달|지난 ?주|이번 ?주|어제|오늘)(?:에)?\s?"
    r"(?P<how>이후|이전)?(?P<alone>)(?:에|의)?\s?(?:쓴|바뀐|수정한|만든|작성한)?\s?(?:문서|파일|노트|메모|보고서)"
)


async def narrow(state: Search, tools: Tools) -> Search:
    """The search within the documents, kinds of files and span of time that the question names; raises StorageError."""
    documents = await asyncio.to_thread(_named, state, tools.library)
    asked = Where((), documents, (), kinds(state.question), *span(state.question, tools.now()))
    return replace(state, where=within(state.where, asked))


def within(where: Where, asked: Where) -> Where:
    """What both allow; of what they have nothing in common of, `where` alone holds."""
    since = max((time for time in (where.since, asked.since) if time is not None), default=None)
    until = min((time for time in (where.until, asked.until) if time is not None), default=None)
    return replace(
        where,
        documents=tuple(one for one in asked.documents if one in where.documents or not where.documents)
        or where.documents,
        kinds=tuple(one for one in asked.kinds if one in where.kinds or not where.kinds) or where.kinds,
        since=since,
        until=until,
    )


def kinds(question: str) -> tuple[str, ...]:
    """The endings of the files that a question wants searched; none for any."""
    found: list[str] = []
    for named, endings in KINDS.items():
        if re.search(rf"{_IN}(?:[\w-]+ )?{named}\b|{named}{_KOREAN_IN}", question, re.IGNORECASE):
            found += endings
    return tuple(found)


def span(question: str, now: datetime) -> tuple[float | None, float | None]:
    """Since when and until when the documents asked for were changed, in seconds since the epoch."""
    found = _SINCE.search(question) or _KOREAN_SINCE.search(question)
    if found is None:
        return None, None
    start, end = _period(found["when"].lower().replace(" ", ""), now)
    match (found["how"] or found["alone"] or "").lower():
        case "since" | "이후":
            return start.timestamp(), None
        case "after":
            return end.timestamp(), None
        case "before" | "이전":
            return None, start.timestamp()
        case "until":
            return None, end.timestamp()
    return start.timestamp(), end.timestamp()


def _period(when: str, now: datetime) -> tuple[datetime, datetime]:
    """The beginning and the end of a year, month, week or day in words."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    monday, first = day - timedelta(days=day.weekday()), day.replace(day=1)
    new_year = first.replace(month=1)
    match when:
        case "today" | "오늘":
            return day, day + timedelta(days=1)
        case "yesterday" | "어제":
            return day - timedelta(days=1), day
        case "thisweek" | "이번주":
            return monday, monday + timedelta(days=7)
        case "lastweek" | "지난주":
            return monday - timedelta(days=7), monday
        case "thismonth" | "이번달":
            return first, (first + timedelta(days=32)).replace(day=1)
        case "lastmonth" | "지난달":
            return (first - timedelta(days=1)).replace(day=1), first
        case "thisyear" | "올해":
            return new_year, new_year.replace(year=new_year.year + 1)
        case "lastyear" | "작년":
            return new_year.replace(year=new_year.year - 1), new_year
    year = int(when.removesuffix("년"))
    return new_year.replace(year=year), new_year.replace(year=year + 1)


def _named(state: Search, library: Holdings) -> tuple[int, ...]:
    """The documents that the question names, by their ids."""
    names = list(_names(state.question))
    if not names:
        return ()
    documents = [one for name in state.where.collections for one in library.documents(name)]
    titles = {one.id: titled(one.title, "en").removeprefix("the ").lower() for one in documents}
    for name in names:
        called = tuple(id_ for id_, title in titles.items() if _calls(name, title))
        if called:
            return called if len(called) <= MOST_DOCUMENTS else ()
    return ()


def _names(question: str) -> Iterator[str]:
    """What may be the name of a document in a question, the longest first."""
    for pattern in _ENGLISH_NAMES:
        for found in pattern.finditer(question):
            words = found["name"].lower().split()
            yield from (" ".join(words[:length]) for length in range(len(words), 0, -1))
    for found in _KOREAN_NAME.finditer(question):
        words = found["name"].lower().split()
        yield from (" ".join(words[-length:]) for length in range(len(words), 0, -1))


def _calls(name: str, title: str) -> bool:
    """Whether a title is meant by a name: all of it, or words of it that are more than any word."""
    if name == title:
        return True
    telling = " " in name or name in COMMON
    return telling and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title) is not None
