"""ElevenLabs' SDK talks to a loopback server in the service's place."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
from aiohttp import web

from tests.openai_server import (
    Behaviour,
    Server,
    body,
    dropping,
    free_port,
    stalling,
    stream,
    tone,
)
from tests.spending.fake import Counted
from voicebot.errors import (
    EngineError,
    EngineTimedOut,
    EngineUnavailable,
    RateLimited,
    Unauthorised,
    Unreachable,
    VoicebotError,
)
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.spending import Kind
from voicebot.tts.base import Manner, Voice
from voicebot.tts.elevenlabs import ElevenLabs

KEY = "sk_0123456789abcdef0123456789abcdef"
GEORGE = "JBFqnCBsd6RMkjVDRZzb"
TONE = tone(0.2)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def engine(server: Server) -> AsyncIterator[ElevenLabs]:
    engine = make(server)
    yield engine
    await engine.close()


def make(server: Server, model: str = "eleven_flash_v2_5", **options: Any) -> ElevenLabs:
    settings: dict[str, Any] = {"delays": (0.0, 0.0), "patience": 5.0}
    return ElevenLabs(lambda: KEY, model, GEORGE, server.url.removesuffix("/v1"), **(settings | options))


async def say(engine: ElevenLabs, manner: Manner | None = None) -> Samples:
    pieces = [sound async for sound in engine.synthesise("Hello.", manner or Manner())]
    assert all(piece.sample_rate == 24_000 and piece.samples.dtype == np.float32 for piece in pieces)
    return np.concatenate([piece.samples for piece in pieces])


def as_samples(pcm: bytes) -> Samples:
    return (np.frombuffer(pcm, dtype="<i2") / 32768).astype(np.float32)


def speaking(*pieces: bytes, then: str = "end") -> Behaviour:
    return stream(*(pieces or (TONE,)), content_type="audio/pcm", then=then)


def refusing(status: int, code: str = "", said: str = "no", old: bool = False) -> Behaviour:
    """An error as ElevenLabs words it, now and in former times."""
    detail = {"status": code, "message": said} if old else {"type": "x", "code": code, "message": said, "status": code}
    return body(json.dumps({"detail": detail}), status=status)


@pytest.mark.parametrize("size", [1, 3, 1001, 4800])
async def test_the_sound_is_whole_however_it_is_cut(server: Server, engine: ElevenLabs, size: int) -> None:
    pcm = tone(0.02) if size < 10 else TONE
    server.will(speaking(*(pcm[start : start + size] for start in range(0, len(pcm), size))))
    np.testing.assert_array_equal(await say(engine), as_samples(pcm))


async def test_the_first_sound_does_not_wait_for_the_last(server: Server, engine: ElevenLabs) -> None:
    server.will(speaking(then="stall"))
    sounds = engine.synthesise("Hello.", Manner())
    first = (await anext(sounds)).samples
    np.testing.assert_array_equal(first, as_samples(TONE)[: len(first)])
    assert len(first) == 24_000 * 0.05
    await sounds.aclose()  # type: ignore[attr-defined]
    await server.left.wait()


async def test_silence_at_the_beginning_is_left_out(server: Server, engine: ElevenLabs) -> None:
    server.will(speaking(bytes(9600), TONE))
    np.testing.assert_array_equal(await say(engine), as_samples(TONE))


async def test_what_is_sent(server: Server, engine: ElevenLabs) -> None:
    formats: list[str] = []

    async def noting(request: web.Request) -> web.StreamResponse:
        formats.append(request.query["output_format"])
        return await speaking()(request)

    server.will(noting, noting, noting)
    await say(engine)
    await say(engine, Manner("ko", "XB0fDUnXU5powFXDhCwa", 1.1))
    await say(engine, Manner(rate=0.5))
    first, second, third = server.seen
    assert first.path == f"/v1/text-to-speech/{GEORGE}/stream"
    assert set(formats) == {"pcm_24000"}
    assert first.json == {"text": "Hello.", "model_id": "eleven_flash_v2_5", "language_code": "en"}
    assert first.headers["xi-api-key"] == KEY
    assert second.path == "/v1/text-to-speech/XB0fDUnXU5powFXDhCwa/stream"
    assert (second.json["language_code"], second.json["voice_settings"]["speed"]) == ("ko", 1.1)
    assert third.json["voice_settings"]["speed"] == 0.7
    assert len({seen.peer for seen in server.seen}) == 1


async def test_a_model_that_guesses_the_language_is_not_told_it(server: Server) -> None:
    server.will(speaking())
    engine = make(server, "eleven_multilingual_v2")
    await say(engine, Manner("ko"))
    assert "language_code" not in server.seen[0].json
    await engine.close()


async def test_the_key_of_now_is_sent(server: Server) -> None:
    keys = ["one-key", "another-key"]
    engine = ElevenLabs(lambda: keys[0], "m1", GEORGE, server.url.removesuffix("/v1"))
    server.will(speaking(), speaking())
    await say(engine)
    keys.pop(0)
    await say(engine)
    assert [seen.headers["xi-api-key"] for seen in server.seen] == ["one-key", "another-key"]
    await engine.close()


async def test_voices(server: Server, engine: ElevenLabs) -> None:
    found = [{"voice_id": "a1", "name": "Ann"}, {"voice_id": GEORGE, "name": "George"}, {"voice_id": "b2"}]
    first = {"voices": found[:2], "has_more": True, "total_count": 3, "next_page_token": "more"}
    last = {"voices": found[2:], "has_more": False, "total_count": 3}
    server.will(body(json.dumps(first)), body(json.dumps(last)))
    assert await engine.voices() == [Voice(GEORGE, "George"), Voice("a1", "Ann"), Voice("b2", "b2")]
    assert [seen.path for seen in server.seen] == ["/v2/voices"] * 2


@pytest.mark.parametrize("answer", ["{}", '{"voices": null, "has_more": false}', '{"voices": [{}], "has_more": false}'])
async def test_voices_without_a_name_are_left_out(server: Server, engine: ElevenLabs, answer: str) -> None:
    server.will(body(answer))
    assert await engine.voices() == [Voice(GEORGE, GEORGE)]


WRONG = {"content_type": "audio/pcm"}
INVALID = json.dumps({"detail": [{"loc": ["body"], "msg": "field required", "type": "missing"}]})
FAILURES: dict[str, Any] = {
    "a refused key": ([refusing(401, "invalid_api_key")], Unauthorised, "refused the key. Check ELEVENLABS_API_KEY", 1),
    "a refused key, once": ([refusing(401, "invalid_api_key", old=True)], Unauthorised, "refused the key", 1),
    "a key that may not": ([refusing(401, "missing_permissions", "It may not.")], Unauthorised, "this: It may not", 1),
    "the quota": ([refusing(401, "quota_exceeded", "0 of 9 left.")], EngineError, "no credit left", 1),
    "a paid voice": ([refusing(402, "paid_plan_required", "Not for free.")], Unauthorised, "this: Not for free", 1),
    "a paid format": ([refusing(403, "subscription_required")], Unauthorised, "does not allow this", 1),
    "an unknown voice": ([refusing(404, "voice_not_found")], EngineError, f"has no voice called {GEORGE}", 1),
    "an unknown voice, once": ([refusing(400, "voice_not_found", old=True)], EngineError, "has no voice called", 1),
    "an unknown model": ([refusing(400, "model_not_found")], EngineError, "Set tts.elevenlabs_model", 1),
    "invalid": ([body(INVALID, status=422)], EngineError, "refused the request: field required", 1),
    "too many at once": ([refusing(429, "concurrent_limit_exceeded")] * 3, RateLimited, "asks to wait", 3),
    "500": ([refusing(500)] * 3, Unreachable, "in trouble", 3),
    "a page that refuses": ([body("<html></html>", "text/html", 403)], Unauthorised, "does not allow this", 1),
    "dropped": ([dropping] * 3, Unreachable, "broke off", 3),
    "broken in the middle": ([speaking(then="drop")], Unreachable, "broke off", 1),
    "JSON": ([body('{"ok": true}')], EngineError, "sent no sound: it sent application/json", 1),
    "a page": ([body("<html></html>", "text/html")], EngineError, "sent no sound: it sent text/html", 1),
    "a page that says it is sound": ([body("\n<!doctype html>", **WRONG)], EngineError, "page of text", 1),
    "MP3": ([body(b"ID3\4\0\0\0\0", **WRONG)], EngineError, "it sent MP3 where", 1),
    "an empty body": ([body("", **WRONG)], EngineError, "sent no sound: its answer is empty", 1),
    "one byte": ([body("a", **WRONG)], EngineError, "sent no sound", 1),
    "silence": ([speaking(bytes(9600), bytes(9600))], EngineError, "sent no sound: its answer is silent", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_sentence_works(
    server: Server, engine: ElevenLabs, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    server.will(*script)
    with pytest.raises(VoicebotError) as caught:
        await say(engine)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert len(server.seen) == requests
    server.will(speaking())
    assert len(await say(engine))


async def test_a_service_that_repeats_the_key_gives_it_away_to_nobody(server: Server, engine: ElevenLabs) -> None:
    server.will(refusing(403, "x", f"The key {KEY} may not"))
    with pytest.raises(Unauthorised, match=r"The key \*\*\* may not"):
        await say(engine)


async def test_what_came_before_the_connection_broke_stays_with_the_caller(server: Server, engine: ElevenLabs) -> None:
    server.will(speaking(then="drop"))
    got = []
    with pytest.raises(Unreachable):
        async for sound in engine.synthesise("Hello.", Manner()):
            got.append(sound.samples)
    np.testing.assert_array_equal(np.concatenate(got), as_samples(TONE))


@pytest.mark.parametrize("silent", [stalling, speaking(then="stall")])
async def test_a_service_that_says_nothing_more_is_given_up(server: Server, silent: Behaviour) -> None:
    server.will(silent)
    engine = make(server, patience=0.1)
    with pytest.raises(EngineTimedOut, match=r"no sign of life: for 0\.1 seconds"):
        await say(engine)
    assert len(server.seen) == 1
    await engine.close()


@pytest.mark.parametrize("silent", [stalling, speaking(then="stall")])
async def test_cancelling_closes_the_connection(server: Server, engine: ElevenLabs, silent: Behaviour) -> None:
    server.will(silent, speaking())
    turn = asyncio.create_task(say(engine))
    await server.arrived.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await server.left.wait()
    assert len(await say(engine))


@pytest.mark.parametrize("voice", ["George?", "../voices", "a/b", "목소리"])
async def test_what_is_no_voice_is_not_asked_for(server: Server, engine: ElevenLabs, voice: str) -> None:
    with pytest.raises(EngineError, match="has no voice called"):
        await say(engine, Manner(voice=voice))
    assert not server.seen


async def test_nothing_listens() -> None:
    engine = ElevenLabs(lambda: KEY, "m1", GEORGE, f"http://127.0.0.1:{free_port()}", delays=(0.0, 0.0))
    with pytest.raises(Unreachable, match=r"cannot be reached\. Check the network"):
        await say(engine)
    with pytest.raises(Unreachable, match="cannot be reached"):
        await engine.voices()
    await engine.warm()
    await engine.close()


@pytest.mark.parametrize("answer", ["<!doctype html>", "[]", ""])
async def test_a_list_of_voices_that_is_none(server: Server, engine: ElevenLabs, answer: str) -> None:
    server.will(body(answer))
    with pytest.raises(EngineError, match="cannot be understood"):
        await engine.voices()


async def test_a_proxy_that_cannot_be(server: Server, engine: ElevenLabs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "nonsense://x")
    with pytest.raises(EngineUnavailable, match="Correct the proxy"):
        await say(engine)


async def test_it_can_be_warmed_again_after_closing(server: Server, engine: ElevenLabs) -> None:
    server.will(speaking())
    await engine.warm()
    await engine.close()
    assert len(await say(engine))


def test_it_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ElevenLabs(lambda: KEY, "m1", GEORGE).ready() == Ready("m1 at ElevenLabs")
    missing = ElevenLabs(lambda: None, "m1", GEORGE).ready()
    assert missing == NotReady(
        "no key", "Set ELEVENLABS_API_KEY, or run `voicebot keys set elevenlabs`", "ElevenLabs' voices"
    )
    assert isinstance(ElevenLabs(lambda: "두 낱말", "m1", GEORGE).ready(), NotReady)
    monkeypatch.setattr("voicebot.tts.elevenlabs.find_spec", lambda _: None)
    absent = ElevenLabs(lambda: KEY, "m1", GEORGE).ready()
    assert isinstance(absent, NotReady)
    assert absent.fix == "pip install 'voicebot[elevenlabs]'"
    assert ElevenLabs.local is False


async def test_without_a_key_nothing_is_sent(server: Server) -> None:
    engine = ElevenLabs(lambda: None, "m1", GEORGE, server.url)
    with pytest.raises(EngineUnavailable, match="no key"):
        await say(engine)
    await engine.warm()
    assert not server.seen


async def test_characters_are_counted_once_the_service_accepts(server: Server) -> None:
    async def costing(_: web.Request) -> web.StreamResponse:
        return web.Response(body=TONE, headers={"content-type": "audio/pcm", "character-cost": "3"})

    meter = Counted()
    engine = make(server, meter=meter)
    server.will(speaking(), costing, speaking(then="drop"), refusing(401, "invalid_api_key"))
    await say(engine)
    await say(engine)
    for kind in (Unreachable, Unauthorised):
        with pytest.raises(kind):
            await say(engine)
    assert {(one.service, one.model) for one in meter.requests} == {("elevenlabs", "eleven_flash_v2_5")}
    assert all(one.expected == {Kind.CHARACTERS: 6} for one in meter.requests)
    used = [one.amounts for one in meter.requests]
    assert used == [{Kind.CHARACTERS: 6}, {Kind.CHARACTERS: 3}, {Kind.CHARACTERS: 6}, None]
    await engine.close()


async def test_at_the_cap_nothing_is_sent(server: Server) -> None:
    engine = make(server, meter=Counted(refuses=True))
    with pytest.raises(EngineUnavailable, match="cap"):
        await say(engine)
    assert not server.seen


IMPORTS = """
import asyncio, sys, threading

class Watch:
    def find_spec(self, name, *_):
        if "." in name and threading.current_thread() is threading.main_thread():
            here.append(name)

here = []
sys.meta_path.insert(0, Watch())
from voicebot.tts.base import Manner
from voicebot.tts.elevenlabs import ElevenLabs

engine = ElevenLabs(lambda: "a-key", "m1", "a1", "http://127.0.0.1:9", delays=())
engine.ready()
heavy = {"elevenlabs", "httpx", "pydantic", "websockets"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)

async def main():
    try:
        await anext(engine.synthesise("Hello.", Manner(rate=1.1)))
    except Exception as error:
        assert "cannot be reached" in str(error), error

asyncio.run(main())
assert {"elevenlabs", "httpx"} <= set(sys.modules)
assert not heavy & {name.partition(".")[0] for name in here}, here
"""


def test_the_sdk_is_loaded_in_a_thread_and_only_when_used() -> None:
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, timeout=60)
