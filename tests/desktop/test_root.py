"""The window's commands over a real core: scripted engines, the simulated card, a real history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.desktop.happening import failed, kept
from tests.desktop.running import Engines, Window, until, window
from voicebot.desktop.entries import Role
from voicebot.errors import EngineError
from voicebot.events import Failed, State, StateChanged
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.readiness import NotReady, Ready

pytestmark = pytest.mark.usefixtures("qt")
CLOCK = "It is a clock. It tells the time of the day."


@pytest.fixture
def engines(tmp_path: Path) -> Engines:
    return Engines(file=tmp_path / "history.db", recordings=tmp_path / "recordings")


@pytest.fixture
def app(engines: Engines) -> Iterator[Window]:
    with window(engines) as made:
        yield made


def last(app: Window) -> int:
    return app.root.conversation.entries[-1].turn


def test_what_was_said_is_there_again_after_a_restart(engines: Engines) -> None:
    for _ in range(2):
        with window(engines) as app:
            app.ask("What is it?")
    with window(engines) as app:
        until(lambda: len(app.rows()) == 4, "the conversation of before")
        assert app.rows() == [("user", "said", "What is it?"), ("assistant", "done", CLOCK)] * 2
        assert app.titles() == ["What is it?"]
        assert app.root.conversations.property("current")


def test_an_edited_question_is_another_version(app: Window) -> None:
    app.ask("What is it?")
    app.root.editAndSend(last(app), "What was it?")
    until(lambda: [one[2] for one in app.rows()] == ["What was it?", CLOCK], "the other answer")
    until(lambda: len(app.root.conversation.entries[0].versions) == 2, "the versions")
    entry = app.root.conversation.entries[0]
    assert entry.version == 1
    app.root.showVersion(entry.versions[0])
    until(lambda: app.rows()[0][2] == "What is it?", "the first version")


def test_an_answer_is_written_again(app: Window) -> None:
    app.ask("What is it?")
    turn = last(app)
    app.root.regenerate(turn)
    until(lambda: len(app.rows()) == 2 and app.root.conversation.entries[0].version == 1, "the second answer")
    assert last(app) != turn


def test_a_version_that_cannot_be_made_leaves_the_one_that_is_there(app: Window) -> None:
    app.ask("What is it?")
    turn = last(app)
    app.root.conversation.entries[0].recorded = True  # its recording was deleted meanwhile
    app.root.retry(turn, "", "")
    assert app.rows() == []
    until(lambda: app.said, "what went wrong")
    until(lambda: len(app.rows()) == 2, "the turn")
    assert "There is no recording of that" in app.said[0][0]


def test_a_failed_turn_is_tried_with_another_engine_that_is_there_first(engines: Engines) -> None:
    engines.llm = ScriptedLanguageModel((Line("x", 0.0, 5000.0, fails_after=0, error=EngineError("it broke")),))
    with window(engines) as app:
        app.ask("What is it?")
        assert app.rows()[-1][1] == "failed"
        app.root.retry(last(app), "llm", "scripted")
        until(lambda: app.rows() and app.rows()[-1][1] in ("writing", "speaking", "done"), "another answer")
        assert len(engines.llm.requests) == 1, "the engine that had failed was asked again"


def test_an_engine_that_cannot_be_made_changes_nothing(app: Window) -> None:
    app.ask("What is it?")
    app.root.retry(last(app), "llm", "no such engine")
    until(lambda: app.said and len(app.rows()) == 2, "the turn")
    assert "There is no language model called" in app.said[0][0]


def test_another_conversation_while_an_answer_is_written(engines: Engines) -> None:
    endless = Line("one two three four five six seven eight nine ten eleven twelve", 0.0, 2.0)
    engines.llm = ScriptedLanguageModel((Line("First answer of all.", 0.0, 5000.0), endless, Line(CLOCK, 0.0, 5000.0)))
    with window(engines) as app:
        app.ask("What is it?")
        until(lambda: app.root.conversations.property("current"), "the conversation")
        first = app.root.conversations.property("current")
        app.root.newConversation()
        until(lambda: not app.rows(), "a new conversation")
        app.root.ask("And that?")
        until(lambda: app.rows() and app.rows()[-1][1] == "writing", "an answer")
        before = len(app.ended)
        app.root.openConversation(first)
        until(lambda: len(app.ended) > before and app.rows() and app.rows()[0][2] == "What is it?", "the first one")
        assert [row[2] for row in app.rows()] == ["What is it?", "First answer of all."]
        app.ask("More?")
        assert [row[2] for row in app.rows()] == ["What is it?", "First answer of all.", "More?", CLOCK]


def test_saying_again_leaves_no_bubble_and_its_failure_is_told(engines: Engines) -> None:
    with window(engines) as app:
        app.ask("What is it?")
        before = len(app.ended)
        app.root.replay(last(app), "assistant")
        until(lambda: len(app.ended) > before, "the end of it")
        assert len(app.rows()) == 2
        assert engines.tts is not None
        engines.tts.fails_at, engines.tts.error = 0, EngineError("the voice broke")
        app.root.replay(last(app), "assistant")
        until(lambda: app.said, "what went wrong")
        assert app.said[0] == ("The voice broke", "failure")
        assert len(app.rows()) == 2


def test_a_failure_that_the_conversation_shows_is_not_told_twice(app: Window) -> None:
    app.root.apply(StateChanged(50, State.THINKING))
    for event in failed(50):
        app.root.apply(event)
    assert app.said == []
    app.root.apply(Failed(0, "speaker", "it broke"))
    assert app.said == [("It broke", "failure")]


def test_older_turns_are_read_when_they_are_wanted(app: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.desktop.root.PAGE", 2)
    for number in range(5):
        app.ask(f"Question {number}?")
    number = app.root.conversations.property("current")
    app.root.openConversation(number)
    until(lambda: len(app.rows()) == 4, "the last page")
    app.root.loadOlder()
    app.root.loadOlder()
    until(lambda: len(app.rows()) == 8, "the page before")
    app.root.loadOlder()
    until(lambda: len(app.rows()) == 10, "the first page")
    assert [row[2] for row in app.rows()[::2]] == [f"Question {number}?" for number in range(5)]


def test_older_turns_of_another_conversation_are_not_taken(app: Window) -> None:
    from voicebot.desktop.root import Page

    app.ask("What is it?")
    until(lambda: app.root.conversations.property("current"), "the conversation")
    app.root._show_page(Page(99, [kept(-9)], before=last(app)))
    assert len(app.rows()) == 2


def test_deleting_the_conversation_that_is_shown_leaves_it(app: Window) -> None:
    app.ask("What is it?")
    until(lambda: app.root.conversations.property("current"), "the conversation")
    app.root.conversations.remove(app.root.conversations.property("current"))
    until(lambda: not app.rows() and not app.titles(), "an empty window")
    app.root.conversations.restore()
    until(lambda: app.titles() == ["What is it?"], "it is back")


def test_only_local_engines_and_chosen_ones_are_offered(app: Window) -> None:
    ready = Ready("here")
    found = [
        ("llm", "offline", True, ready),
        ("llm", "openai", False, ready),
        ("stt", "whisper", True, NotReady("no weights", "download them")),
        ("tts", "gtts", False, ready),
    ]
    app.root.engines._take(found)
    assert app.root.engines.property("ready") == {"stt": [], "llm": ["offline"], "tts": []}


def test_an_engine_that_sends_away_is_offered_once_it_was_chosen(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEBOT_LLM_ENGINE", "openai:some-model")
    with window(engines) as app:
        assert app.root._opened.settings.llm.engine == "openai:some-model"
        app.root.engines._take([("llm", "openai", False, Ready("here")), ("stt", "openai", False, Ready("here"))])
        assert app.root.engines.property("ready") == {"stt": [], "llm": ["openai"], "tts": []}


def test_settings_are_kept_and_what_cannot_be_is_told(app: Window) -> None:
    app.root.appearance.setProperty("theme", "dark")
    until(lambda: app.root._opened.home.settings_file.is_file(), "the settings")
    until(lambda: "dark" in app.root._opened.home.settings_file.read_text("utf-8"), "the theme")
    app.root.keep("desktop.theme", "blue")
    until(lambda: app.said, "what went wrong")


def test_what_is_copied_has_no_marks(app: Window, qt: QGuiApplication) -> None:
    app.ask("What \ufdd0is it?")
    app.root.copy(last(app), "user")
    assert QGuiApplication.clipboard().text() == "What is it?"


def test_only_web_links_open(app: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("voicebot.desktop.root.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    for address in ("https://x.example/a", "file:///etc/passwd", "javascript:alert(1)", "//x.example", "mailto:a@b"):
        app.root.openLink(address)
    assert opened == ["https://x.example/a"]


def test_a_question_of_spaces_is_none(app: Window) -> None:
    app.root.ask("  \n")
    app.root.editAndSend(1, " ")
    app.ask("What is it?")
    assert len(app.rows()) == 2
    assert app.root.conversation.entry(last(app), Role.USER) is not None
