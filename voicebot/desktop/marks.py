"""Places in a reply that the screen shows differently, written into its Markdown so that it still reads the same.

A place is marked line by line, inside what Markdown writes around the words of a line: a heading stays a heading, a
list a list, bold stays bold.
"""

from __future__ import annotations

import re

SPOKEN, UNHEARD, END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Before what is being spoken or was never heard, and after it. Unicode has no such letters, and Markdown's entities
cannot write them either."""
MARKS = re.compile(f"[{SPOKEN}{UNHEARD}{END}]")

BEFORE_WORDS = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:#{1,6}[ \t]+)?(?:\[[ xX]\][ \t]+)?")
NO_WORDS = re.compile(r"[ \t>]*(?:`{3}|~{3}|\[[^\]\n]+\]:|[-=*_|:\s]*$)")
"""Fences, definitions of links, rules, and the line under a table's head."""
DESTINATION = re.compile(r"\]\([^()\n]*\)")
EDGES = " \t*_~`|"


def plain(text: str) -> str:
    """`text` without marks, also those that a model may have written."""
    return MARKS.sub("", text)


def marked(text: str, start: int, end: int, mark: str) -> str:
    """`text` with the words from `start` to `end` (indices) between `mark` and END, in each line by itself."""
    drawn, at = [], 0
    begin = text.rfind("\n", 0, start) + 1
    while begin < end:
        stop = text.find("\n", begin)
        stop = len(text) if stop < 0 else stop
        first, last = _words(text[begin:stop], max(0, start - begin), min(stop, end) - begin)
        if first < last:
            drawn += [text[at : begin + first], mark, text[begin + first : begin + last], END]
            at = begin + last
        begin = stop + 1
    return "".join([*drawn, text[at:]])


def end_of(text: str, heard: str) -> int | None:
    """The index in `text` behind `heard`, with which it begins but for white space; None when it does not."""
    at = 0
    for letter in heard:
        if letter.isspace():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text) or text[at] != letter:
            return None
        at += 1
    return at


def _words(line: str, first: int, last: int) -> tuple[int, int]:
    """The part of a line's stretch that is words; empty when there is none."""
    before = BEFORE_WORDS.match(line)
    content = before.end() if before else 0
    if NO_WORDS.match(line) or NO_WORDS.match(line, content):
        return 0, 0
    first = max(first, content)
    for link in DESTINATION.finditer(line):
        first = link.end() if link.start() < first < link.end() else first
        last = link.start() if link.start() < last < link.end() else last
    while first < last and line[first] in EDGES:
        first += 1
    while first < last and line[last - 1] in EDGES + "\\\r" and not line[:last].endswith(("\\*", "\\_", "\\`", "\\|")):
        last -= 1
    return first, last
