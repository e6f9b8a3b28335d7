"""What the library keeps of documents, and what stays when they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rag.papers import SPLITTER, every_passage, hash_of, opened, paragraphs, passages, put
from voicebot.errors import UsageError
from voicebot.rag.library import Library
from voicebot.rag.passages import Loaded, Piece, Section, Where


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(tmp_path)


def ids(library: Library, document: int) -> list[int]:
    found = library.passages(library.matching(Where(documents=(document,))))
    return [passage.id for passage in sorted(found, key=lambda passage: passage.position)]


def test_nothing_is_written_before_it_is_used(tmp_path: Path) -> None:
    opened(tmp_path / "deep")
    assert not (tmp_path / "deep").exists()


def test_a_document_comes_back_as_it_was_put(library: Library) -> None:
    loaded = Loaded("Handbook", (Section("", page=1), Section("", page=7)), notes=("a picture was left out",))
    pieces = (Piece("Holidays are 25 days.", 0, ("Time", "Holidays"), 3), Piece("휴가는 25일", 1, (), 4, "ko"))
    number = put(library, "/papers/handbook.pdf", "content", title="Handbook", pieces=pieces)
    library.put("home", "/papers/handbook.pdf", 7, 7 * 10**9, "content", loaded, pieces, SPLITTER)
    [document] = library.documents("home")
    assert (document.id, document.title, document.state, document.passages) == (number, "Handbook", "indexed", 2)
    assert (document.pages, document.size, document.modified) == (7, 7, 7.0)
    assert document.notes == ("a picture was left out",)
    first, second = every_passage(library)
    assert (first.text, first.headings, first.page, first.kind) == (
        "Holidays are 25 days.", ("Time", "Holidays"), 3, "pdf"
    )  # fmt: skip
    assert (second.language, second.title, second.collection, second.modified) == ("ko", "Handbook", "home", 7.0)
    [collection] = library.collections()
    assert (collection.name, collection.sources, collection.documents) == ("home", ("/papers",), 1)
    assert (collection.passages, collection.waiting, collection.failed) == (2, 0, 0)


def test_what_did_not_change_keeps_its_id(library: Library) -> None:
    document = put(library, "/a.txt", "one\n\ntwo\n\nthree")
    before = ids(library, document)
    assert put(library, "/a.txt", "zero\n\none\n\nthree\n\nthree") == document
    after = ids(library, document)
    assert [after[1], after[2]] == [before[0], before[2]]
    assert not {after[0], after[3]} & set(before), "an id is never given again"
    assert passages(library) == {"home /a.txt": ["zero", "one", "three", "three"]}


def test_the_same_words_elsewhere_are_another_passage(library: Library) -> None:
    document = put(library, "/a.txt", "# Sun\n\nit shines")
    [before] = ids(library, document)
    put(library, "/a.txt", "# Moon\n\nit shines")
    assert ids(library, document) != [before]
    assert not library.search(["sun"], 5)
    assert library.search(["moon"], 5)


def test_a_new_title_is_found_and_the_passages_stay(library: Library) -> None:
    document = put(library, "/a.txt", "it shines", title="Sun")
    before = ids(library, document)
    put(library, "/a.txt", "it shines", title="Moon")
    assert ids(library, document) == before
    assert not library.search(["sun"], 5)
    assert [hit.passage for hit in library.search(["moon"], 5)] == before


def test_a_moved_document_keeps_its_passages_under_its_new_name(library: Library) -> None:
    document = put(library, "/sun.txt", "it shines")
    before = ids(library, document)
    library.expect("home", [("/moon.txt", 9, 1)])
    library.moved(document, "/moon.txt", 9, 1)
    [moved] = library.documents("home")
    assert (moved.id, moved.path, moved.title) == (document, "/moon.txt", "moon")
    assert ids(library, document) == before
    assert [hit.passage for hit in library.search(["moon"], 5)] == before
    assert not library.search(["sun"], 5)


def test_a_title_of_its_own_stays_when_the_file_moves(library: Library) -> None:
    document = put(library, "/sun.txt", "it shines", title="The Star")
    library.moved(document, "/moon.txt", 9, 1)
    assert library.documents("home")[0].title == "The Star"


def test_a_document_that_cannot_be_read_any_more_leaves_its_reason_alone(library: Library) -> None:
    put(library, "/a.pdf", "one\n\ntwo")
    library.put_failed("home", "/a.pdf", 3, 4, "hash", "it is locked", "save it without a password", SPLITTER)
    [document] = library.documents("home")
    assert (document.state, document.why, document.fix) == ("failed", "it is locked", "save it without a password")
    assert not every_passage(library)
    assert library.collections()[0].failed == 1
    assert library.known("home")["/a.pdf"].hash == "hash"


def test_a_source_that_is_added_again_gives_its_failures_another_chance(library: Library) -> None:
    put(library, "/x/a.pdf", "one")
    library.put_failed("home", "/x/a.pdf", 3, 4, "hash", "why", "fix", SPLITTER)
    library.add_source("home", Path("/y"))
    assert library.waiting() == (0, 1)
    library.add_source("home", Path("/x"))
    assert library.waiting() == (1, 1)
    assert [path for _, path in library.sources()] == [Path("/x"), Path("/y")]


def test_the_same_content_is_written_down_without_being_read(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo")
    library.add_source("work", Path("/work"))
    content = hash_of("one\n\ntwo")
    assert library.put_copy("work", "/papers/b.txt", 8, 1, content, SPLITTER)
    assert not library.put_copy("work", "/papers/c.md", 8, 1, content, SPLITTER), "another kind is read otherwise"
    assert not library.put_copy("work", "/papers/d.txt", 8, 1, content, SPLITTER + 1)
    assert passages(library) == {"home /a.txt": ["one", "two"], "work /papers/b.txt": ["one", "two"]}


def test_a_removed_source_takes_its_documents_but_for_those_of_another(library: Library) -> None:
    put(library, "/a/one.txt", "one")
    put(library, "/a/deep/two.txt", "two")
    put(library, "/a/deeper/three.txt", "three")
    library.remove_source("home", Path("/a"))
    assert list(passages(library)) == ["home /a/deep/two.txt", "home /a/deeper/three.txt"]
    library.remove_source("home", Path("/a/deep"))
    assert list(passages(library)) == ["home /a/deeper/three.txt"]
    with pytest.raises(UsageError):
        library.remove_source("home", Path("/a/deep"))


def test_a_removed_collection_leaves_nothing(library: Library) -> None:
    put(library, "/a.txt", "one", "home")
    put(library, "/a.txt", "one", "work")
    library.remove_collection("home")
    assert [collection.name for collection in library.collections()] == ["work"]
    assert passages(library) == {"work /a.txt": ["one"]}
    assert library.count() == 1
    assert put_into_nothing(library) == 0
    with pytest.raises(UsageError):
        library.remove_collection("home")


def put_into_nothing(library: Library) -> int:
    """A file of a collection that was removed while it was read."""
    return library.put("home", "/late.txt", 1, 1, "late", Loaded("late", ()), paragraphs("late"), SPLITTER)


def test_a_collection_is_renamed_and_its_vectors_are_made_again(library: Library) -> None:
    put(library, "/a.txt", "one")
    waiting = library.pending("space", 10)
    library.stored("space", [one.id for one in waiting])
    library.rename_collection("home", "house")
    assert [one.tags.collection for one in library.pending("space", 10)] == ["house"]
    assert library.search(["one"], 1, Where(collections=("house",)))
    put(library, "/b.txt", "two", "work")
    with pytest.raises(UsageError):
        library.rename_collection("house", "work")


def test_a_citation_opens_its_page_or_its_stretch_under_one_heading(library: Library) -> None:
    pages = tuple(Piece(f"text {number}", number, (), 1 + number // 2) for number in range(6))
    put(library, "/a.pdf", "pdf", pieces=pages)
    put(library, "/b.md", "# One\n\nfirst\n\nsecond\n\n# Two\n\nthird\n\n# One\n\nfourth")
    by_text = {passage.text: passage for passage in every_passage(library)}
    assert [passage.text for passage in library.page_of(by_text["text 3"])] == ["text 2", "text 3"]
    assert [passage.text for passage in library.page_of(by_text["first"])] == ["first", "second"]
    assert [passage.text for passage in library.page_of(by_text["fourth"])] == ["fourth"]
    library.remove_collection("home")
    assert library.page_of(by_text["first"]) == []
    assert library.passage(by_text["first"].id) is None


def test_passages_come_in_the_order_that_was_asked_for(library: Library) -> None:
    put(library, "/a.txt", "one\n\ntwo\n\nthree")
    first, second, third = library.matching(Where())
    assert [passage.text for passage in library.passages([third, 99, first])] == ["three", "one"]
    assert library.passage(second) is not None


def test_text_that_is_no_text_is_kept_as_far_as_it_is(library: Library) -> None:
    put(library, "/a.txt", "half a letter \ud83d and a nul \0 here", title="T\udcff")
    [passage] = every_passage(library)
    assert passage.text.startswith("half a letter")
    assert library.search(["nul"], 1)
