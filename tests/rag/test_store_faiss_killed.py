"""kill -9 at any moment, twenty times: nothing that was done is lost, nothing is there twice, all is found."""

from __future__ import annotations

import random
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.rag.killed_store import SMALL, Kept, change, kept_after
from tests.rag.vectors import DIMENSIONS, vector
from voicebot.rag.passages import Where
from voicebot.rag.stores.faiss import FaissStore

KILLS = 20
LONGEST = 0.15
"""Seconds from the first step to the kill: a step takes about 5 ms."""


def test_is_whole_after_being_killed(tmp_path: Path) -> None:
    forks = get_context("forkserver")
    forks.set_forkserver_preload(["tests.rag.killed_store", "faiss"])
    draw = random.Random(11)
    steps = 0
    for _ in range(KILLS):
        done, tells = forks.Pipe(duplex=False)
        program = forks.Process(target=change, args=(tmp_path, steps, tells))
        program.start()
        tells.close()
        first = done.recv()
        time.sleep(draw.uniform(0, LONGEST))
        program.kill()
        program.join()
        steps = _done(tmp_path, _last(done, first))
    assert steps > 2 * KILLS


def _last(done: Connection, last: int) -> int:
    """The last number of steps that the program told of."""
    try:
        while True:
            last = done.recv()
    except EOFError:
        return last
    finally:
        done.close()


def _done(folder: Path, told: int) -> int:
    """How many steps the store has seen: those that were told of, or the one after them too."""
    store = FaissStore(folder, SMALL)
    store.open(DIMENSIONS)
    try:
        ids = store.ids()
        seen = [steps for steps in (told, told + 1) if _holds(store, ids, kept_after(steps))]
        assert len(seen) == 1
        assert len(store.search(vector(0), 2 * len(ids), Where())) == len(ids)
        return seen[0]
    finally:
        store.close()


def _holds(store: FaissStore, ids: set[int], kept: Kept) -> bool:
    """Whether those vectors are there that are to be, and each is found in its last version."""
    if ids != set(kept):
        return False
    for id, version in kept.items():
        hits = store.search(vector(id, version), 1, Where())
        if not hits or hits[0].passage != id or hits[0].score != pytest.approx(1, abs=1e-3):
            return False
    return True
