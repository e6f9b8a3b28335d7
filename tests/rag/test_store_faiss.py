"""FAISS with SQLite: it finds what is nearest, at any size, after any accident, and whoever else writes."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.rag.killed_store import SMALL
from tests.rag.vectors import DIMENSIONS, allows, tags, vector, vectors
from voicebot.errors import StorageError
from voicebot.rag.passages import Hit, Where
from voicebot.rag.stores import faiss as store_module
from voicebot.rag.stores import faiss_database
from voicebot.rag.stores.base import VectorStore
from voicebot.rag.stores.faiss import FaissStore
from voicebot.rag.stores.faiss_growing import Growing
from voicebot.rag.stores.faiss_index import Growth
from voicebot.readiness import NotReady, Ready

ALL = range(600)
CODES = Growth(flat=100, candidates=10_000)
"""Codes, all of whose vectors are compared: it finds what is found without them."""
FLAT = Growth()
SHAPES = pytest.mark.parametrize("growth", [FLAT, CODES], ids=["flat", "codes"])
DAY = 86_400.0

Opens = Callable[..., FaissStore]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Opens the store of this test, as often as it is called; all are closed at the end."""
    opened: list[FaissStore] = []

    def opens(growth: Growth = FLAT, dimensions: int = DIMENSIONS) -> FaissStore:
        store = FaissStore(tmp_path / "vectors", growth)
        opened.append(store)
        store.open(dimensions)
        return store

    yield opens
    for store in opened:
        store.close()


def add(store: VectorStore, ids: Sequence[int], version: int = 0) -> None:
    store.add(ids, vectors(ids, version), [tags(id) for id in ids])


def filled(store: FaissStore) -> FaissStore:
    add(store, ALL)
    store.settle()
    return store


def nearest(ids: Sequence[int], wanted: np.ndarray, count: int) -> list[int]:
    return [ids[place] for place in np.argsort(-(vectors(ids) @ wanted))[:count]]


def found(hits: Sequence[Hit]) -> list[int]:
    return [hit.passage for hit in hits]


def test_is_ready_where_faiss_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store: VectorStore = FaissStore(tmp_path)
    assert store.ready() == Ready()
    monkeypatch.setattr(store_module, "find_spec", lambda name: None)
    absent = store.ready()
    assert isinstance(absent, NotReady)
    assert absent.fix == "pip install 'voicebot[documents]'"


def test_constructing_touches_nothing(tmp_path: Path) -> None:
    store = FaissStore(tmp_path / "vectors")
    store.close()
    assert not list(tmp_path.iterdir())
    with pytest.raises(StorageError, match="not open"):
        store.search(vector(1), 1, Where())


@SHAPES
def test_finds_the_nearest_best_first(opens: Opens, growth: Growth) -> None:
    store = filled(opens(growth))
    hits = store.search(vector(1000), 10, Where())
    assert found(hits) == nearest(ALL, vector(1000), 10)
    assert [hit.score for hit in hits] == pytest.approx(
        [float(vector(hit.passage) @ vector(1000)) for hit in hits], abs=1e-3
    )


def test_an_empty_store_finds_nothing(opens: Opens) -> None:
    store = opens()
    assert store.search(vector(1), 5, Where()) == []
    assert store.search(vector(1), 5, Where(languages=("en",))) == []
    store.remove([1, 2])
    assert store.ids() == set()


def test_finds_what_was_added_a_moment_ago_at_every_size(opens: Opens) -> None:
    store = opens(SMALL)
    for start in range(0, 2_000, 100):
        add(store, range(start, start + 100))
        assert found(store.search(vector(start + 7), 1, Where())) == [start + 7]
    store.settle()
    assert all(found(store.search(vector(id), 1, Where())) == [id] for id in range(0, 2_000, 7))


@SHAPES
def test_a_vector_is_replaced(opens: Opens, growth: Growth) -> None:
    store = filled(opens(growth))
    add(store, [5, 6], version=1)
    assert store.search(vector(5, 1), 1, Where())[0].score == pytest.approx(1, abs=1e-3)
    assert store.search(vector(5), 1, Where())[0].score < 0.9
    assert store.ids() == set(ALL)


def test_of_an_id_that_comes_twice_the_last_is_kept(opens: Opens) -> None:
    store = opens()
    store.add([1, 1], np.stack([vector(1), vector(2)]), [tags(1), tags(1)])
    assert found(store.search(vector(2), 5, Where())) == [1]
    assert store.search(vector(2), 5, Where())[0].score == pytest.approx(1, abs=1e-3)


@SHAPES
def test_what_was_removed_is_not_found_and_may_come_again(opens: Opens, growth: Growth) -> None:
    store = filled(opens(growth))
    store.remove([3, 4, 9_999])
    assert store.ids() == set(ALL) - {3, 4}
    assert not {3, 4} & set(found(store.search(vector(3), len(ALL), Where())))
    add(store, [3])
    assert found(store.search(vector(3), 1, Where())) == [3]


