"""Sources of an answer in the conversation: shown before its first word, linked in its text, kept with it."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6.QtQml", exc_type=ImportError)

from tests.desktop.happening import answered, asked, kept
from voicebot.desktop.conversation import Conversation
from voicebot.desktop.entries import Role
from voicebot.desktop.markdown import blocks
from voicebot.desktop.words import Words
from voicebot.events import Citation, ReplyDelta, ReplyEnded, Sourced

HANDBOOK = Citation(1, "Handbook", "page 14", "/tmp/handbook.pdf", "25 days", 14, 7)
MINUTES = Citation(2, "Minutes", "", "/tmp/minutes.md", "until May", None, 9)


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(Words("en"))


def sources(conversation: Conversation) -> list[tuple[int, bool]]:
    row = conversation.index(conversation.rowCount() - 1, 0)
    role = next(number for number, name in conversation.roleNames().items() if name == b"sources")
    return [(one["number"], one["cited"]) for one in conversation.data(row, role)]


def drawn(conversation: Conversation) -> str:
    entry = conversation.entry(1, Role.ASSISTANT)
    assert entry is not None
    return "".join(block.body for block in entry.blocks())


def test_they_are_there_before_the_first_word_and_those_not_cited_step_back(conversation: Conversation) -> None:
    for event in (*asked(1), Sourced(1, (HANDBOOK, MINUTES))):
        conversation.apply(event)
    assert sources(conversation) == [(1, True), (2, True)]
    conversation.apply(ReplyDelta(1, "You get 25 days [1]"))
    assert sources(conversation) == [(1, True), (2, True)]
    for event in (ReplyEnded(1, "You get 25 days [1].", (HANDBOOK,)), *answered(1, "You get 25 days [1].")):
        conversation.apply(event)
    assert sources(conversation) == [(1, True), (2, False)]
    assert '<a class="source" href="source:1">[1]</a>' in drawn(conversation)


def test_sources_that_overtake_the_turns_beginning_are_not_lost(conversation: Conversation) -> None:
    conversation.apply(Sourced(1, (HANDBOOK,)))
    conversation.apply(ReplyDelta(1, "So it is [1]."))
    assert sources(conversation) == [(1, True)]


def test_an_old_answer_has_those_that_it_cited(conversation: Conversation) -> None:
    conversation.show([kept(1, citations=(HANDBOOK,), written="You get 25 days [1].", heard="You get 25 days [1].")])
    assert sources(conversation) == [(1, True)]
    assert "source:1" in drawn(conversation)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("It is so [1], and so [2].", ["1", "2"]),
        ("It is so [1, 2] or 【1】.", ["1", "2", "1"]),
        ("It is so [3], though no source is.", []),
        ("Item [1](https://example.com) is a link of its own.", []),
        ("`list[1]` is code, and so is\n\n```\nlist[2]\n```", []),
        ("**Bold [1]**, and\n\n- an item [2]", ["1", "2"]),
        ("[a lure](source:1)", []),
    ],
)
def test_numbers_of_sources_alone_are_links(text: str, links: list[str]) -> None:
    html = "".join(block.body for block in blocks(text, frozenset({1, 2})))
    assert [part.split('"')[0] for part in html.split('href="source:')[1:]] == links


def test_without_sources_a_number_in_brackets_is_text() -> None:
    assert "source:" not in "".join(block.body for block in blocks("It is so [1]."))
