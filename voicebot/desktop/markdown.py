"""Markdown into blocks that the window draws: rich text that can load nothing, and code.

The Markdown comes from a model or a document, so it is data: raw HTML is text, images are their descriptions, and a
link is kept only when it is http or https. Text in italics, tables and lists become the small HTML that Qt's
documents read (https://doc.qt.io/qt-6/richtext-html-subset.html); code blocks stay plain, for the window copies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

SPOKEN, UNHEARD, END = "\ue000", "\ue001", "\ue002"
"""Marks in the Markdown around what is being spoken and what was never heard; no keyboard writes them."""
MARKS = re.compile(f"[{SPOKEN}{UNHEARD}{END}]")
CLASSES = {SPOKEN: "spoken", UNHEARD: "unheard"}

KEPT = {
    "paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote",
    "strong": "b", "em": "i", "s": "s", "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr",
    "th": "th", "td": "td",
}  # fmt: skip
READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is "text" (`body` is safe HTML), "code" (`body` is the code, `language` as it was named) or "rule"."""

    kind: str
    body: str
    language: str = ""


def blocks(markdown: str) -> list[Block]:
    """The blocks of a reply, in order. Never raises: what is no Markdown is text."""
    return list(_Drawing().blocks(READER.parse(markdown)))


def marked(text: str, sentence: str, mark: str, start: int = 0) -> tuple[str, int]:
    """`text` with `mark` around `sentence`, looked for from `start` on, and the place behind it.

    The marks go inside what Markdown writes at the ends of a line, so that a heading stays a heading.
    """
    core = sentence.strip().strip("#>*-_`~ ")
    place = text.find(core, start) if core else -1
    if place < 0:
        return text, start
    end = place + len(core)
    return f"{text[:place]}{mark}{core}{END}{text[end:]}", end + 2


def plain(markdown: str) -> str:
    return MARKS.sub("", markdown)


class _Drawing:
    """Goes through the tokens once; what is marked stays marked across the tags between."""

    def __init__(self) -> None:
        self._marks: list[str] = []

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
        words = token.info.split()
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
                return self._words(token.content)
            case "code_inline":
                return f"<code>{self._words(token.content)}</code>"
            case "softbreak":
                return "<br/>"
            case "hardbreak":
                return "<br/>"
            case "image":
                return self._words(f"[{token.content}]" if token.content else "")
            case "link_open":
                return _link(str(token.attrGet("href") or ""))
            case "link_close":
                return "</a>"
        return self._around(token)

    def _around(self, token: Token) -> str:
        name, _, side = token.type.rpartition("_")
        if name == "heading":
            name, tag = name, f"h{min(4, int(token.tag[1]) + 1)}"
        else:
            tag = KEPT.get(name, "")
        if not tag or (name == "paragraph" and token.hidden):
            return ""
        if side == "close":
            return f"</{tag}>"
        start = f' start="{int(token.attrGet("start") or 1)}"' if tag == "ol" else ""
        return f"<{tag}{start}>"

    def _words(self, text: str) -> str:
        """Escaped text, each stretch that is marked in a span of its class."""
        drawn, at = [], 0
        for found in MARKS.finditer(text):
            drawn.append(self._span(text[at : found.start()]))
            if found[0] == END:
                self._marks = self._marks[:-1]
            else:
                self._marks.append(found[0])
            at = found.end()
        return "".join([*drawn, self._span(text[at:])])

    def _span(self, text: str) -> str:
        if not text or not self._marks:
            return escape(text)
        return f'<span class="{CLASSES[self._marks[-1]]}">{escape(text)}</span>'


def _text(html: list[str]) -> Iterator[Block]:
    body = "".join(html)
    if body:
        yield Block("text", body)


def _link(address: str) -> str:
    """An anchor with its address, or without when it is not one for a browser: nothing opens but http and https."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    return f'<a href="{escape(address)}">' if scheme in ("http", "https") else "<a>"
