"""Line breaks turned into pauses, and what removed parts leave behind put in order."""

from __future__ import annotations

import re

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule

_REPEATED_SPACE = re.compile(r"(?<=[^\S\n])[^\S\n]+")
_SPACE_AT_LINE_END = re.compile(r"[^\S\n](?=\n)")
_REPEATED_BREAK = re.compile(r"(?<=\n\n)\n+")
_LINE_BREAK = re.compile(r"[ \t]*\n\s*")
_PAUSES = ".!?…:;,。！？、，；："
_CLOSERS = "\"'”’»)」』】"
_KOREAN_END = re.compile(r"[다요죠까네]\Z")
_WRAPPED_LINE = 40

_OTHER_SPACE = re.compile(r"[^\S ]")
_MORE_SPACE = re.compile(r"(?<=\s) +|\A +| +\Z")
_SPACE_BEFORE_MARK = re.compile(r" +(?=[.,!?;:…](?:\s|\Z))")
_SPACE_IN_BRACKETS = re.compile(r"(?<=[(“‘「『]) +| +(?=[)”’」』])")
_EMPTY_BRACKETS = re.compile(r"\([\s,.;:]*\)|\"\"|“\s*”|「\s*」|『\s*』|【\s*】")
_COMMA_AFTER_MARK = re.compile(r"(?<=[.!?;:,…])\s*,(?=\s|\Z)")
_MARK_BEFORE_STOP = re.compile(r"[,;:]\s*(?=[.!?](?:\s|\Z))|(?<=[.!?])\s+\.(?=\s|\Z)")
_LEADING = re.compile(r"\A[.,;:!?…·)\-–—/ ]+(?=\s|\Z)")
_TRAILING = re.compile(r"\s+[-–—,;:(/]+\Z")
_NOTHING = re.compile(r"\A[\W_]+\Z")


def space_rules() -> list[Rule]:
    """Runs of white space made short, once code is out of the way."""
    return [
        Rule(_REPEATED_SPACE, "", Reason.EMPTY),
        Rule(_SPACE_AT_LINE_END, "", Reason.EMPTY),
        Rule(_REPEATED_BREAK, "", Reason.EMPTY),
    ]


def pause_rules() -> list[Rule]:
    return [
        Rule(_LINE_BREAK, _pause, Reason.MARKUP),
        Rule(_OTHER_SPACE, " ", Reason.EMPTY),
        Rule(_EMPTY_BRACKETS, "", Reason.EMPTY),
        Rule(_SPACE_BEFORE_MARK, "", Reason.EMPTY),
        Rule(_SPACE_IN_BRACKETS, "", Reason.EMPTY),
        Rule(_COMMA_AFTER_MARK, "", Reason.EMPTY),
        Rule(_MARK_BEFORE_STOP, "", Reason.EMPTY),
        Rule(_LEADING, "", Reason.EMPTY),
        Rule(_TRAILING, "", Reason.EMPTY),
        Rule(_MORE_SPACE, "", Reason.EMPTY),
        Rule(_NOTHING, "", Reason.EMPTY),
    ]


def _pause(match: re.Match[str]) -> str:
    """A full stop, unless there is a mark already or the line was only wrapped."""
    before, after = match.string[: match.start()], match.string[match.end() : match.end() + 1]
    line = before[before.rfind("\n") + 1 :]
    if not line.strip() or not after or line.rstrip(_CLOSERS + "*_`~ ")[-1:] in _PAUSES:
        return " "
    wrapped = len(line) >= _WRAPPED_LINE and not after.isdigit() and not _KOREAN_END.search(line)
    return " " if match[0].count("\n") == 1 and (after.islower() or wrapped) else ". "
