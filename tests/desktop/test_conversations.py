"""The list of conversations: found, renamed, pinned, deleted and brought back, over a real history."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from tests.desktop.running import Engines, Window, quick, until, window
from voicebot.desktop.conversations import FIRST, ROLES, Conversations, highlighted, when
from voicebot.desktop.words import Words
from voicebot.history import Summary

pytestmark = pytest.mark.usefixtures("qt")


class Held:
    """Stands where the core does, and answers when the test says so."""

    def __init__(self) -> None:
        self.answers: list[Callable[[Any], None]] = []

    def ask(self, _: object, answer: Callable[[Any], None]) -> None:
        self.answers.append(answer)


def summary(number: int, title: str, **changes: Any) -> Summary:
    return Summary(number, title, 1.0, changes.get("changed", 1.0), False, "an excerpt", 1)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Window]:
    with window(Engines(file=tmp_path / "history.db", llm=quick("Yes, indeed it is."))) as made:
        yield made


def talk_about(app: Window, *questions: str) -> dict[str, int]:
    for question in questions:
        app.root.newConversation()
        until(lambda: not app.rows(), "a new conversation")
        app.ask(question)
    until(lambda: set(app.titles()) >= set(questions), "the list")
    return {one.title: one.id for one in app.root.conversations._found}


def test_a_late_answer_does_not_replace_a_newer_one() -> None:
    core = Held()
    conversations = Conversations(core, Words("en"))  # type: ignore[arg-type]
    QAbstractItemModelTester(conversations, QAbstractItemModelTester.FailureReportingMode.Fatal, conversations)
    conversations.refresh()
    conversations.refresh()
    first, second = core.answers
    second([summary(2, "new")])
    first([summary(1, "old")])
    assert [one.title for one in conversations._found] == ["new"]
    conversations.refresh()
    core.answers[-1]([])
    assert conversations.rowCount() == 0


def test_searching_finds_what_was_said_in_both_languages(app: Window) -> None:
    talk_about(app, "Where is the harbour?", "부산은 어디에 있나요?")
    for query, title in (("harb", "Where is the harbour?"), ("부산", "부산은 어디에 있나요?")):
        app.root.conversations.setProperty("query", query)
        until(lambda title=title: app.titles() == [title], query)
    index = app.root.conversations.index(0, 0)
    assert "<b>부산</b>" in app.root.conversations.data(index, FIRST + ROLES.index("excerpt"))
    app.root.conversations.setProperty("query", "")
    until(lambda: len(app.titles()) == 2, "all")


def test_several_are_deleted_and_brought_back_the_last_first(app: Window) -> None:
    numbers = talk_about(app, "First of all?", "Second of all?", "Third of all?")
    removed: list[str] = []
    app.root.conversations.removed.connect(removed.append)
    for title in ("First of all?", "Second of all?"):
        app.root.conversations.remove(numbers[title])
    until(lambda: app.titles() == ["Third of all?"], "two gone")
    assert removed == ["First of all?", "Second of all?"]
    app.root.conversations.restore()
    until(lambda: "Second of all?" in app.titles(), "the second")
    assert "First of all?" not in app.titles()
    app.root.conversations.restore()
    until(lambda: len(app.titles()) == 3, "the first")
    app.root.conversations.restore()
    app.root.conversations.refresh()
    assert not app.said


def test_renamed_to_nothing_it_bears_its_first_question(app: Window) -> None:
    [number] = talk_about(app, "What is it?").values()
    app.root.conversations.rename(number, "  The <b>clock</b>  ")
    until(lambda: app.titles() == ["The <b>clock</b>"], "the title")
    app.root.conversations.rename(number, "   ")
    until(lambda: app.titles() == ["What is it?"], "the question")


def test_pinned_it_is_first(app: Window) -> None:
    numbers = talk_about(app, "First of all?", "Second of all?")
    app.root.conversations.pin(numbers["First of all?"], True)
    until(lambda: app.titles() == ["First of all?", "Second of all?"], "the pin")


def test_what_is_gone_is_told(app: Window) -> None:
    app.root.conversations.rename(4711, "No such conversation")
    until(lambda: app.said, "what went wrong")
    assert "not in the history" in app.said[0][0]


@pytest.mark.parametrize(("language", "you"), [("en", "**You**"), ("ko", "**나**")])
def test_exports_are_in_the_language_of_the_window(app: Window, tmp_path: Path, language: str, you: str) -> None:
    [number] = talk_about(app, "What is it?").values()
    app.root.appearance.setProperty("language", language)
    exported: list[str] = []
    app.root.conversations.exported.connect(exported.append)
    app.root.conversations.export(number, "markdown", str(tmp_path / "out"))
    until(lambda: exported, "the export")
    assert you in Path(exported[0]).read_text("utf-8")


def test_when_is_written_as_in_the_language_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    time.tzset()
    now = 1_700_000_000.0  # 14 November 2023, 22:13:20
    month, year = 14 * 86_400.0, 330 * 86_400.0
    assert [when(now - ago, now, "en") for ago in (60, month, year)] == ["22:12", "Oct 31", "2022-12-19"]
    assert [when(now - ago, now, "ko") for ago in (60, month, year)] == ["22:12", "10월 31일", "2022-12-19"]


def test_when_changes_with_the_language() -> None:
    words = Words("en")
    conversations = Conversations(Held(), words)  # type: ignore[arg-type]
    year = time.localtime().tm_year
    then = time.mktime((year, 1, 1, 12, 0, 0, 0, 0, -1))
    other = then if time.localtime()[1:3] != (1, 1) else then + 86_400
    conversations.show([summary(1, "x", changed=other)])
    told: list[int] = []
    conversations.dataChanged.connect(lambda *_: told.append(1))
    before = conversations.data(conversations.index(0, 0), FIRST + ROLES.index("when"))
    words.use("ko")
    after = conversations.data(conversations.index(0, 0), FIRST + ROLES.index("when"))
    assert told == [1]
    assert before.startswith("Jan ")
    assert after.startswith("1월 ")


def test_an_excerpt_is_safe_html() -> None:
    assert highlighted("<b>a</b> & c", ((9, 10),)) == "&lt;b&gt;a&lt;/b&gt; <b>&amp;</b> c"
