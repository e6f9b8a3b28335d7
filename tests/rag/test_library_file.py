"""The library's file: broken, of another program, on a disk that refuses it, and in several hands."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.rag.papers import opened, passages, put
from tests.rights import AS_NOBODY, let_others_in
from voicebot.errors import StorageError, VoicebotError
from voicebot.rag.passages import Where

PAGE = 4096


def filled(folder: Path, documents: int = 40) -> Path:
    """A library of some hundred kilobytes, as (its file)."""
    library = opened(folder)
    for number in range(documents):
        put(library, f"/papers/{number}.txt", "\n\n".join(f"some words {number} {other}" for other in range(30)))
    library.close()
    return library.file


def overwrite(file: Path, start: int, end: int | None = None) -> None:
    content = bytearray(file.read_bytes())
    end = len(content) if end is None else end
    content[start:end] = b"\xa5" * (end - start)
    file.write_bytes(content)


@pytest.mark.expects_warnings
def test_a_file_that_is_no_database_is_put_aside(tmp_path: Path) -> None:
    file = filled(tmp_path, 1)
    file.write_bytes(b"these are not the passages you are looking for" * 100)
    told: list[VoicebotError] = []
    library = opened(tmp_path, told=told)
    assert library.collections() == []
    assert put(library, "/a.txt", "one") == 1
    library.close()
    assert [str(error).partition(":")[0] for error in told] == ["Your documents must be added again"]
    [kept] = tmp_path.glob("library.db.broken-*-1")
    assert kept.name in told[0].why
    assert kept.read_bytes().startswith(b"these")


@pytest.mark.expects_warnings
def test_the_sources_are_rescued_from_a_broken_library(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT rootpage FROM sqlite_schema WHERE name IN ('passage', 'body')").fetchall()
    database.close()
    for (page,) in rows:
        overwrite(file, (page - 1) * PAGE, page * PAGE)
    told: list[VoicebotError] = []
    library = opened(tmp_path, told=told)
    assert library.matching(Where()) == []
    assert library.sources() == [("home", Path("/papers"))]
    assert library.documents() == []
    library.close()
    assert [error.what for error in told] == ["your documents are read anew"]


@pytest.mark.expects_warnings
def test_it_breaks_while_it_is_open(tmp_path: Path) -> None:
    file = filled(tmp_path)
    told: list[VoicebotError] = []
    library = opened(tmp_path, told=told)
    assert len(library.documents()) == 40
    overwrite(file, 2 * PAGE)
    library.close()
    put(library, "/papers/new.txt", "one")
    assert passages(library) == {"home /papers/new.txt": ["one"]}
    library.close()
    assert len(told) == 1


@pytest.mark.expects_warnings
def test_an_index_that_is_broken_alone_is_built_anew(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE words_data SET block = x'00' WHERE id > 10")
    database.close()
    told: list[VoicebotError] = []
    library = opened(tmp_path, told=told)
    assert len(library.search(["words"], 5)) == 5
    assert len(library.documents()) == 40
    library.close()
    assert not told
    assert not list(tmp_path.glob("*.broken-*"))


def test_a_library_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    file = filled(tmp_path, 1)
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    library = opened(tmp_path)
    for attempt in (library.collections, library.sources, lambda: put(library, "/a.txt", "one")):
        with pytest.raises(StorageError, match="newer Voicebot"):
            attempt()
    assert [path.name for path in tmp_path.glob("*.broken-*")] == []


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    file = filled(tmp_path, 2)
    library = opened(tmp_path)
    before = passages(library)
    writer = library._database._writer
    assert writer is not None
    writer.execute("PRAGMA max_page_count = 1")  # SQLite takes as many as there are
    with pytest.raises(StorageError, match="Free some space"):
        put(library, "/papers/0.txt", "\n\n".join(f"new words {number}" * 20 for number in range(500)))
    assert passages(library) == before
    writer.execute("PRAGMA max_page_count = 100000")
    put(library, "/papers/0.txt", "new")
    assert passages(library)["home /papers/0.txt"] == ["new"]
    library.close()
    assert file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder on Windows has no such rights")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    let_others_in(folder)
    program = f"""from pathlib import Path
import filelock
from tests.rag.papers import opened
from voicebot.errors import StorageError
{AS_NOBODY}
try:
    opened(Path({str(folder)!r}) / "deep").collections()
except StorageError as error:
    print(error)
"""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.startswith("The library of your documents could not be read: Permission denied")


def test_two_programs_and_many_threads_write_at_once(tmp_path: Path) -> None:
    libraries = [opened(tmp_path), opened(tmp_path)]
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for round_ in range(5):
                put(libraries[number % 2], f"/{number}.txt", f"one {round_}\n\ntwo {number}")
                assert libraries[(number + 1) % 2].search(["two"], 3) is not None
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert passages(libraries[0]) == {f"home /{number}.txt": ["one 4", f"two {number}"] for number in range(6)}
    for library in libraries:
        library.close()
        assert library.count() == 12, "what is closed opens again"
        library.close()


def test_a_search_does_not_wait_for_a_write(tmp_path: Path) -> None:
    library = opened(tmp_path)
    put(library, "/a.txt", "boat")
    assert library.search(["boat"], 1)
    library._database._write_lock.acquire()
    found: list[int] = []
    searching = threading.Thread(target=lambda: found.append(len(library.search(["boat"], 1))))
    searching.start()
    searching.join(10)
    library._database._write_lock.release()
    assert found == [1]
    library.close()
