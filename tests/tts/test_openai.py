from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest

from tests.openai_server import (
    KEY,
    SPEECH_RATE,
    Server,
    assert_nothing_left,
    body,
    deaf_port,
    dropping,
    half_open,
    refusing,
    stalling,
    stream,
    tone,
)
from tests.spending.fake import Counted, official
from voicebot.errors import EngineError, EngineTimedOut, RateLimited, Unauthorised, Unreachable, VoicebotError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.spending import Kind
from voicebot.tts.base import Manner, Voice
from voicebot.tts.openai import OpenAiVoice

TONE = tone(0.1)


@pytest.fixture
async def engine(server: Server) -> AsyncIterator[OpenAiVoice]:
    engine = make(server)
    yield engine
    await engine.close()


def make(server: Server, **options: Any) -> OpenAiVoice:
    settings: dict[str, Any] = {"model": "m1", "voice": "nova", "delays": (0.0, 0.0), "patience": 5.0}
    return OpenAiVoice(lambda: KEY, server.url, **(settings | options))


async def say(engine: OpenAiVoice, manner: Manner | None = None) -> Samples:
    pieces = [sound async for sound in engine.synthesise("Hello.", manner or Manner())]
    assert all(piece.sample_rate == SPEECH_RATE and piece.samples.dtype == np.float32 for piece in pieces)
    return np.concatenate([piece.samples for piece in pieces])


def as_samples(pcm: bytes) -> Samples:
    return (np.frombuffer(pcm, dtype="<i2") / 32768).astype(np.float32)


@pytest.mark.parametrize("size", [1, 3, 5, 1001, 4800])
async def test_the_sound_is_whole_however_it_is_cut(server: Server, engine: OpenAiVoice, size: int) -> None:
    pcm = tone(0.02) if size < 10 else TONE
    server.will(stream(*(pcm[start : start + size] for start in range(0, len(pcm), size))))
    np.testing.assert_array_equal(await say(engine), as_samples(pcm))


async def test_the_first_sound_does_not_wait_for_the_last(server: Server, engine: OpenAiVoice) -> None:
    server.will(stream(TONE, then="stall"))
    sounds = engine.synthesise("Hello.", Manner())
    np.testing.assert_array_equal((await anext(sounds)).samples, as_samples(TONE))
    await sounds.aclose()  # type: ignore[attr-defined]
    await server.left.wait()


