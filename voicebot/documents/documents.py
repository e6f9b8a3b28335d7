"""One door to the person's documents: what is in them, what is being read, what answers a question.

All of it runs on the loop it is started on; what blocks is done in worker threads and child processes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from voicebot.documents.adding import files_in, named, whole
from voicebot.documents.finding import Finding, Tell
from voicebot.documents.foresight import Asked, Foresight
from voicebot.documents.grounding import grounding_of
from voicebot.documents.making import Making
from voicebot.documents.meaning import Meaning
from voicebot.errors import StorageError, UsageError
from voicebot.llm.base import Grounding, Message
from voicebot.rag.indexing import Indexer
from voicebot.rag.library import Library
from voicebot.rag.loading.reader import Reader
from voicebot.rag.passages import Collection, Document, Found, Passage, Progress, Where
from voicebot.rag.retrieval import Inquiry

REMEMBERED = 6
"""Messages of the conversation that a follow-up may lean on."""
UNBOUNDED = 1_000_000
"""Tokens: whoever searches sees whole passages."""


class Documents:
    """`making` has the settings; with `indexes` what is new is read in the background. `tell` gets what goes wrong."""

    def __init__(self, making: Making, *, indexes: bool, tell: Tell) -> None:
        self._settings = making.settings
        self._indexes = indexes
        self._library = Library(making.home.documents / "library.db", tell)
        self._reader = Reader()
        self._indexer = Indexer(
            self._library,
            self._reader,
            tell=self._told,
            notify=tell,
            watch=making.settings.watch,
            yield_to=self._give_way,
        )
        self._give_way_to: Callable[[], Awaitable[None]] | None = None
        self._finding = Finding(making, self._library, tell, self._use_meaning)
        self._foresight = Foresight[tuple[Found, ...]]()
        self._warming: asyncio.Task[None] | None = None
        self._closing = False
        self._generation = 0
        """Counts the changes of what can be found."""
        self._titles: tuple[str, ...] = ()
        """Of the document that the last answer rested on most: "and what does it say of holidays?"."""
        self.on_progress: Callable[[Progress], None] = lambda _: None

    # -- in the conversation -----------------------------------------------------------------------------------------

    @property
    def collection(self) -> str:
        """The collection that is on in the conversation; empty for none."""
        return self._settings.collection

    @property
    def on(self) -> bool:
        return bool(self.collection)

    @property
    def only(self) -> bool:
        """Whether answers may rest on documents alone."""
        return self._settings.only

    async def ground(self, question: str, language: str, before: Sequence[Message]) -> Grounding:
        """What was found for a question, which may be nothing; see `voicebot.documents.grounds`. Never raises."""
        inquiry = self._inquiry(question, language, before)
        found = await self._foresight.take(self._asked(inquiry), lambda: self._finding.retrieve(inquiry))
        self._titles = tuple(one.passage.title for one in found[:1]) or self._titles
        return grounding_of(found, inquiry, language, only=self.only)

    def foresee(self, text: str, before: Sequence[Message]) -> None:
        """Look already for what a question that begins with these words may be answered from."""
        inquiry = self._inquiry(text, "", before)
        self._foresight.begin(self._asked(inquiry), lambda: self._finding.retrieve(inquiry))

    # -- for the window and the command line -------------------------------------------------------------------------

    async def collections(self) -> list[Collection]:
        return await asyncio.to_thread(self._library.collections) if self._is_there else []

    async def find(self, name: str) -> Collection:
        """The collection of that name; raises UsageError, which says what there is."""
        collections = await self.collections()
        found = next((one for one in collections if one.name == name.strip()), None)
        if found is None:
            there = ", ".join(one.name for one in collections)
            fix = f"your collections: {there}" if there else "`voicebot docs add NAME PATH` makes one"
            raise UsageError(f"there is no collection called {name!r}", fix=fix)
        return found

    async def documents(self, collection: str) -> list[Document]:
        """By path."""
        return await asyncio.to_thread(self._library.documents, collection) if self._is_there else []

    async def add(self, collection: str, paths: Sequence[Path]) -> int:
        """Add files and folders to a collection, which is made where it is new; how many files can be read there.

        They are read in the background. Raises UsageError for what is not there, and for what no reader can read.
        """
        collection = named(collection)
        found = await asyncio.to_thread(files_in, paths)
        for path in paths:
            await asyncio.to_thread(self._library.add_source, collection, whole(path))
        self._indexer.wake()
        self._begin()
        return found

    async def remove(self, collection: str, path: str | None = None) -> None:
        """Forget a source of a collection, or all of it; the files themselves stay. Raises UsageError."""
        if path is None:
            await asyncio.to_thread(self._library.remove_collection, collection)
        else:
            await asyncio.to_thread(self._library.remove_source, collection, Path(path))
        self._generation += 1
        self._indexer.wake()

    async def rename(self, collection: str, new: str) -> None:
        """Raises UsageError where the name is taken."""
        await asyncio.to_thread(self._library.rename_collection, collection, named(new))
        self._generation += 1

    async def search(self, text: str, collection: str = "", count: int = 10, language: str = "en") -> list[Found]:
        """The passages about a text, best first, in one collection or in all of them."""
        if not self._is_there:
            return []
        await self.opened()
        where = Where(collections=(collection,) if collection else ())
        return list(await self._finding.retrieve(Inquiry(text, language, (), where, count, UNBOUNDED)))

    async def page(self, passage: int) -> list[Passage]:
        """What a citation opens: the whole page, or the section, that a passage stands on; empty when it is gone."""
        found = await asyncio.to_thread(self._library.passage, passage) if self._is_there else None
        return await asyncio.to_thread(self._library.page_of, found) if found is not None else []

    # -- reading in the background -----------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        return self._indexer.paused

    @property
    def progress(self) -> Progress:
        return self._indexer.progress

    def pause(self) -> None:
        self._indexer.pause()

    def resume(self) -> None:
        self._indexer.resume()

    @property
    def by_meaning(self) -> bool:
        """Whether passages are found by their meaning too, by now."""
        return self._finding.by_meaning

    async def look_again(self) -> None:
        """Take up a model that came since, where none was."""
        await self._finding.look_again()

    async def opened(self) -> None:
        """Wait until all that searches is there."""
        if self._warming is not None:
            await asyncio.wait([self._warming])
        await self._finding.opened()

    async def settled(self) -> None:
        """Wait until everything is read, and found by its meaning where a model is there."""
        await self._finding.opened()
        await self._indexer.settled()

    async def start(self, give_way: Callable[[], Awaitable[None]] | None = None) -> None:
        """Begin to read what is new, and open what searches by meaning, in the background.

        `give_way` is awaited before each piece of that work: it returns when nobody needs the machine more.
        """
        self._give_way_to = give_way
        if self._is_there:
            self._begin()
            self._warming = asyncio.get_running_loop().create_task(asyncio.to_thread(self._warm))

    async def use(self, making: Making) -> None:
        """Go on by other settings."""
        self._settings = making.settings
        self._generation += 1
        await self._finding.use(making)

    async def close(self) -> None:
        self._foresight.drop()
        self._closing = True
        if self._warming is not None:
            await asyncio.wait([self._warming])
        async with AsyncExitStack() as rest:  # in reverse; what fails keeps nothing else open
            rest.push_async_callback(asyncio.to_thread, self._library.close)
            rest.push_async_callback(self._reader.close)
            rest.push_async_callback(self._finding.close)
            rest.push_async_callback(self._indexer.close)

    # -- behind them -------------------------------------------------------------------------------------------------

    def _warm(self) -> None:
        """What the first question would wait for; if it fails, that question says so.

        Where nothing is indexed here, passages that lost their terms to a newer way of making them get them back now.
        """
        with suppress(StorageError):
            while not self._indexes and not self._closing and self._library.reword():
                pass
            self._library.warm()

    def _begin(self) -> None:
        if self._indexes:
            self._indexer.start()
        self._finding.open()

    async def _give_way(self) -> None:
        if self._give_way_to is not None:
            await self._give_way_to()

    @property
    def _is_there(self) -> bool:
        """Whether anything was ever added: no file is made before."""
        return self._library.file.is_file()

    def _inquiry(self, question: str, language: str, before: Sequence[Message]) -> Inquiry:
        return Inquiry(
            question,
            language,
            tuple((message.role, message.text) for message in before[-REMEMBERED:]),
            Where(collections=(self.collection,)),
            self._settings.passages,
            self._settings.tokens,
            self._titles,
        )

    def _asked(self, inquiry: Inquiry) -> Asked:
        return Asked.of(inquiry.question, (inquiry.before, inquiry.where, self._generation))

    def _use_meaning(self, meaning: Meaning | None) -> None:
        self._generation += 1
        if meaning is None:
            self._indexer.use(None, None)
        else:
            self._indexer.use(meaning.embedding, meaning.store)

    def _told(self, progress: Progress) -> None:
        self._generation += 1
        self.on_progress(progress)
