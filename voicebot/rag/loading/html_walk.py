"""From the elements of an HTML page to headings, paragraphs, code and rows; without recursion: pages may be deep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from voicebot.rag.loading.outline import Outline

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CODE = frozenset({"pre", "listing", "xmp"})
_BLOCKS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form header hgroup hr html legend li main menu nav ol option p search section summary table tbody td tfoot th thead
    tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
LAYOUT = "table, h1, h2, h3, h4, h5, h6, pre"
"""What stands in tables that only lay out a page: these are read as text."""


class Walk:
    """Goes through elements in their order."""

    def __init__(self, outline: Outline, alive: Callable[[], None]) -> None:
        self._outline = outline
        self._alive = alive
        self._inline: list[str] = []
        self._lead = ""

    def walk(self, root: LexborNode) -> None:
        for node, ends in _steps(root, self._enter):
            if ends:
                if node.tag in BLOCKS:
                    self._flush(leads=_leads(node))
            elif self._outline.full:
                return
        self._flush()
        self._put_lead()

    def _enter(self, node: LexborNode) -> bool:
        """Take what begins here; True if what is in it is to be gone through."""
        tag = node.tag
        if tag == "-text":
            self._inline.append((node.text_content or "").replace("\n", " "))
            return False
        if tag == "br":
            self._inline.append("\n")
            return False
        if tag in BLOCKS or tag in HEADINGS or tag in CODE:
            self._flush()
            self._alive()
            return not self._take_whole(node, tag or "")
        return tag is not None

    def _take_whole(self, node: LexborNode, tag: str) -> bool:
        if tag in HEADINGS or tag in CODE or tag == "table":
            self._put_lead()
        if tag in HEADINGS:
            self._outline.heading(HEADINGS[tag], text_of(node))
        elif tag in CODE:
            self._outline.code(node.text())
        elif tag == "table" and node.css_first("tr") is not None and not _only_lays_out(node):
            self._outline.rows([text_of(cell) for cell in row.css("th, td")] for row in node.css("tr"))
        else:
            return False
        return True

    def _flush(self, leads: bool = False) -> None:
        """A paragraph is over; one that leads is kept, to stand on the line above the next."""
        text, self._inline = _collapsed("".join(self._inline)), []
        if not text:
            return
        text, self._lead = f"{self._lead}{text}", ""
        if leads:
            self._lead = f"{text}\n"
        else:
            self._outline.paragraph(text)

    def _put_lead(self) -> None:
        lead, self._lead = self._lead, ""
        self._outline.paragraph(lead)


def _leads(node: LexborNode) -> bool:
    """Whether it only names what follows: a term that is explained, "Note"."""
    return node.tag == "dt" or (node.tag == "p" and "title" in (node.attributes.get("class") or ""))


def text_of(node: LexborNode) -> str:
    """All text in an element on one line; what stands in two blocks is apart."""
    texts: list[str] = []

    def enter(inner: LexborNode) -> bool:
        if inner.tag == "-text":
            texts.append(inner.text_content or "")
        elif inner.tag in BLOCKS or inner.tag == "br":
            texts.append(" ")
        return inner.tag is not None

    for inner, ends in _steps(node, enter):
        if ends and inner.tag in BLOCKS:
            texts.append(" ")
    return " ".join("".join(texts).split())


def _steps(root: LexborNode, enter: Callable[[LexborNode], bool]) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below `root` in order, when it begins and (if it was entered) when it ends."""
    above: list[LexborNode] = []
    node = root.first_child
    while node is not None:
        yield node, False
        child = node.first_child if enter(node) else None
        if child is not None:
            above.append(node)
            node = child
            continue
        following = node.next
        yield node, True
        while following is None and above:
            node = above.pop()
            following = node.next
            yield node, True
        node = following


def _only_lays_out(table: LexborNode) -> bool:
    return any(inner.mem_id != table.mem_id for inner in table.css(LAYOUT))


def _collapsed(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
