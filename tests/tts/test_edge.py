"""edge-tts's own requests go to a loopback stand-in for the service, by the addresses in the library's constants."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import numpy as np
import pytest

from tests.openai_server import assert_nothing_left, free_port
from tests.tts.edge_server import (
    VOICES,
    Server,
    audio,
    dropping,
    message,
    refusing,
    saying,
    serving,
    speaking,
    stalling,
    tone,
)
from voicebot.errors import EngineError, EngineTimedOut, RateLimited, Unreachable, VoicebotError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.tts.base import Manner, Voice
from voicebot.tts.edge import Edge


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    for_ever = aiohttp.ClientWSTimeout(ws_close=None)  # whoever waits for an answer to his goodbye hangs the test
    monkeypatch.setattr("aiohttp.client.DEFAULT_WS_CLIENT_TIMEOUT", for_ever)
    async with serving() as server:
        point_at(server.port, monkeypatch)
        yield server
    await assert_nothing_left()


def point_at(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", f"ws://127.0.0.1:{port}/edge/v1?TrustedClientToken=x")
    monkeypatch.setattr("edge_tts.voices.VOICE_LIST", f"http://127.0.0.1:{port}/voices/list?trustedclienttoken=x")
    monkeypatch.setattr("edge_tts.drm.DRM.clock_skew_seconds", 0.0)


@pytest.fixture
def engine() -> Edge:
    return Edge(patience=5.0, delays=(0.0, 0.0))


async def say(engine: Edge, text: str = "Hello.", manner: Manner | None = None) -> Samples:
    pieces = [sound async for sound in engine.synthesise(text, manner or Manner())]
    assert all(piece.sample_rate == 24_000 and piece.samples.dtype == np.float32 for piece in pieces)
    return np.concatenate([piece.samples for piece in pieces])


@pytest.mark.parametrize("size", [100, 144, 720, 20_000])
async def test_the_sound_is_whole_however_it_is_cut(server: Server, engine: Edge, size: int) -> None:
    server.script = [speaking(tone(1.0), size=size)]
    sound = await say(engine)
    assert 0.98 <= len(sound) / 24_000 <= 1.1
    assert 0.45 <= np.abs(sound).max() <= 0.55
    assert server.asked == [{"voice": "en-US-EmmaMultilingualNeural", "rate": "+0%", "text": "Hello."}]
    assert not server.listed


async def test_the_first_sound_does_not_wait_for_the_last(server: Server, engine: Edge) -> None:
    server.script = [speaking(tone(0.5), then="stall")]
    sounds = engine.synthesise("Hello.", Manner())
    assert 0 < len((await anext(sounds)).samples) <= 24_000 * 0.2
    await sounds.aclose()  # type: ignore[attr-defined]
    await server.left.wait()


async def test_silence_at_the_beginning_is_left_out(server: Server, engine: Edge) -> None:
    server.script = [speaking(tone(1.0, loudness=0.0), tone(0.5))]
    sound = await say(engine)
    assert np.abs(sound[:600]).max() > 1e-3
    assert 0.45 <= len(sound) / 24_000 <= 0.7


@pytest.mark.parametrize(
    ("manner", "voice", "rate"),
    [
        (Manner("ko"), "ko-KR-SunHiNeural", "+0%"),
        (Manner("ko", rate=1.1), "ko-KR-SunHiNeural", "+10%"),
        (Manner("en", rate=0.75), "en-US-EmmaMultilingualNeural", "-25%"),
        (Manner("en", rate=9.0), "en-US-EmmaMultilingualNeural", "+100%"),
        (Manner("en", "de-DE-KatjaNeural"), "de-DE-KatjaNeural", "+0%"),
        (Manner("de"), "de-DE-KatjaNeural", "+0%"),
    ],
)
async def test_manners(server: Server, engine: Edge, manner: Manner, voice: str, rate: str) -> None:
    await say(engine, "Tom & <Jerry>", manner)
    assert server.asked == [{"voice": voice, "rate": rate, "text": "Tom &amp; &lt;Jerry&gt;"}]


async def test_voices_are_asked_for_once(server: Server, engine: Edge) -> None:
    voices = await engine.voices()
    assert voices[0] == Voice("ko-KR-SunHiNeural", "SunHi - Korean (Korea)", ("ko",))
    assert [voice.id for voice in voices] == [name for name, _ in VOICES]
    assert voices[-1].languages == ("tl",)
    await engine.voices()
    assert server.listed == 1


MP3 = tone(0.5)
STRANGE = message("audio.metadata", '{"Metadata": [{"Type": "Whatever"}]}')
FAILURES: dict[str, Any] = {
    "rate limited": ([refusing(429, retry_after="60")], RateLimited, "Try again in 60 seconds", 1),
    "rate limited thrice": ([refusing(429)] * 3, RateLimited, "asks to wait", 3),
    "refused": ([refusing(403)] * 2, EngineError, "it answered 403. Update edge-tts", 2),
    "not let in": ([refusing(401)], EngineError, "it answered 401. Update edge-tts", 1),
    "503": ([refusing(503)] * 3, Unreachable, "in trouble: it answered 503", 3),
    "dropped": ([dropping] * 6, Unreachable, "broke off", 6),  # aiohttp itself asks twice
    "dropped in the middle": ([speaking(MP3, then="drop")], Unreachable, "broke off", 1),
    "closed in the middle": ([speaking(MP3, then="close")], Unreachable, "broke off", 1),
    "a page": ([refusing(200, "<!doctype html><p>Log in")], EngineError, "it sent a page of text instead", 1),
    "a page as sound": ([speaking(b"<!doctype html>" * 200)], EngineError, "its answer is not MP3", 1),
    "a page in its messages": ([speaking(b"<p>", content_type="text/html")], EngineError, "cannot be understood", 1),
    "noise": ([speaking(np.random.default_rng(1).bytes(5000))], EngineError, "its answer is not MP3", 1),
    "silence": ([speaking(tone(0.5, 0.0))], EngineError, "sent no sound: its answer is silent", 1),
    "nothing": ([speaking()], EngineError, "sent no sound: its answer is empty", 1),
    "nothing, and closed": ([speaking(then="close")], EngineError, "its answer is empty", 1),
    "no header": ([saying(b"x")], EngineError, "cannot be understood", 1),
    "a header of no kind": ([saying("hello")], EngineError, "cannot be understood", 1),
    "no JSON": ([saying(message("audio.metadata", "{"))], EngineError, "cannot be understood", 1),
    "strange words": ([saying(audio(MP3[:720]), STRANGE)], EngineError, "cannot be understood", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_sentence_works(
    server: Server, engine: Edge, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    server.script = [*script]
    with pytest.raises(VoicebotError) as caught:
        await say(engine)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert len(server.asked) == requests
    assert len(await say(engine))


@pytest.mark.parametrize("passing", [refusing(429, retry_after="0.01"), refusing(503), dropping])
async def test_what_passes_is_asked_again(server: Server, engine: Edge, passing: Any) -> None:
    server.script = [passing, passing]
    assert len(await say(engine))
    assert len(server.asked) == 3


async def test_what_came_before_the_connection_broke_stays_with_the_caller(server: Server, engine: Edge) -> None:
    server.script = [speaking(MP3, then="drop")]
    got = []
    with pytest.raises(Unreachable, match="broke off"):
        async for sound in engine.synthesise("Hello.", Manner()):
            got.append(sound.samples)
    assert 0.4 <= len(np.concatenate(got)) / 24_000 <= 0.6
    assert len(server.asked) == 1


async def test_a_voice_that_is_not_there(server: Server, engine: Edge) -> None:
    server.script = [speaking()]  # which is how the service says it
    with pytest.raises(EngineError, match="has no voice called ko-KR-NobodyNeural"):
        await say(engine, manner=Manner("ko", "ko-KR-NobodyNeural"))
    assert server.listed == 1


@pytest.mark.parametrize("voice", ["alloy", "en-US-EmmaNeural'/><break time='9s'/>", "Neural", "../x-YY-zNeural"])
async def test_what_is_no_voice_is_not_asked_for(server: Server, engine: Edge, voice: str) -> None:
    with pytest.raises(EngineError, match="has no voice called"):
        await say(engine, manner=Manner("en", voice))
    assert not server.asked


async def test_a_language_it_does_not_speak(server: Server, engine: Edge) -> None:
    with pytest.raises(EngineError, match="has no voice for tlh"):
        await say(engine, manner=Manner("tlh"))


async def test_a_text_without_words(server: Server, engine: Edge) -> None:
    with pytest.raises(EngineError, match="the text has no words"):
        await say(engine, "…!?")
    assert not server.asked


@pytest.mark.parametrize("body", ["<!doctype html>", "[1, 2]", '{"a": {}}', '[{"ShortName": "x"}]'])
async def test_a_list_of_voices_that_is_none(server: Server, engine: Edge, body: str) -> None:
    server.lists = [refusing(200, body)]
    with pytest.raises(EngineError, match="cannot be understood"):
        await engine.voices()
    assert len(await engine.voices()) == len(VOICES)


async def test_a_list_that_does_not_come_is_given_up(server: Server) -> None:
    server.lists = [stalling]
    with pytest.raises(EngineTimedOut, match=r"no sign of life: for 0\.1 seconds"):
        await Edge(patience=0.1).voices()


@pytest.mark.parametrize("silent", [stalling, speaking(then="stall")])
async def test_a_service_that_says_nothing_is_given_up(server: Server, silent: Any) -> None:
    server.script = [silent]
    with pytest.raises(EngineTimedOut, match=r"no sign of life: for 0\.1 seconds"):
        await say(Edge(patience=0.1))
    assert len(server.asked) == 1
    await server.left.wait()


async def test_a_service_that_stops_in_the_middle_is_given_up(server: Server) -> None:
    server.script = [speaking(MP3, then="stall")]
    got = []
    with pytest.raises(EngineTimedOut, match="no sign of life"):
        async for sound in Edge(patience=0.1).synthesise("Hello.", Manner()):
            got.append(sound)
    assert got
    await server.left.wait()


async def test_nothing_listens(server: Server, engine: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    point_at(free_port(), monkeypatch)
    with pytest.raises(Unreachable, match=r"cannot be reached\. Check the network"):
        await say(engine)
    with pytest.raises(Unreachable, match="cannot be reached"):
        await engine.voices()


async def test_no_network(engine: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_names(host: str, *_: Any, **__: Any) -> Any:
        asked.add(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    asked: set[str] = set()
    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    with pytest.raises(Unreachable, match="cannot be reached"):
        await say(engine)
    assert asked == {"speech.platform.bing.com"}


@pytest.mark.parametrize("silent", [speaking(then="stall"), speaking(MP3, then="stall")])
async def test_cancelling_closes_the_connection_at_once(server: Server, engine: Edge, silent: Any) -> None:
    server.script = [silent]
    turn = asyncio.create_task(say(engine))
    await server.arrived.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await server.left.wait()
    assert len(await say(engine))


def test_it_is_ready_where_its_extra_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Edge().ready() == Ready("Microsoft Edge's voices, over the network")
    assert Edge.local is False
    monkeypatch.setattr("voicebot.tts.edge.find_spec", lambda name: None if name == "edge_tts" else name)
    missing = Edge().ready()
    assert isinstance(missing, NotReady)
    assert missing.fix == "pip install 'voicebot[edge]'"


IMPORTS = """
import asyncio, sys, threading

class Watch:
    def find_spec(self, name, *_):
        if "." in name and threading.current_thread() is threading.main_thread():
            here.append(name)

here = []
sys.meta_path.insert(0, Watch())
from voicebot.tts.edge import Edge

engine = Edge()
engine.ready()
heavy = {"edge_tts", "aiohttp", "av"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
asyncio.run(engine.warm())
assert heavy <= set(sys.modules)
assert not heavy & {name.partition(".")[0] for name in here}, here
"""


def test_the_library_is_loaded_in_a_thread_and_only_when_warmed() -> None:
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, timeout=60)
