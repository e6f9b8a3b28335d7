"""Any LangChain vector store, by the path of its class: for those who outgrow one machine.

The module that the person named is imported, and no other. What the store is handed of a passage is its number, its
vector and its tags, never its text. Pinecone's and MongoDB Atlas's own packages filter at the service
(`langchain_services`); of another store more is fetched than is asked for, and filtered here (`langchain_any`).
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from voicebot.errors import (
    EngineError,
    EngineTimedOut,
    EngineUnavailable,
    StorageError,
    Unauthorised,
    Unreachable,
    VoicebotError,
)
from voicebot.rag.passages import Hit, Tags, Where
from voicebot.rag.stores.base import Vectors
from voicebot.rag.stores.langchain_any import AnyStore
from voicebot.rag.stores.langchain_services import MongoDb, Pinecone
from voicebot.rag.stores.langchain_vectors import Backend, Making, other_dimensions
from voicebot.readiness import NotReady, Readiness, Ready, demand
from voicebot.redaction import redact
from voicebot.services import one_line

PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
ADDS = "searching your documents by meaning with a LangChain store"
EXTRAS = {"langchain_pinecone": "pinecone", "langchain_mongodb": "mongodb"}
"""The extra that installs a package of LangChain's."""
BACKENDS: dict[str, Callable[[Making], Backend]] = {
    "PineconeVectorStore": Pinecone,
    "MongoDBAtlasVectorSearch": MongoDb,
}
IN_MEMORY = "langchain_core.vectorstores.InMemoryVectorStore"
_UNREACHABLE = {"ServerSelectionTimeoutError", "AutoReconnect", "MaxRetryError", "ConnectionError", "ConnectError"}
_TIMED_OUT = {"TimeoutError", "NetworkTimeout", "ReadTimeoutError", "ConnectTimeoutError", "TimeoutException"}
_REFUSED = {"UnauthorizedException", "ForbiddenException"}
_AUTHENTICATION_FAILED = 18
"""MongoDB's code for a wrong name or password (src/mongo/base/error_codes.yml)."""


class LangChainStore:
    """A `VectorStore` of the class at `path`: "langchain_pinecone.PineconeVectorStore".

    `options` is a JSON object, what the class is made with; "$NAME" in it stands for what `key` gives for NAME. `space`
    names what the vectors mean, and is kept apart from others at the service. Of a store that cannot list what it
    keeps the numbers are remembered in `folder`, or without one as long as this object lives.
    """

    def __init__(
        self,
        path: str,
        options: str,
        key: Callable[[str], str | None],
        space: str,
        folder: Path | None = None,
    ) -> None:
        self._path = path
        self._options = options
        self._key = key
        self._space = space
        self._folder = folder
        self._backend: Backend | None = None
        self._dimensions = 0
        self.name = f"langchain:{path}"
        self.local = path == IN_MEMORY

    def ready(self) -> Readiness:
        if not PATH.fullmatch(self._path):
            fix = "Write documents.store as langchain:langchain_pinecone.PineconeVectorStore"
            return NotReady(f"{self._path} is no path of a class", fix, ADDS)
        package = self._path.partition(".")[0]
        for needed, extra in (("langchain_core", "langchain"), (package, EXTRAS.get(package, ""))):
            if find_spec(needed) is None:
                fix = f"pip install 'voicebot[{extra}]'" if extra else f"pip install {needed.replace('_', '-')}"
                return NotReady(f"the package {needed} is not installed", fix, ADDS)
        try:
            self._expanded()
        except VoicebotError as error:
            return NotReady(error.why or error.what, error.fix, ADDS)
        return Ready(self._path)

    def open(self, dimensions: int) -> None:
        demand("The LangChain store", self.ready())
        self.close()
        kind = self._class()
        make = BACKENDS.get(kind.__name__, AnyStore)
        with self._plainly():
            self._backend = make(Making(kind, self._expanded(), self._space, dimensions, self._folder))
        self._dimensions = dimensions

    def add(self, ids: Sequence[int], vectors: Vectors, tags: Sequence[Tags]) -> None:
        self._demand_dimensions(vectors)
        if len(ids):
            with self._plainly():
                self._open.add(ids, vectors, tags)

    def remove(self, ids: Sequence[int]) -> None:
        if len(ids):
            with self._plainly():
                self._open.remove(ids)

    def search(self, vector: Vectors, count: int, where: Where) -> list[Hit]:
        self._demand_dimensions(vector)
        with self._plainly():
            return self._open.search(vector, count, where)

    def ids(self) -> set[int]:
        with self._plainly():
            return self._open.ids()

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with self._plainly():
                backend.close()

    @property
    def _open(self) -> Backend:
        if self._backend is None:
            raise StorageError("the LangChain store is not open")
        return self._backend

    def _demand_dimensions(self, vectors: Vectors) -> None:
        if self._backend is not None and vectors.shape[-1] != self._dimensions:
            raise other_dimensions(self._dimensions, vectors.shape[-1])

    def _class(self) -> Any:
        module, _, name = self._path.rpartition(".")
        try:
            from langchain_core.vectorstores import VectorStore

            kind = getattr(import_module(module), name)
        except Exception as error:  # a module may raise whatever it likes while it is imported
            raise EngineUnavailable(f"{self._path} cannot be loaded", one_line(str(error)), self._check) from error
        if not isinstance(kind, type) or not issubclass(kind, VectorStore):
            raise EngineUnavailable(f"{self._path} is no vector store of LangChain's", fix=self._check)
        return kind

    def _expanded(self) -> dict[str, Any]:
        """The options with their keys. Raises EngineUnavailable."""
        fix = "Correct documents.store_options"
        try:
            options = json.loads(self._options or "{}")
        except ValueError as error:
            raise EngineUnavailable("", f"its options are no JSON: {one_line(str(error))}", fix) from None
        if not isinstance(options, dict):
            raise EngineUnavailable("", "its options are no JSON object", fix)
        return {name: self._with_keys(value) for name, value in options.items()}

    def _with_keys(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._with_keys(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._with_keys(each) for each in value]
        if not isinstance(value, str) or not re.fullmatch(r"\$[A-Za-z][\w-]*", value):
            return value
        found = self._key(value[1:])
        if not found:
            raise EngineUnavailable("", f"no key {value[1:]}", f"Run `voicebot keys set {value[1:]}`")
        return found

    @property
    def _check(self) -> str:
        return "Check documents.store, or choose faiss"

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn whatever a store raises into the project's errors; its cause is left out, for it may hold a key."""
        try:
            yield
        except Exception as error:
            if isinstance(error, VoicebotError):
                raise
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> EngineError:
        name = self._path.rpartition(".")[2]
        kinds = {kind.__name__ for kind in type(error).__mro__}
        said = redact(one_line(str(error)))
        if kinds & _REFUSED or getattr(error, "code", None) == _AUTHENTICATION_FAILED:
            return Unauthorised(f"{name} refused the key", fix="Check the key that documents.store_options names")
        if kinds & _UNREACHABLE:
            return Unreachable(f"{name} cannot be reached", said, "Check the network connection")
        if kinds & _TIMED_OUT:
            return EngineTimedOut(f"{name} gave no sign of life", fix="Try again in a moment")
        return EngineError(f"{name} failed", said or type(error).__name__, "Check documents.store_options")
