"""A cross-encoder with random weights in its child process: what scores are, and how it fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.rag.tiny_cross_encoder import make
from voicebot.errors import EngineUnavailable, ModelError
from voicebot.rag.reranking import CrossEncoder
from voicebot.readiness import NotReady, Ready

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXTS = ("a cat", "the dog that was here", "나라", "", "many words " * 50)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("cross-encoder"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reranker(folder: Path) -> AsyncIterator[CrossEncoder]:
    reranker = CrossEncoder(folder, "cross-encoder:tiny", "", patience=120.0)
    yield reranker
    await reranker.close()


async def test_each_text_has_a_score_in_its_place(reranker: CrossEncoder) -> None:
    assert isinstance(reranker.ready(), Ready)
    scores = await reranker.scores("where is the cat", TEXTS)
    assert len(scores) == len(TEXTS) and all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) == len(TEXTS)
    assert await reranker.scores("where is the cat", TEXTS[::-1]) == pytest.approx(scores[::-1], abs=1e-5)
    assert await reranker.scores("what is it", TEXTS) != pytest.approx(scores, abs=1e-5)
    assert await reranker.scores("where is the cat", ()) == []


async def test_one_that_tells_several_things_apart_is_no_reranker(reranker: CrossEncoder, tmp_path: Path) -> None:
    classifier = CrossEncoder(make(tmp_path / "three", labels=3), "three", "")
    classifier._child = reranker._child
    with pytest.raises(ModelError, match="Three is no reranker: it tells 3 things apart"):
        await classifier.scores("where", TEXTS)


async def test_one_that_is_not_here(tmp_path: Path) -> None:
    reranker = CrossEncoder(tmp_path, "cross-encoder:tiny", "voicebot models download cross-encoder:tiny")
    readiness = reranker.ready()
    assert isinstance(readiness, NotReady) and readiness.fix == "voicebot models download cross-encoder:tiny"
    with pytest.raises(EngineUnavailable):
        await reranker.scores("where", TEXTS)
    await reranker.close()
