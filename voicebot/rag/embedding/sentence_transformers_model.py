"""The child's half of `voicebot.rag.embedding.sentence_transformers`: a model in memory, texts in, vectors out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from voicebot.catalogue import Catalogue, Prompts
from voicebot.errors import ModelError
from voicebot.rag.embedding.base import Vectors
from voicebot.rag.neural import SAFELY, Source, leave_when_unwanted, prepare, take_half_of_the_cores, telling

NICENESS = 10
"""Of indexing, of 19 at most: whatever else the computer does goes first."""
BATCH = 16
"""Passages that go through the model at once.

On a processor their number makes no difference: MiniLM of 6 layers takes 81 to 89 ms of it for a passage of 200 words
in batches of 1, 4, 8, 16 and 32.
"""
PASSAGE = ("document", "passage", "corpus")
"""The names under which models keep what stands before a passage, as sentence-transformers looks for them."""


class Encoder:
    """One model. `alive` is called before every multiplication, and may raise to leave the call."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._prepared = False
        self._source: Source | None = None
        self._model: Any = None
        self._prompts = Prompts()

    def load(self, source: Source, background: bool) -> int:
        """Read a model, unless it is the one that is there; how many dimensions it has.

        The first call says what the process is for: in the `background` it gives way to all others. Raises ModelError,
        and EngineError where memory runs out.
        """
        if not self._prepared:
            self._prepare(background)
        if self._source != source:
            self._source = self._model = None
            with telling(source, f"{source.name} cannot be loaded"):
                self._read(source)
            self._source = source
        return int(self._encode(["?"]).shape[1])

    def passages(self, source: Source, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), dimensions), each of length 1."""
        if self._source != source:
            self.load(source, background=True)
        return self._encode([self._prompts.passage + text for text in texts])

    def question(self, source: Source, text: str) -> Vectors:
        """float32 (dimensions,), of length 1."""
        if self._source != source:
            self.load(source, background=False)
        vector: Vectors = self._encode([self._prompts.query + text])[0]
        return vector

    def _prepare(self, background: bool) -> None:
        prepare()
        if not background:
            take_half_of_the_cores()
        elif hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
        self._prepared = True

    def _read(self, source: Source) -> None:
        from sentence_transformers import SentenceTransformer

        self._alive()
        model = SentenceTransformer(source.folder, model_kwargs={"use_safetensors": True}, **SAFELY)
        leave_when_unwanted(model.eval(), self._alive)
        said: dict[str, str] = {name: text for name, text in model.prompts.items() if text}
        own = Prompts(said.get("query", ""), next((said[name] for name in PASSAGE if name in said), ""))
        self._model, self._prompts = model, own if own != Prompts() else _catalogued(source.name)

    def _encode(self, texts: list[str]) -> Vectors:
        source = self._source
        assert source is not None
        with telling(source, f"{source.name} failed"):
            vectors = self._model.encode(
                texts, batch_size=BATCH, prompt="", normalize_embeddings=True, show_progress_bar=False
            )
        found = np.asarray(vectors, np.float32)
        if not np.isfinite(found).all():
            raise ModelError(f"{source.name} is broken", "its vectors are no numbers", "Download it again")
        return found


def _catalogued(name: str) -> Prompts:
    """What the catalogue says of the model called `name`; nothing for a model of the person's own."""
    found = next((model for model in Catalogue.load().models if model.name == name), None)
    return found.prompts if found is not None and found.prompts is not None else Prompts()
