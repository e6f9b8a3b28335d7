from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.openai_server import (
    KEY,
    Server,
    assert_nothing_left,
    body,
    chunk,
    deaf_port,
    dropping,
    events,
    free_port,
    half_open,
    refusing,
    stalling,
    words,
)
from tests.spending.fake import Counted, Counting, official
from voicebot.errors import (
    EngineError,
    EngineTimedOut,
    EngineUnavailable,
    RateLimited,
    Unauthorised,
    Unreachable,
    VoicebotError,
)
from voicebot.llm.base import LanguageModel, Request, conversation
from voicebot.llm.openai import OpenAiModel
from voicebot.readiness import NotReady, Ready
from voicebot.spending import Kind

ASKED = Request(conversation([("user", "How is it?")]))


@pytest.fixture
async def model(server: Server) -> AsyncIterator[OpenAiModel]:
    model = make(server)
    yield model
    await model.close()


def make(server: Server, **options: Any) -> OpenAiModel:
    settings: dict[str, Any] = {"model": "m1", "delays": (0.0, 0.0), "patience": 5.0}
    return OpenAiModel(lambda: KEY, server.url, **(settings | options))


async def answer(model: LanguageModel, request: Request = ASKED) -> str:
    return "".join([piece async for piece in model.reply(request)])


async def test_the_answer_comes_piece_by_piece(server: Server, model: OpenAiModel) -> None:
    server.will(words("It ", "is ", "fine."))
    assert [piece async for piece in model.reply(ASKED)] == ["It ", "is ", "fine."]


