"""SpeechRecognition's own requests go to a loopback server in Google's place."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import soundfile
from aiohttp import web

from tests.openai_server import assert_nothing_left, free_port
from voicebot.errors import EngineError, EngineTimedOut, RateLimited, Unauthorised, Unreachable, VoicebotError
from voicebot.events import Samples
from voicebot.readiness import NotReady, Ready
from voicebot.stt.base import Heard, Nothing
from voicebot.stt.google import ENDPOINT, Google

pytestmark = pytest.mark.filterwarnings("ignore:'(aifc|audioop|sunau|chunk)' is deprecated:DeprecationWarning")
SOUND: Samples = (0.5 * np.sin(np.arange(16_000) / 9)).astype(np.float32)


class Service:
    """What the service is told to do, and what it was asked, by language."""

    def __init__(self) -> None:
        self.url = ""
        self.script: list[Any] = []
        self.by_language: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.arrived = asyncio.Event()
        self.release = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append({**request.query, "type": request.headers["content-type"]})
        self.bodies.append(await request.read())
        self.arrived.set()
        answer = self.by_language.get(request.query["lang"]) or (self.script.pop(0) if self.script else hearing())
        if answer == "stall":
            await self.release.wait()
        if answer in ("stall", "drop"):
            assert request.transport is not None
            request.transport.abort()
        return answer(request) if callable(answer) else web.Response()


def hearing(text: str = "what time is it", confidence: float | None = 0.9) -> Any:
    """As Google answers: an empty result first, then the one that counts."""
    best = {"transcript": text} if confidence is None else {"transcript": text, "confidence": confidence}
    result = {"alternative": [best, {"transcript": "what dime is it"}], "final": True}
    return answering(f'{{"result":[]}}\n{json.dumps({"result": [result], "result_index": 0})}\n')


def answering(text: str | bytes, status: int = 200, **headers: str) -> Any:
    def respond(_: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=text.encode() if isinstance(text, str) else text, status=status, headers=named)

    return respond


def cut(_: web.Request) -> web.Response:
    """Less than it announces, and the connection ends."""
    return web.Response(body=b'{"result"', headers={"content-length": "99", "connection": "close"})


NOTHING = answering('{"result":[]}\n')


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    application = web.Application()
    application.router.add_post("/speech-api/v2/recognize", service.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.url = "http://{}:{}/speech-api/v2/recognize".format(*runner.addresses[0][:2])
    yield service
    service.release.set()
    await runner.cleanup()
    await assert_nothing_left()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("google")]


@pytest.fixture
async def engine(service: Service) -> AsyncIterator[Google]:
    engine = Google(patience=5.0, delays=(0.0, 0.0), endpoint=service.url)
    yield engine
    service.release.set()
    await engine.close()


async def hear(engine: Google, *languages: str) -> Heard | Nothing:
    return await engine.transcribe(SOUND, languages or ("en",), lambda: None)


async def test_it_hears(service: Service, engine: Google) -> None:
    signs: list[None] = []
    steps: list[float | None] = []
    await engine.warm(steps.append)
    found = await engine.transcribe(SOUND, ("en",), lambda: signs.append(None))
    assert found == Heard("what time is it", "en")
    assert len(signs) == 2
    assert steps == [None, 1.0]
    assert service.asked[0]["lang"] == "en-US"


async def test_the_sound_is_flac_without_the_program(
    service: Service, engine: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.Popen", None)
    await hear(engine)
    assert service.asked[0]["type"] == "audio/x-flac; rate=16000"
    samples, rate = soundfile.read(io.BytesIO(service.bodies[0]), dtype="float32")
    assert service.bodies[0].startswith(b"fLaC")
    assert rate == 16_000
    np.testing.assert_allclose(samples, SOUND, atol=1e-4)


@pytest.mark.parametrize(("language", "tag"), [("ko", "ko-KR"), ("en", "en-US"), ("zh", "zh-CN"), ("fr", "fr")])
async def test_languages(service: Service, engine: Google, language: str, tag: str) -> None:
    found = await hear(engine, language)
    assert isinstance(found, Heard)
    assert found.language == language
    assert [asked["lang"] for asked in service.asked] == [tag]


@pytest.mark.parametrize(
    ("english", "korean", "heard"),
    [
        (hearing("knee how", 0.5), hearing("몇 시야", 0.9), Heard("몇 시야", "ko")),
        (hearing("what time", 0.9), hearing("왓 타임", 0.6), Heard("what time", "en")),
        (hearing("what time", None), hearing("왓 타임", None), Heard("what time", "en")),
        (NOTHING, hearing("몇 시야", 0.3), Heard("몇 시야", "ko")),
        (NOTHING, NOTHING, Nothing("no speech heard")),
    ],
)
async def test_of_two_languages_the_surer_answer_counts(
    service: Service, engine: Google, english: Any, korean: Any, heard: Heard | Nothing
) -> None:
    service.by_language = {"en-US": english, "ko-KR": korean}
    assert await hear(engine, "en", "ko", "de") == heard
    assert {asked["lang"] for asked in service.asked} == {"en-US", "ko-KR"}


@pytest.mark.parametrize("nothing", [NOTHING, answering(""), hearing(" "), answering('{"result":[{"final":true}]}')])
async def test_what_is_no_speech_has_no_words(service: Service, engine: Google, nothing: Any) -> None:
    service.script = [nothing]
    assert await hear(engine) == Nothing("no speech heard")


FAILURES: dict[str, Any] = {
    "rate limited": ([answering("", 429, retry_after="60")], RateLimited, "Try again in 60 seconds", 1),
    "rate limited thrice": ([answering("", 429)] * 3, RateLimited, "asks to wait", 3),
    "the quota": ([answering("<html>", 403)], Unauthorised, "refused the key: it is a key for tests", 1),
    "a refused key": ([answering("", 400)], Unauthorised, "Try again tomorrow, or choose another engine", 1),
    "503": ([answering("", 503)] * 3, Unreachable, "in trouble: it answered 503", 3),
    "not found": ([answering("", 404)], EngineError, "refused the request: it answered 404", 1),
    "dropped": (["drop"] * 3, Unreachable, "broke off", 3),
    "dropped in the middle": ([cut] * 3, Unreachable, "broke off", 3),
    "a page": ([answering("<!doctype html><p>Log in")], EngineError, "cannot be understood", 1),
    "not text": ([answering(b"\xff\xfe\x00")], EngineError, "cannot be understood", 1),
    "other JSON": ([answering('{"error": 1}')], EngineError, "cannot be understood", 1),
    "a list": ([answering("[1]")], EngineError, "cannot be understood", 1),
    "results of no kind": ([answering('{"result": ["x"]}')], EngineError, "cannot be understood", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_utterance_works(
    service: Service, engine: Google, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    service.script = [*script]
    with pytest.raises(VoicebotError) as caught:
        await hear(engine)
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert service.asked[0]["key"] not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert len(service.asked) == requests
    assert isinstance(await hear(engine), Heard)


@pytest.mark.parametrize("passing", [answering("", 429, retry_after="0.01"), answering("", 503), "drop"])
async def test_what_passes_is_asked_again(service: Service, engine: Google, passing: Any) -> None:
    service.script = [passing, passing]
    assert isinstance(await hear(engine), Heard)
    assert len(service.asked) == 3


async def test_a_service_that_says_nothing_is_given_up(service: Service) -> None:
    service.script = ["stall"]
    engine = Google(patience=0.1, endpoint=service.url)
    with pytest.raises(EngineTimedOut, match=r"no sign of life: for 0\.1 seconds"):
        await hear(engine)
    assert len(service.asked) == 1
    await engine.close()


async def test_nothing_listens() -> None:
    engine = Google(delays=(0.0, 0.0), endpoint=f"http://127.0.0.1:{free_port()}/")
    with pytest.raises(Unreachable, match=r"cannot be reached\. Check the network"):
        await hear(engine)
    await engine.close()


async def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_names(host: str, *_: Any, **__: Any) -> Any:
        asked.add(host)
        raise OSError("Temporary failure in name resolution")

    asked: set[str] = set()
    engine = Google(delays=(0.0, 0.0))
    monkeypatch.setattr("socket.getaddrinfo", no_names)
    with pytest.raises(Unreachable, match="cannot be reached"):
        await hear(engine)
    assert asked == {"www.google.com"}
    assert ENDPOINT.startswith("https://")
    await engine.close()


async def test_a_cancelled_request_holds_up_nothing(service: Service, engine: Google) -> None:
    service.script = ["stall", "stall"]
    turn = asyncio.create_task(hear(engine, "en", "ko"))
    await service.arrived.wait()
    while len(service.asked) < 2:
        await asyncio.sleep(0)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert isinstance(await hear(engine), Heard)


async def test_closing_waits_for_a_cancelled_request(service: Service) -> None:
    engine = Google(patience=0.1, endpoint=service.url)
    service.script = ["stall"]
    turn = asyncio.create_task(hear(engine))
    await service.arrived.wait()
    turn.cancel()
    await engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("google")]
    with pytest.raises(asyncio.CancelledError):
        await turn


async def test_it_works_again_after_closing(service: Service, engine: Google) -> None:
    await hear(engine)
    await engine.close()
    assert isinstance(await hear(engine), Heard)


def test_it_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Google().ready() == Ready("Google's free test service, over the network; it may end at any time")
    assert Google.local is False
    monkeypatch.setattr("voicebot.stt.google.find_spec", lambda _: None)
    absent = Google().ready()
    assert isinstance(absent, NotReady)
    assert absent.fix == "pip install SpeechRecognition"


IMPORTS = """
import asyncio, sys, threading

class Watch:
    def find_spec(self, name, *_):
        if "." in name and threading.current_thread() is threading.main_thread():
            here.append(name)

here = []
sys.meta_path.insert(0, Watch())
import numpy as np
from voicebot.stt.google import Google

engine = Google(delays=(), endpoint="http://127.0.0.1:9/")
engine.ready()
heavy = {"speech_recognition", "soundfile"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)

async def main():
    try:
        await engine.transcribe(np.zeros(1600, np.float32), ("en",), lambda: None)
    except Exception as error:
        assert "cannot be reached" in str(error), error
    await engine.close()

asyncio.run(main())
assert heavy <= set(sys.modules)
assert not heavy & {name.partition(".")[0] for name in here}, here
"""


def test_the_library_is_loaded_in_a_thread_and_only_when_used() -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", IMPORTS], check=True, timeout=60)
