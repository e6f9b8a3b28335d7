"""Chroma (https://docs.trychroma.com, Apache-2.0): its files on this machine, or a server of its own.

Chroma's telemetry and tracing are switched off, and so is the `.env` that it would read from the working directory.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import logging
import re
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from voicebot.errors import EngineError, EngineTimedOut, StorageError, Unreachable, VoicebotError
from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.base import Vectors
from voicebot.rag.stores.filters import conditions, metadata
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.redaction import redact
from voicebot.services import CONNECT, one_line

if TYPE_CHECKING:
    from chromadb.api import ServerAPI
    from chromadb.api.models.Collection import Collection

log = logging.getLogger(__name__)

PORT = 8000
"""On which `chroma run` listens unless it is told otherwise."""
PATIENCE = 30.0
"""Seconds that a server may take for one answer."""
BROKEN = re.compile(r"not a database|malformed|encrypted", re.IGNORECASE)
"""How SQLite says that a file is none of its own (results 11 and 26, https://sqlite.org/rescode.html)."""
ADDS = "searching your documents by meaning with Chroma"


class ChromaStore:
    """A `VectorStore` in `folder`, or on the server at `address`: "http://localhost:8000".

    `space` names what the vectors mean (an `EmbeddingModel`'s name); each space is a collection of Chroma's own.
    """

    def __init__(self, folder: Path | None, address: str, space: str) -> None:
        self._folder = folder
        self._address = address
        self._space = space
        self._api: ServerAPI | None = None
        self._close_api = contextlib.ExitStack()
        self._kept: Collection | None = None
        self._dimensions = 0
        self.name = "chroma"
        self.local = not address or _is_loopback(_host(address))
        self._where = address.rpartition("@")[2].removeprefix("http://").rstrip("/")  # without a name and password

    def ready(self) -> Readiness:
        if find_spec("chromadb") is None:
            return NotReady("its library is not installed", "pip install 'voicebot[chroma]'", ADDS)
        if self._address and not _host(self._address):
            return NotReady("its address is not one", "Write documents.chroma_address as http://localhost:8000", ADDS)
        if not self._address and self._folder is None:
            return NotReady("it has neither a folder nor a server", "Set documents.chroma_address", ADDS)
        return Ready(f"the server at {self._where}" if self._address else "files on this computer")

    def open(self, dimensions: int) -> None:
        demand("Chroma", self.ready())
        self.close()
        with self._plainly():
            self._api = self._serving() if self._address else self._embedded()
            self._kept = self._collection(self._api, dimensions)
        theirs = (self._kept.metadata or {}).get("dimensions")
        if theirs != dimensions:
            self.close()
            raise _of_other_dimensions(theirs, dimensions)
        self._dimensions = dimensions

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        self._demand_dimensions(vectors)
        for part in self._batches(len(ids)):
            with self._plainly():
                self._open.upsert(
                    ids=[str(each) for each in ids[part]],
                    embeddings=np.ascontiguousarray(vectors[part], np.float32),
                    metadatas=[metadata(each) for each in tags[part]],
                )

    def remove(self, ids: Sequence[int]) -> None:
        for part in self._batches(len(ids)):
            with self._plainly():
                self._open.delete(ids=[str(each) for each in ids[part]])

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        self._demand_dimensions(vector)
        with self._plainly():
            found = self._open.query(
                query_embeddings=np.ascontiguousarray(vector[None], np.float32),
                n_results=count,
                where=_where(where),
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        # Chroma's cosine distance is one less the cosine.
        return [Hit(int(each), 1.0 - float(far)) for each, far in zip(found["ids"][0], distances, strict=True)]

    def ids(self) -> set[int]:
        with self._plainly():
            return {int(each) for each in self._open.get(include=[])["ids"]}

    def close(self) -> None:
        self._api = self._kept = None
        self._close_api.close()

    @property
    def _open(self) -> Collection:
        if self._kept is None:
            raise StorageError("Chroma is not open")
        return self._kept

    def _batches(self, length: int) -> Iterator[slice]:
        """Parts that Chroma takes at once: SQLite allows so many variables in a statement."""
        if self._api is None:
            raise StorageError("Chroma is not open")
        with self._plainly():
            most = max(1, self._api.get_max_batch_size()) if length else 1
        yield from (slice(first, first + most) for first in range(0, length, most))

    def _demand_dimensions(self, vectors: Vectors) -> None:
        if self._kept is not None and vectors.shape[-1] != self._dimensions:
            raise _of_other_dimensions(self._dimensions, vectors.shape[-1])

    def _collection(self, api: ServerAPI, dimensions: int) -> Collection:
        from chromadb.api.models.Collection import Collection

        model = api.get_or_create_collection(
            name=_collection_name(self._space),
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"dimensions": dimensions, "space": self._space},
        )
        return Collection(client=api, model=model, embedding_function=None)

    def _embedded(self) -> ServerAPI:
        assert self._folder is not None
        self._folder.mkdir(parents=True, exist_ok=True)
        options = {"is_persistent": True, "persist_directory": str(self._folder)}
        try:
            return self._started(options)
        except StorageError as error:
            if not BROKEN.search(error.why):
                raise
        log.warning("Chroma's files could not be read; they were kept as %s", _kept_aside(self._folder))
        self._folder.mkdir(parents=True)
        return self._started(options)

    def _serving(self) -> ServerAPI:
        """Chroma's own client, with a limit for every wait; for this machine it goes past any proxy."""
        import httpx

        where = httpx.URL(self._address)
        api: Any = self._started(
            {
                "chroma_api_impl": "chromadb.api.fastapi.FastAPI",
                "chroma_server_host": where.host,
                "chroma_server_http_port": where.port or PORT,
                "chroma_server_ssl_enabled": where.scheme == "https",
            }
        )
        headers = api.get_request_headers()
        api._session.close()
        timeout = httpx.Timeout(PATIENCE, connect=CONNECT)
        auth = (where.username, where.password) if where.username else None
        api._session = httpx.Client(headers=headers, timeout=timeout, trust_env=not self.local, auth=auth)
        self._close_api.callback(api._session.close)
        api.heartbeat()
        return api  # type: ignore[no-any-return]

    def _started(self, options: dict[str, Any]) -> ServerAPI:
        from chromadb import api, config

        quiet = {"_env_file": None, "anonymized_telemetry": False, "chroma_otel_collection_endpoint": ""}
        with self._plainly():
            system: Any = config.System(config.Settings(**quiet, **options))  # type: ignore[arg-type]
            served: ServerAPI = system.instance(api.ServerAPI)
            system.start()
        self._close_api.callback(system.stop)
        return served

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn what Chroma and its HTTP client raise into the project's errors."""
        import httpx

        try:
            yield
        except httpx.TimeoutException:
            what = f"Chroma at {self._where} gave no sign of life"
            raise EngineTimedOut(what, fix="Try again in a moment") from None
        except (httpx.RequestError, httpx.InvalidURL) as error:
            fix = "Start it with `chroma run`, or check documents.chroma_address"
            raise Unreachable(f"Chroma at {self._where} cannot be reached", redact(one_line(str(error))), fix) from None
        except Exception as error:
            if isinstance(error, VoicebotError):
                raise
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> VoicebotError:
        from chromadb.errors import ChromaError

        said = redact(one_line(str(error)))
        if not self._address:
            return StorageError("Chroma's files cannot be used", said, "Check the disk and its rights")
        if isinstance(error, ChromaError):
            return StorageError(f"Chroma's server at {self._where} cannot be used", said)
        # Its client takes whatever comes for an answer of Chroma's.
        return EngineError(f"What answers at {self._where} is no Chroma server", fix="Check documents.chroma_address")


def _collection_name(space: str) -> str:
    """For Chroma a name is 3 to 512 of [a-zA-Z0-9._-]; two spaces never share one."""
    words = re.sub(r"[^a-z0-9]+", "-", space.lower()).strip("-")[:40]
    return f"voicebot-{words}-{hashlib.sha256(space.encode()).hexdigest()[:12]}"


def _where(where: Where) -> Any:
    """As a where-clause (https://docs.trychroma.com/docs/querying-collections/metadata-filtering); None for all."""
    clauses = conditions(where)
    return {"$and": clauses} if len(clauses) > 1 else (clauses[0] if clauses else None)


def _host(address: str) -> str:
    """The host that a server's address names, empty when it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _kept_aside(folder: Path) -> Path:
    """Move what cannot be read to a name that is free."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (folder.with_name(f"{folder.name}.broken-{stamp}-{number}") for number in count(1))
    return folder.replace(next(name for name in names if not name.exists()))


def _of_other_dimensions(theirs: object, ours: int) -> StorageError:
    return StorageError(
        "the vectors do not fit", f"the store has {theirs} dimensions, these have {ours}", "Index the documents anew"
    )
