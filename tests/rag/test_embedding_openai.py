"""Embeddings over OpenAI's protocol, against a server on this machine."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
import pytest

from tests.openai_server import (
    KEY,
    Behaviour,
    Server,
    body,
    dropping,
    free_port,
    refusing,
    stalling,
)
from tests.spending.fake import Counted, official
from voicebot.errors import EngineError, EngineTimedOut, RateLimited, Unauthorised, Unreachable
from voicebot.rag.embedding.openai import BATCH, LONGEST, OpenAiEmbeddings, estimate
from voicebot.readiness import NotReady, Ready
from voicebot.spending import Kind


def vectors(*rows: Sequence[float], tokens: int | None = 7, backwards: bool = False) -> Behaviour:
    data = [{"object": "embedding", "index": index, "embedding": list(row)} for index, row in enumerate(rows)]
    usage = {"prompt_tokens": tokens, "total_tokens": tokens} if tokens is not None else None
    answer = {"object": "list", "model": "m1", "data": data[::-1] if backwards else data, "usage": usage}
    return body(json.dumps(answer))


@pytest.fixture
async def model(server: Server) -> AsyncIterator[OpenAiEmbeddings]:
    model = make(server)
    yield model
    await model.close()


def make(server: Server, **options: Any) -> OpenAiEmbeddings:
    settings: dict[str, Any] = {"delays": (0.0, 0.0), "pauses": (0.0, 0.0), "patience": 5.0}
    return OpenAiEmbeddings(lambda: KEY, server.url, "m1", **(settings | options))


async def test_vectors_come_in_the_order_of_the_texts_with_length_one(server: Server, model: OpenAiEmbeddings) -> None:
    server.will(vectors([3, 4], [0, 2], backwards=True))
    found = await model.passages(["first", "second"])
    assert found.dtype == np.float32
    assert found.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 1]]
    (asked,) = server.seen
    assert asked.path == "/v1/embeddings"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.json == {"model": "m1", "input": ["first", "second"], "encoding_format": "float"}


async def test_many_passages_go_in_batches(server: Server, model: OpenAiEmbeddings) -> None:
    server.will(vectors(*[[1, 0]] * BATCH), vectors([0, 1]))
    found = await model.passages(["text"] * (BATCH + 1))
    assert found.shape == (BATCH + 1, 2)
    assert [len(seen.json["input"]) for seen in server.seen] == [BATCH, 1]
    assert (await model.passages([])).shape[0] == 0


async def test_a_question_is_one_vector(server: Server, model: OpenAiEmbeddings) -> None:
    server.will(vectors([0, 5]))
    assert (await model.question("which?")).tolist() == [0, 1]


async def test_what_is_too_long_is_cut_and_nothing_is_sent_empty(server: Server, model: OpenAiEmbeddings) -> None:
    server.will(vectors([1], [1]))
    await model.passages(["x" * (LONGEST + 1), ""])
    assert [len(text) for text in server.seen[0].json["input"]] == [LONGEST, 1]


async def test_passages_wait_for_a_service_that_asks_to(server: Server, model: OpenAiEmbeddings) -> None:
    limited = refusing(429, "Slow down.", retry_after_ms="1")
    server.will(*[limited] * 4, vectors([1]))
    assert (await model.passages(["text"])).tolist() == [[1]]
    assert len(server.seen) == 5


async def test_passages_do_not_wait_for_ever(server: Server, model: OpenAiEmbeddings) -> None:
    server.will(*[refusing(429, "Slow down.", retry_after_ms="1")] * 9)
    with pytest.raises(RateLimited):
        await model.passages(["text"])
    assert len(server.seen) == 9
    server.seen.clear()
    server.will(refusing(429, "Slow down.", retry_after="3600"))
    with pytest.raises(RateLimited):
        await model.passages(["text"])
    assert len(server.seen) == 1


async def test_a_question_does_not_wait_long(server: Server, model: OpenAiEmbeddings) -> None:
    server.will(refusing(429, "Slow down.", retry_after="60"))
    with pytest.raises(RateLimited, match="asks to wait"):
        await model.question("which?")
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("behaviour", "error", "reason"),
    [
        (refusing(401, "no"), Unauthorised, "refused the key"),
        (refusing(404, "The model m1 does not exist", "model_not_found"), EngineError, "has no model m1"),
        (refusing(400, "too long", "context_length_exceeded"), EngineError, "too long for m1"),
        (body("<html>hello</html>", "text/html"), EngineError, "cannot be"),
        (body('{"data": []}'), EngineError, "cannot be"),
        (body('{"data": "none"}'), EngineError, "cannot be"),
        (body("[]"), EngineError, "cannot be"),
        (vectors([1, 2], [1, 2]), EngineError, "vectors that cannot be used"),
        (vectors([0, 0]), EngineError, "vectors that cannot be used"),
        (vectors([1e999, 0]), EngineError, "vectors that cannot be used"),
        (body('{"data": [{"index": 0, "embedding": ["a"]}]}'), EngineError, "vectors that cannot be used"),
    ],
)
async def test_what_is_no_vector_is_refused(
    server: Server, model: OpenAiEmbeddings, behaviour: Behaviour, error: type[EngineError], reason: str
) -> None:
    server.will(behaviour)
    with pytest.raises(error, match=reason) as raised:
        await model.question("which?")
    assert KEY not in str(raised.value) and "\n" not in str(raised.value)


async def test_a_service_that_says_nothing_has_a_limit(server: Server) -> None:
    model = make(server, patience=0.05)
    server.will(stalling)
    with pytest.raises(EngineTimedOut):
        await model.question("which?")
    server.will(dropping, dropping, dropping)
    with pytest.raises(Unreachable):
        await model.question("which?")
    await model.close()


async def test_nothing_there() -> None:
    model = OpenAiEmbeddings(lambda: None, f"http://127.0.0.1:{free_port()}/v1", "m1", delays=())
    with pytest.raises(Unreachable, match="nothing answers"):
        await model.question("which?")
    await model.close()


def test_who_can_use_it() -> None:
    local = OpenAiEmbeddings(lambda: None, "http://localhost:11434/v1", "nomic-embed-text")
    assert (local.local, local.name) == (True, "openai:nomic-embed-text")
    assert isinstance(local.ready(), Ready)
    official = OpenAiEmbeddings(lambda: None, None, "text-embedding-3-small")
    assert not official.local
    readiness = official.ready()
    assert isinstance(readiness, NotReady) and "OPENAI_API_KEY" in readiness.fix


async def test_what_it_used_is_counted(server: Server) -> None:
    meter = Counted()
    model = make(server, meter=meter)
    official(model)
    server.will(vectors([1], tokens=11), vectors([1], tokens=None), refusing(400, "no"))
    await model.passages(["four words are here"])
    await model.passages(["한국어 문장"])
    with pytest.raises(EngineError):
        await model.question("which?")
    first, second, third = meter.requests
    assert (first.service, first.model, first.amounts) == ("openai", "m1", {Kind.INPUT_TOKENS: 11})
    assert (second.amounts, second.estimate) == ({Kind.INPUT_TOKENS: estimate("한국어 문장")}, True)
    assert third.amounts is None
    await model.close()
