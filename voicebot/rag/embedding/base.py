"""What an embedding model is: texts in, directions out. Two texts about the same thing point the same way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicebot.readiness import Readiness

Vectors = NDArray[np.float32]


class EmbeddingModel(Protocol):
    """Constructing one does no work. Vectors have length 1, so that their scalar product is the cosine."""

    name: str
    """With its model: "sentence-transformers:multilingual-e5-small". Vectors of two names are never compared."""
    local: bool
    languages: tuple[str, ...]
    """Those that it knows (ISO 639-1); empty where it knows any, or nobody has said."""

    def ready(self) -> Readiness: ...

    async def warm(self) -> None:
        """Load or connect what must be; raises EngineError or ModelError."""
        ...

    async def passages(self, texts: Sequence[str]) -> Vectors:
        """Of passages, to be found: float32 (len(texts), dimensions). Raises EngineError."""
        ...

    async def question(self, text: str) -> Vectors:
        """Of what is looked for: float32 (dimensions,). It overtakes `passages`. Raises EngineError."""
        ...

    async def close(self) -> None: ...