def test_what_was_removed_leaves_the_disk(opens: Opens, tmp_path: Path) -> None:
    store = filled(opens(CODES))
    gone = vector(3).astype(np.float16).tobytes()
    kept = vector(4).astype(np.float16).tobytes()
    store.remove([3])
    store.close()
    content = [file.read_bytes() for file in (tmp_path / "vectors").iterdir()]
    assert not any(gone in one for one in content)
    assert any(kept in one for one in content)


@SHAPES
@pytest.mark.parametrize(
    "where",
    [
        pytest.param(Where(collections=("letters",)), id="one collection"),
        pytest.param(Where(collections=("letters", "notes"), languages=("ko",)), id="two collections and a language"),
        pytest.param(Where(documents=(3,)), id="one document"),
        pytest.param(Where(documents=tuple(range(40_000))), id="more documents than SQLite has variables"),
        pytest.param(Where(kinds=("pdf",), languages=("en",)), id="nothing is both"),
        pytest.param(Where(kinds=("pdf",)), id="a kind"),
        pytest.param(Where(since=10 * DAY), id="since"),
        pytest.param(Where(until=10 * DAY), id="until"),
        pytest.param(Where(since=10 * DAY, until=10 * DAY), id="a day"),
        pytest.param(Where(languages=("ja",)), id="a language that is not there"),
        pytest.param(Where(languages=("en", "ko")), id="all"),
    ],
)
def test_a_filter_leaves_what_it_allows(opens: Opens, growth: Growth, where: Where) -> None:
    store = filled(opens(growth))
    allowed = [id for id in ALL if allows(where, tags(id))]
    for _ in range(2):
        assert found(store.search(vector(1000), 20, where)) == (nearest(allowed, vector(1000), 20) if allowed else [])


@SHAPES
def test_a_filter_sees_what_changed(opens: Opens, growth: Growth) -> None:
    store = filled(opens(growth))
    letters = Where(collections=("letters",))
    assert found(store.search(vector(4), 1, letters)) == [4]
    store.add([4], vectors([4]), [tags(0)])
    assert 4 not in found(store.search(vector(4), len(ALL), letters))
    add(store, [1_000])
    assert found(store.search(vector(1_000), 1, letters)) == [1_000]


def test_with_codes_it_finds_nearly_all(opens: Opens) -> None:
    store = filled(opens(Growth(flat=100, candidates=20)))
    asked = [vector(id) for id in range(1000, 1050)]
    for where in (Where(), Where(languages=("ko",)), Where(documents=(3, 4))):
        allowed = [id for id in ALL if allows(where, tags(id))]
        hits = [len({*found(store.search(one, 10, where))} & {*nearest(allowed, one, 10)}) for one in asked]
        assert sum(hits) >= 0.97 * 10 * len(asked)


def test_finds_what_is_left_where_nearly_all_was_replaced(opens: Opens) -> None:
    store = opens(Growth(flat=100, candidates=2))
    near = [vector(1) + 0.1 * vector(id) for id in ALL]
    store.add(ALL, np.stack([one / np.linalg.norm(one) for one in near]), [tags(id) for id in ALL])
    store.settle()
    add(store, range(10, 600), version=1)
    assert sorted(found(store.search(vector(1), 10, Where()))) == list(range(10))


