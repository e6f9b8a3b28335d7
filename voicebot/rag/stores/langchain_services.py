"""The LangChain stores that are known: Pinecone's and MongoDB Atlas's, which filter and list at the service.

Both are written after their clients' sources (pinecone 7.3, langchain-pinecone 0.2, pymongo 4.20, langchain-mongodb
0.12) and tried against stand-ins of their wire protocols on one machine. The services themselves were not tried.
What was just added may be missing from their answers for some seconds: both are eventually consistent.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from voicebot.errors import UsageError
from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.base import Vectors
from voicebot.rag.stores.filters import FIELDS, conditions, metadata
from voicebot.rag.stores.langchain_vectors import QUESTION, Making, handed_over, other_dimensions, texts_of
from voicebot.services import CONNECT

PATIENCE = 30.0
"""Seconds that a service may take for one answer."""
INDEXING = 120.0
"""Seconds that Atlas may take to build a new search index."""
BATCH = 100
"""Vectors in a request: of 1,536 dimensions a Pinecone request takes about 100
(https://docs.pinecone.io/guides/index-data/upsert-data#upsert-limits)."""
MOST = {"pinecone": 10_000, "mongodb": 1_000}
"""What is asked for at once at the most: Pinecone's own limit, and a tenth of Atlas's 10,000 candidates."""


class Pinecone:
    """An index of Pinecone's with the metric cosine, and in it a namespace for the space of the vectors.

    Options: "pinecone_api_key", and "index_name" or the index's "host"; "namespace" stands before the space's name.
    """

    def __init__(self, making: Making) -> None:
        options = dict(making.options)
        self._namespace = "-".join(filter(None, (options.pop("namespace", ""), making.space)))
        self._embeddings = handed_over()
        index = _pinecone_index(options)
        self._store = making.kind(index=index, embedding=self._embeddings, namespace=self._namespace, **options)
        theirs = index.describe_index_stats().dimension
        if theirs != making.dimensions:
            self.close()
            raise other_dimensions(theirs, making.dimensions)

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        for part in _batches(len(ids)):
            texts = texts_of(ids[part], vectors[part], self._embeddings)
            fields = [metadata(each) for each in tags[part]]
            self._store.add_texts(texts, fields, ids=texts, async_req=False)  # which would start a pool of threads

    def remove(self, ids: Sequence[int]) -> None:
        for part in _batches(len(ids)):
            self._store.delete(ids=[str(each) for each in ids[part]])

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        self._embeddings.known = {QUESTION: vector.tolist()}
        found = self._store.similarity_search_with_score(
            QUESTION, k=min(count, MOST["pinecone"]), filter=_all_of(where) or None
        )
        return [Hit(int(document.id), float(score)) for document, score in found]

    def ids(self) -> set[int]:
        return {int(each) for page in self._store.index.list(namespace=self._namespace) for each in page}

    def close(self) -> None:
        self._store.index.close()


def _pinecone_index(options: dict[str, Any]) -> Any:
    """Pinecone's client for the index that the options name, with a limit for every wait."""
    from pinecone import Pinecone as Client

    client = Client(api_key=options.pop("pinecone_api_key", None), source_tag="langchain")
    name, host = options.pop("index_name", ""), options.pop("host", "")
    if not name and not host:
        raise UsageError("Pinecone has no index", fix="Write index_name into documents.store_options")
    if not host:
        _limit(client.db._index_api.api_client)
        host = client.describe_index(name).host
    index = client.Index(host=host)
    _limit(index._vector_api.api_client)
    return index


def _limit(api_client: Any) -> None:
    """Have each request of Pinecone's client end; unless it is told otherwise it waits for ever."""
    rest = api_client.rest_client
    request = rest.request

    def limited(*args: Any, **options: Any) -> Any:
        return request(*args, **options | {"_request_timeout": (CONNECT, PATIENCE)})

    rest.request = limited


class MongoDb:
    """A collection of MongoDB Atlas's for the space of the vectors, with a vector search index that is made if need be.

    Options: "connection_string", "namespace" ("database.collection", before the space's name), and what LangChain's
    class takes besides, such as "index_name".
    """

    def __init__(self, making: Making) -> None:
        from pymongo import MongoClient

        options = {"index_name": "vector_index", **making.options}
        address, namespace = options.pop("connection_string", ""), options.pop("namespace", "")
        database, _, name = namespace.partition(".")
        if not address or not name:
            what = "MongoDB Atlas has no address or no collection"
            raise UsageError(what, fix="Write connection_string and namespace into documents.store_options")
        client: Any = MongoClient(
            address, timeoutMS=int(PATIENCE * 1000), serverSelectionTimeoutMS=int(PATIENCE * 1000)
        )
        with contextlib.ExitStack() as failed:
            failed.callback(client.close)
            self._collection = client[database][f"{name}-{making.space}"]
            self._embeddings = handed_over()
            self._store = making.kind(self._collection, self._embeddings, **options)
            self._demand_index(options["index_name"], making.dimensions)
            failed.pop_all()

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        for part in _batches(len(ids)):
            texts = texts_of(ids[part], vectors[part], self._embeddings)
            self._store.add_texts(texts, [metadata(each) for each in tags[part]], ids=texts)

    def remove(self, ids: Sequence[int]) -> None:
        for part in _batches(len(ids)):  # none of which is empty: LangChain's class would then delete everything
            self._store.delete(ids=[str(each) for each in ids[part]])

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        self._embeddings.known = {QUESTION: vector.tolist()}
        found = self._store.similarity_search_with_score(
            QUESTION, k=min(count, MOST["mongodb"]), pre_filter=_all_of(where) or None
        )
        # Atlas's score of cosine similarity is (1 + cosine) / 2.
        return [Hit(int(document.id), 2.0 * float(score) - 1.0) for document, score in found]

    def ids(self) -> set[int]:
        return {int(each["_id"]) for each in self._collection.find({}, {"_id": 1})}

    def close(self) -> None:
        self._store.close()

    def _demand_index(self, name: str, dimensions: int) -> None:
        existing = next(iter(self._collection.list_search_indexes(name)), None)
        if existing is None:
            self._store.create_vector_search_index(
                dimensions=dimensions, filters=list(FIELDS), wait_until_complete=INDEXING
            )
            return
        fields = existing["latestDefinition"]["fields"]
        theirs = next((field["numDimensions"] for field in fields if field["type"] == "vector"), None)
        if theirs != dimensions:
            raise other_dimensions(theirs, dimensions)


def _batches(length: int) -> list[slice]:
    return [slice(first, first + BATCH) for first in range(0, length, BATCH)]


def _all_of(where: Where) -> dict[str, Any]:
    clauses = conditions(where)
    return {"$and": clauses} if len(clauses) > 1 else (clauses[0] if clauses else {})