async def test_silence_at_the_beginning_is_left_out(server: Server, engine: OpenAiVoice) -> None:
    silence = bytes(4800)
    server.will(stream(silence, silence, TONE, silence, TONE))
    sound = await say(engine)
    assert sound[0] != 0
    assert len(sound) <= len(as_samples(TONE + silence + TONE))
    np.testing.assert_array_equal(sound[-len(TONE) // 2 :], as_samples(TONE))


async def test_what_is_sent(server: Server, engine: OpenAiVoice) -> None:
    await say(engine)
    await say(engine, Manner("ko", "coral", 1.5))
    await say(engine, Manner(rate=9.0))
    first, second, third = (seen.json for seen in server.seen)
    assert first == {"model": "m1", "voice": "nova", "input": "Hello.", "response_format": "pcm", "speed": 1.0}
    assert (second["voice"], second["speed"]) == ("coral", 1.5)
    assert third["speed"] == 4.0
    assert server.seen[0].path == "/v1/audio/speech"
    assert server.seen[0].headers["Authorization"] == f"Bearer {KEY}"
    assert len({seen.peer for seen in server.seen}) == 1


async def test_voices(engine: OpenAiVoice) -> None:
    voices = await engine.voices()
    assert voices[0] == Voice("nova", "Nova")
    ids = [voice.id for voice in voices]
    assert {"alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "sage", "shimmer", "verse"} <= set(ids)
    assert len(ids) == len(set(ids))


WRONG = {"content_type": "application/octet-stream"}
FAILURES = {
    "a refused key": ([refusing(401)], Unauthorised, "refused the key", 1),
    "an unknown voice": ([refusing(400, "Voice 'nova' is not one.")], EngineError, "Voice 'nova' is not one", 1),
    "an unknown model": ([refusing(404, "no model m1")], EngineError, "Set tts.openai_model", 1),
    "rate limited": ([refusing(429, retry_after="30")], RateLimited, "in 30 seconds", 1),
    "500": ([refusing(500)] * 3, Unreachable, "in trouble", 3),
    "dropped": ([dropping] * 3, Unreachable, "broke off", 3),
    "broken in the middle": ([stream(TONE, then="drop")], Unreachable, "broke off", 1),
    "JSON": ([body('{"ok": true}')], EngineError, "sent no sound: it sent application/json", 1),
    "JSON that says it is sound": ([body('{"ok": true}', **WRONG)], EngineError, "page of text", 1),
    "a page": ([body("<html></html>", "text/html")], EngineError, "sent no sound: it sent text/html", 1),
    "a page that says it is sound": ([body("\n<!doctype html>", **WRONG)], EngineError, "page of text", 1),
    "WAV": ([body(b"RIFF\0\0\0\0WAVE", **WRONG)], EngineError, "it sent WAV where", 1),
    "MP3": ([body(b"ID3\4\0\0\0\0", **WRONG)], EngineError, "it sent MP3 where", 1),
    "an empty body": ([body("", **WRONG)], EngineError, "sent no sound: its answer is empty", 1),
    "one byte": ([body("a", **WRONG)], EngineError, "sent no sound", 1),
    "silence": ([stream(bytes(9600), bytes(9600))], EngineError, "sent no sound: its answer is silent", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_sentence_works(
    server: Server, engine: OpenAiVoice, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    server.will(*script)
    with pytest.raises(VoicebotError) as caught:
        await say(engine)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert len(server.seen) == requests
    np.testing.assert_array_equal(await say(engine), as_samples(TONE + TONE))


async def test_what_came_before_the_line_broke_stays_with_the_caller(server: Server, engine: OpenAiVoice) -> None:
    server.will(stream(TONE, then="drop"))
    got = []
    with pytest.raises(Unreachable):
        async for sound in engine.synthesise("Hello.", Manner()):
            got.append(sound.samples)
    np.testing.assert_array_equal(np.concatenate(got), as_samples(TONE))


@pytest.mark.parametrize("silence", [stalling, stream(TONE, then="stall")], ids=["at once", "in the middle"])
async def test_a_service_that_falls_silent_is_given_up(server: Server, silence: Any) -> None:
    engine = make(server, patience=0.05)
    server.will(silence)
    with pytest.raises(EngineTimedOut):
        await say(engine)
    await server.left.wait()
    np.testing.assert_array_equal(await say(engine), as_samples(TONE + TONE))
    await engine.close()


@pytest.mark.parametrize("silence", [stalling, stream(TONE, then="stall")], ids=["before", "mid-stream"])
async def test_cancelling_closes_the_connection(server: Server, engine: OpenAiVoice, silence: Any) -> None:
    server.will(silence)
    turn = asyncio.create_task(say(engine))
    await server.arrived.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await server.left.wait()
    np.testing.assert_array_equal(await say(engine), as_samples(TONE + TONE))


async def test_cancelling_while_it_connects() -> None:
    with deaf_port() as port:
        engine = OpenAiVoice(lambda: None, f"http://127.0.0.1:{port}/v1", "m1", "nova")
        waiting = half_open(port)
        turn = asyncio.create_task(say(engine))
        while half_open(port) == waiting:
            await asyncio.sleep(0)
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
        await engine.close()
    await assert_nothing_left()


def test_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    here = OpenAiVoice(lambda: None, "http://127.0.0.1:8880/v1", "kokoro", "af_sky")
    assert here.local
    assert here.ready() == Ready("kokoro at 127.0.0.1:8880")
    assert isinstance(OpenAiVoice(lambda: None, None, "m1", "nova").ready(), NotReady)


@pytest.mark.parametrize(
    ("model", "expected", "used"),
    [
        ("tts-1", {Kind.CHARACTERS: 6}, {Kind.CHARACTERS: 6}),
        ("gpt-4o-mini-tts", {Kind.SECONDS: pytest.approx(6 * 0.065)}, {Kind.SECONDS: pytest.approx(0.2)}),
    ],
)
async def test_what_a_sentence_uses(server: Server, model: str, expected: Any, used: Any) -> None:
    meter = Counted()
    engine = official(make(server, model=model, meter=meter))
    server.will(stream(TONE, bytes(len(TONE))))
    await say(engine)
    await engine.close()
    assert [(request.expected, request.amounts) for request in meter.requests] == [(expected, used)]


async def test_a_sentence_that_is_cut_short_counts_the_sound_that_came(server: Server) -> None:
    meter = Counted()
    engine = official(make(server, meter=meter))
    server.will(stream(TONE, then="stall"), refusing(401))
    sounds = engine.synthesise("Hello.", Manner())
    await anext(sounds)
    await sounds.aclose()  # type: ignore[attr-defined]
    await server.left.wait()
    with pytest.raises(Unauthorised):
        await say(engine)
    await engine.close()
    assert [request.amounts for request in meter.requests] == [{Kind.SECONDS: pytest.approx(0.1)}, None]
