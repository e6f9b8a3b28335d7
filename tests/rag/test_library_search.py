"""Searching the library by words."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from tests.rag.papers import opened, put, words
from voicebot.rag.library import Library
from voicebot.rag.passages import Piece, Where


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(tmp_path)


EVERYWHERE = Where()


def texts(library: Library, question: str, where: Where = EVERYWHERE, count: int = 10) -> list[str]:
    hits = library.search(words(question), count, where)
    return [passage.text for passage in library.passages([hit.passage for hit in hits])]


def test_what_has_more_and_rarer_of_the_words_comes_first(library: Library) -> None:
    put(library, "/a.txt", "the red boat\n\nthe red house\n\nthe green house\n\nthe red car\n\nnothing")
    assert texts(library, "red boat")[0] == "the red boat"
    assert set(texts(library, "red boat")) == {"the red boat", "the red house", "the red car"}
    assert texts(library, "green boat missing", count=1) in (["the green house"], ["the red boat"])
    assert texts(library, "missing") == texts(library, "") == texts(library, "red", count=0) == []


def test_scores_fall_and_are_positive_even_for_words_that_stand_everywhere(library: Library) -> None:
    put(library, "/a.txt", "home sweet home\n\nhome again and a lot of other words\n\nhome")
    hits = library.search(["home"], 10)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[-1].score > 0


@pytest.mark.parametrize("word", ["and", "or", "not", "near", "커피", "_a_", "123"])
def test_no_word_is_an_order_to_the_index(library: Library, word: str) -> None:
    put(library, "/a.txt", "plain\n\nother")
    library.put("home", "/b.txt", 1, 1, "b", *_loaded(word), 0)
    assert [passage.text for passage in library.passages([hit.passage for hit in library.search([word], 5)])] == [word]
    assert library.search([word, "plain"], 5)


def _loaded(word: str) -> tuple[object, ...]:
    from voicebot.rag.passages import Loaded

    return Loaded("title", ()), (Piece(word, 0),)


def test_titles_and_headings_are_found_too(library: Library) -> None:
    put(library, "/handbook.txt", "# Holidays\n\ntwenty five days\n\n# Pay\n\nmonthly")
    assert texts(library, "handbook holidays")[0] == "twenty five days"


def test_filters(library: Library) -> None:
    put(library, "/a.txt", "boat a", "home")
    document = put(library, "/bb.md", "boat bb", "work")
    korean = (Piece("boat 배", 0, language="ko"),)
    put(library, "/c.pdf", "x" * 100, "work", pieces=korean)
    assert set(texts(library, "boat")) == {"boat a", "boat bb", "boat 배"}
    assert texts(library, "boat", Where(collections=("home",))) == ["boat a"]
    assert set(texts(library, "boat", Where(collections=("work",)))) == {"boat bb", "boat 배"}
    assert texts(library, "boat", Where(collections=("none",))) == []
    assert texts(library, "boat", Where(documents=(document,))) == ["boat bb"]
    assert texts(library, "boat", Where(languages=("ko",))) == ["boat 배"]
    assert texts(library, "boat", Where(kinds=("md", "rst"))) == ["boat bb"]
    assert texts(library, "boat", Where(since=50)) == ["boat 배"]
    assert texts(library, "boat", Where(until=6)) == ["boat a"]
    assert texts(library, "boat", Where(collections=("work",), kinds=("pdf",), languages=("ko",))) == ["boat 배"]
    assert len(library.matching(Where(collections=("work",)))) == 2


def test_what_was_removed_is_not_found(library: Library) -> None:
    document = put(library, "/a.txt", "boat\n\nship")
    put(library, "/b.txt", "boat two")
    put(library, "/a.txt", "ship")
    assert texts(library, "boat") == ["boat two"]
    library.forget([document])
    assert texts(library, "ship") == []
    assert library.count() == 1


def test_what_is_rare_elsewhere_but_missing_here_hides_nothing(library: Library) -> None:
    common = "\n\n".join(f"boat number {number}" for number in range(500))
    put(library, "/big/a.txt", f"{common}\n\nkeel", "big")
    put(library, "/small/b.txt", "boat of mine", "small")
    assert texts(library, "keel boat", Where(collections=("small",))) == ["boat of mine"]


def test_it_finds_what_a_look_at_everything_finds(library: Library) -> None:
    """Against FTS5's own order over all words, on passages that no budget cuts: the first of ten are the same."""
    chance = random.Random(5)
    vocabulary = [f"word{number}" for number in range(300)]
    weights = [1 / (number + 3) for number in range(300)]
    blocks = [" ".join(chance.choices(vocabulary, weights, k=chance.randint(20, 60))) for _ in range(400)]
    put(library, "/a.txt", "\n\n".join(blocks), title="t")
    library.close()
    with sqlite3.connect(library.file) as database:
        for _ in range(20):
            asked = chance.sample(vocabulary[20:], 5)
            best = database.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 1", (" OR ".join(asked),)
            ).fetchone()
            assert best[0] in [hit.passage for hit in library.search(asked, 2)]
    database.close()


def test_frequencies_and_count(library: Library) -> None:
    put(library, "/a.txt", "boat boat\n\nboat\n\nship", title="boat")
    assert library.frequencies(["boat", "ship", "none"]) == {"boat": 3, "ship": 1, "none": 0}
    assert library.count() == 3
    put(library, "/a.txt", "ship")
    assert library.frequencies(["boat", "ship"]) == {"boat": 0, "ship": 1}


def test_words_that_are_made_otherwise_are_made_again_a_few_at_a_time(tmp_path: Path) -> None:
    first = opened(tmp_path)
    put(first, "/a.txt", "\n\n".join(f"boat {number}" for number in range(25)))
    first.close()
    second = opened(tmp_path, version=2)
    assert second.count() == 0
    kept = put(second, "/b.txt", "boat of the new day")
    assert [hit.passage for hit in second.search(["boat"], 50)] == second.matching(Where(documents=(kept,)))
    assert second.reword(10)
    second.close()
    third = opened(tmp_path, version=2)
    assert third.count() == 11
    third.forget([third.documents()[0].id])
    while third.reword(10):
        pass
    assert third.count() == len(third.search(["boat"], 50)) == 1
    with sqlite3.connect(third.file) as database:
        database.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    database.close()
    third.close()


def test_the_words_of_the_program_itself(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.db")
    put(library, "/a.txt", "The ships were sailing.\n\n배를 타고 섬으로 갔다.")
    from voicebot.rag.words import query_terms

    for question, answer in (("Which ship sails?", "The ships"), ("배는 어디로 갔어?", "배를")):
        hits = library.search(query_terms(question), 5)
        assert library.passages([hits[0].passage])[0].text.startswith(answer)
    library.close()
