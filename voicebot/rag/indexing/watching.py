"""Tells when something changed below the sources."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from voicebot.rag.indexing.scanning import is_skipped
from voicebot.rag.indexing.threads import in_whole
from voicebot.rag.library.sources import is_below

log = logging.getLogger(__name__)

QUIET_MS = 100
LONGEST_MS = 1_600
"""Changes are one until none came for QUIET_MS, or for LONGEST_MS: programs write a file in several steps."""
FIRST_MS = 1_000
"""After which a quiet watch says that it began."""
REST = 10.0
"""Looking through the sources again waits that many times as long as it took: watched files that change all the time
take a tenth of a core at most."""
POLLING = 30.0
"""Seconds between two looks where the system tells nothing."""


class Following:
    """Watches whichever sources there are, and calls `wake` when something changed there."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._task: asyncio.Task[None] | None = None
        self._sources: Sequence[Path] = ()
        self._rested = 0.0
        self._later: asyncio.TimerHandle | None = None

    def follow(self, sources: Sequence[Path], took: float) -> None:
        """These sources from now on; looking through them took so many seconds."""
        self._rested = time.monotonic() + REST * took
        if self._task is not None and sources == self._sources:
            return
        if self._task is not None:
            self._task.cancel()
        self._sources = sources
        self._task = asyncio.create_task(watch(sources, self._changed), name="watching documents")

    async def close(self) -> None:
        task, self._task = self._task, None
        if self._later is not None:
            self._later.cancel()
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    def _changed(self) -> None:
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(max(0.0, self._rested - time.monotonic()), self._wake)


async def watch(sources: Sequence[Path], changed: Callable[[], None]) -> None:
    """Call `changed` after every change, and once when changes are seen from then on; until it is cancelled."""
    loop = asyncio.get_running_loop()
    stop = threading.Event()
    try:
        if sources:
            work = asyncio.to_thread(_watch, sources, lambda: loop.call_soon_threadsafe(changed), stop)
            await in_whole(work, stop.set)
    except ImportError:
        log.info("watchfiles is not installed: changes are looked for every %g seconds", POLLING)
    except (OSError, RuntimeError) as error:  # too many folders for the system, a share that cannot tell
        log.info("changes cannot be followed (%s): they are looked for every %g seconds", error, POLLING)
    while True:
        await asyncio.sleep(POLLING)
        changed()


def _watch(sources: Sequence[Path], changed: Callable[[], object], stop: threading.Event) -> None:
    """Blocks: telling the system of every folder takes a second where there are many."""
    import watchfiles

    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it names every file that changes
    names = [str(source) for source in sources]

    def matters(_: Any, path: str) -> bool:
        return any(not _is_skipped_below(path, source) for source in names if is_below(path, source))

    begun = False
    for changes in watchfiles.watch(
        *sources,
        watch_filter=matters,
        debounce=LONGEST_MS,
        step=QUIET_MS,
        rust_timeout=FIRST_MS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        if changes or not begun:
            begun = True
            changed()


def _is_skipped_below(path: str, source: str) -> bool:
    return any(map(is_skipped, Path(path[len(source) :]).parts))
