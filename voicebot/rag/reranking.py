"""Rerankers: they read the question together with each passage that was found, and say how well it answers.

A cross-encoder (Nogueira and Cho, arXiv:1901.04085) reads both at once, which finds more than comparing vectors, and
takes a model's whole work for each passage: it is asked about a few. It runs in a child process of its own, by
sentence-transformers (https://sbert.net, Apache-2.0); `reranking_model` is the child's half.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from voicebot.child.process import Child
from voicebot.errors import EngineError
from voicebot.rag.neural import EXTRA, LOADING, STOPPING, Source, missing, plain_death, size
from voicebot.readiness import NotReady, Readiness, Ready, demand

ADDS = "the passages that answer best, first"


class Reranker(Protocol):
    """Constructing one does no work."""

    name: str
    local: bool
    languages: tuple[str, ...]
    """Those that it knows (ISO 639-1); empty where it knows any, or nobody has said."""

    def ready(self) -> Readiness: ...

    async def warm(self) -> None:
        """Load what must be; raises EngineError or ModelError."""
        ...

    async def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, from 0 to 1, in the order of the texts. Raises EngineError or ModelError."""
        ...

    async def close(self) -> None: ...


class CrossEncoder:
    """A `Reranker` in `folder`; `name` is what the person calls it: "cross-encoder:bge-reranker-v2-m3".

    `download` is the command that fetches the model, empty for a folder of the person's own.
    """

    local = True

    def __init__(
        self, folder: Path, name: str, download: str, patience: float = 30.0, languages: tuple[str, ...] = ()
    ) -> None:
        self.folder = folder
        self.name = name
        self.languages = languages
        self.patience = patience
        self._download = download
        self._source = Source(name, str(folder))
        self._child = Child("voicebot.rag.reranking_model:Judge", name, STOPPING)
        self._loaded_in: int | None = None

    def ready(self) -> Readiness:
        if any(find_spec(library) is None for library in ("sentence_transformers", "torch")):
            return NotReady("its library is not installed", EXTRA, ADDS)
        lacking = missing(self.folder, "tokenizer_config.json")
        if lacking and self._download:
            return NotReady(f"{self.name} is not downloaded", self._download, ADDS)
        if lacking:
            return NotReady(f"{self.folder.name} has no file {lacking}", "Name the folder of a cross-encoder", ADDS)
        return Ready(f"{self.name}, {size(self.folder) / 1e6:.0f} MB")

    async def warm(self) -> None:
        demand(self.name, self.ready())
        if self._loaded_in is None or self._loaded_in != self._child.pid:
            await self._call("load", patience=LOADING)
            self._loaded_in = self._child.pid

    async def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        await self.warm()
        scores: list[float] = await self._call("scores", question, list(texts), patience=self.patience)
        return scores

    async def close(self) -> None:
        """End the child process: its memory is free when this returns."""
        self._loaded_in = None
        await self._child.kill()

    async def _call(self, method: str, *args: Any, patience: float) -> Any:
        try:
            return await self._child.call(method, self._source, *args, patience=patience)
        except EngineError as error:
            raise plain_death(self._source, error) from None
