"""The library as the rest of the program uses it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from voicebot.errors import VoicebotError
from voicebot.rag import passages as shape
from voicebot.rag.library import documents, index, outbox, passages, search, sources, writing
from voicebot.rag.library.database import Database, Notify
from voicebot.rag.library.documents import Known, Stamp
from voicebot.rag.library.index import Terms
from voicebot.rag.library.outbox import Waiting
from voicebot.rag.library.postings import Postings
from voicebot.rag.passages import Document, Hit, Loaded, Passage, Piece, Where

EVERYWHERE = Where()


def _unheard(_: VoicebotError) -> None:
    """For those who are not told."""


def _unchecked() -> None:
    """For those who have the time."""


class Library:
    """One SQLite file. The methods block, for worker threads; any number of threads may call them at once.

    All raise StorageError, and UsageError for a collection or a source that is not there. `notify` is told when a
    broken file was put aside and a new one begun. `terms` makes the terms that a passage is found by, and `version`
    says which way it does: without them it is `voicebot.rag.words`.
    """

    def __init__(
        self, file: Path, notify: Notify = _unheard, terms: Terms | None = None, version: int | None = None
    ) -> None:
        self.file = file
        self._terms = terms
        self._version = version
        self._database = Database(file, self._words_version, notify)
        self._postings = Postings()

    def close(self) -> None:
        """What is called afterwards opens it again."""
        self._database.close()

    # -- collections and sources -------------------------------------------------------------------------------------

    def collections(self) -> list[shape.Collection]:
        """By name."""
        return self._database.read(sources.collections)

    def sources(self) -> list[tuple[str, Path]]:
        """As (collection, path)."""
        return self._database.read(sources.sources_with_names)

    def away(self) -> list[tuple[str, Path]]:
        """The sources that were not there when they were last looked for; their documents are kept."""
        return self._database.read(lambda database: sources.sources_with_names(database, away=True))

    def add_source(self, collection: str, path: Path) -> None:
        """A file or folder, as an absolute path; the collection is made when it is not there."""
        self._database.write(lambda database: sources.add_source(database, collection, path))

    def remove_source(self, collection: str, path: Path) -> None:
        self._database.write(lambda database: sources.remove_source(database, collection, path))

    def remove_collection(self, name: str) -> None:
        self._database.write(lambda database: sources.remove_collection(database, name))

    def rename_collection(self, name: str, new: str) -> None:
        self._database.write(lambda database: sources.rename_collection(database, name, new))

    def note_scan(self, collection: str, there: Sequence[Path], away: Sequence[Path]) -> list[Path]:
        """These sources were looked through; those that are away now and were there before."""
        now = time.time()
        return self._database.write(lambda database: sources.note_scan(database, collection, there, away, now))

    def waiting(self) -> tuple[int, int]:
        """How many documents wait to be read, and how many there are."""
        return self._database.read(documents.waiting)

    def unscanned(self) -> int:
        """How many sources were never looked through to their end."""
        return self._database.read(
            lambda database: int(database.execute("SELECT count(*) FROM source WHERE scanned IS NULL").fetchone()[0])
        )

    # -- documents ---------------------------------------------------------------------------------------------------

    def documents(self, collection: str = "") -> list[Document]:
        """By path; without a name, those of all collections."""
        return self._database.read(lambda database: documents.documents(database, collection))

    def known(self, collection: str) -> dict[str, Known]:
        """By path."""
        return self._database.read(lambda database: documents.known(database, collection))

    def expect(self, collection: str, files: Iterable[tuple[str, int, int]]) -> None:
        """Files that will be read, as (path, size, mtime_ns): the new ones are listed as waiting."""
        self._database.write(lambda database: documents.expect(database, collection, files))

    def put(
        self,
        collection: str,
        path: str,
        size: int,
        mtime_ns: int,
        hash: str,
        loaded: Loaded,
        pieces: Sequence[Piece],
        splitter: int = 0,
        check: Callable[[], None] = _unchecked,
    ) -> int:
        """Replace what is known of a file: the document's id, or 0 when the collection is gone.

        All or nothing. A passage whose text, headings, page and language did not change keeps its id. `check` is
        called now and then before anything is written, and may raise.
        """
        stamp = Stamp(size, mtime_ns, hash, splitter)
        ready = writing.prepare(loaded.title, pieces, self._terms_of, check)
        now = time.time()
        return self._database.write(
            lambda database: writing.put(database, collection, path, stamp, loaded, ready, now)
        )

    def put_failed(
        self, collection: str, path: str, size: int, mtime_ns: int, hash: str, why: str, fix: str, splitter: int = 0
    ) -> None:
        """A file that cannot be read; it is not read again before it changes, or its source is added again."""
        stamp = Stamp(size, mtime_ns, hash, splitter)
        now = time.time()
        self._database.write(lambda database: documents.put_failed(database, collection, path, stamp, why, fix, now))

    def put_copy(
        self,
        collection: str,
        path: str,
        size: int,
        mtime_ns: int,
        hash: str,
        splitter: int,
        check: Callable[[], None] = _unchecked,
    ) -> bool:
        """Write down a file whose content was read already, here or in another collection; False when it was not."""
        stamp = Stamp(size, mtime_ns, hash, splitter)

        def find(database: sqlite3.Connection) -> tuple[Loaded, list[Piece]] | None:
            same = documents.same_content(database, stamp, Path(path).suffix)
            return writing.loaded_before(database, same) if same is not None else None

        found = self._database.read(find)
        if found is not None:
            self.put(collection, path, size, mtime_ns, hash, *found, splitter, check)
        return found is not None

    def touched(self, document: int, size: int, mtime_ns: int) -> None:
        """A file whose date changed, and whose content did not."""
        self._database.write(lambda database: documents.touched(database, document, size, mtime_ns))

    def moved(self, document: int, path: str, size: int, mtime_ns: int) -> None:
        """A file that has another name now; its passages stay."""
        self._database.write(
            lambda database: writing.moved(database, document, path, size, mtime_ns, self._terms_of)
        )

    def forget(self, ids: Iterable[int]) -> None:
        """Documents that are gone, with their passages."""
        self._database.write(lambda database: sources.forget(database, ids))

    # -- passages ----------------------------------------------------------------------------------------------------

    def passage(self, id: int) -> Passage | None:
        return next(iter(self.passages([id])), None)

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """In this order; those that are gone are left out."""
        return self._database.read(lambda database: passages.passages(database, ids))

    def page_of(self, passage: Passage) -> list[Passage]:
        """Its whole page in order, or where there are no pages all under its headings: what a citation opens."""
        return self._database.read(lambda database: passages.page_of(database, passage))

    def matching(self, where: Where) -> list[int]:
        """The ids of all that `where` allows, in order."""
        return self._database.read(lambda database: passages.matching(database, where))

    # -- search ------------------------------------------------------------------------------------------------------

    def warm(self) -> None:
        """Read what the first search would otherwise wait for: about 0.1 s at 100,000 passages."""
        self._database.read(lambda database: search.warm(database, self._postings))

    def search(self, terms: Sequence[str], count: int, where: Where = EVERYWHERE) -> list[Hit]:
        """The best by BM25 of the passages that have one of the terms or more; see `voicebot.rag.library.search`."""
        return self._database.read(
            lambda database: search.search(database, self._postings, terms, count, where)
        )

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands; of a large library, some may be gone since a short while."""
        return self._database.read(lambda database: search.frequencies(database, self._postings, terms))

    def count(self) -> int:
        """How many passages can be found by their words."""
        return self._database.read(search.count)

    def reword(self, count: int = 100) -> bool:
        """Give the next passages their terms, after `voicebot.rag.words` changed; whether there may be more."""
        rows = self._database.read(lambda database: index.unworded(database, count))
        worded = [
            (passage, *index.indexed_as(title, headings, text, self._terms_of))
            for passage, title, headings, text in rows
        ]
        complete = len(rows) < count
        if rows or complete:
            self._database.write(lambda database: index.word(database, worded, complete))
        return not complete

    # -- the outbox for vectors --------------------------------------------------------------------------------------

    def pending(self, space: str, count: int) -> list[Waiting]:
        """Passages whose vectors a space waits for; those that were given are given again until they are `stored`."""
        return self._database.write(lambda database: outbox.pending(database, space, count))

    def stored(self, space: str, ids: Sequence[int]) -> None:
        """The store has these, which are what `pending` gave last."""
        self._database.write(lambda database: outbox.stored(database, space, ids))

    def to_remove(self, space: str, count: int) -> list[int]:
        """Passages that are to go from the store."""
        return self._database.write(lambda database: outbox.to_remove(database, space, count))

    def removed(self, space: str, ids: Sequence[int]) -> None:
        self._database.write(lambda database: outbox.removed(database, space, ids))

    def counts(self, space: str) -> tuple[int, int]:
        """How many passages the store has, and how many it waits for."""
        return self._database.read(lambda database: outbox.counts(database, space))

    def compare(self, space: str, present: Collection[int]) -> None:
        """Put down in the outbox what sets a store that has `present` apart from the library."""
        self._database.write(lambda database: outbox.compare(database, space, present))

    # -- words -------------------------------------------------------------------------------------------------------

    def _terms_of(self, text: str) -> Sequence[str]:
        if self._terms is None:
            from voicebot.rag import words

            self._terms = words.terms
        return self._terms(text)

    def _words_version(self) -> int:
        if self._version is None:
            from voicebot.rag import words

            self._version = words.VERSION
        return self._version
