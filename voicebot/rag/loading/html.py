"""HTML and XHTML: the main part of a page, without what is only there to get about on it.

Read with selectolax (Lexbor), which follows the HTML standard's own parser and fetches nothing. Of a page that says
what its main part is (main, role="main", one article) only that is read; navigation, sidebars, footers, scripts and
what is hidden never are: a person does not see it, so a model must not either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voicebot.rag.loading.dates import seconds
from voicebot.rag.loading.failing import damage, library
from voicebot.rag.loading.html_walk import Walk
from voicebot.rag.loading.outline import Outline
from voicebot.rag.loading.text import text_of
from voicebot.rag.loading.titles import title_of
from voicebot.rag.passages import Loaded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAIN = ("main", "[role=main]", "article")
LEFT_OUT = (
    "script, style, noscript, template, iframe, object, svg, annotation, select, button, nav, footer, [hidden],"
    "[aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search], [style*='display:none'],"
    "[style*='display: none'], .sphinxsidebar, .related, .headerlink, .linenos, .navheader, .navfooter"
)
OUTSIDE_MAIN = "header, aside, form"
"""Within an article these hold its title, its notes and its text."""
DATES = "[name=date], [property='article:published_time'], [name='dcterms.created'], [name='DC.date']"
HEAD = 2048

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)([A-Za-z][\w:-]*)((?:\s[^<>]*?)?)/>"
)


def load(path: Path, alive: Callable[[], None]) -> Loaded:
    with path.open("rb") as file:
        declared = _CHARSET.search(file.read(HEAD))
    text, notes = text_of(path, declared[1].decode("ascii", "ignore") if declared else "")
    with library(path):
        from selectolax.lexbor import LexborHTMLParser
    with damage(path):
        page = LexborHTMLParser(opened(text) if "<?xml" in text[:HEAD] else text)
        created = _date(page)
        outline = Outline()
        title = read_page(page, outline, alive)
    return Loaded(title_of(path, title), outline.sections(), created, notes + outline.notes())


def opened(xhtml: str) -> str:
    """XHTML as an HTML parser understands it: "<title/>" opens an element there that nothing closes."""
    return _CLOSED.sub(r"<\1\2></\1>", xhtml)


def read_page(page: LexborHTMLParser, outline: Outline, alive: Callable[[], None]) -> str | None:
    """Put the page into the outline; returns its title."""
    own = page.css_first("title")
    title = " ".join(own.text().split()) if own is not None else None
    for node in page.css(LEFT_OUT):
        if node.tag not in ("body", "html"):
            node.decompose()
    main = _main(page)
    if main is None:
        for node in page.css(OUTSIDE_MAIN):
            node.decompose()
        main = page.body
    if main is None:
        return title
    headings = [" ".join(node.text().split()) for node in main.css("h1")]
    Walk(outline, alive).walk(main)
    if len(headings) == 1 and headings[0] and (not title or headings[0] in title):
        return headings[0]  # without the name of the site behind it
    return title


def _main(page: LexborHTMLParser) -> LexborNode | None:
    for selector in MAIN:
        found = [node for node in page.css(selector) if node.text(strip=True)]
        if len(found) == 1:
            return found[0]
    return None


def _date(page: LexborHTMLParser) -> float | None:
    for node in page.css(DATES):
        if (moment := seconds(node.attributes.get("content") or "")) is not None:
            return moment
    return None
