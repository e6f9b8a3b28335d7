"""LangChain stores beyond what every store keeps to: what is sent, keys, classes that are none, services that refuse.

Pinecone and MongoDB Atlas are stand-ins on this machine: see `pinecone_server` and `mongodb_server`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.openai_server import free_port
from tests.rag import mongodb_server, pinecone_server
from tests.rag.mongodb_server import MongoDbServer
from tests.rag.pinecone_server import INDEX, KEY, PineconeServer
from voicebot.errors import EngineError, EngineUnavailable, StorageError, Unauthorised, Unreachable, UsageError
from voicebot.rag.passages import Tags, Where
from voicebot.rag.stores import langchain_services
from voicebot.rag.stores.langchain import LangChainStore
from voicebot.readiness import NotReady, Ready

MEMORY = "langchain_core.vectorstores.InMemoryVectorStore"
PINECONE = "langchain_pinecone.PineconeVectorStore"
MONGODB = "langchain_mongodb.MongoDBAtlasVectorSearch"
VECTORS = np.eye(4, dtype=np.float32)
TAGS = [Tags("work", 1, "en", "pdf", 1e9)] * 4

Key = Callable[[str], str | None]


def no_key(_: str) -> str | None:
    return None


@pytest.fixture
def pinecone() -> Iterator[PineconeServer]:
    with pinecone_server.serving(4) as server:
        yield server


@pytest.fixture
def mongodb() -> Iterator[MongoDbServer]:
    with mongodb_server.serving() as server:
        yield server


def store_of(path: str, options: Any = None, key: Key = no_key, space: str = "space", **more: Any) -> LangChainStore:
    return LangChainStore(path, json.dumps(options) if options is not None else "", key, space, **more)


def filled(store: LangChainStore) -> LangChainStore:
    store.open(4)
    store.add(range(4), VECTORS, TAGS)
    return store


# -- which class -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "why", "fix"),
    [
        ("", "no path of a class", "langchain:langchain_pinecone"),
        ("faiss", "no path of a class", "langchain:langchain_pinecone"),
        ("os; import x", "no path of a class", "langchain:langchain_pinecone"),
        ("nowhere_at_all.Store", "nowhere_at_all is not installed", "pip install nowhere-at-all"),
    ],
)
def test_a_path_that_is_none(path: str, why: str, fix: str) -> None:
    readiness = store_of(path).ready()
    assert isinstance(readiness, NotReady)
    assert why in readiness.why and fix in readiness.fix


@pytest.mark.parametrize(
    "path", ["langchain_core.vectorstores.Nothing", "langchain_core.nothing.Store", "json.JSONDecoder"]
)
def test_a_class_that_is_none(path: str) -> None:
    store = store_of(path)
    assert isinstance(store.ready(), Ready)
    with pytest.raises(EngineUnavailable, match=path):
        store.open(4)


def test_only_the_module_that_was_named_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "named_store.py").write_text("raise RuntimeError('loaded')")
    store = store_of("named_store.Store")
    assert isinstance(store.ready(), Ready) and "named_store" not in sys.modules
    with pytest.raises(EngineUnavailable, match=r"named_store.Store cannot be loaded: loaded\."):
        store.open(4)


@pytest.mark.parametrize("options", ["{", "[]", "3"])
def test_options_that_are_none(options: str) -> None:
    readiness = LangChainStore(MEMORY, options, no_key, "space").ready()
    assert isinstance(readiness, NotReady) and readiness.why.startswith("its options are no JSON")


def test_a_key_that_is_not_there() -> None:
    readiness = store_of(PINECONE, {"pinecone_api_key": "$pinecone"}).ready()
    assert isinstance(readiness, NotReady)
    assert (readiness.why, readiness.fix) == ("no key pinecone", "Run `voicebot keys set pinecone`")


def test_a_key_that_nobody_knows() -> None:
    def unknown(name: str) -> str | None:
        raise UsageError(f"there is no service called {name!r}", fix="There are openai, pinecone")

    readiness = store_of(MEMORY, {"nested": [{"key": "$other"}]}, unknown).ready()
    assert isinstance(readiness, NotReady) and "other" in readiness.why


def test_only_memory_stays_on_this_machine() -> None:
    assert store_of(MEMORY).local
    assert not store_of(PINECONE).local and not store_of(MONGODB).local


# -- a store of which nothing is known -------------------------------------------------------------------------------


def test_the_numbers_of_the_passages_are_remembered(tmp_path: Path) -> None:
    store = filled(store_of(MEMORY, folder=tmp_path / "vectors"))
    store.remove([2])
    store.close()
    store = store_of(MEMORY, folder=tmp_path / "vectors")
    store.open(4)
    assert store.ids() == {0, 1, 3}
    store.close()
    with pytest.raises(StorageError, match="the store has 4 dimensions, these have 5"):
        store_of(MEMORY, folder=tmp_path / "vectors").open(5)


def test_what_others_keep_in_the_same_store_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.vectorstores import InMemoryVectorStore

    shared: dict[str, Any] = {}
    construct = InMemoryVectorStore.__init__

    def sharing(self: InMemoryVectorStore, embedding: Any) -> None:
        construct(self, embedding)
        self.store = shared

    monkeypatch.setattr(InMemoryVectorStore, "__init__", sharing)
    filled(store_of(MEMORY, space="one"))
    other = store_of(MEMORY, space="other")
    other.open(4)
    assert other.search(VECTORS[0], 4, Where()) == []


def test_no_text_is_handed_over_and_nothing_is_embedded_twice() -> None:
    store = filled(store_of(MEMORY))
    kept = store._backend._store.store  # type: ignore[union-attr]
    assert {each["text"] for each in kept.values()} == {"0", "1", "2", "3"}
    assert kept["2"]["vector"] == VECTORS[2].tolist()


def test_what_a_store_raises_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.vectorstores import InMemoryVectorStore

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("first line with api_key=abcdefgh123.\nsecond line")

    store = filled(store_of(MEMORY))
    monkeypatch.setattr(InMemoryVectorStore, "similarity_search", fails)
    with pytest.raises(EngineError) as raised:
        store.search(VECTORS[0], 1, Where())
    assert "first line" in str(raised.value) and "abcdefgh" not in str(raised.value) and "\n" not in str(raised.value)
    assert raised.value.__cause__ is None


# -- Pinecone --------------------------------------------------------------------------------------------------------


def test_pinecone_by_the_name_of_an_index(pinecone: PineconeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINECONE_CONTROLLER_HOST", pinecone.address)
    options = {"pinecone_api_key": "$pinecone", "index_name": INDEX, "namespace": "mine"}
    store = filled(store_of(PINECONE, options, {"pinecone": KEY}.get))
    assert pinecone.seen[0] == f"GET /indexes/{INDEX}"
    assert list(pinecone.namespaces) == ["mine-space"]
    sent = pinecone.namespaces["mine-space"]["1"]
    tags = {"collection": "work", "document": 1.0, "language": "en", "kind": "pdf", "modified": 1e9}
    assert sent == {"values": [0, 1, 0, 0], "metadata": {**tags, "text": "1"}}
    store.close()


def test_pinecone_lists_page_by_page(pinecone: PineconeServer) -> None:
    store = store_of(PINECONE, {"pinecone_api_key": KEY, "host": pinecone.address})
    store.open(4)
    store.add(range(250), np.tile(VECTORS[0], (250, 1)), [TAGS[0]] * 250)
    assert store.ids() == set(range(250))
    assert pinecone.seen.count("GET /vectors/list") == 3
    assert pinecone.seen.count("POST /vectors/upsert") == 3
    store.close()


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"pinecone_api_key": "pcsk_wrong_key_1"}, Unauthorised, "refused the key"),
        ({"pinecone_api_key": KEY, "host": ""}, UsageError, "index_name"),
    ],
)
def test_pinecone_refuses(
    pinecone: PineconeServer, options: dict[str, str], error: type[Exception], said: str
) -> None:
    store = store_of(PINECONE, {"host": pinecone.address, **options})
    with pytest.raises(error, match=said) as raised:
        store.open(4)
    assert "pcsk" not in str(raised.value) and "\n" not in str(raised.value)


def test_pinecone_has_no_such_index(pinecone: PineconeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINECONE_CONTROLLER_HOST", pinecone.address)
    with pytest.raises(EngineError, match="PineconeVectorStore failed") as raised:
        store_of(PINECONE, {"pinecone_api_key": KEY, "index_name": "other"}).open(4)
    assert "\n" not in str(raised.value)


# -- MongoDB Atlas ---------------------------------------------------------------------------------------------------


def test_mongodb_gets_an_index_with_its_filters_once(mongodb: MongoDbServer) -> None:
    options = {"connection_string": "$mongodb", "namespace": "voicebot.passages"}
    for _ in range(2):
        filled(store_of(MONGODB, options, {"mongodb": mongodb.address}.get)).close()
    assert mongodb.seen.count("createSearchIndexes") == 1
    fields = mongodb.indexes["voicebot.passages-space"]["vector_index"]["fields"]
    assert fields[0] == {"type": "vector", "path": "embedding", "numDimensions": 4, "similarity": "cosine"}
    assert {field["path"] for field in fields[1:]} == {"collection", "document", "language", "kind", "modified"}
    kept = mongodb.collections["voicebot.passages-space"]["1"]
    assert kept["embedding"] == [0, 1, 0, 0] and kept["text"] == "1"


def test_mongodb_removes_nothing_when_nothing_is_named(mongodb: MongoDbServer) -> None:
    store = filled(store_of(MONGODB, {"connection_string": mongodb.address, "namespace": "voicebot.passages"}))
    store.remove([])
    assert len(store.ids()) == 4
    store.close()


def test_mongodb_refuses_the_password(mongodb: MongoDbServer) -> None:
    address = mongodb.address.replace("//", "//someone:s3cret-word@")
    store = store_of(MONGODB, {"connection_string": address, "namespace": "voicebot.passages"})
    with pytest.raises(Unauthorised) as raised:
        store.open(4)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("options", [{}, {"namespace": "a.b"}, {"connection_string": "mongodb://x", "namespace": "a"}])
def test_mongodb_needs_an_address_and_a_collection(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="connection_string and namespace"):
        store_of(MONGODB, options).open(4)


def test_mongodb_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(langchain_services, "PATIENCE", 0.2)
    options = {"connection_string": f"mongodb://127.0.0.1:{free_port()}", "namespace": "voicebot.passages"}
    with pytest.raises((Unreachable, EngineError), match="MongoDBAtlasVectorSearch") as raised:
        store_of(MONGODB, options).open(4)
    assert "\n" not in str(raised.value)
