"""Retrieval on partial transcripts: begun early, used when the words are the same, never more than one at once."""

from __future__ import annotations

import asyncio

import pytest

from voicebot.documents.foresight import Asked, Foresight


class Search:
    """Notes what it is asked for, and answers when it is let."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.running = 0
        self.most = 0
        self.gate = asyncio.Event()

    async def __call__(self, words: str) -> str:
        self.asked.append(words)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.gate.wait()
            return f"found {words}"
        finally:
            self.running -= 1


def begin(foresight: Foresight[str], search: Search, words: str) -> None:
    foresight.begin(Asked.of(words, None), lambda: search(words))


async def take(foresight: Foresight[str], search: Search, words: str) -> str:
    return await foresight.take(Asked.of(words, None), lambda: search(words))


async def test_the_same_words_are_searched_once() -> None:
    foresight, search = Foresight[str](), Search()
    begin(foresight, search, "how many days of leave")
    await asyncio.sleep(0)
    search.gate.set()
    assert await take(foresight, search, "How many days of leave?") == "found how many days of leave"
    assert search.asked == ["how many days of leave"]


async def test_other_words_are_searched_at_once_and_the_old_search_ends() -> None:
    foresight, search = Foresight[str](), Search()
    begin(foresight, search, "how many days")
    await asyncio.sleep(0)
    taking = asyncio.create_task(take(foresight, search, "how many days of leave"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert search.running == 1
    search.gate.set()
    assert await taking == "found how many days of leave"


async def test_only_the_newest_words_wait_for_their_turn() -> None:
    foresight, search = Foresight[str](), Search()
    for words in ("how", "how many", "how many days", "how many days of leave"):
        begin(foresight, search, words)
        await asyncio.sleep(0)
    search.gate.set()
    for _ in range(10):
        await asyncio.sleep(0)
    assert search.asked == ["how", "how many days of leave"]
    assert search.most == 1


async def test_another_scope_is_another_question() -> None:
    foresight, search = Foresight[str](), Search()
    search.gate.set()
    await foresight.take(Asked.of("leave", "handbook"), lambda: search("a"))
    await foresight.take(Asked.of("leave", "statutes"), lambda: search("b"))
    assert search.asked == ["a", "b"]


async def test_a_search_that_failed_is_tried_again() -> None:
    foresight, search = Foresight[str](), Search()

    async def broken() -> str:
        raise ValueError("no index")

    asked = Asked.of("leave", None)
    with pytest.raises(ValueError, match="no index"):
        await foresight.take(asked, broken)
    search.gate.set()
    assert await foresight.take(asked, lambda: search("leave")) == "found leave"


async def test_what_fails_before_it_is_asked_for_disturbs_nobody() -> None:
    foresight, search = Foresight[str](), Search()

    async def broken() -> str:
        raise ValueError("no index")

    foresight.begin(Asked.of("leave", None), broken)
    for _ in range(5):
        await asyncio.sleep(0)
    search.gate.set()
    assert await take(foresight, search, "leave") == "found leave"


async def test_dropping_ends_what_runs() -> None:
    foresight, search = Foresight[str](), Search()
    begin(foresight, search, "leave")
    await asyncio.sleep(0)
    foresight.drop()
    for _ in range(5):
        await asyncio.sleep(0)
    assert search.running == 0
