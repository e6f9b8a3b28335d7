"""The child's half of `voicebot.rag.reranking`: a cross-encoder in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from voicebot.errors import ModelError
from voicebot.rag.neural import SAFELY, Source, leave_when_unwanted, prepare, telling

BATCH = 16
LONGEST = 512
"""Tokens of a question and a passage together that are read: a passage has about 200 words."""


class Judge:
    """One cross-encoder. `alive` is called before every multiplication, and may raise to leave the call."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._source: Source | None = None
        self._model: Any = None

    def load(self, source: Source) -> None:
        """Read a model, unless it is the one that is there. Raises ModelError, and EngineError without memory."""
        if self._source == source:
            return
        prepare()
        self._source = self._model = None
        with telling(source, f"{source.name} cannot be loaded"):
            self._model = self._read(source)
        self._source = source

    def scores(self, source: Source, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, from 0 to 1."""
        self.load(source)
        pairs = [(question, text) for text in texts]
        with telling(source, f"{source.name} failed"):
            found = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        scores = np.asarray(found, np.float64)
        if not np.isfinite(scores).all():
            raise ModelError(f"{source.name} is broken", "its scores are no numbers", "Download it again")
        return [float(score) for score in scores]

    def _read(self, source: Source) -> Any:
        import torch
        from sentence_transformers import CrossEncoder

        self._alive()
        model = CrossEncoder(
            source.folder,
            activation_fn=torch.nn.Sigmoid(),  # some models' own gives scores without a bound
            model_kwargs={"use_safetensors": True},
            **SAFELY,
        )
        if model.num_labels != 1:
            fix = "Choose a cross-encoder for search"
            raise ModelError(f"{source.name} is no reranker", f"it tells {model.num_labels} things apart", fix)
        model.max_seq_length = min(LONGEST, model.max_seq_length or LONGEST)
        leave_when_unwanted(model.eval(), self._alive)
        return model
