"""Where a sentence, a clause or a line ends: pure functions of what stands before a place and the character after it.

`tail` is the text before, without the white space at its end; `following` is the first character after that white
space; `line` is the head of the line that `tail` ends in. The joined ones are asked when no white space stands between.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from voicebot.sentences.words import BEFORE_A_NUMBER, INTRODUCE, MAY_END, MAY_END_WITH_A_CAPITAL, NEVER_END


class Verdict(Enum):
    NO = auto()
    YES = auto()
    IF_STARTER = auto()
    """Only if the next word is one that begins sentences (words.STARTERS)."""


_FULL_WIDTH = "。！？｡"
_STOPS = rf".!?…{_FULL_WIDTH}"
_QUOTES = "\"'”’»)」』】〉》]}"
_CLOSERS = _QUOTES + "*_`~"
_CLAUSE_MARKS = ",;:—–、，；："
_JOINED_CLAUSE_MARKS = "、，；："
_STARTS_A_LINE = "#>|-*+•◦▪‣●○■□"

_SENTENCE_END = re.compile(rf"(?P<stops>[{_STOPS}]+)(?P<closers>[{re.escape(_CLOSERS)}]*)(?:\[\^?[\w-]{{1,8}}\])*\Z")
_LAST_WORD = re.compile(r"\S*\Z")
_OPENERS = "\"'“‘«([{「『*_`~<-–—/"

_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
_LIST_MARK = re.compile(r"[\s>#*_+-]*\(?(?:\d{1,3}|[A-Za-z가-힣])[.)][*_]*")
_LIST_MARK_IN_LINE = re.compile(r"[:;.!?)]\s+\d{1,2}\.\Z")
_HEADING_OR_ITEM = re.compile(r"(?:#{1,6}|[A-Za-z][.)])\s")

_KOREAN_PREDICATE = "다요죠까네지군라자오음함됨임"
_KOREAN_JOINED = re.compile(rf"[가-힣](?:[{_KOREAN_PREDICATE}]\.|[가-힣][!?]+)\Z")
_KOREAN_LINE_END = re.compile(rf"[{_KOREAN_PREDICATE}]\Z")
_KOREAN_WORD_END = re.compile(r"[가-힣](?:다|요|죠|까|네)\Z")
_KOREAN_CHATTY = re.compile(r"(?:니다|[요죠네])(?:[~^]|[ㅋㅎ]{2})[~^ㅋㅎ]*\Z")
_PAST = "하이되않없있좋크많같겠았었였했됐셨"
_KOREAN_CONNECTIVE = re.compile(
    rf"(?:[가-힣](?:는데|은데|인데|니까|면서|므로|려면)|[{_PAST}]지만|기 때문에|한편|따라서)\Z"
)
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*\Z")
_WRAPPED_LINE = 40


def sentence_ends(tail: str, following: str, line: str) -> Verdict:
    """Whether a sentence ends in the white space between."""
    end = _SENTENCE_END.search(tail)
    if end is None:
        return Verdict.YES if _KOREAN_CHATTY.search(tail) else Verdict.NO
    stops, word = end["stops"], _last_word(tail[: end.start()])
    if any(stop in _FULL_WIDTH for stop in stops):
        return Verdict.YES
    if "!" in stops or "?" in stops:
        return _unless(_quoted(end["closers"]) and following.islower())
    if "…" in stops or len(stops) > 1:
        return _after_ellipsis(word, following)
    return _after_full_stop(tail, word, end["closers"], following, line)


def joined_sentence_ends(tail: str, following: str) -> bool:
    """Whether a sentence ends between two characters with no white space between them."""
    if following in _STOPS or following in _CLOSERS:
        return False
    if tail[-1] in _FULL_WIDTH:
        return True
    if not _KOREAN_JOINED.search(tail) or _ADDRESS.search(tail):
        return False
    return is_hangul(following) or following.isupper() or following.isdigit() or following in "“‘「『("


def clause_ends(tail: str, following: str) -> bool:
    """Whether a clause ends in the white space between."""
    mark = tail.rstrip(_CLOSERS)[-1:]
    return (mark != "" and mark in _CLAUSE_MARKS) or (
        is_hangul(following) and _KOREAN_CONNECTIVE.search(tail) is not None
    )


def joined_clause_ends(tail: str, following: str) -> bool:
    """Whether a clause ends between two characters with no white space between them."""
    if tail[-1] == "—":
        return following not in "—" + _STOPS + _CLOSERS
    return tail[-1] in _JOINED_CLAUSE_MARKS and not following.isdigit() and following not in _CLOSERS


def line_ends(tail: str, following: str, line: str, breaks: int) -> bool:
    """Whether a line break ends what is being said, or only wraps a line; `breaks` is how many there are."""
    if _LIST_MARK.fullmatch(line):
        return False
    if breaks > 1 or following in _STARTS_A_LINE or following.isdigit() or _HEADING_OR_ITEM.match(line):
        return True
    if following.islower() or tail[-1] in ",、，":
        return False
    if tail[-1] == "." and sentence_ends(tail, following, line) is Verdict.NO:
        return False
    wrapped = len(line) >= _WRAPPED_LINE and is_hangul(tail[-1]) and is_hangul(following)
    return not wrapped or _KOREAN_LINE_END.search(tail) is not None


def is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _after_ellipsis(word: str, following: str) -> Verdict:
    if _KOREAN_WORD_END.search(word):
        return Verdict.YES
    return Verdict.IF_STARTER if following.isupper() and following != "I" else Verdict.NO


def _after_full_stop(tail: str, word: str, closers: str, following: str, line: str) -> Verdict:
    if _LIST_MARK.fullmatch(line) or _abbreviates(word, following):
        return Verdict.NO
    if word.isdigit() and (following.isdigit() or _LIST_MARK_IN_LINE.search(tail)):
        return Verdict.NO
    if _INITIALS.fullmatch(word) or word.lower() in MAY_END or word in MAY_END_WITH_A_CAPITAL:
        return _after_initials(word, following)
    return _unless(_quoted(closers) and following.islower())


def _abbreviates(word: str, following: str) -> bool:
    if word in NEVER_END or word.lower() in INTRODUCE:
        return True
    return word.lower() in BEFORE_A_NUMBER and (following.isdigit() or following.islower())


def _after_initials(word: str, following: str) -> Verdict:
    if following.isupper():
        return Verdict.IF_STARTER
    return _unless(len(word) > 1 or not is_hangul(following))


def _last_word(text: str) -> str:
    word = _LAST_WORD.search(text)
    return word[0].lstrip(_OPENERS) if word else ""


def _quoted(closers: str) -> bool:
    return any(closer in _QUOTES for closer in closers)


def _unless(condition: bool) -> Verdict:
    return Verdict.NO if condition else Verdict.YES
