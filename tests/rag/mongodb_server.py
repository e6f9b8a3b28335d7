"""A stand-in on this machine for MongoDB Atlas: its wire protocol, and of its commands those for vector search.

It answers what pymongo 4.20 and langchain-mongodb 0.12 send (OP_MSG and the first OP_QUERY, documented at
https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/; the commands in
https://github.com/mongodb/specifications, index-management and crud; `$vectorSearch` at
https://www.mongodb.com/docs/atlas/atlas-vector-search/vector-search-stage/). It is not Atlas: an index is ready at
once, what was written is found at once, nothing is approximate, and there are no sessions and no users.
"""

from __future__ import annotations

import contextlib
import itertools
import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import Any

import bson
import numpy as np

from tests.rag.filtering import Unsupported, matches, named

HEADER = struct.Struct("<iiii")
OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
WIRE_VERSION = 21
"""Of MongoDB 7.0."""
PAGE = 101
"""Documents in a first batch, unless the client says otherwise."""

Document = dict[str, Any]


class Refusal(Exception):
    """An answer that says no: MongoDB's code and what is the matter."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.answer = {"ok": 0.0, "errmsg": message, "code": code, "codeName": "Refused"}


class MongoDbServer:
    """Collections and their search indexes by "database.collection". `seen` are the commands it was sent."""

    def __init__(self) -> None:
        self.collections: dict[str, dict[Any, Document]] = {}
        self.indexes: dict[str, dict[str, Document]] = {}
        self.seen: list[str] = []
        self.address = ""
        self._cursors: dict[int, tuple[str, list[Document]]] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def answer(self, command: Document) -> Document:
        name = next(iter(command))
        with self._lock:
            self.seen.append(name)
            respond = getattr(self, f"_{name.lower()}", None)
            try:
                if respond is None:
                    raise Refusal(59, f"no such command: '{name}'")
                return {**respond(command), "ok": 1.0}
            except Refusal as refusal:
                return refusal.answer

    # -- connecting -----------------------------------------------------------------------------------------------

    def _hello(self, _: Document) -> Document:
        return {
            "helloOk": True,
            "ismaster": True,
            "isWritablePrimary": True,
            "maxBsonObjectSize": 16 << 20,
            "maxMessageSizeBytes": 48_000_000,
            "maxWriteBatchSize": 100_000,
            "minWireVersion": 0,
            "maxWireVersion": WIRE_VERSION,
        }

    _ismaster = _hello

    def _saslstart(self, _: Document) -> Document:
        raise Refusal(18, "Authentication failed.")

    # -- collections and indexes ------------------------------------------------------------------------------------

    def _listcollections(self, command: Document) -> Document:
        wanted, database = command.get("filter", {}).get("name"), command["$db"]
        names = [full.partition(".")[2] for full in self.collections if full.startswith(f"{database}.")]
        found = [{"name": name, "type": "collection"} for name in names if wanted in (None, name)]
        return self._cursor(f"{database}.$cmd.listCollections", found, command)

    def _create(self, command: Document) -> Document:
        if (full := _full(command, "create")) in self.collections:
            raise Refusal(48, "Collection already exists.")
        self.collections[full] = {}
        return {}

    def _createsearchindexes(self, command: Document) -> Document:
        full = _full(command, "createSearchIndexes")
        if full not in self.collections:
            raise Refusal(26, "Collection does not exist.")
        for index in command["indexes"]:
            if index.get("type") != "vectorSearch" or index["name"] in self.indexes.setdefault(full, {}):
                raise Refusal(68, "IndexAlreadyExists, or no vector index")
            self.indexes[full][index["name"]] = index["definition"]
        return {"indexesCreated": [{"id": index["name"], "name": index["name"]} for index in command["indexes"]]}

    # -- documents --------------------------------------------------------------------------------------------------

    def _update(self, command: Document) -> Document:
        kept = self.collections.setdefault(_full(command, "update"), {})
        upserted = []
        for number, update in enumerate(command["updates"]):
            id_ = update["q"]["_id"]
            if set(update["q"]) != {"_id"} or any(name.startswith("$") for name in update["u"]):
                raise Refusal(9, "only replacements by their id are known here")
            if id_ not in kept:
                assert update.get("upsert")
                upserted.append({"index": number, "_id": id_})
            kept[id_] = update["u"]
        changed = len(command["updates"])
        return {"n": changed, "nModified": changed - len(upserted), **({"upserted": upserted} if upserted else {})}

    def _delete(self, command: Document) -> Document:
        kept = self.collections.setdefault(_full(command, "delete"), {})
        gone = [id_ for one in command["deletes"] for id_, each in kept.items() if matches(one["q"], each)]
        for id_ in gone:
            del kept[id_]
        return {"n": len(gone)}

    def _find(self, command: Document) -> Document:
        full = _full(command, "find")
        found = [each for each in self.collections.get(full, {}).values() if matches(command["filter"], each)]
        shown = [name for name, wanted in command.get("projection", {}).items() if wanted]
        rows = [{name: each[name] for name in shown} for each in found] if shown else found
        return self._cursor(full, rows, command)

    def _getmore(self, command: Document) -> Document:
        full, rest = self._cursors.pop(command["getMore"])
        batch = command.get("batchSize", PAGE)
        more = rest[batch:]
        return {"cursor": {"id": self._kept(full, more), "ns": full, "nextBatch": rest[:batch]}}

    def _aggregate(self, command: Document) -> Document:
        full = _full(command, "aggregate")
        first, *others = command["pipeline"]
        ((stage, wanted),) = first.items()
        if stage == "$listSearchIndexes":
            return self._cursor(full, list(self._listed(full, wanted.get("name"))), command)
        if stage != "$vectorSearch":
            raise Refusal(40324, f"Unrecognized pipeline stage name: '{stage}'")
        rows = list(self._nearest(full, **wanted))
        for other in others:
            if other == {"$set": {"score": {"$meta": "vectorSearchScore"}}}:
                continue
            ((stage, hidden),) = other.items()
            if stage != "$project" or any(hidden.values()):
                raise Refusal(40324, f"Unrecognized pipeline stage: {other}")
            rows = [{name: value for name, value in row.items() if name not in hidden} for row in rows]
        return self._cursor(full, rows, command)

    def _listed(self, full: str, name: str | None) -> Iterator[Document]:
        for each, definition in self.indexes.get(full, {}).items():
            if name in (None, each):
                ready = {"status": "READY", "queryable": True, "type": "vectorSearch"}
                yield {"id": each, "name": each, "latestDefinition": definition, **ready}

    def _nearest(
        self,
        full: str,
        index: str,
        path: str,
        queryVector: list[float],
        numCandidates: int,
        limit: int,
        filter: Document | None = None,
    ) -> Iterator[Document]:
        definition = self.indexes.get(full, {}).get(index)
        if definition is None:
            return  # as Atlas does
        vector = next(field for field in definition["fields"] if field["type"] == "vector")
        filtered = {field["path"] for field in definition["fields"] if field["type"] == "filter"}
        if not 1 <= limit <= numCandidates <= 10_000 or path != vector["path"]:
            raise Refusal(8, "limit, numCandidates or path is out of range")
        if len(queryVector) != vector["numDimensions"]:
            raise Refusal(8, "vector field is indexed with another number of dimensions")
        if lacking := named(filter or {}) - filtered:
            raise Refusal(8, f"Path '{min(lacking)}' needs to be indexed as filter")
        try:
            found = [each for each in self.collections.get(full, {}).values() if matches(filter or {}, each)]
        except Unsupported as error:
            raise Refusal(8, str(error)) from None
        scored = [(_score(queryVector, each[path]), each) for each in found if len(each[path]) == len(queryVector)]
        for score, each in sorted(scored, key=lambda one: -one[0])[:limit]:
            yield {**each, "score": score}

    def _cursor(self, full: str, rows: list[Document], command: Document) -> Document:
        batch = command.get("batchSize", command.get("cursor", {}).get("batchSize", PAGE))
        return {"cursor": {"id": self._kept(full, rows[batch:]), "ns": full, "firstBatch": rows[:batch]}}

    def _kept(self, full: str, rest: list[Document]) -> bson.Int64:
        number = next(self._numbers) if rest else 0
        if rest:
            self._cursors[number] = full, rest
        return bson.Int64(number)


def _full(command: Document, name: str) -> str:
    return f"{command['$db']}.{command[name]}"


def _score(one: list[float], other: list[float]) -> float:
    """Atlas gives (1 + cosine) / 2."""
    a, b = np.asarray(one), np.asarray(other)
    return float((1 + a @ b / (np.linalg.norm(a) * np.linalg.norm(b))) / 2)


# -- the wire protocol ----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving() -> Iterator[MongoDbServer]:
    """A server on a free port, in threads; its `address` is a connection string."""
    stand_in = MongoDbServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):
                while header := self.rfile.read(HEADER.size):
                    length, request, _, code = HEADER.unpack(header)
                    body = self.rfile.read(length - HEADER.size)
                    answer, reply = _answered(stand_in, code, body)
                    self.wfile.write(HEADER.pack(HEADER.size + len(answer), 0, request, reply) + answer)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server = Server(("127.0.0.1", 0), Handler)
    stand_in.address = "mongodb://{}:{}/".format(*server.server_address[:2])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answered(stand_in: MongoDbServer, code: int, body: bytes) -> tuple[bytes, int]:
    if code == OP_QUERY:  # the first hello of a connection
        start = body.index(b"\0", 4) + 1 + 8
        command = bson.decode(body[start:])
        return struct.pack("<iqii", 8, 0, 0, 1) + bson.encode(stand_in.answer(command)), OP_REPLY
    assert code == OP_MSG, code
    return struct.pack("<IB", 0, 0) + bson.encode(stand_in.answer(_message(body))), OP_MSG


def _message(body: bytes) -> Document:
    """The command of an OP_MSG, with the documents of its other sections in their places."""
    assert struct.unpack_from("<I", body)[0] == 0, "no flag is known"
    at = 4
    command: Document = {}
    while at < len(body):
        kind, at = body[at], at + 1
        (size,) = struct.unpack_from("<i", body, at)
        section = body[at : at + size]
        at += size
        if kind == 0:
            command = {**bson.decode(section), **command}
        else:
            name, _, documents = section[4:].partition(b"\0")
            command[name.decode()] = bson.decode_all(documents)
    return command
