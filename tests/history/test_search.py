"""Search through everything said: Korean inside words, every word of the query, and no query that is an error."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.history.talk import ask, opened, rows, talk
from voicebot.history import History
from voicebot.history.search import EXCERPT, excerpt_of, words_of

SAID = (
    ("서울의 날씨는 어때요?", "오늘 서울은 맑고, 기온은 21도입니다."),
    ("What is the weather in Paris?", 'It rains in Paris, and it\'s 9°C: 100% "grey".'),
    ("Play C++ AND drums -- NOT jazz*", "I can't play the_drums (yet)."),
)


@pytest.fixture
async def history() -> AsyncIterator[History]:
    history = await opened(None)
    for turn, (question, answer) in enumerate(SAID, start=1):
        await history.begin_conversation()
        await talk(history, turn, question, answer)
    yield history
    await history.close()


async def found(history: History, query: str) -> list[int]:
    return sorted(summary.id for summary in await history.conversations(query))


@pytest.mark.parametrize(
    ("query", "conversations"),
    [
        ("", [1, 2, 3]),
        ("  \t\n", [1, 2, 3]),
        ("날씨", [1]),
        ("씨는", [1]),
        ("의 날", [1]),
        ("서울은 맑고,", [1]),
        ("도", [1]),
        ("21도입", [1]),
        ("weather", [2]),
        ("WEATHER paris", [2]),
        ("eathe", [2]),
        ("weather 맑고", []),
        ("weather rains", [2]),
        ("is rains", [2]),
        ("play", [3]),
        ("in", [2]),
        ("nothing of it", []),
        ("%", [2]),
        ("100%", [2]),
        ("_", [3]),
        ("the_drums", [3]),
        ("theXdrums", []),
        ('"grey"', [2]),
        ('"', [2]),
        ("'", [2, 3]),
        ("°c", [2]),
        ("C++", [3]),
        ("AND", [2, 3]),
        ("NOT", [3]),
        ("jazz*", [3]),
        ("jaz*", []),
        ("--", [3]),
        ("-weather", []),
        ("weather OR drums", []),
        ("NEAR(weather paris)", []),
        ("shown:weather", []),
        ("^What", []),
        ("(yet)", [3]),
        ("\\", []),
    ],
)
async def test_all_words_must_occur_and_all_signs_are_words(
    history: History, query: str, conversations: list[int]
) -> None:
    assert await found(history, query) == conversations


async def test_words_may_be_said_in_different_turns_and_stand_in_the_title() -> None:
    history = await opened(None)
    await talk(history, 1, "How is the weather?", "It rains.")
    await talk(history, 2, "And in Seoul?", "Sunny.")
    await history.rename(1, "Umbrellas 우산")
    for query in ("weather seoul", "rains sunny", "umbrella", "우산", "우산 sunny", "BREL"):
        assert await found(history, query) == [1], query
    assert await found(history, "umbrella snow") == []
    [by_title] = await history.conversations("umbrella")
    assert (by_title.excerpt, by_title.matches) == ("Sunny.", ())
    await history.close()


async def test_the_excerpt_is_the_place_with_the_most_words() -> None:
    history = await opened(None)
    await talk(history, 1, "Is there rain in Seoul?", "Rain, yes.")
    await talk(history, 2, "And in Busan?", "Rain, too.")
    [summary] = await history.conversations("seoul rain")
    assert summary.excerpt == "Is there rain in Seoul?"
    assert marked(summary.excerpt, summary.matches) == ["rain", "Seoul"]
    [summary] = await history.conversations("rain")
    assert (summary.excerpt, summary.matches) == ("Rain, too.", ((0, 4),))
    await history.close()


async def test_an_excerpt_of_a_long_message_holds_the_match() -> None:
    history = await opened(None)
    await talk(history, 1, "Tell me.", "단어 " * 300 + "여기에 바늘이\n\n있다 " + "단어 " * 300)
    [summary] = await history.conversations("바늘")
    assert marked(summary.excerpt, summary.matches) == ["바늘"]
    assert summary.excerpt.startswith("…단어")
    assert "바늘이 있다 단어" in summary.excerpt
    assert len(summary.excerpt) <= EXCERPT + 1
    await history.close()


async def test_without_a_query_the_excerpt_is_what_was_said_last() -> None:
    history = await opened(None)
    await talk(history, 1, "One?", "First.")
    await ask(history, 2, "Two?")
    [summary] = await history.conversations()
    assert (summary.excerpt, summary.matches) == ("Two?", ())
    await history.close()


async def test_the_index_follows_every_change_of_a_message() -> None:
    history = await opened(None)
    await ask(history, 1, "question")
    await history.answer(1, "", "scripted", "en")
    await history.answer(1, "elephants and giraffes", "scripted", "en")
    assert await found(history, "giraffes") == [1]
    await history.heard(1, "elephants", "elephants and zebras", complete=False)
    assert await found(history, "giraffes") == []
    assert await found(history, "zebras") == [1], "it is on the screen, though it was not heard"
    await history.delete(1)
    await history.purge(0)
    await ask(history, 2, "another")
    assert await found(history, "elephants") == []
    assert await found(history, "another") == [2]
    await history.close()


async def test_the_index_agrees_with_the_messages(tmp_path: Path) -> None:
    history = await opened(tmp_path / "history.db")
    for turn in range(1, 20):
        await talk(history, turn, f"질문 {turn}", f"answer {turn}")
    await history.begin_conversation()
    await talk(history, 20, "else", "where")
    await history.delete(1)
    await history.purge(0)
    await history.close()
    rows(tmp_path / "history.db", "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)")


# -- hostile queries --------------------------------------------------------------------------------------------------

NASTY = st.text(st.one_of(st.characters(), st.sampled_from("\"'*-+:^(){}\\%_\0\ud800 가의ANDORT\n")), max_size=300)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=NASTY)
@example(query='"')
@example(query='a"b"c AND')
@example(query="\0\0\0")
@example(query="abc\0def")
@example(query="\ud800" * 4)
@example(query="x " * 150)
@example(query="x" * 100_000)
@example(query="%" * 300)
def test_no_query_is_an_error(query: str) -> None:
    async def search() -> None:
        history = await opened(None)
        await talk(history, 1, query, SAID[1][1])
        await history.rename(1, query)
        for summary in await history.conversations(query):
            assert summary.id == 1
            assert all(0 <= start < end <= len(summary.excerpt) for start, end in summary.matches)
        await history.close()

    asyncio.run(search())


LETTERS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(words=st.lists(LETTERS, min_size=1, max_size=5), data=st.data())
def test_every_part_of_what_was_said_is_found(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 1))
    part = word[start : data.draw(st.integers(start + 1, len(word)))]

    async def search() -> list[int]:
        history = await opened(None)
        await talk(history, 1, " ".join(words), "yes")
        ids = await found(history, part)
        await history.close()
        return ids

    assert asyncio.run(search()) == [1]


@given(text=st.text(max_size=400), words=st.lists(st.text(min_size=1, max_size=20), max_size=4))
def test_ranges_lie_in_the_excerpt_and_hold_a_word(text: str, words: list[str]) -> None:
    wanted = words_of(" ".join(words))
    line, matches = excerpt_of(text, wanted)
    assert not set(line) & set("\n\r\t")
    assert len(line) <= max(EXCERPT, 200) + 2
    for part in marked(line, matches):
        assert any(re.fullmatch(re.escape(word), part, re.IGNORECASE) for word in wanted)


def marked(line: str, matches: Sequence[tuple[int, int]]) -> list[str]:
    return [line[start:end] for start, end in matches]
