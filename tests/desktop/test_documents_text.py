"""Text of documents on the screen: marked where it should be, and nothing in it is more than text."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from PySide6.QtGui import QTextDocument

from voicebot.desktop.documents_text import EXCERPT, excerpt, html, matches, quoted

HOSTILE = (
    '<img src="http://127.0.0.1/a.png"> <a href="file:///etc/passwd">x</a> <b>&amp;</b>\n'
    "</p><style>@import url(http://127.0.0.1/a.css)</style> ![x](http://127.0.0.1/b.png)"
)


@pytest.mark.parametrize("text", [HOSTILE, "a\n\nb  c\n", "한국어 <문서> & 글\n둘째 줄", ""])
def test_what_is_drawn_is_the_text_letter_by_letter(text: str) -> None:
    marked = html(text, [(0, min(3, len(text)))], "b")
    drawn = QTextDocument()
    drawn.setHtml(f"<style>p {{ white-space: pre-wrap; }}</style><p>{marked}</p>")
    assert drawn.toPlainText() == text
    assert re.findall(r"<(\w+)", html(text, [], "b")) == ["br"] * text.count("\n")


def test_a_quote_is_found_whatever_white_space_stands_in_it() -> None:
    text = "Before it. Employees get 25\ndays  of paid leave (a year). After it."
    start, end = quoted(text, "Employees get 25 days of paid leave (a year).") or (0, 0)
    assert text[start:end] == "Employees get 25\ndays  of paid leave (a year)."
    assert quoted(text, "Employees get 26 days") is None
    assert quoted(text, " ") is None


def test_the_words_that_were_looked_for_are_marked_by_their_terms() -> None:
    def terms(word: str) -> list[str]:
        return [word.lower().removesuffix("s")]

    text = "Leaves, leave and LEAVE; not sleeve."
    assert [text[start:end] for start, end in matches(text, ["leave"], terms)] == ["Leaves", "leave", "LEAVE"]
    assert html("a <leave>", [(3, 8)], "b") == "a &lt;<b>leave</b>&gt;"


def test_an_excerpt_begins_before_the_first_word_and_keeps_its_marks() -> None:
    text = "word " * 100 + "needle and\nthe needle " + "more " * 100
    spans = [found.span() for found in re.finditer("needle", text)]
    line, inside = excerpt(text, spans)
    assert line.startswith("… word") and line.endswith(" …")
    assert "\n" not in line
    assert len(line) <= EXCERPT + 4
    assert [line[start:end] for start, end in inside] == ["needle", "needle"]
    assert excerpt("short", []) == ("short", [])
