"""What a vector store is told, and when it is told again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rag.papers import opened, put
from voicebot.rag.library import Library
from voicebot.rag.passages import Where

SPACE = "model store"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(tmp_path)


def all_ids(library: Library) -> list[int]:
    return library.matching(Where())


def deliver(library: Library, space: str = SPACE) -> list[int]:
    """Store all that waits: its ids."""
    delivered: list[int] = []
    while waiting := library.pending(space, 2):
        delivered += [one.id for one in waiting]
        library.stored(space, [one.id for one in waiting])
    return delivered


def test_passages_wait_in_order_with_what_a_store_filters_by(library: Library) -> None:
    put(library, "/a.MD", "# Sun\n\none\n\ntwo\n\nthree")
    waiting = library.pending(SPACE, 2)
    assert [id for id, _, _ in waiting] == all_ids(library)[:2]
    assert waiting[0].text == "Sun\none"
    tags = waiting[0].tags
    assert (tags.collection, tags.document, tags.language, tags.kind, tags.modified) == ("home", 1, "en", "md", 22.0)
    assert library.pending(SPACE, 2) == waiting, "until they are stored"
    assert library.counts(SPACE) == (0, 3)
    assert deliver(library) == all_ids(library)
    assert library.counts(SPACE) == (3, 0)


def test_only_what_changed_waits_again(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo")
    deliver(library)
    put(library, "/a.txt", "one\n\nthree")
    [waiting] = library.pending(SPACE, 9)
    assert waiting.text == "three"
    assert library.to_remove(SPACE, 9) == [2]
    library.removed(SPACE, [2])
    assert library.to_remove(SPACE, 9) == []


def test_every_space_has_a_count_of_its_own(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo")
    deliver(library, "first")
    assert library.counts("first") == (2, 0)
    assert library.counts("second") == (0, 2)
    assert library.pending("second", 9)
    library.forget([1])
    assert library.to_remove("first", 9) == library.to_remove("second", 9) == [1, 2]


def test_what_is_removed_before_it_was_stored_is_taken_out_again(library: Library) -> None:
    put(library, "/a.txt", "one")
    [waiting] = library.pending(SPACE, 9)
    library.forget([1])
    library.stored(SPACE, [waiting.id])
    assert library.to_remove(SPACE, 9) == [waiting.id]
    assert library.counts(SPACE) == (0, 0)


def test_a_store_that_lost_something_gets_it_again(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo\n\nthree")
    first, second, third = deliver(library)
    library.compare(SPACE, {first, third, 77})
    assert library.to_remove(SPACE, 9) == [77]
    assert deliver(library) == [second]
    library.compare(SPACE, set())
    assert deliver(library) == [first, second, third]
    assert library.counts(SPACE) == (3, 0)


def test_a_store_that_got_something_that_was_not_written_down_keeps_it(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo")
    library.stored(SPACE, [1])
    library.compare(SPACE, {1, 2})
    assert library.to_remove(SPACE, 9) == []
    assert deliver(library) == [2]


def test_a_store_of_another_library_is_emptied_first(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo")
    library.compare(SPACE, {1, 2, 3})
    assert library.to_remove(SPACE, 9) == [1, 2, 3]
    library.removed(SPACE, [1, 2, 3])
    assert deliver(library) == [1, 2]
