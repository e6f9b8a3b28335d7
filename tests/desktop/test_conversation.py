"""The conversation as a list: every order of events leaves it whole, and nothing of another conversation in it."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from tests.desktop.happening import (
    ANSWER,
    QUESTION,
    answered,
    asked,
    failed,
    kept,
    nothing,
    said,
    spoken,
    stopped,
    written,
)
from voicebot.desktop.blocks import BlockModel
from voicebot.desktop.conversation import FIRST, ROLES, Conversation
from voicebot.desktop.entries import Role
from voicebot.desktop.words import Words
from voicebot.events import (
    Event,
    Failed,
    Level,
    ReplyDelta,
    ReplyEnded,
    Sentence,
    SentencesEnded,
    Spoken,
    State,
    StateChanged,
    Transcript,
    TurnEnded,
)

pytestmark = pytest.mark.usefixtures("qt")
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def made() -> Conversation:
    conversation = Conversation(Words("en"))
    conversation.tester = QAbstractItemModelTester(conversation, FATAL, conversation)  # type: ignore[attr-defined]
    return conversation


def told(conversation: Conversation, *events: Iterable[Event]) -> Conversation:
    for event in (event for some in events for event in some):
        conversation.apply(event)
    conversation.redraw()
    return conversation


def rows(conversation: Conversation) -> list[tuple[str, str, str]]:
    return [(entry.role, entry.status, entry.text) for entry in conversation.entries]


USER, DONE = ("user", "said", QUESTION), ("assistant", "done", ANSWER)


@pytest.mark.parametrize("begin", [asked, spoken])
def test_a_question_and_its_answer(begin: object) -> None:
    conversation = told(made(), begin(1), written(1), said(1), answered(1))  # type: ignore[operator]
    assert rows(conversation) == [USER, DONE]
    assert not conversation._dirty


def test_words_appear_while_they_are_spoken() -> None:
    conversation = told(made(), spoken(1)[:2])
    assert rows(conversation) == [("user", "hearing", "What")]


def test_the_transcript_may_come_after_the_thinking_began() -> None:
    events = spoken(1)
    events[-1], events[-2] = events[-2], events[-1]
    assert [role for role, *_ in rows(told(made(), events))] == ["user", "assistant"]


def test_the_end_may_overtake_the_last_words() -> None:
    late = written(1)
    conversation = told(made(), asked(1), late[:3], answered(1), late[3:])
    assert rows(conversation) == [USER, DONE]


def test_the_transcript_may_come_after_the_end() -> None:
    thinking, transcript = asked(1)
    conversation = told(made(), [thinking], written(1), answered(1), [transcript])
    assert rows(conversation) == [USER, DONE]


def test_no_speech_is_said_and_a_recording_is_known_to_be_there() -> None:
    conversation = told(made(), spoken(1)[:4], nothing(1))
    assert [status for _, status, _ in rows(conversation)] == ["nothing"]
    assert conversation.entries[0].recorded


def test_where_no_recording_is_kept_none_is_offered() -> None:
    assert not told(made(), spoken(1, recording=None)).entries[0].recorded


def test_a_failure_before_any_word_is_an_answer_that_says_why() -> None:
    conversation = told(made(), spoken(1)[:1], spoken(1)[2:4], failed(1, "stt"))
    assert rows(conversation) == [("user", "failed", ""), ("assistant", "failed", "")]
    assert conversation.entries[1].fix == "mend it"


@pytest.mark.parametrize("begun", [0, 4, 100])
def test_a_failure_keeps_the_question_and_what_was_written(begun: int) -> None:
    conversation = told(made(), asked(1), written(1)[:begun], failed(1))
    question, answer = rows(conversation)
    assert question == USER
    assert answer[1] == "failed"
    assert ANSWER.startswith(answer[2])


def test_stopped_while_listening_leaves_nothing() -> None:
    assert not rows(told(made(), spoken(1)[:2], stopped(1)))


def test_stopped_while_thinking_leaves_the_question() -> None:
    assert rows(told(made(), asked(1), stopped(1))) == [USER]


def test_stopped_while_speaking_shows_where() -> None:
    conversation = told(made(), asked(1), written(1), said(1)[:2], stopped(1, "It is a"))
    assert rows(conversation) == [USER, ("assistant", "cut", ANSWER)]
    assert conversation.entries[1].heard == "It is a"


def test_words_that_come_after_the_stop_do_not_bring_the_answer_back() -> None:
    conversation = told(made(), asked(1), stopped(1), written(1), said(1))
    assert rows(conversation) == [USER]


def test_an_announcement_has_no_question() -> None:
    assert rows(told(made(), asked(1)[:1], written(1), said(1), answered(1))) == [DONE]


def test_saying_again_leaves_no_bubble() -> None:
    again: list[Event] = [StateChanged(2, State.SPEAKING), Sentence(2, 0, "a", "a", "en"), SentencesEnded(2, 1)]
    conversation = told(made(), asked(1), written(1), answered(1))
    told(conversation, again, said(2), [Failed(2, "tts", "it broke")], answered(2))
    assert rows(conversation) == [USER, DONE]
    assert not conversation.shows(2)


def test_another_version_takes_the_place_of_a_turn_that_still_answers() -> None:
    conversation = told(made(), asked(1), written(1), answered(1), asked(2), written(2)[:4])
    conversation.cut_from(1)
    told(conversation, written(2)[4:], stopped(2, ""), asked(3, "And now?"), written(3), answered(3))
    assert rows(conversation) == [("user", "said", "And now?"), DONE]


def test_cutting_what_is_not_there_takes_nothing_away() -> None:
    conversation = told(made(), asked(5))
    conversation.cut_from(2)
    assert len(rows(conversation)) == 2


def test_turns_of_another_program_are_found_by_their_odd_numbers() -> None:
    conversation = made()
    conversation.show([kept(3), kept(-4), kept(5)])
    assert conversation.entry(3, Role.USER) is not None
    conversation.cut_from(-4)
    assert [entry.turn for entry in conversation.entries] == [3, 3]


def test_older_turns_come_before_while_an_answer_is_written() -> None:
    conversation = told(made(), asked(9), written(9)[:3])
    conversation.prepend([kept(1), kept(2)])
    told(conversation, written(9)[3:], answered(9))
    assert [entry.turn for entry in conversation.entries] == [1, 1, 2, 2, 9, 9]
    assert rows(conversation)[-1] == DONE


def test_nothing_of_a_turn_appears_in_another_conversation() -> None:
    conversation = told(made(), asked(3), written(3)[:4])
    conversation.show([kept(1)])
    told(conversation, written(3)[4:], said(3), stopped(3, ""), asked(3))
    assert [entry.turn for entry in conversation.entries] == [1, 1]
    assert rows(told(conversation, asked(4), written(4), answered(4)))[-1] == DONE


def test_a_turn_that_begins_before_the_new_conversation_is_shown_belongs_to_it() -> None:
    """Space is pressed at once after "New conversation": its page is still on the way."""
    conversation = told(made(), asked(3), written(3), answered(3), asked(4))
    conversation.show([], after=3)
    assert [entry.turn for entry in conversation.entries] == [4, 4]
    told(conversation, written(4), answered(4))
    assert rows(conversation) == [USER, DONE]


def test_shown_again_while_the_next_is_said() -> None:
    conversation = told(made(), asked(1), written(1), answered(1), asked(2), written(2)[:4])
    conversation.show_again([kept(1, versions=(1, 5)), kept(2, written="", heard="", outcome=None)])
    told(conversation, written(2)[4:], answered(2))
    assert rows(conversation) == [USER, DONE, USER, DONE]
    assert conversation.entries[0].versions == (1, 5)


def test_a_level_and_what_belongs_to_no_turn_add_nothing() -> None:
    assert not rows(told(made(), [Level(1, -20.0), StateChanged(0, State.THINKING), Level(0, -20.0)]))


def test_every_role_can_be_read_in_every_state() -> None:
    conversation = made()
    seen = 0
    for event in [*spoken(1), *written(1), *said(1), *stopped(1, "It"), *spoken(2), *failed(2)]:
        conversation.apply(event)
        for row in range(conversation.rowCount()):
            for role in range(FIRST, FIRST + len(ROLES)):
                conversation.data(conversation.index(row, 0), role)
                seen += 1
    assert seen
    assert conversation.data(QModelIndex(), FIRST) is None


def test_half_a_letter_reaches_the_screen() -> None:
    conversation = told(made(), [ReplyDelta(1, "a \ud83d"), ReplyDelta(1, "\ude00 b")])
    value = conversation.data(conversation.index(0, 0), FIRST + ROLES.index("text"))
    assert value.startswith("a ")


def test_nothing_stays_of_what_was_taken_away(qt: QGuiApplication) -> None:
    conversation = made()
    for turn in range(1, 40):
        told(conversation, asked(turn), written(turn), answered(turn))
        drawn = [conversation.data(conversation.index(row, 0), FIRST + ROLES.index("blocks")) for row in (0, 1)]
        assert all(isinstance(one, BlockModel) for one in drawn)
        if turn % 3 == 0:
            conversation.show([kept(turn)])
        elif turn % 3 == 1:
            conversation.cut_from(conversation.entries[0].turn)
        else:
            conversation.show_again([])
        del drawn
        gc.collect()
        assert set(conversation._drawn) <= {id(entry) for entry in conversation.entries}
        assert set(conversation._dirty) <= {id(entry) for entry in conversation.entries}
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(conversation.findChildren(BlockModel)) == len(conversation._drawn) <= 2


def test_a_removed_entrys_place_is_not_taken_for_anothers() -> None:
    conversation = made()
    for turn in range(1, 60):
        text = f"Answer number {turn}."
        told(conversation, [ReplyDelta(turn, text)])
        blocks = conversation.data(conversation.index(0, 0), FIRST + ROLES.index("blocks"))
        assert text in blocks.data(blocks.index(0, 0), FIRST + 1)
        conversation.cut_from(turn)


def test_while_written_only_what_changed_is_told() -> None:
    conversation = told(made(), [ReplyDelta(1, "\n\n".join(f"Paragraph {n} " + "of words " * 30 for n in range(40)))])
    blocks = conversation.data(conversation.index(0, 0), FIRST + ROLES.index("blocks"))
    QAbstractItemModelTester(blocks, FATAL, blocks)
    changed: list[int] = []
    blocks.dataChanged.connect(lambda first, last, roles: changed.extend(range(first.row(), last.row() + 1)))
    told(conversation, [ReplyDelta(1, "and more")])
    assert changed == [blocks.rowCount() - 1]
    assert blocks.rowCount() > 3


STORIES = (
    lambda turn: [*asked(turn), *written(turn), *said(turn), *answered(turn)],
    lambda turn: [*spoken(turn), *written(turn), *said(turn)[:3], *stopped(turn, "It is")],
    lambda turn: [*spoken(turn)[:3], *stopped(turn)],
    lambda turn: [*spoken(turn)[:4], *nothing(turn)],
    lambda turn: [*asked(turn), *written(turn)[:5], *failed(turn)],
    lambda turn: [*said(turn), *answered(turn)],
)
NO_SCREEN = ("hearing", "recognising", "thinking", "writing", "speaking")


@given(st.lists(st.sampled_from(range(len(STORIES))), min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_whatever_comes_in_whatever_order_the_list_is_whole(stories: list[int], chance: random.Random) -> None:
    """Signals overtake data, events are lost, pages come in between; at the end nothing is left going on."""
    conversation = made()
    counted: list[int] = []
    conversation.countChanged.connect(lambda: counted.append(conversation.rowCount()))
    for turn, story in enumerate(stories, start=1):
        events = [event for event in STORIES[story](turn) if chance.random() > 0.05]
        for place in range(len(events) - 1):
            if chance.random() < 0.2:
                events[place], events[place + 1] = events[place + 1], events[place]
        for event in events:
            conversation.apply(event)
            match chance.randrange(40):
                case 0:
                    conversation.show([kept(-1)])
                case 1:
                    conversation.show_again([kept(turn)])
                case 2:
                    conversation.prepend([kept(-turn - 10)])
                case 3:
                    conversation.cut_from(turn)
                case 4:
                    conversation.redraw()
            for row in range(conversation.rowCount()):
                conversation.data(conversation.index(row, 0), FIRST + ROLES.index("blocks"))
        conversation.apply(TurnEnded(turn, "answered"))
        conversation.redraw()
        turns = [entry.turn for entry in conversation.entries]
        assert all(turns.count(one) <= 2 for one in turns if one > 0)
        assert not [entry for entry in conversation.entries if entry.role == "assistant" and entry.status in NO_SCREEN]
        assert set(conversation._drawn) == {id(entry) for entry in conversation.entries}
    assert not counted or counted[-1] == conversation.rowCount()


def test_the_reply_and_its_end_alone_make_an_answer() -> None:
    events: list[Event] = [ReplyDelta(1, "Half"), ReplyEnded(1, ANSWER), Spoken(1, ANSWER, True)]
    thinking: list[Event] = [Transcript(1, QUESTION, "en", "typed")]
    assert rows(told(made(), thinking, events, [TurnEnded(1, "answered")])) == [USER, DONE]
