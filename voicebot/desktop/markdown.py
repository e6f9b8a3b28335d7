"""Markdown into blocks that the window draws: rich text that can load nothing, and code.

The Markdown comes from a model or a document, so it is data: raw HTML is text, images are their descriptions, and a
link is kept only when it is http or https. Text in italics, tables and lists become the small HTML that Qt's
documents read (https://doc.qt.io/qt-6/richtext-html-subset.html); code blocks stay plain, for the window copies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voicebot.desktop.marks import END, MARKS, SPOKEN, UNHEARD, plain
from voicebot.rag.marks import MARK, numbers

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CLASSES = {SPOKEN: "spoken", UNHEARD: "unheard"}
KEPT = {
    "paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote",
    "strong": "b", "em": "i", "s": "s", "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr",
    "th": "th", "td": "td",
}  # fmt: skip
LINES = ("paragraph", "heading", "tr")
PIECE = 1000
"""Characters from which on a piece is drawn by itself: few enough that drawing it anew is not felt."""
LONGEST_LIST = 4000
"""Characters of a piece from which on it may end between two items of a list."""
REMEMBERED = 256
"""Pieces; an answer of 100,000 characters has about a hundred."""
CITED = re.compile(MARK)
CITATION = "source:"
"""With this begins the address of a link to a source: no reply can write one, for its own links are http or https."""
LINE_END = re.compile("\r\n?")
DEFINITION = re.compile(r"^[ \t>]*\[[^\]\n]+\]:", re.MULTILINE)
ITEM = re.compile(r"[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)")
CONTINUES = re.compile(rf"[ \t]|{ITEM.pattern}")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is "text" (`body` is safe HTML), "code" (`body` is the code, `language` as it was named) or "rule"."""

    kind: str
    body: str
    language: str = ""


def blocks(markdown: str, sources: frozenset[int] = frozenset()) -> list[Block]:
    """The blocks of a reply, in order. Never raises: what is no Markdown is text.

    Where it cites one of the `sources` by its number, as in "[2]", that is a link, whose address is "source:2".
    What was drawn lately is remembered: while a reply is written, only its last piece is drawn anew.
    """
    return [block for piece in pieces(LINE_END.sub("\n", markdown)) for block in _drawn(piece, sources)]


def pieces(markdown: str) -> Iterator[str]:
    """`markdown` cut where one drawing of both sides is the same as one of each; joined they are the text.

    That is before a line at the margin that follows an empty one, outside of code, and that begins no item of a list.
    A list that is very long is cut between items; that shows in the space between them at most.
    """
    if DEFINITION.search(markdown):  # what it defines may be used anywhere
        yield markdown
        return
    start = at = 0
    fence, after_empty = "", False
    for line in markdown.split("\n"):
        is_empty = not line.strip(" \t")
        if not fence and not is_empty and at - start >= PIECE and _may_begin(line, after_empty, at - start):
            yield markdown[start:at]
            start = at
        fence = _fence(fence, line)
        after_empty = is_empty
        at += len(line) + 1
    yield markdown[start:]


def _may_begin(line: str, after_empty: bool, length: int) -> bool:
    """Whether a piece may begin with this line, after one of `length` characters."""
    if length >= LONGEST_LIST and ITEM.match(line):
        return True
    return after_empty and not CONTINUES.match(line)


def _fence(fence: str, line: str) -> str:
    """The fence of the code in which the next line stands; "" outside of code."""
    found = FENCE.match(line)
    if found is None:
        return fence
    ticks, rest = found[1], found[2]
    if fence:
        return "" if ticks.startswith(fence) and not rest.strip() else fence
    return "" if ticks[0] in rest and ticks[0] == "`" else ticks


@cache
def reader() -> MarkdownIt:
    """The parser. Its library is loaded here, for an empty window is drawn without it."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@lru_cache(REMEMBERED)
def _drawn(piece: str, sources: frozenset[int]) -> tuple[Block, ...]:
    return tuple(_Drawing(sources).blocks(reader().parse(piece)))


class _Drawing:
    """Goes through the tokens once; what is marked stays marked across the tags in its line."""

    def __init__(self, sources: frozenset[int] = frozenset()) -> None:
        self._marks: list[str] = []
        self._sources = sources
        self._in_link = False

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        html: list[str] = []
        for token in tokens:
            if token.type in ("fence", "code_block", "hr") and token.level == 0:
                yield from _text(html)
                html = []
                yield self._block(token)
            else:
                html.append(self._tag(token))
        yield from _text(html)

    def _block(self, token: Token) -> Block:
        if token.type == "hr":
            return Block("rule", "")
        words = plain(token.info).split()
        return Block("code", plain(token.content).rstrip("\n"), words[0] if words else "")

    def _tag(self, token: Token) -> str:
        if token.type == "inline":
            return "".join(map(self._inline, token.children or []))
        if token.type in ("fence", "code_block"):
            return f"<pre>{escape(plain(token.content))}</pre>"
        return self._around(token)

    def _inline(self, token: Token) -> str:
        match token.type:
            case "text":
                return self._words(token.content, cited=not self._in_link)
            case "code_inline":
                return f"<code>{self._words(token.content)}</code>"
            case "softbreak" | "hardbreak":
                self._marks = []
                return "<br/>"
            case "image":
                return self._words(f"[{token.content}]" if token.content else "")
            case "link_open":
                self._in_link = True
                return _link(str(token.attrGet("href") or ""))
            case "link_close":
                self._in_link = False
                return "</a>"
        return self._around(token)

    def _around(self, token: Token) -> str:
        name, _, side = token.type.rpartition("_")
        if name in LINES:
            self._marks = []
        tag = f"h{min(4, int(token.tag[1]) + 1)}" if name == "heading" else KEPT.get(name, "")
        if not tag or (name == "paragraph" and token.hidden):
            return ""
        if side == "close":
            return f"</{tag}>"
        start = f' start="{int(token.attrGet("start") or 1)}"' if tag == "ol" else ""
        return f"<{tag}{start}>"

    def _words(self, text: str, *, cited: bool = False) -> str:
        """Escaped text, each stretch that is marked in a span of its class, and with links to sources if `cited`."""
        drawn, at = [], 0
        for found in MARKS.finditer(text):
            drawn.append(self._span(text[at : found.start()], cited))
            if found[0] == END:
                self._marks = self._marks[:-1]
            else:
                self._marks.append(found[0])
            at = found.end()
        return "".join([*drawn, self._span(text[at:], cited)])

    def _span(self, text: str, cited: bool) -> str:
        drawn = CITED.sub(self._links, escape(text)) if cited and self._sources else escape(text)
        if not text or not self._marks:
            return drawn
        return f'<span class="{CLASSES[self._marks[-1]]}">{drawn}</span>'

    def _links(self, cited: re.Match[str]) -> str:
        """Numbers in brackets as links, if each is the number of a source."""
        cites = numbers(cited[0])
        if not self._sources.issuperset(cites):
            return cited[0]
        return "".join(f'<a class="source" href="{CITATION}{number}">[{number}]</a>' for number in cites)


def _text(html: list[str]) -> Iterator[Block]:
    body = "".join(html)
    if body:
        yield Block("text", body)


def _link(address: str) -> str:
    """An anchor with its address, or without when it is not one for a browser: nothing opens but http and https."""
    try:
        parts = urlsplit(plain(address))
        is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:
        is_web = False
    return f'<a href="{escape(plain(address))}">' if is_web else "<a>"
