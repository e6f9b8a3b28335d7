from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.openai_server import (
    KEY,
    Server,
    assert_nothing_left,
    body,
    deaf_port,
    dropping,
    half_open,
    refusing,
    stalling,
    transcript,
)
from tests.spending.fake import Counted, official
from voicebot.errors import EngineError, EngineTimedOut, RateLimited, Unauthorised, Unreachable, VoicebotError
from voicebot.readiness import NotReady, Ready
from voicebot.spending import Kind
from voicebot.stt.base import SAMPLE_RATE, Heard, Nothing, Segment
from voicebot.stt.openai import OpenAiRecogniser

SPEECH = np.sin(np.arange(SAMPLE_RATE // 2) / 9).astype(np.float32) / 2


@pytest.fixture
async def engine(server: Server) -> AsyncIterator[OpenAiRecogniser]:
    engine = make(server)
    yield engine
    await engine.close()


def make(server: Server, **options: Any) -> OpenAiRecogniser:
    settings: dict[str, Any] = {"model": "gpt-transcribe", "delays": (0.0, 0.0), "patience": 5.0}
    return OpenAiRecogniser(lambda: KEY, server.url, **(settings | options))


async def hear(engine: OpenAiRecogniser, languages: Sequence[str] = ("ko", "en")) -> Heard | Nothing:
    return await engine.transcribe(SPEECH, languages, lambda: None)


async def test_words(server: Server, engine: OpenAiRecogniser) -> None:
    server.will(transcript(" Hello there. "))
    assert await hear(engine, ["en"]) == Heard("Hello there.", "en")


async def test_the_sound_that_is_sent(server: Server, engine: OpenAiRecogniser) -> None:
    loud = np.concatenate([SPEECH, np.float32([2.0, -2.0])])
    await engine.transcribe(loud, ["en"], lambda: None)
    file = soundfile.SoundFile(io.BytesIO(server.seen[0].form["file"]))
    assert (file.format, file.subtype, file.samplerate, file.channels) == ("WAV", "PCM_16", 16_000, 1)
    np.testing.assert_allclose(file.read(dtype="float32"), np.clip(loud, -1, 1), atol=1 / 32768)
    assert server.seen[0].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("model", "languages", "sent"),
    [
        ("whisper-1", ["en"], {"response_format": "verbose_json", "language": "en"}),
        ("whisper-1", ["ko", "en"], {"response_format": "verbose_json"}),
        ("Systran/faster-whisper-small", [], {"response_format": "verbose_json"}),
        ("gpt-4o-transcribe", ["ko", "en"], {"response_format": "json"}),
        ("gpt-transcribe", ["ko"], {"response_format": "json", "language": "ko"}),
        ("gpt-transcribe", ["ko", "en"], {"response_format": "json", "languages[]": ["ko", "en"]}),
    ],
)
async def test_what_is_asked(server: Server, model: str, languages: list[str], sent: dict[str, Any]) -> None:
    engine = make(server, model=model)
    await hear(engine, languages)
    await engine.close()
    form = server.seen[0].form
    del form["file"]
    assert form == {"model": model, **sent}


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        (transcript("안녕하세요", language="korean"), "ko"),
        (transcript("Hello", language="english"), "en"),
        (transcript("Bonjour", language="fr-FR"), "fr"),
        (transcript("Hello", languages=[{"code": "en"}]), "en"),
        (transcript("Hello", languages=[]), "en"),
        (transcript("Saluton", language="esperanto"), "en"),
        (transcript("안녕, Siri"), "ko"),
        (transcript("Hello"), "en"),
        (transcript("3.14"), "en"),
    ],
)
async def test_the_language_told_or_guessed(
    server: Server, engine: OpenAiRecogniser, answer: Any, language: str
) -> None:
    server.will(answer)
    heard = await hear(engine, ["ko", "en"])
    assert isinstance(heard, Heard)
    assert heard.language == language


async def test_segments_come_along(server: Server) -> None:
    engine = make(server, model="whisper-1")
    whole = {"start": 0.0, "end": 1.5, "text": " Hello.", "no_speech_prob": 0.01, "avg_logprob": -0.2}
    server.will(transcript("Hello.", language="english", segments=[whole, {"id": 3}, "?"]))
    assert await hear(engine) == Heard("Hello.", "en", (Segment(0.0, 1.5, "Hello."),))
    await engine.close()


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_no_words(server: Server, engine: OpenAiRecogniser, text: str) -> None:
    server.will(transcript(text))
    assert await hear(engine) == Nothing("no speech heard")


