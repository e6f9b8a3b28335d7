"""The indexer: what is new below the sources into the library, and what is new in the library into the vector store."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path

from voicebot.errors import StorageError, VoicebotError
from voicebot.rag.embedding.base import EmbeddingModel
from voicebot.rag.indexing.gait import Gait, YieldTo
from voicebot.rag.indexing.lock import IndexingLock
from voicebot.rag.indexing.pace import cost
from voicebot.rag.indexing.reading import Reads, read
from voicebot.rag.indexing.reporting import Reporter
from voicebot.rag.indexing.scanning import Accepts
from voicebot.rag.indexing.surveying import Job, Survey, survey
from voicebot.rag.indexing.threads import call, in_thread
from voicebot.rag.indexing.vectors import Filling
from voicebot.rag.indexing.watching import Following
from voicebot.rag.library import Library
from voicebot.rag.passages import Progress
from voicebot.rag.stores.base import VectorStore

log = logging.getLogger(__name__)

LOOKED_EVERY = 3.0
"""Seconds between two looks for what another program did to the library, and for sources that were away."""
LOCK_EVERY = 0.5
"""Seconds between two attempts to take over from another program."""
RETRIED = 30.0
"""Seconds after which what failed is tried again: a full disk, a server that is gone."""

class Indexer:
    """Everything runs on the loop in which `start` is called; what blocks runs in threads and in the reader's child.

    `tell` hears how far it is, at most ten times a second, and `notify` what a person should know: each on the loop.
    `accepts` says by the name which files are documents, and `splitter` with which version files are read and cut;
    without them it is `voicebot.rag.loading` and `voicebot.rag.splitting`. `yield_to` is awaited before each file
    and each batch. The store is opened by the indexer, before the first batch; what else asks it meanwhile is for the
    store to sort out (`voicebot.rag.stores.one_at_a_time`).
    """

    def __init__(
        self,
        library: Library,
        reader: Reads,
        *,
        embedding: EmbeddingModel | None = None,
        store: VectorStore | None = None,
        tell: Callable[[Progress], None] = lambda _: None,
        watch: bool = True,
        yield_to: YieldTo | None = None,
        notify: Callable[[VoicebotError], None] = lambda _: None,
        accepts: Accepts | None = None,
        splitter: int | None = None,
    ) -> None:
        self._library = library
        self._reader = reader
        self._notify = notify
        self._accepts = accepts
        self._splitter = splitter
        self._gait = Gait(yield_to)
        self._reporter = Reporter(tell)
        self._lock = IndexingLock(library.file)
        self._filling = self._filling_of(embedding, store)
        self._woken = asyncio.Event()
        self._settled = asyncio.Event()
        self._failure: VoicebotError | None = None
        self._told: str = ""
        self._task: asyncio.Task[None] | None = None
        self._following = Following(self.wake) if watch else None
        self._fresh = True
        self._sources: list[tuple[str, Path]] = []

    @property
    def paused(self) -> bool:
        return self._gait.paused

    @property
    def progress(self) -> Progress:
        return self._reporter.progress

    def start(self) -> None:
        self._task = self._task or asyncio.create_task(self._run(), name="indexing")

    async def close(self) -> None:
        """Within a second, whatever it is doing; it goes on there when it is started again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        if self._following is not None:
            await self._following.close()
        await self._reader.close()

    def wake(self) -> None:
        """The sources changed."""
        self._settled.clear()
        self._woken.set()

    def pause(self) -> None:
        """At once; a file that is being read is read again from its beginning afterwards."""
        self._gait.pause()
        self._reporter.pause(True)

    def resume(self) -> None:
        self._gait.resume()
        self._reporter.pause(False)

    def use(self, embedding: EmbeddingModel | None, store: VectorStore | None) -> None:
        """Another model or store, or none, from the next batch on."""
        current = self._filling
        if current is None or current.uses != (embedding, store):
            self._filling = self._filling_of(embedding, store)
        self.wake()

    async def settled(self) -> None:
        """Wait until everything is read and embedded, by this program or another. Raises what is in the way of it."""
        await self._settled.wait()
        if self._failure is not None:
            raise self._failure

    def _filling_of(self, embedding: EmbeddingModel | None, store: VectorStore | None) -> Filling | None:
        if embedding is None or store is None:
            return None
        return Filling(self._library, embedding, store)

    # -- rounds ------------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            while True:
                failure = await self._attempt()
                if failure is not None or not self._woken.is_set():
                    self._settle(failure)
                    await self._idle(RETRIED if failure is not None else None)
        finally:
            self._lock.release()

    async def _attempt(self) -> VoicebotError | None:
        try:
            await self._hold_lock()
            self._woken.clear()
            await self._round()
        except VoicebotError as error:
            return error
        except Exception as error:
            log.exception("indexing broke off")
            why = type(error).__name__
            return StorageError("your documents could not be read", why=why, fix="the log says more")
        return None

    async def _round(self) -> None:
        """Until everything is done, or there is more to look at first."""
        await self._read(await self._survey())
        while not self._woken.is_set() and await self._gait.step(lambda: call(self._library.reword)):
            pass
        if not self._woken.is_set() and self._filling is not None:
            await self._fill(self._filling)

    async def _survey(self) -> list[Survey]:
        """Of each collection, the least work first: a note that was just written need not wait for a whole disk."""
        started = time.monotonic()
        sources: dict[str, list[Path]] = {}
        self._sources = await call(self._library.sources)
        for collection, path in self._sources:
            sources.setdefault(collection, []).append(path)
        surveys: list[Survey] = []
        there: set[Path] = set()
        for collection, paths in sources.items():
            look = partial(survey, self._library, collection, paths, self._is_document, self._version())
            found = await self._gait.step(lambda look=look: in_thread(look))  # type: ignore[misc]
            surveys.append(found)
            there.update(found.there)
            for path in found.away:
                self._notify(_away(path))
        if self._following is not None:
            self._following.follow(sorted(there), time.monotonic() - started)
        return sorted(surveys, key=lambda found: found.work)

    async def _read(self, surveys: list[Survey]) -> None:
        count = sum(len(found.jobs) for found in surveys)
        if not count:
            return
        before = 0 if self._fresh or self.progress.embedding else self.progress.done
        self._fresh = False
        self._settled.clear()
        self._reporter.begin(before, before + count, sum(found.work for found in surveys))
        for job in chain.from_iterable(found.jobs for found in surveys):
            if self._woken.is_set():
                return
            self._reporter.at(job.path)
            started = time.monotonic()
            await self._gait.step(lambda job=job: self._read_one(job))  # type: ignore[misc]
            self._reporter.did(1, cost(job.size), time.monotonic() - started)

    async def _read_one(self, job: Job) -> None:
        await read(self._library, self._reader, job, self._version())

    async def _fill(self, filling: Filling) -> None:
        """Remove and add vectors, until nothing waits or there is something to read first."""
        if not filling.ready():
            return
        stored, waiting = await filling.counts()
        if not stored and not waiting:
            return
        await self._gait.step(filling.open)
        while await self._gait.step(filling.remove_some):
            pass
        stored, waiting = await filling.counts()
        if waiting:
            self._settled.clear()
            self._reporter.begin(stored, stored + waiting, waiting, embedding=True)
        added = -1
        while added and not self._woken.is_set() and filling is self._filling:
            started = time.monotonic()
            added = await self._gait.step(filling.add_some)
            self._reporter.did(added, added, time.monotonic() - started)
            await self._gait.step(filling.remove_some)

    # -- between rounds ----------------------------------------------------------------------------------------------

    def _settle(self, failure: VoicebotError | None) -> None:
        self._failure = failure
        self._fresh = True
        self._reporter.end()
        self._settled.set()
        told = str(failure or "")
        if failure is not None and told != self._told:
            self._notify(failure)
        self._told = told

    async def _idle(self, longest: float | None) -> None:
        """Until something changed, or for so many seconds."""
        until = time.monotonic() + longest if longest is not None else None
        before = (self._sources, *(await self._signs())[1:])
        while until is None or time.monotonic() < until:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOKED_EVERY):
                    await self._woken.wait()
                return
            if until is None and await self._signs() != before:
                return

    async def _signs(self) -> tuple[object, ...]:
        """What tells that another program changed the sources, or that one that was away is there again."""

        def look() -> tuple[object, ...]:
            with contextlib.suppress(StorageError):
                away = [path.exists() for _, path in self._library.away()]
                return self._library.sources(), self._library.waiting()[0], away
            return ()

        return await call(look)

    async def _hold_lock(self) -> None:
        """Wait for another program that keeps the library in step; `settled` goes by what it has done."""
        while not self._lock.take():
            waiting, documents = await call(self._library.waiting)
            unscanned = await call(self._library.unscanned)
            pending = (await self._filling.counts())[1] if self._filling is not None and self._filling.ready() else 0
            self._reporter.begin(documents - waiting, documents, 0.0)
            if waiting or unscanned or pending:
                self._settled.clear()
            else:
                self._failure = None
                self._settled.set()
            await asyncio.sleep(LOCK_EVERY)

    # -- parts that are loaded when they are used -------------------------------------------------------------------

    def _is_document(self, path: Path) -> bool:
        if self._accepts is None:
            from voicebot.rag.loading.kinds import is_document

            self._accepts = is_document
        return self._accepts(path)

    def _version(self) -> int:
        if self._splitter is None:
            from voicebot.rag.splitting import VERSION

            self._splitter = VERSION
        return self._splitter


def _away(path: Path) -> StorageError:
    return StorageError(
        f"{path} is not there",
        why="its documents are still found",
        fix="connect it again, or remove it from the collection",
    )