@pytest.mark.parametrize("dimensions", [8, 13, 30, 64])
def test_any_dimensions(opens: Opens, dimensions: int) -> None:
    store = opens(CODES, dimensions)
    drawn = np.random.default_rng(1).standard_normal((300, dimensions)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    store.add(range(300), drawn, [tags(id) for id in range(300)])
    store.settle()
    assert [found(store.search(one, 1, Where())) for one in drawn] == [[id] for id in range(300)]


def test_vectors_of_other_dimensions_are_not_taken(opens: Opens) -> None:
    store = filled(opens())
    with pytest.raises(StorageError, match="do not fit"):
        store.add([1_000], np.ones((1, 8), np.float32), [tags(1)])
    with pytest.raises(StorageError, match="do not fit"):
        store.search(np.ones(8, np.float32), 1, Where())
    assert store.ids() == set(ALL)


def test_ids_may_be_far_apart(opens: Opens) -> None:
    store = opens(CODES)
    ids = [*range(201), 1 << 60]
    store.add(ids, vectors(range(202)), [tags(place) for place in range(202)])
    store.settle()
    assert store.ids() == set(ids)
    assert found(store.search(vector(201), 1, Where(languages=("ko",)))) == [1 << 60]


# -- what is on disk -----------------------------------------------------------------------------------------------


@SHAPES
def test_is_the_same_when_opened_again(opens: Opens, growth: Growth) -> None:
    store = filled(opens(growth))
    hits = store.search(vector(1000), 20, Where(languages=("en",)))
    store.close()
    assert opens(growth).search(vector(1000), 20, Where(languages=("en",))) == hits


def test_is_whole_while_the_index_is_built(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    built, building = threading.Event(), threading.Event()
    build = Growing._build

    def slowly(growing: Growing) -> object:
        building.set()
        built.wait(30)
        return build(growing)

    monkeypatch.setattr(Growing, "_build", slowly)
    store = opens(CODES)
    add(store, ALL)
    building.wait(30)
    add(store, [700, 5], version=1)
    store.remove([6])
    for _ in ("while", "after"):
        assert [found(store.search(vector(id, 1), 1, Where())) for id in (700, 5)] == [[700], [5]]
        assert store.ids() == {*ALL, 700} - {6}
        built.set()
        store.settle()


@pytest.mark.expects_warnings
def test_without_an_index_it_finds_all_the_same(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(Growing, "_begun", fails)
    store = filled(opens(CODES))
    add(store, [700])
    assert found(store.search(vector(1000), 10, Where())) == nearest([*ALL, 700], vector(1000), 10)


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    "content", [b"no database" * 1_000, b"SQLite format 3\0" + b"\xff" * 5_000], ids=["text", "torn"]
)
def test_vectors_that_cannot_be_read_are_put_aside(opens: Opens, content: bytes) -> None:
    store = filled(opens())
    store.close()
    store.file.write_bytes(content)
    store = opens()
    assert store.kept_aside is not None
    assert store.kept_aside.read_bytes() == content
    assert store.ids() == set()
    add(filled(store), [1_000])
    assert found(store.search(vector(1_000), 1, Where())) == [1_000]


@pytest.mark.expects_warnings
def test_other_dimensions_begin_anew(opens: Opens) -> None:
    filled(opens()).close()
    store = opens(dimensions=8)
    assert store.kept_aside is not None
    assert store.ids() == set()


@pytest.mark.expects_warnings
def test_vectors_that_break_while_they_are_open_are_put_aside(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(opens())
    with monkeypatch.context() as broken:
        broken.setattr(faiss_database.Database, "numbers", _malformed)
        with pytest.raises(StorageError, match="malformed"):
            store.search(vector(1), 10, Where(documents=(3,)))
    assert store.kept_aside is not None
    assert store.kept_aside.exists()
    add(store, [1])
    assert store.ids() == {1}


def _malformed(*_: object) -> None:
    raise sqlite3.DatabaseError("database disk image is malformed")


def test_vectors_of_a_newer_program_are_left_alone(opens: Opens) -> None:
    store = filled(opens())
    store.close()
    with sqlite3.connect(store.file) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StorageError, match="newer Voicebot"):
        opens()
    assert store.kept_aside is None


def test_a_failure_to_write_changes_nothing(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_database, "BUSY_SECONDS", 0.01)
    store = filled(opens())
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="database is locked"):
        add(store, [1_000])
    assert store.ids() == set(ALL)
    other.close()
    add(store, [1_000])
    assert found(store.search(vector(1_000), 1, Where())) == [1_000]


# -- several programs ----------------------------------------------------------------------------------------------


@SHAPES
def test_each_sees_what_the_other_wrote(opens: Opens, growth: Growth) -> None:
    one, other = filled(opens(growth)), opens(growth)
    add(one, [700])
    assert found(other.search(vector(700), 1, Where())) == [700]
    other.remove([700])
    assert found(one.search(vector(700), 1, Where())) != [700]
    add(one, [8], version=1)
    add(other, [9], version=1)
    for store in (one, other):
        assert [found(store.search(vector(id, 1), 1, Where())) for id in (8, 9)] == [[8], [9]]
        assert store.ids() == set(ALL)


def test_removals_that_were_forgotten_are_seen(opens: Opens) -> None:
    one, other = filled(opens(CODES)), opens(CODES)
    one.remove(range(500))
    one.close()
    opens(CODES)  # forgets what was removed, since that is most
    assert other.ids() == set(range(500, 600))
    assert found(other.search(vector(3), len(ALL), Where())) == nearest(range(500, 600), vector(3), 100)


def test_any_changes_by_two_programs_in_any_order(opens: Opens) -> None:
    draw = random.Random(3)
    kept: dict[int, int] = {}
    stores = [opens(CODES), opens(CODES)]
    for version in range(1, 80):
        place = draw.randrange(2)
        ids = sorted(draw.sample(range(300), draw.randint(1, 60)))
        match draw.choice(["add", "add", "add", "remove", "open", "settle"]):
            case "add":
                add(stores[place], ids, version)
                kept |= dict.fromkeys(ids, version)
            case "remove":
                stores[place].remove(ids)
                kept = {id: version for id, version in kept.items() if id not in ids}
            case "open":
                stores[place].close()
                stores[place] = opens(CODES)
            case "settle":
                stores[place].settle()
        check = stores[draw.randrange(2)]
        assert check.ids() == set(kept)
        for id in draw.sample(sorted(kept), min(5, len(kept))):
            hit = check.search(vector(id, kept[id]), 1, Where())[0]
            assert (hit.passage, hit.score) == (id, pytest.approx(1, abs=1e-3))
