"""A program that changes a store until it is killed: what it does at each step is known beforehand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from tests.rag.vectors import DIMENSIONS, tags, vectors
from voicebot.rag.stores.faiss import FaissStore
from voicebot.rag.stores.faiss_index import Growth

SMALL = Growth(flat=100, renew=2, candidates=1_000)
"""It has codes, and is built anew, after a few steps."""
IDS = 500

Step = tuple[Literal["add", "remove"], list[int], int]
"""What is done, to which ids, and the version of their vectors."""
Kept = dict[int, int]
"""The version of every id that is there."""


def steps() -> Iterator[Step]:
    draw = random.Random(7)
    version = 0
    while True:
        version += 1
        what: Literal["add", "remove"] = "remove" if draw.random() < 0.2 else "add"
        yield what, sorted(draw.sample(range(IDS), draw.randint(1, 40))), version


def kept_after(count: int) -> Kept:
    """What is there after so many steps."""
    kept: Kept = {}
    for what, ids, version in islice(steps(), count):
        if what == "add":
            kept |= dict.fromkeys(ids, version)
        else:
            kept = {id: version for id, version in kept.items() if id not in ids}
    return kept


def change(folder: Path, after: int, done: Connection) -> None:
    """Go on after so many steps, for ever; says each number of steps when they are durable."""
    store = FaissStore(folder, SMALL)
    store.open(DIMENSIONS)
    for number, (what, ids, version) in enumerate(islice(steps(), after, None), after + 1):
        if what == "add":
            store.add(ids, vectors(ids, version), [tags(id) for id in ids])
        else:
            store.remove(ids)
        done.send(number)
