"""What every vector store keeps to, whatever is behind it: see `voicebot.rag.stores.base`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.rag.chroma_server import serving as chroma_serving
from tests.rag.mongodb_server import MongoDbServer
from tests.rag.mongodb_server import serving as mongodb_serving
from tests.rag.pinecone_server import KEY as PINECONE_KEY
from tests.rag.pinecone_server import PineconeServer
from tests.rag.pinecone_server import serving as pinecone_serving
from voicebot.errors import StorageError
from voicebot.rag.passages import Tags, Where
from voicebot.rag.stores.base import Vectors, VectorStore
from voicebot.readiness import Ready

DIMENSIONS = 8
SPACE = "scripted:hashed-words"
NEAR = 0.02
"""By how much a score may differ from the cosine: an index may keep a byte for each number."""

ANYWHERE = Where()
Maker = Callable[[pytest.FixtureRequest, Path], VectorStore]


def faiss(_: pytest.FixtureRequest, folder: Path) -> VectorStore:
    from voicebot.rag.stores.faiss import FaissStore

    return FaissStore(folder)


def chroma(_: pytest.FixtureRequest, folder: Path) -> VectorStore:
    from voicebot.rag.stores.chroma import ChromaStore

    return ChromaStore(folder, "", SPACE)


def chroma_server(request: pytest.FixtureRequest, _: Path) -> VectorStore:
    from voicebot.rag.stores.chroma import ChromaStore

    address = request.getfixturevalue("chroma_address")
    return ChromaStore(None, address, f"{SPACE} {request.node.name}")


def langchain(_: pytest.FixtureRequest, folder: Path) -> VectorStore:
    from voicebot.rag.stores.langchain import LangChainStore

    return LangChainStore("langchain_core.vectorstores.InMemoryVectorStore", "", lambda _: None, SPACE)


def langchain_pinecone(request: pytest.FixtureRequest, _: Path) -> VectorStore:
    from voicebot.rag.stores.langchain import LangChainStore

    options = {"pinecone_api_key": "$pinecone", "host": request.getfixturevalue("pinecone").address}
    path = "langchain_pinecone.PineconeVectorStore"
    return LangChainStore(path, json.dumps(options), {"pinecone": PINECONE_KEY}.get, SPACE)


def langchain_mongodb(request: pytest.FixtureRequest, _: Path) -> VectorStore:
    from voicebot.rag.stores.langchain import LangChainStore

    options = {"connection_string": "$mongodb", "namespace": "voicebot.passages"}
    path = "langchain_mongodb.MongoDBAtlasVectorSearch"
    return LangChainStore(path, json.dumps(options), {"mongodb": request.getfixturevalue("mongodb").address}.get, SPACE)


STORES: dict[str, Maker] = {
    name: maker
    for name, maker in {
        "faiss": faiss,
        "chroma": chroma,
        "chroma-server": chroma_server,
        "langchain-memory": langchain,
        "langchain-pinecone": langchain_pinecone,
        "langchain-mongodb": langchain_mongodb,
    }.items()
    if find_spec(f"voicebot.rag.stores.{name.partition('-')[0]}") is not None
}
"""Each makes another store on the same folder, or at the same service."""
FORGETFUL = {"langchain-memory"}
"""Those that are kept in memory alone, and are not asked what they knew before."""


def direction(degrees: float, dimensions: int = DIMENSIONS) -> Vectors:
    """A vector of length 1, so that the cosine of two is that of the angle between them."""
    vector = np.zeros(dimensions, np.float32)
    vector[0], vector[1] = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return vector


def directions(degrees: Sequence[float]) -> Vectors:
    return np.stack([direction(each) for each in degrees])


def tags(
    collection: str = "work", document: int = 1, language: str = "en", kind: str = "pdf", modified: float = 1e9
) -> Tags:
    return Tags(collection, document, language, kind, modified)


@pytest.fixture(scope="module")
def chroma_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_serving(tmp_path_factory.mktemp("chroma")) as address:
        yield address


@pytest.fixture
def pinecone() -> Iterator[PineconeServer]:
    with pinecone_serving(DIMENSIONS) as server:
        yield server


@pytest.fixture
def mongodb() -> Iterator[MongoDbServer]:
    with mongodb_serving() as server:
        yield server


@pytest.fixture(params=STORES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(request: pytest.FixtureRequest, name: str, tmp_path: Path) -> Callable[[], VectorStore]:
    return lambda: STORES[name](request, tmp_path / "vectors")


@pytest.fixture
def store(make: Callable[[], VectorStore]) -> Iterator[VectorStore]:
    with opened(make()) as store:
        yield store


@contextlib.contextmanager
def opened(store: VectorStore, dimensions: int = DIMENSIONS) -> Iterator[VectorStore]:
    try:
        store.open(dimensions)
        yield store
    finally:
        store.close()


def found(store: VectorStore, degrees: float = 0, count: int = 10, where: Where = ANYWHERE) -> list[int]:
    return [hit.passage for hit in store.search(direction(degrees), count, where)]


def test_constructing_one_does_no_work(make: Callable[[], VectorStore], tmp_path: Path) -> None:
    store = make()
    assert store.name
    assert isinstance(store.ready(), Ready)
    assert not (tmp_path / "vectors").exists()
    store.close()


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert store.ids() == set()
    assert store.search(direction(0), 5, Where()) == []
    store.add([], np.zeros((0, DIMENSIONS), np.float32), [])
    store.remove([])
    store.remove([7])
    assert store.ids() == set()


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    angles = [50, 10, 170, 30, 90]
    store.add([1, 2, 3, 4, 2**40 + 5], directions(angles), [tags()] * 5)
    hits = store.search(direction(0), 10, Where())
    assert [hit.passage for hit in hits] == [2, 4, 1, 2**40 + 5, 3]
    assert [hit.score for hit in hits] == pytest.approx(np.cos(np.radians(sorted(angles))), abs=NEAR)
    assert found(store, 95, count=2) == [2**40 + 5, 1]
    assert store.ids() == {1, 2, 3, 4, 2**40 + 5}


def test_one_that_is_there_already_is_replaced(store: VectorStore) -> None:
    store.add([1, 2], directions([0, 40]), [tags("old"), tags("old")])
    store.add([1], directions([80]), [tags("new", document=9)])
    store.add([1], directions([80]), [tags("new", document=9)])
    assert found(store) == [2, 1]
    assert found(store, where=Where(collections=("old",))) == [2]
    assert found(store, where=Where(documents=(9,))) == [1]
    assert store.ids() == {1, 2}


def test_what_is_removed_is_not_found(store: VectorStore) -> None:
    store.add(range(1, 7), directions([0, 10, 20, 30, 40, 50]), [tags()] * 6)
    store.remove([1, 3, 99])
    store.remove([3])
    assert found(store, count=3) == [2, 4, 5]
    assert store.ids() == {2, 4, 5, 6}
    store.add([3], directions([5]), [tags()])
    assert found(store, count=2) == [3, 2]
    store.remove(sorted(store.ids()))
    assert found(store) == []


MIXED = [
    tags("work", 1, "en", "pdf", 1_000_000_000.25),
    tags("work", 2, "ko", "docx", 1_100_000_000.5),
    tags("O'Hara's \"한국\" {$x}", 3, "en", "pdf", 1_200_000_000.0),
    tags("home", 4, "ko", "txt", 1_300_000_000.75),
    tags("home", 2**40, "de", "md", 1_400_000_000.0),
]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(), [1, 2, 3, 4, 5]),
        (Where(collections=("home",)), [4, 5]),
        (Where(collections=("O'Hara's \"한국\" {$x}",)), [3]),
        (Where(collections=("work", "home")), [1, 2, 4, 5]),
        (Where(documents=(2,)), [2]),
        (Where(documents=(1, 2**40)), [1, 5]),
        (Where(languages=("ko",)), [2, 4]),
        (Where(languages=("en", "de")), [1, 3, 5]),
        (Where(kinds=("pdf",)), [1, 3]),
        (Where(kinds=("txt", "md")), [4, 5]),
        (Where(since=1_150_000_000), [3, 4, 5]),
        (Where(until=1_150_000_000), [1, 2]),
        (Where(since=1_050_000_000, until=1_350_000_000), [2, 3, 4]),
        (Where(collections=("work", "home"), languages=("ko",), kinds=("docx", "txt"), since=1_200_000_000), [4]),
        (Where(collections=("nowhere",)), []),
        (Where(documents=tuple(range(1, 600))), [1, 2, 3, 4]),
    ],
)
def test_filters(store: VectorStore, where: Where, expected: list[int]) -> None:
    store.add([1, 2, 3, 4, 5], directions([10, 20, 30, 40, 50]), MIXED)
    assert found(store, where=where) == expected


def test_a_filter_that_only_the_farthest_passes(store: VectorStore) -> None:
    others = np.linspace(0, 90, 300)
    store.add(range(1, 301), directions(list(others)), [tags("work")] * 300)
    store.add([301, 302], directions([150, 160]), [tags("home")] * 2)
    assert found(store, count=3, where=Where(collections=("home",))) == [301, 302]
    assert found(store, count=1, where=Where(collections=("home",))) == [301]


def test_of_many_the_nearest_are_found(store: VectorStore) -> None:
    vectors = np.random.default_rng(7).normal(size=(500, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for first in range(0, 500, 100):
        store.add(range(first, first + 100), vectors[first : first + 100], [tags()] * 100)
    recalled = 0
    for question in vectors[:20]:
        nearest = set(np.argsort(-(vectors @ question))[:10].tolist())
        recalled += len(nearest & {hit.passage for hit in store.search(question, 10, Where())})
    assert recalled >= 0.95 * 20 * 10
    assert store.ids() == set(range(500))


@pytest.mark.parametrize("name", [name for name in STORES if name not in FORGETFUL])
def test_what_it_knew_is_there_when_it_is_opened_again(make: Callable[[], VectorStore]) -> None:
    with opened(make()) as store:
        store.add([1, 2, 3], directions([0, 10, 20]), MIXED[:3])
        store.remove([1])
    with opened(make()) as store:
        assert store.ids() == {2, 3}
        store.add([4], directions([5]), [tags("later")])
    with opened(make()) as store:
        assert found(store) == [4, 2, 3]
        assert found(store, where=Where(languages=("ko",))) == [2]


def test_other_dimensions_are_refused(make: Callable[[], VectorStore], name: str) -> None:
    with opened(make()) as store:
        store.add([1], directions([0]), [tags()])
        with pytest.raises(StorageError):
            store.add([2], np.stack([direction(0, 12)]), [tags()])
        with pytest.raises(StorageError):
            store.search(direction(0, 12), 1, Where())
        assert found(store) == [1]
    if name in FORGETFUL or name == "faiss":  # which puts them aside, and begins anew
        return
    with pytest.raises(StorageError), opened(make(), 12):
        pass
    with opened(make()) as store:
        assert found(store) == [1]
