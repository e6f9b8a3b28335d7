"""An embedding model on this machine, by sentence-transformers (https://sbert.net, Apache-2.0), in child processes.

One child answers questions, and another, which gives way to everything else, embeds passages and ends when there are
none to embed: one multiplication cannot be left for a question, and a passage takes longer than a question may wait.
Measured on 2 busy cores with MiniLM of 6 layers and passages of 200 words, a question takes 57 ms (p50) while nothing
is indexed. With a child for both it takes 223 ms (p95 301) while single passages are embedded; with two 71 ms (p95 90).
The second child takes 655 MiB meanwhile, beside 505 MiB.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from voicebot.child.process import Child
from voicebot.errors import EngineError
from voicebot.rag.embedding.base import Vectors
from voicebot.rag.embedding.sentence_transformers_model import BATCH
from voicebot.rag.neural import EXTRA, LOADING, STOPPING, Source, missing, plain_death, size
from voicebot.readiness import NotReady, Readiness, Ready, demand

CHILD = "voicebot.rag.embedding.sentence_transformers_model:Encoder"
NEEDED = ("modules.json", "tokenizer_config.json")
IDLE = 30.0
"""Seconds without a passage after which the child that embeds them ends, and gives its memory back."""
ADDS = "searching your documents by meaning, on this computer"


class SentenceTransformers:
    """An `EmbeddingModel` in `folder`; `name` is what the person calls it: "sentence-transformers:bge-m3".

    `download` is the command that fetches the model, empty for a folder of the person's own. What stands before
    questions and passages ("query: ") the model's own files say, or else the catalogue.
    """

    local = True

    def __init__(
        self,
        folder: Path,
        name: str,
        download: str,
        patience: float = 30.0,
        idle: float = IDLE,
        languages: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.name = name
        self.languages = languages
        self.patience = patience
        self._download = download
        self._idle = idle
        self._source = Source(name, str(folder))
        self._asked = Child(CHILD, name, STOPPING)
        self._indexing = Child(CHILD, f"{name} for passages", STOPPING)
        self._loaded_in: dict[Child, int | None] = {}
        self._dimensions = 0
        self._ending: asyncio.TimerHandle | None = None
        self._end: asyncio.Task[None] | None = None

    def ready(self) -> Readiness:
        if any(find_spec(library) is None for library in ("sentence_transformers", "torch")):
            return NotReady("its library is not installed", EXTRA, ADDS)
        lacking = missing(self.folder, *NEEDED)
        if lacking and self._download:
            return NotReady(f"{self.name} is not downloaded", self._download, ADDS)
        if not self.folder.is_dir():
            return NotReady(f"{self.folder} is not there", "Name the folder of a whole embedding model", ADDS)
        if lacking:
            why = f"{self.folder.name} has no file {lacking}"
            return NotReady(why, "Name the folder of a whole embedding model", ADDS)
        return Ready(f"{self.name}, {size(self.folder) / 1e6:.0f} MB")

    async def warm(self) -> None:
        """Load the model that answers questions, unless it is."""
        await self._load(self._asked, background=False)

    async def passages(self, texts: Sequence[str]) -> Vectors:
        await self._stay()
        try:
            await self._load(self._indexing, background=True)
            parts = [np.zeros((0, self._dimensions), np.float32)]
            for first in range(0, len(texts), BATCH):
                parts.append(await self._call(self._indexing, "passages", list(texts[first : first + BATCH])))
        finally:
            self._ending = asyncio.get_running_loop().call_later(self._idle, self._end_indexing)
        return np.concatenate(parts)

    async def question(self, text: str) -> Vectors:
        await self.warm()
        vector: Vectors = await self._call(self._asked, "question", text)
        return vector

    async def close(self) -> None:
        """End both processes: their memory is free when this returns."""
        await self._stay()
        await asyncio.gather(self._asked.kill(), self._indexing.kill())

    async def _load(self, child: Child, background: bool) -> None:
        demand(self.name, self.ready())
        if child.pid is None or child.pid != self._loaded_in.get(child):
            self._dimensions = await self._call(child, "load", background, patience=LOADING)
            self._loaded_in[child] = child.pid

    async def _call(self, child: Child, method: str, *args: Any, patience: float | None = None) -> Any:
        try:
            return await child.call(method, self._source, *args, patience=patience or self.patience)
        except EngineError as error:
            raise plain_death(self._source, error) from None

    async def _stay(self) -> None:
        """Do not end for want of passages; return when an end that has begun is over."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if self._end is not None:
            await asyncio.wait([self._end])
            self._end = None

    def _end_indexing(self) -> None:
        self._ending = None
        self._end = asyncio.get_running_loop().create_task(self._indexing.kill())