async def test_what_is_sent(server: Server) -> None:
    model = make(server, system_prompt="You are Ava.", temperature=0.5, top_p=0.9, max_tokens=200)
    talk = [("user", "Hi"), ("assistant", "Hello"), ("system", "Page 3 says: yes."), ("user", "어때?")]
    await answer(model, Request(conversation(talk), language="ko"))  # type: ignore[arg-type]
    await model.close()
    (seen,) = server.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.headers["Authorization"] == f"Bearer {KEY}"
    assert seen.json == {
        "model": "m1",
        "stream": True,
        "temperature": 0.5,
        "top_p": 0.9,
        "max_tokens": 200,
        "messages": [
            {"role": "system", "content": "You are Ava.\n\nPage 3 says: yes.\n\nAnswer in Korean."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
            {"role": "user", "content": "어때?"},
        ],
    }


async def test_what_is_left_to_the_service_is_not_sent(server: Server, model: OpenAiModel) -> None:
    await answer(model)
    assert set(server.seen[0].json) == {"model", "stream", "messages"}


async def test_what_a_model_does_not_take_is_left_out_from_then_on(server: Server) -> None:
    model = make(server, temperature=0.5, top_p=0.9, max_tokens=200)
    server.will(
        refusing(400, "Only 1 is supported", "unsupported_value", "temperature"),
        refusing(400, "Not supported", "unsupported_parameter", "top_p"),
    )
    assert await answer(model) == "It is fine."
    assert await answer(model) == "It is fine."
    await model.close()
    asked = [set(seen.json) - {"model", "messages", "stream"} for seen in server.seen]
    assert asked == [{"temperature", "top_p", "max_tokens"}, {"top_p", "max_tokens"}, {"max_tokens"}, {"max_tokens"}]


async def test_a_long_conversation_is_cut_to_the_window(server: Server) -> None:
    model = make(server, context_tokens=420, max_tokens=100)
    pairs = [(role, f"{index} " + "word " * 40) for index in range(9) for role in ("user", "assistant")]
    await answer(model, Request(conversation([*pairs, ("user", "And now?")])))  # type: ignore[list-item]
    await model.close()
    sent = server.seen[0].json["messages"]
    assert [message["content"].split()[0] for message in sent] == ["Answer", "7", "7", "8", "8", "And"]


async def test_one_connection_serves_every_turn(server: Server, model: OpenAiModel) -> None:
    await model.warm()
    await answer(model)
    await answer(model)
    assert [seen.path for seen in server.seen] == ["/v1/models", "/v1/chat/completions", "/v1/chat/completions"]
    assert len({seen.peer for seen in server.seen}) == 1


async def test_reasoning_is_not_part_of_the_answer(server: Server, model: OpenAiModel) -> None:
    thought = chunk({"content": None, "reasoning_content": "Hmm. "}), chunk({"reasoning": "So…"})
    server.will(events(*thought, chunk({"content": "Yes."}), chunk({}, "stop")))
    assert await answer(model) == "Yes."


async def test_a_refusal_in_words_is_the_answer(server: Server, model: OpenAiModel) -> None:
    server.will(events(chunk({"refusal": "I cannot help with that."}), chunk({}, "stop")))
    assert await answer(model) == "I cannot help with that."


async def test_an_answer_cut_at_its_limit_says_so(server: Server, model: OpenAiModel) -> None:
    server.will(words("It is a long", finish="length"))
    assert await answer(model) == "It is a long…"


async def test_chunks_without_choices_are_passed_over(server: Server, model: OpenAiModel) -> None:
    junk = {"choices": []}, {"usage": {"total_tokens": 3}}, {"choices": 5}, "[]", '"text"', {"choices": [{}]}
    server.will(events(*junk, chunk({"content": "Yes."}), chunk({}, "stop"), {"choices": []}))
    assert await answer(model) == "Yes."


FAILURES = {
    "a refused key": ([refusing(401, "bad")], Unauthorised, "refused the key", 1),
    "a key that may not": ([refusing(403, "Not in your country.")], Unauthorised, "Not in your country", 1),
    "an unknown model": (
        [refusing(404, "The model `m1` does not exist", "model_not_found")],
        EngineError,
        "has no model m1: The model `m1` does not exist. Set llm.openai_model to one that it has",
        1,
    ),
    "another address": ([body("404 page not found", "text/html", 404)], EngineError, "ends in /v1", 1),
    "too long": ([refusing(400, "Too long.", "context_length_exceeded")], EngineError, "llm.context_tokens", 1),
    "an option never sent": ([refusing(400, "?", "unsupported_value", "seed")], EngineError, "refused the", 1),
    "refused": ([refusing(400, "temperature must be 1.")], EngineError, "temperature must be 1", 1),
    "rate limited": ([refusing(429, "Slow down.", retry_after="20")], RateLimited, "Try again in 20 seconds", 1),
    "no credit": ([refusing(429, "Quota.", "insufficient_quota")], EngineError, "no credit left", 1),
    "limited three times": ([refusing(429)] * 3, RateLimited, "asks to wait", 3),
    "500": ([refusing(500, "Oops.")] * 3, Unreachable, "in trouble: Oops", 3),
    "502": ([body("<html>Bad gateway</html>", "text/html", 502)] * 3, Unreachable, "it answered 502", 3),
    "503": ([refusing(503, "Loading model")] * 3, Unreachable, "Loading model", 3),
    "504": ([refusing(504)] * 3, Unreachable, "in trouble", 3),
    "dropped before it began": ([dropping] * 3, Unreachable, "broke off", 3),
    "malformed": ([events("{oh no")], EngineError, "cannot be understood", 1),
    "not UTF-8": ([body(b"data: \xff\xfe\n\n", "text/event-stream")], EngineError, "cannot be understood", 1),
    "a page": ([body("<html>Welcome</html>", "text/html")], EngineError, "sent no words", 1),
    "an empty stream": ([events()], EngineError, "sent no words", 1),
    "an empty body": ([body("", "text/event-stream")], EngineError, "sent no words", 1),
    "spaces": ([words(" ", "\n")], EngineError, "sent no words", 1),
    "only thoughts": ([words(finish="length")], EngineError, "Raise llm.max_tokens", 1),
    "filtered": ([words("Well, ", finish="content_filter")], EngineError, "content filter", 1),
    "an error in the stream": ([events({"error": {"message": "GPU on fire."}})], EngineError, "GPU on fire", 1),
    "broken in the middle": ([words("It ", then="drop")], Unreachable, "broke off", 1),
    "without an end": ([words("It ", finish=None)], Unreachable, "broke off", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_turn_works(
    server: Server, model: OpenAiModel, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    server.will(*script)
    with pytest.raises(VoicebotError) as caught:
        await answer(model)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(server.seen) == requests
    assert await answer(model) == "It is fine."


@pytest.mark.parametrize("passing", [refusing(429, retry_after="0.01"), refusing(500), refusing(503), dropping])
async def test_what_passes_is_asked_again(server: Server, model: OpenAiModel, passing: Any) -> None:
    server.will(passing, passing)
    assert await answer(model) == "It is fine."
    assert len(server.seen) == 3


async def test_what_came_before_the_line_broke_stays_with_the_caller(server: Server, model: OpenAiModel) -> None:
    server.will(words("It ", "is ", then="drop"))
    got: list[str] = []
    with pytest.raises(Unreachable):
        async for piece in model.reply(ASKED):
            got.append(piece)
    assert got == ["It ", "is "]
    assert len(server.seen) == 1


@pytest.mark.parametrize("silence", [stalling, words("It ", then="stall")], ids=["at once", "in the middle"])
async def test_a_service_that_falls_silent_is_given_up(server: Server, silence: Any) -> None:
    model = make(server, patience=0.05)
    server.will(silence)
    with pytest.raises(EngineTimedOut, match=r"no sign of life: for 0\.05 seconds"):
        await answer(model)
    await server.left.wait()
    assert await answer(model) == "It is fine."
    assert len(server.seen) == 2
    await model.close()


async def test_closing_the_iterator_closes_the_connection(server: Server, model: OpenAiModel) -> None:
    server.will(words("It ", "is ", then="stall"))
    pieces = model.reply(ASKED)
    assert await anext(pieces) == "It "
    await pieces.aclose()  # type: ignore[attr-defined]
    await server.left.wait()
    assert await answer(model) == "It is fine."


@pytest.mark.parametrize("silence", [stalling, words("It ", then="stall")], ids=["before", "mid-stream"])
async def test_cancelling_closes_the_connection(server: Server, model: OpenAiModel, silence: Any) -> None:
    server.will(silence)
    turn = asyncio.create_task(answer(model))
    await server.arrived.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await server.left.wait()
    assert await answer(model) == "It is fine."


async def test_cancelling_at_any_moment_leaves_an_engine_that_works(server: Server, model: OpenAiModel) -> None:
    """Each time one turn of the loop later, until the answer is complete before it is cancelled."""
    await model.warm()
    for moments in itertools.count():
        server.script = [words("It ", "is ", "fine.")]
        turn = asyncio.create_task(answer(model))
        for _ in range(moments):
            await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
        if not turn.cancelled():
            break
    assert turn.result() == "It is fine."
    assert moments > 3, "nothing was cancelled half-way"


async def test_cancelling_while_it_connects() -> None:
    with deaf_port() as port:
        model = OpenAiModel(lambda: None, f"http://127.0.0.1:{port}/v1", "m1")
        waiting = half_open(port)
        turn = asyncio.create_task(answer(model))
        while half_open(port) == waiting:
            await asyncio.sleep(0)
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
        await model.close()
    await assert_nothing_left()


async def test_a_connection_that_does_not_come_about() -> None:
    with deaf_port() as port:
        model = OpenAiModel(lambda: None, f"http://127.0.0.1:{port}/v1", "m1", connect=0.05, delays=())
        with pytest.raises(Unreachable, match=r"no connection within 0\.05 seconds"):
            await answer(model)
        await model.close()


async def test_nothing_listens() -> None:
    model = OpenAiModel(lambda: None, f"http://127.0.0.1:{free_port()}/v1", "m1", delays=(0.0, 0.0))
    await model.warm()
    with pytest.raises(Unreachable, match=r"nothing answers there\. Start the server"):
        await answer(model)
    await model.close()


def test_who_is_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert not OpenAiModel(lambda: KEY, None, "m1").local
    assert OpenAiModel(lambda: None, "http://localhost:11434/v1", "m1").local
    assert not OpenAiModel(lambda: None, "http://192.168.1.7:11434/v1", "m1").local
    monkeypatch.setenv("OPENAI_BASE_URL", "http://[::1]:8080/v1")
    assert OpenAiModel(lambda: None, None, "m1").local
    assert not OpenAiModel(lambda: None, "https://api.openai.com/v1", "m1").local


def test_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert OpenAiModel(lambda: KEY, None, "m1").ready() == Ready("m1 at OpenAI")
    assert OpenAiModel(lambda: None, "http://localhost:1/v1", "m1").ready() == Ready("m1 at localhost:1")
    missing = OpenAiModel(lambda: None, None, "m1").ready()
    assert isinstance(missing, NotReady)
    assert missing.why == "no key"
    assert "OPENAI_API_KEY" in missing.fix


async def test_without_a_key_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    model = OpenAiModel(lambda: None, None, "m1")
    with pytest.raises(EngineUnavailable, match=r"no key\. Set OPENAI_API_KEY"):
        await answer(model)
    with pytest.raises(EngineUnavailable, match="no key"):
        await model.warm()
    await model.close()


USAGE = {"prompt_tokens": 1000, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 400}}
LAST = {**chunk({}), "choices": [], "usage": USAGE}


def metered(server: Server) -> tuple[OpenAiModel, Counted]:
    meter = Counted()
    return official(make(server, meter=meter)), meter


async def test_what_the_service_counted_is_what_was_used(server: Server) -> None:
    model, meter = metered(server)
    server.will(events(chunk({"content": "It is fine."}), chunk({}, "stop"), LAST))
    assert await answer(model) == "It is fine."
    await model.close()
    assert server.seen[0].json["stream_options"] == {"include_usage": True}
    [request] = meter.requests
    assert (request.service, request.model, request.estimate) == ("openai", "m1", False)
    assert request.amounts == {Kind.INPUT_TOKENS: 600, Kind.CACHED_TOKENS: 400, Kind.OUTPUT_TOKENS: 7}


async def test_an_answer_that_is_cut_short_counts_what_came(server: Server) -> None:
    model, meter = metered(server)
    server.will(words("It is ", "fine.", then="stall"))
    pieces = model.reply(ASKED)
    await anext(pieces)
    await pieces.aclose()  # type: ignore[attr-defined]
    await server.left.wait()
    await model.close()
    [request] = meter.requests
    assert request.estimate
    assert request.amounts is not None
    assert request.amounts[Kind.OUTPUT_TOKENS] == 2
    assert request.amounts[Kind.INPUT_TOKENS] == request.expected[Kind.INPUT_TOKENS] > 0


@pytest.mark.parametrize("refusal", [refusing(401), refusing(400), refusing(500)], ids=["401", "400", "500"])
async def test_a_refused_question_used_nothing(server: Server, refusal: Any) -> None:
    model, meter = metered(server)
    server.will(*[refusal] * 3)
    with pytest.raises(EngineError):
        await answer(model)
    await model.close()
    assert [request.amounts for request in meter.requests] == [None]


async def test_at_the_cap_nothing_is_sent(server: Server) -> None:
    model, meter = metered(server)
    meter.refuses = True
    with pytest.raises(EngineUnavailable, match=r"cap of \$5\.00"):
        await answer(model)
    await model.close()
    assert not server.seen


async def test_another_server_is_not_asked_to_count_and_one_on_this_machine_not_counted(server: Server) -> None:
    meter = Counted()
    model = make(server, meter=meter)
    await answer(model)
    assert not meter.requests
    model._service.local = False
    await answer(model)
    await model.close()
    assert all("stream_options" not in seen.json for seen in server.seen)
    assert meter.requests == [
        Counting("127.0.0.1", "m1", meter.requests[0].expected, meter.requests[0].amounts, estimate=True)
    ]
