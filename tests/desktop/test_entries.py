"""A turn as entries: as it happens, in whatever order it is told, and as the history kept it."""

from __future__ import annotations

import pytest

from tests.desktop.happening import ANSWER, RECORDING, kept
from tests.desktop.test_markdown import checked, spans
from voicebot.desktop.entries import Entry, Role, Status, changed, of_turn
from voicebot.events import (
    Cost,
    Failed,
    ReplyDelta,
    ReplyEnded,
    Sentence,
    SentenceSpoken,
    SentenceStarted,
    Spoken,
    TurnEnded,
    Used,
)
from voicebot.sentences import split


def roles(entries: list[Entry]) -> list[tuple[str, str, str]]:
    return [(entry.role, entry.status, entry.text) for entry in entries]


def marks(entry: Entry, kind: str = "spoken") -> str:
    return "".join(words for of, words in checked(entry.blocks()).spans if of == kind)


def an_answer(text: str = ANSWER) -> Entry:
    entry = Entry(1, Role.ASSISTANT, Status.THINKING)
    changed(entry, ReplyDelta(1, text))
    for number, piece in enumerate(split(text)):
        changed(entry, Sentence(1, number, piece, piece, "en"))
    changed(entry, ReplyEnded(1, text))
    return entry


# -- as the history kept it ------------------------------------------------------------------------------------------


def test_an_answered_turn() -> None:
    question, answer = of_turn(kept())
    assert (question.status, question.typed, question.recorded) == (Status.SAID, True, False)
    assert (answer.status, answer.heard, answer.engine) == (Status.DONE, None, "scripted")


def test_a_cut_turn_shows_what_was_not_heard() -> None:
    _, answer = of_turn(kept(outcome="interrupted", interrupted=True, heard="It is a **clock**,"))
    assert answer.status is Status.CUT
    assert marks(answer, "unheard") == "of course. It tells the time of the day."


def test_a_turn_in_which_the_program_died_is_cut() -> None:
    _, answer = of_turn(kept(outcome=None, heard=""))
    assert answer.status is Status.CUT
    assert marks(answer, "unheard").startswith("It is a")


def test_a_question_to_which_the_program_died_stands_alone() -> None:
    assert roles(list(of_turn(kept(outcome=None, heard="", written="")))) == [("user", "said", "What is it?")]


@pytest.mark.parametrize("written", ["", ANSWER])
def test_a_failed_turn_says_why_and_keeps_its_text(written: str) -> None:
    _, answer = of_turn(kept(outcome="failed", written=written, heard="", failure="it broke: no reason"))
    assert (answer.status, answer.text, answer.what) == (Status.FAILED, written, "it broke: no reason")
    assert not marks(answer, "unheard")


def test_a_recording_that_was_not_recognised_can_be_tried_again() -> None:
    question, answer = of_turn(kept(question="", written="", heard="", outcome="failed", recording=RECORDING))
    assert (question.role, question.recorded, question.typed) == (Role.USER, True, False)
    assert (answer.role, answer.status) == (Role.ASSISTANT, Status.FAILED)


@pytest.mark.parametrize("outcome", ["no speech", "interrupted"])
def test_where_nothing_was_said_there_is_nothing(outcome: str) -> None:
    assert not list(of_turn(kept(question="", written="", heard="", outcome=outcome, recording=RECORDING)))


@pytest.mark.parametrize("outcome", ["no speech", "interrupted"])
def test_but_its_other_versions_can_be_reached(outcome: str) -> None:
    [one] = of_turn(kept(4, question="", written="", heard="", outcome=outcome, versions=(2, 4), version=1))
    assert (one.role, one.versions, one.version) == (Role.USER, (2, 4), 1)


def test_an_announcement_has_no_question() -> None:
    assert [one.role for one in of_turn(kept(question="", engines={}))] == [Role.ASSISTANT]


# -- the sentence that is spoken -------------------------------------------------------------------------------------