async def test_signs_of_life_and_of_progress(engine: OpenAiRecogniser) -> None:
    signs: list[str] = []
    done: list[float | None] = []
    await engine.warm(done.append)
    await engine.transcribe(SPEECH, ["en"], lambda: signs.append("alive"))
    assert signs
    assert done[-1] == 1.0


async def test_one_connection_serves_every_utterance(server: Server, engine: OpenAiRecogniser) -> None:
    await hear(engine)
    await hear(engine)
    assert len({seen.peer for seen in server.seen}) == 1


FAILURES = {
    "a refused key": ([refusing(401)], Unauthorised, "refused the key", 1),
    "an unknown model": ([refusing(404, "No such model")], EngineError, "Set stt.openai_model", 1),
    "rate limited": ([refusing(429, retry_after="7.2")], RateLimited, "Try again in 8 seconds", 1),
    "500": ([refusing(500)] * 3, Unreachable, "in trouble", 3),
    "dropped": ([dropping] * 3, Unreachable, "broke off", 3),
    "malformed": ([body("{oh no")], EngineError, "cannot be understood", 1),
    "a page": ([body("<html>Welcome</html>", "text/html")], EngineError, "cannot be understood", 1),
    "empty": ([body("")], EngineError, "cannot be understood", 1),
    "another thing": ([body("[1, 2]")], EngineError, "cannot be understood", 1),
    "no text": ([body('{"text": 5}')], EngineError, "cannot be understood", 1),
    "too large": ([refusing(413, "File too large.")], EngineError, "File too large", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_utterance_works(
    server: Server, engine: OpenAiRecogniser, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    server.will(*script)
    with pytest.raises(VoicebotError) as caught:
        await hear(engine)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert len(server.seen) == requests
    assert await hear(engine) == Heard("Hello there.", "en")


async def test_a_retry_sends_the_whole_sound_again(server: Server, engine: OpenAiRecogniser) -> None:
    server.will(refusing(503), dropping)
    assert await hear(engine) == Heard("Hello there.", "en")
    sounds = [seen.form["file"] for seen in server.seen]
    assert len(sounds) == 3
    assert len(set(sounds)) == 1


async def test_a_service_that_says_nothing_is_given_up(server: Server) -> None:
    engine = make(server, patience=0.05)
    server.will(stalling)
    with pytest.raises(EngineTimedOut):
        await hear(engine)
    await server.left.wait()
    assert await hear(engine) == Heard("Hello there.", "en")
    await engine.close()


async def test_cancelling_closes_the_connection(server: Server, engine: OpenAiRecogniser) -> None:
    server.will(stalling)
    turn = asyncio.create_task(hear(engine))
    await server.arrived.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await server.left.wait()
    assert await hear(engine) == Heard("Hello there.", "en")


async def test_cancelling_while_it_connects() -> None:
    with deaf_port() as port:
        engine = OpenAiRecogniser(lambda: None, f"http://127.0.0.1:{port}/v1", "m1")
        waiting = half_open(port)
        turn = asyncio.create_task(hear(engine))
        while half_open(port) == waiting:
            await asyncio.sleep(0)
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
        await engine.close()
    await assert_nothing_left()


def test_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    here = OpenAiRecogniser(lambda: None, "http://127.0.0.1:8000/v1", "tiny")
    assert here.local
    assert here.name == "openai:tiny"
    assert here.ready() == Ready("tiny at 127.0.0.1:8000")
    assert isinstance(OpenAiRecogniser(lambda: None, None, "m1").ready(), NotReady)


async def test_seconds_are_counted_once_they_are_heard(server: Server) -> None:
    meter = Counted()
    engine = official(make(server, meter=meter))
    server.will(refusing(500), refusing(500), transcript("Hello."), *[refusing(500)] * 3)
    await hear(engine)
    with pytest.raises(EngineError):
        await hear(engine)
    await engine.close()
    assert [(request.service, request.model) for request in meter.requests] == [("openai", "gpt-transcribe")] * 2
    assert [request.amounts for request in meter.requests] == [{Kind.SECONDS: 0.5}, None]
    assert meter.requests[1].expected == {Kind.SECONDS: 0.5}
