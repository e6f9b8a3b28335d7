"""A collection that is on: what was found goes with the question, and its source is shown, spoken and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from tests.conversation import Scene, voice
from voicebot.events import Citation, ReplyDelta, ReplyEnded, Sentence, Sourced, Spoken
from voicebot.listener import Hearing
from voicebot.llm.base import Grounding, Message, Source
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.stt.scripted import Line as Words
from voicebot.stt.scripted import ScriptedSpeechToText

HANDBOOK = Citation(1, "handbook", "page 14", "/docs/handbook.pdf", "Employees get 15 days of leave.", 14, 3)
STATUTES = Citation(2, "statutes", "page 2", "/docs/statutes.pdf", "The society is open to all.", 2, 9)
GROUNDING = Grounding(
    (Source(HANDBOOK, "Employees get 15 days of leave. Ask early."), Source(STATUTES, "The society is open to all."))
)
ANSWER = "You get 15 days of leave [1]. Ask for them early [1]."


@dataclass
class Shelf:
    """Finds the same for every question, and notes what it was asked."""

    grounding: Grounding | None = GROUNDING
    on: bool = True
    asked: list[tuple[str, str, tuple[Message, ...]]] = field(default_factory=list)
    foreseen: list[str] = field(default_factory=list)

    async def ground(self, question: str, language: str, before: Sequence[Message]) -> Grounding | None:
        self.asked.append((question, language, tuple(before)))
        return self.grounding

    def foresee(self, text: str, before: Sequence[Message]) -> None:
        self.foreseen.append(text)


def answering(*replies: str) -> ScriptedLanguageModel:
    return ScriptedLanguageModel([Line(reply) for reply in replies])


def typed(shelf: Shelf, *questions: str, llm: ScriptedLanguageModel | None = None) -> tuple[Scene, list[Citation]]:
    kept: list[Citation] = []

    async def script(scene: Scene) -> None:
        scene.assistant.responder.documents = shelf
        for question in questions:
            scene.assistant.ask(question)
            await scene.assistant.idle()
        [conversation] = await scene.history.conversations()
        for told in await scene.history.path(conversation.id):
            kept.extend(told.citations)

    return Scene(llm=llm or answering(ANSWER)).run(script), kept


def test_what_was_found_goes_with_the_question() -> None:
    shelf = Shelf()
    scene, _ = typed(shelf, "How many days of leave do I get?")
    assert [request.grounding for request in scene.llm.requests] == [GROUNDING]
    assert [question for question, _, _ in shelf.asked] == ["How many days of leave do I get?"]


def test_the_conversation_so_far_helps_to_find() -> None:
    shelf = Shelf()
    typed(shelf, "How many days of leave do I get?", "And when?")
    question, language, before = shelf.asked[-1]
    assert (question, language) == ("And when?", "en")
    assert [message.text for message in before] == ["How many days of leave do I get?", ANSWER]


def test_sources_are_told_before_the_first_word_and_those_cited_at_the_end() -> None:
    scene, _ = typed(Shelf(), "How many days of leave do I get?")
    events = scene.of(Sourced, ReplyDelta, ReplyEnded)
    assert events[0] == Sourced(1, (HANDBOOK, STATUTES))
    assert events[-1].citations == (HANDBOOK,)


def test_the_source_is_spoken_once_and_by_its_name() -> None:
    scene, _ = typed(Shelf(), "How many days of leave do I get?")
    said = [sentence.speakable for sentence in scene.of(Sentence)]
    assert "".join(said).count("the handbook, page 14") == 1
    assert "[" not in "".join(said)
    assert "/docs" not in "".join(said)


def test_citations_are_kept_with_the_answer() -> None:
    _, kept = typed(Shelf(), "How many days of leave do I get?")
    assert kept == [HANDBOOK]


def test_what_is_heard_keeps_its_numbers() -> None:
    scene, _ = typed(Shelf(), "How many days of leave do I get?")
    assert [spoken.heard for spoken in scene.of(Spoken)] == [ANSWER]


@pytest.mark.parametrize("shelf", [Shelf(on=False), Shelf(grounding=None)], ids=["off", "nothing found"])
def test_without_documents_it_answers_as_ever(shelf: Shelf) -> None:
    scene, kept = typed(shelf, "How are you?", llm=answering("I am fine [1]."))
    assert scene.llm.requests[0].grounding is None
    assert not scene.of(Sourced)
    assert kept == []


def spoken(shelf: Shelf, speculate: str) -> Scene:
    async def script(scene: Scene) -> None:
        scene.assistant.responder.documents = shelf
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(2.0), at=0.5)
        await asyncio.sleep(6.0)
        await scene.assistant.idle()

    stt = ScriptedSpeechToText([Words("How many days of leave do I get?")])
    return Scene(stt=stt, llm=answering(ANSWER), hearing=Hearing(), options={"speculate": speculate}).run(script)


def test_an_answer_that_was_begun_early_rests_on_the_same_passages() -> None:
    shelf = Shelf()
    scene = spoken(shelf, "always")
    assert len(scene.llm.requests) == 1  # what was begun was used
    assert scene.llm.requests[0].grounding == GROUNDING
    assert scene.of(ReplyEnded)[0].citations == (HANDBOOK,)
    assert sum("the handbook" in sentence.speakable for sentence in scene.of(Sentence)) == 1


def test_while_the_question_is_spoken_it_is_looked_for_already() -> None:
    shelf = Shelf()
    spoken(shelf, "never")
    assert shelf.foreseen
    assert all("How many days of leave do I get?".startswith(text.rstrip("…")) for text in shelf.foreseen)


def test_nothing_is_looked_for_ahead_when_no_collection_is_on() -> None:
    shelf = Shelf(on=False)
    spoken(shelf, "never")
    assert shelf.foreseen == []
    assert shelf.asked == []