def test_of_two_equal_sentences_the_spoken_one_is_marked() -> None:
    text = "This is said twice, really.\n\nThis is said twice, really.\n\nThis is said twice, really."
    entry = an_answer(text)
    pieces = entry.sentences
    last = max(pieces)
    changed(entry, SentenceStarted(1, last, 0.0))
    assert pieces[last].strip() in text
    drawn = "".join(block.body for block in entry.blocks())
    assert drawn.count("spoken") == 1
    assert drawn.index("spoken") > drawn.index("</p><p>", drawn.index("</p><p>") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "# A heading of it\n\nThe first sentence is here. The second sentence is there.",
        "- one thing in a list\n- another thing in a list\n\n1. the first of them all\n2. the second of them all\n",
        "Here is some code:\n\n```python\nprint(1)\n```\n\nAnd that was the code of it.",
        "첫 번째 문장은 이것입니다. 두 번째 문장은 **저것**입니다.\n\n"
        "- 목록의 첫째 항목입니다\n- 목록의 둘째 항목입니다\n",
    ],
)
def test_each_sentence_is_marked_in_its_turn_and_nothing_else(text: str) -> None:
    entry = an_answer(text)
    told = []
    for number in entry.sentences:
        changed(entry, SentenceStarted(1, number, 0.0))
        told.append(marks(entry))
        changed(entry, SentenceSpoken(1, number))
        assert not marks(entry)
    spoken_code = "print" in "".join(told)
    assert not spoken_code
    whole = "".join(checked(entry.blocks()).words.split())
    assert "".join("".join(told).split()) == whole


def test_the_mark_survives_what_is_still_written() -> None:
    entry = an_answer("One sentence is being said. ")
    changed(entry, SentenceStarted(1, 0, 0.0))
    before = marks(entry)
    changed(entry, ReplyDelta(1, "More of it comes."))
    assert marks(entry) == before != ""


def test_a_models_own_marks_are_dropped() -> None:
    entry = an_answer("a \ufdd0b\ufdd2 c, and then some more words.")
    assert not marks(entry)
    changed(entry, SentenceStarted(1, 0, 0.0))
    assert "b" in marks(entry)


# -- out of order ----------------------------------------------------------------------------------------------------


def test_what_is_late_does_not_wake_an_ended_answer() -> None:
    entry = an_answer()
    changed(entry, TurnEnded(1, "answered"))
    changed(entry, SentenceStarted(1, 0, 0.0))
    changed(entry, ReplyDelta(1, " More."))
    assert entry.status is Status.DONE
    assert not entry.sentences


def test_a_failure_stays_when_the_turn_ends() -> None:
    entry = an_answer()
    changed(entry, Failed(1, "tts", "it broke", "no reason", "mend it"))
    changed(entry, Spoken(1, "It is", False))
    changed(entry, TurnEnded(1, "failed"))
    assert (entry.status, entry.what, entry.text) == (Status.FAILED, "it broke", ANSWER)


def test_what_was_heard_with_other_spaces_is_found() -> None:
    entry = an_answer("One  sentence\nis here. Another one is there.")
    changed(entry, Spoken(1, "One sentence is here.", False))
    changed(entry, TurnEnded(1, "interrupted"))
    assert marks(entry, "unheard") == "Another one is there."


def test_what_was_heard_and_stands_nowhere_marks_nothing() -> None:
    entry = an_answer()
    changed(entry, Spoken(1, "Something else", False))
    changed(entry, TurnEnded(1, "interrupted"))
    assert not marks(entry, "unheard")
    assert spans(entry.text) == ""


def test_what_a_turn_cost_is_with_its_answer_as_it_ends_and_as_it_was_kept() -> None:
    cost = Cost((Used("openai", "m1", "output tokens", 100, 0.0004),))
    entry = an_answer()
    assert changed(entry, TurnEnded(1, "answered", cost=cost))
    _, again = of_turn(kept(cost=cost))
    assert entry.cost == again.cost == cost
