"""What a person asks aloud, of 5,000 passages of real documentation. docs/documents.md has the figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from tests.rag import corpus, kept_vectors
from tests.rag.corpus import Question
from voicebot.rag.embedding.base import Vectors
from voicebot.rag.library import Library
from voicebot.rag.passages import Hit, Passage, Where
from voicebot.rag.relevance import RELEVANT, relevance
from voicebot.rag.retrieval.fusion import reciprocal_ranks, weights
from voicebot.rag.words import query_terms, terms

FOUND = 30
"""Passages that each search gives, as in a retrieval."""
SAMPLE = 24

Ids = Sequence[int]


@dataclass(frozen=True)
class Meaning:
    """The vectors of the English passages, by id, and of the questions."""

    passages: dict[int, Vectors]
    questions: dict[str, Vectors]
    agreement: Vectors
    """The cosines of some kept vectors and those that the model makes of the same texts now."""

    def search(self, question: Question) -> list[Hit]:
        ids = list(self.passages)
        cosines = np.array([self.passages[one] for one in ids]) @ self.questions[question.asks]
        return [Hit(ids[row], float(cosines[row])) for row in np.argsort(-cosines, kind="stable")[:FOUND]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("library") / "library.db")
    corpus.fill(library)
    yield library
    library.close()


@pytest.fixture(scope="module")
def passages(library: Library) -> dict[int, Passage]:
    waiting = library.pending("ids", corpus.PASSAGES)
    return {passage.id: passage for passage in library.passages([one.id for one in waiting])}


@pytest.fixture(scope="module")
def meaning(library: Library) -> Meaning:
    texts, kept = kept_vectors.english(library), kept_vectors.known()
    known = [text for text in texts.values() if kept_vectors.key(text) in kept]
    sample = known[:: max(1, len(known) // SAMPLE)]

    async def embed() -> tuple[dict[str, Vectors], Vectors]:
        embedding = kept_vectors.model()
        try:
            made = await kept_vectors.complete(list(texts.values()), kept, embedding)
            print(f"{made} of {len(texts)} vectors were not kept")
            asked = [one.asks for one in corpus.questions() if one.language == "en"]
            return {one: await embedding.question(one) for one in asked}, await embedding.passages(sample)
        finally:
            await embedding.close()

    questions, anew = asyncio.run(embed())
    agreement = np.sum(anew * np.array([kept[kept_vectors.key(text)] for text in sample]), axis=1)
    return Meaning({id_: kept[kept_vectors.key(text)] for id_, text in texts.items()}, questions, agreement)


def hits(language: str, passages: dict[int, Passage], search: Callable[[Question], Ids]) -> float:
    """The share of the questions with an answer among the first five."""
    asked = [one for one in corpus.questions() if one.places and one.language == language]
    found = [
        any(one.is_answered_by(passages[id_].path, passages[id_].text) for id_ in search(one)[:5]) for one in asked
    ]
    missed = [question.asks for question, there in zip(asked, found, strict=True) if not there]
    print(f"hit@5 {language}: {sum(found)} of {len(found)}; not {missed}")
    return sum(found) / len(found)


def by_words(library: Library, asks: str) -> list[Hit]:
    return library.search(query_terms(asks), FOUND, Where())


def ids(found: Sequence[Hit]) -> list[int]:
    return [hit.passage for hit in found]


def test_the_corpus_holds_the_answers(passages: dict[int, Passage]) -> None:
    assert len(passages) == corpus.PASSAGES
    assert sum(passage.language == "ko" for passage in passages.values()) > 1_000
    asked = [one for one in corpus.questions() if one.places]
    assert [sum(one.language == language for one in asked) for language in ("en", "ko")] == [40, 20]
    for question in asked:
        assert any(question.is_answered_by(one.path, one.text) for one in passages.values()), question.asks


def test_english_is_found_by_its_words(library: Library, passages: dict[int, Passage]) -> None:
    assert hits("en", passages, lambda question: ids(by_words(library, question.asks))) >= 0.55


def test_korean_is_found_by_its_words(library: Library, passages: dict[int, Passage]) -> None:
    assert hits("ko", passages, lambda question: ids(by_words(library, question.asks))) >= 0.75


@pytest.mark.parametrize("spaced", [lambda asks: asks.replace(" ", ""), lambda asks: " ".join(split(asks))])
def test_korean_is_found_wherever_the_spaces_are(
    spaced: Callable[[str], str], library: Library, passages: dict[int, Passage]
) -> None:
    assert hits("ko", passages, lambda question: ids(by_words(library, spaced(question.asks)))) >= 0.75


def split(asks: str) -> Iterator[str]:
    """The words, the long ones in two."""
    for word in asks.split():
        yield from (word[:2], word[2:]) if len(word) > 3 else (word,)


def test_english_is_found_by_words_and_meaning_together(
    library: Library, passages: dict[int, Passage], meaning: Meaning
) -> None:
    def search(question: Question) -> Ids:
        lists = {"words": by_words(library, question.asks), "meaning": meaning.search(question)}
        scores = reciprocal_ranks(lists, weights(question.asks))
        return sorted(scores, key=lambda id_: (-scores[id_], id_))

    assert hits("en", passages, search) >= 0.85


def relevance_of(library: Library, asks: str, passage: Passage, cosine: float | None = None) -> float:
    asked = query_terms(asks)
    held = set(terms("\n".join((passage.title, *passage.headings, passage.text))))
    return relevance(asked, held, library.frequencies(asked), library.count(), cosine)


def test_what_words_find_is_told_from_what_is_no_answer(library: Library, passages: dict[int, Passage]) -> None:
    answers, others = [], []
    for question in corpus.questions():
        found = [passages[id_] for id_ in ids(by_words(library, question.asks))[:5]]
        right = [one for one in found if question.is_answered_by(one.path, one.text)]
        if right or not question.places:
            best = max((relevance_of(library, question.asks, one) for one in right or found), default=0.0)
            (answers if right else others).append(best)
    print(f"relevant: {share(answers):.0%} of {len(answers)} answers, {share(others):.0%} of {len(others)} others")
    assert share(answers) >= 0.88
    assert share(others) <= 0.2


def test_with_their_meaning_nearly_all_answers_are_told(
    library: Library, passages: dict[int, Passage], meaning: Meaning
) -> None:
    answers, others = [], []
    for question in (one for one in corpus.questions() if one.language == "en"):
        found = {*ids(by_words(library, question.asks))[:5], *ids(meaning.search(question))[:5]}
        right = {id_ for id_, one in passages.items() if question.is_answered_by(one.path, one.text)}
        asked = meaning.questions[question.asks]
        best = max(
            relevance_of(library, question.asks, passages[id_], float(asked @ meaning.passages[id_]))
            for id_ in right or found
            if id_ in meaning.passages
        )
        (answers if question.places else others).append(best)
    print(f"relevant: {share(answers):.0%} of {len(answers)} answers, {share(others):.0%} of {len(others)} others")
    assert share(answers) >= 0.9
    assert share(others) <= 0.2


def share(scores: Sequence[float]) -> float:
    return sum(score >= RELEVANT for score in scores) / len(scores)


def test_the_kept_vectors_are_the_model_s(meaning: Meaning) -> None:
    assert len(meaning.agreement) >= SAMPLE
    assert meaning.agreement.min() > 0.999
