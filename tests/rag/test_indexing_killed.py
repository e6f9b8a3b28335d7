"""Ended at any moment, indexing goes on where it was: no passage is lost, and none is there twice."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import sqlite3
import sys
import time
from pathlib import Path

from tests.rag import killed_child
from tests.rag.papers import every_passage, opened, passages
from voicebot.rag.library import Library
from voicebot.rag.stores.faiss import FaissStore

CONTEXT = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
CONTEXT.set_forkserver_preload(["tests.rag.killed_child"])  # what is imported once need not be 52 times

KILLS = 50
FILES = 60
STEPS = 32
LONGEST = 0.02
"""A process is killed within so many seconds after one of its first steps: a file takes about 5 ms, a batch 10."""


def write(path: Path, chance: random.Random) -> None:
    """Five to fifteen paragraphs, some of which other files and other versions have too."""
    chosen = chance.choices(["로그", "note", "page"], k=chance.randint(5, 15))
    path.write_text("\n\n".join(f"{word} {chance.randrange(40)}" for word in chosen), "utf-8")


def change(folder: Path, chance: random.Random) -> None:
    """Some files are written anew, one is renamed, one is removed, one comes."""
    files = sorted(folder.rglob("*.md"))
    for path in chance.sample(files, 8):
        write(path, chance)
    moved, removed = chance.sample(files, 2)
    moved.rename(moved.with_name(f"moved{chance.randrange(10**6)}.md"))
    removed.unlink()
    write(folder / f"new{chance.randrange(10**6)}.md", chance)


def run(home: Path, steps: int | None = None, after: float = 0.0) -> bool:
    """Index; the process is killed so many seconds after so many steps. Whether it came to its end."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=killed_child.run, args=(home, theirs))
    process.start()
    theirs.close()
    told = ""
    with contextlib.suppress(EOFError):
        while told != "settled":
            told = ours.recv()
            steps = steps - 1 if steps is not None else None
            if steps == 0:
                time.sleep(after)
                process.kill()
    process.join()
    return told == "settled"


def found(library: Library, term: str) -> list[str]:
    """The texts of all passages with a term."""
    return sorted(one.text for one in library.passages([hit.passage for hit in library.search([term], 10_000)]))


def test_killed_fifty_times_it_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(9)
    folder = tmp_path / "sources"
    (folder / "deep").mkdir(parents=True)
    for number in range(FILES):
        write(folder / ("deep" if number % 3 else ".") / f"file{number}.md", chance)
    home, fresh = tmp_path / "home", tmp_path / "fresh"
    library = opened(home)
    library.add_source("home", folder)
    library.close()
    killed = rounds = 0
    while killed < KILLS:
        killed += not run(home, chance.randint(1, STEPS), chance.uniform(0, LONGEST))
        change(folder, chance)
        rounds += 1
        assert rounds < 3 * KILLS, "it was to be killed at work"
    assert run(home)

    library = opened(fresh)
    library.add_source("home", folder)
    library.close()
    assert run(fresh)
    survivor, reference = opened(home), opened(fresh)
    assert len(passages(survivor)) == FILES
    assert passages(survivor) == passages(reference)
    for term in ("note", "로그", "17"):
        assert found(survivor, term) == found(reference, term) != []
    ids = {passage.id for passage in every_passage(survivor)}
    store = FaissStore(home / "vectors")
    store.open(killed_child.DIMENSIONS)
    assert store.ids() == ids
    store.close()
    assert survivor.counts(killed_child.SPACE) == (len(ids), 0)
    assert survivor.to_remove(killed_child.SPACE, 10) == []
    for library in (survivor, reference):
        library.close()
    with sqlite3.connect(home / "library.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    database.close()
