"""A stand-in on this machine for Pinecone's HTTP interface, of its control plane and of one index.

It knows what pinecone 7.3 sends for describing an index, upserting, querying, deleting and listing vectors, and answers
as far as that client reads (its `pinecone/core/openapi`, and https://docs.pinecone.io/reference/api). It is not
Pinecone: what was added is found at once, nothing is approximate, and it speaks without TLS.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np

from tests.rag.filtering import Unsupported, matches

KEY = "pcsk_test_0123456789"
INDEX = "voicebot"
PAGE = 100
"""Vectors in a page of a list, as by default."""
MOST = {"vectors": 1000, "topK": 10_000, "ids": 1000}
"""https://docs.pinecone.io/reference/api/database-limits"""


class Refusal(Exception):
    """An answer that says no: an HTTP status and what is the matter."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status, self.message = status, message


class PineconeServer:
    """One index of `dimensions`, with the metric cosine. `seen` are the methods and paths of all requests."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self.namespaces: dict[str, dict[str, dict[str, Any]]] = {}
        self.seen: list[str] = []
        self.address = ""
        self._lock = threading.Lock()

    def answer(self, method: str, target: str, headers: Any, body: dict[str, Any]) -> dict[str, Any]:
        parts = urlsplit(target)
        self.seen.append(f"{method} {parts.path}")
        if headers.get("Api-Key") != KEY:
            raise Refusal(401, "Invalid API Key")
        assert headers.get("X-Pinecone-Api-Version")
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            match method, parts.path:
                case "GET", "/vectors/list":
                    return self._list(**query)
                case "POST", "/describe_index_stats":
                    return self._stats()
                case "POST", "/vectors/upsert":
                    return self._upsert(**body)
                case "POST", "/query":
                    return self._query(**body)
                case "POST", "/vectors/delete":
                    return self._delete(**body)
                case "GET", path if path.startswith("/indexes/"):
                    return self._described(unquote(path.removeprefix("/indexes/")))
        raise Refusal(404, "Not found")

    def _described(self, name: str) -> dict[str, Any]:
        if name != INDEX:
            raise Refusal(404, f"Resource {name} not found")
        return {
            "name": name,
            "vector_type": "dense",
            "metric": "cosine",
            "dimension": self.dimensions,
            "status": {"ready": True, "state": "Ready"},
            "host": self.address,
            "spec": {"serverless": {"region": "us-east-1", "cloud": "aws"}},
            "deletion_protection": "disabled",
        }

    def _stats(self) -> dict[str, Any]:
        counts = {name: {"vectorCount": len(vectors)} for name, vectors in self.namespaces.items()}
        total = sum(len(vectors) for vectors in self.namespaces.values())
        return {"namespaces": counts, "dimension": self.dimensions, "indexFullness": 0, "totalVectorCount": total}

    def _upsert(self, vectors: list[dict[str, Any]], namespace: str = "") -> dict[str, Any]:
        _demand(0 < len(vectors) <= MOST["vectors"], "too many vectors")
        for vector in vectors:
            _demand(set(vector) <= {"id", "values", "metadata"} and isinstance(vector["id"], str), "no such field")
            length = len(vector["values"])
            wrong = f"Vector dimension {length} does not match the dimension of the index {self.dimensions}"
            _demand(length == self.dimensions, wrong)
            _demand(len(json.dumps(vector["metadata"])) <= 40_960, "Metadata size is too large")
            self.namespaces.setdefault(namespace, {})[vector["id"]] = {
                "values": vector["values"],
                "metadata": {name: _kept(value) for name, value in vector["metadata"].items()},
            }
        return {"upsertedCount": len(vectors)}

    def _query(
        self,
        vector: list[float],
        topK: int,
        namespace: str = "",
        filter: dict[str, Any] | None = None,
        includeMetadata: bool = False,
        includeValues: bool = False,
    ) -> dict[str, Any]:
        _demand(len(vector) == self.dimensions, "wrong dimension")
        _demand(1 <= topK <= MOST["topK"], "topK is out of range")
        try:
            held = self.namespaces.get(namespace, {}).items()
            found = [(id_, kept) for id_, kept in held if matches(filter or {}, kept["metadata"])]
        except Unsupported as error:
            raise Refusal(400, f"filter: {error}") from None
        scored = sorted(((_cosine(vector, kept["values"]), id_, kept) for id_, kept in found), key=lambda one: -one[0])
        rows = [
            {"id": id_, "score": score, "values": [], **({"metadata": kept["metadata"]} if includeMetadata else {})}
            for score, id_, kept in scored[:topK]
        ]
        assert not includeValues
        return {"results": [], "matches": rows, "namespace": namespace, "usage": {"readUnits": 1}}

    def _delete(self, ids: list[str], namespace: str = "") -> dict[str, Any]:
        _demand(0 < len(ids) <= MOST["ids"], "too many ids")
        for each in ids:
            self.namespaces.get(namespace, {}).pop(each, None)
        return {}

    def _list(self, namespace: str = "", paginationToken: str = "", limit: str = str(PAGE)) -> dict[str, Any]:
        names = sorted(self.namespaces.get(namespace, {}))
        start = int(paginationToken or 0)
        page = names[start : start + int(limit)]
        after = start + len(page)
        more = {"pagination": {"next": str(after)}} if after < len(names) else {}
        return {"vectors": [{"id": each} for each in page], "namespace": namespace, "usage": {"readUnits": 1}, **more}


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Refusal(400, otherwise)


def _kept(value: Any) -> Any:
    """Numbers are kept as 64-bit floats."""
    _demand(isinstance(value, str | int | float | bool), "Metadata value must be a string, number, boolean or list")
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _cosine(one: list[float], other: list[float]) -> float:
    a, b = np.asarray(one), np.asarray(other)
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


@contextlib.contextmanager
def serving(dimensions: int) -> Iterator[PineconeServer]:
    """A server on a free port, in a thread; its `address` is that of the control plane and of the index."""
    stand_in = PineconeServer(dimensions)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._respond({})

        def do_POST(self) -> None:
            self._respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _respond(self, body: dict[str, Any]) -> None:
            status, answer = 200, b""
            try:
                answer = json.dumps(stand_in.answer(self.command, self.path, self.headers, body)).encode()
            except Refusal as refusal:
                status = refusal.status
                answer = json.dumps({"code": 3, "message": refusal.message, "details": []}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.address = "http://{}:{}".format(*server.server_address[:2])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
