from __future__ import annotations

import asyncio
import datetime
import email.utils
import logging
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from aiohttp import web

from tests.openai_server import (
    KEY,
    Server,
    body,
    events,
    refusing,
    stream,
)
from voicebot.clock import run_virtually
from voicebot.errors import (
    EngineError,
    EngineUnavailable,
    RateLimited,
    Unauthorised,
    Unreachable,
    VoicebotError,
)
from voicebot.llm.base import Request, conversation
from voicebot.llm.openai import OpenAiModel
from voicebot.readiness import NotReady, Ready
from voicebot.services import Service, one_line, persist, refused, retry_after
from voicebot.stt.openai import OpenAiRecogniser
from voicebot.tts.base import Manner
from voicebot.tts.openai import OpenAiVoice


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


# -- asking again ----------------------------------------------------------------------------------------------------


class Attempts:
    """Fails as told, each failure after some virtual seconds, then answers."""

    def __init__(self, *failures: VoicebotError, seconds: float = 0.1) -> None:
        self.failures = list(failures)
        self.seconds = seconds
        self.began: list[float] = []

    async def __call__(self) -> str:
        self.began.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.seconds)
        if self.failures:
            raise self.failures.pop(0)
        return "done"


def test_a_failure_that_can_pass_is_tried_three_times() -> None:
    attempts = Attempts(Unreachable("x"), Unreachable("x"))
    assert run_virtually(persist(attempts, (0.25, 1.0))) == "done"
    assert attempts.began == pytest.approx([0.0, 0.35, 1.45])


def test_the_third_failure_is_the_last() -> None:
    attempts = Attempts(*(Unreachable(str(number)) for number in range(5)))
    with pytest.raises(Unreachable, match="2"):
        run_virtually(persist(attempts, (0.25, 1.0)))


def test_a_service_that_asks_for_a_short_wait_gets_it() -> None:
    attempts = Attempts(RateLimited("x", retry_after=5.0))
    assert run_virtually(persist(attempts, (0.25, 1.0))) == "done"
    assert attempts.began == pytest.approx([0.0, 5.1])


@pytest.mark.parametrize(
    "failure", [RateLimited("x", retry_after=5.1), EngineError("x"), Unauthorised("x"), EngineUnavailable("x")]
)
def test_what_will_not_pass_is_not_tried_again(failure: VoicebotError) -> None:
    attempts = Attempts(failure)
    with pytest.raises(type(failure)):
        run_virtually(persist(attempts))
    assert len(attempts.began) == 1


def test_a_slow_failure_is_not_repeated() -> None:
    attempts = Attempts(Unreachable("x"), seconds=3.5)
    with pytest.raises(Unreachable):
        run_virtually(persist(attempts))
    assert len(attempts.began) == 1


# -- what services say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "2.5"}, 2.5),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_retry_after_a_date() -> None:
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    seconds = retry_after({"retry-after": email.utils.format_datetime(later, usegmt=True)})
    assert seconds is not None
    assert 3500 < seconds <= 3600


def test_refusals() -> None:
    limited = refused("X", 429, retry_after=2.1)
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == 2.1
    assert str(limited) == "X asks to wait: too many requests. Try again in 3 seconds"
    assert str(refused("X", 429)) == "X asks to wait: too many requests. Try again in a minute"
    assert str(refused("X", 503)) == "X is in trouble: it answered 503. Try again in a moment"
    assert str(refused("X", 400, "no such voice")) == "X refused the request: no such voice"


def test_one_line() -> None:
    assert one_line("It broke.\n  Badly, v1.2 of it.") == "It broke"
    assert one_line("v1.2\tis old") == "v1.2 is old"
    assert one_line("") == ""
    assert len(one_line("word " * 100)) <= 160


# -- where a service is, and whether it can be used ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "local", "where"),
    [
        (None, False, "OpenAI"),
        ("https://api.openai.com/v1", False, "OpenAI"),
        ("https://eu.api.openai.com/v1", False, "OpenAI"),
        ("https://api.openai.com.example.org/v1", False, "api.openai.com.example.org"),
        ("http://localhost:11434/v1", True, "localhost:11434"),
        ("http://127.0.0.2:8000/v1", True, "127.0.0.2:8000"),
        ("http://[::1]:8000/v1", True, "[::1]:8000"),
        ("http://ollama.localhost/v1", True, "ollama.localhost"),
        ("http://localhost.example.org/v1", False, "localhost.example.org"),
        ("http://10.0.0.3:8000/v1", False, "10.0.0.3:8000"),
        ("https://me:secret@llm.example.org/v1", False, "llm.example.org"),
    ],
)
def test_where_it_is(url: str | None, local: bool, where: str) -> None:
    service = Service("llm", "m1", lambda: KEY, url)
    assert service.local is local
    assert service.where == where
    assert service.ready() == Ready(f"m1 at {where}")


@pytest.mark.parametrize(
    ("url", "key", "why"),
    [
        (None, None, "no key"),
        (None, "", "no key"),
        (None, "  \n", "no key"),
        (None, "sk-secret with a space", "the key has characters that no key has"),
        (None, "sk-secret\nX-Other: header", "the key has characters that no key has"),
        (None, "sk-비밀", "the key has characters that no key has"),
        ("localhost:11434/v1", KEY, "its address is not one"),
        ("http://", KEY, "its address is not one"),
        ("http://localhost:port/v1", KEY, "its address is not one"),
        ("http://[::1/v1", KEY, "its address is not one"),
        ("ftp://localhost/v1", KEY, "its address is not one"),
        ("gibberish", KEY, "its address is not one"),
    ],
)
async def test_what_keeps_it_from_being_used(url: str | None, key: str | None, why: str) -> None:
    service = Service("llm", "m1", lambda: key, url)
    answer = service.ready("answers")
    assert isinstance(answer, NotReady)
    assert (answer.why, answer.adds) == (why, "answers")
    assert answer.fix
    with pytest.raises(EngineUnavailable, match=why) as caught:
        await service.warm()
    assert "secret" not in str(caught.value)
    await service.close()


async def test_an_address_that_only_looks_like_one() -> None:
    model = OpenAiModel(lambda: KEY, "http://日本 語/v1", "m1")
    with pytest.raises(EngineUnavailable, match=r"its address is not one.*Check llm\.base_url"):
        await reply(model)


async def test_a_key_that_came_later_is_used(server: Server) -> None:
    keys = ["first", " second\n"]
    model = OpenAiModel(lambda: keys[0], server.url, "m1")
    await reply(model)
    keys.pop(0)
    await reply(model)
    await model.close()
    assert [seen.headers["Authorization"] for seen in server.seen] == ["Bearer first", "Bearer second"]


async def test_the_key_in_the_environment_is_not_taken(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    model = OpenAiModel(lambda: None, server.url, "m1")
    await reply(model)
    await model.close()
    assert KEY not in str(server.seen)


async def test_the_address_in_the_environment_is_taken(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    model = OpenAiModel(lambda: None, None, "m1")
    await reply(model)
    await model.close()
    assert len(server.seen) == 1


async def test_nothing_goes_through_a_proxy_to_this_machine(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    model = OpenAiModel(lambda: None, server.url, "m1")
    assert await reply(model) == "It is fine."
    await model.close()


async def test_a_server_on_this_machine_cannot_send_us_elsewhere(server: Server) -> None:
    async def away(_: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"location": server.url + "/elsewhere"})

    server.will(away)
    model = OpenAiModel(lambda: None, server.url, "m1")
    with pytest.raises(EngineError, match="it answered 307"):
        await reply(model)
    await model.close()
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "variable",
    [("ALL_PROXY", "socks5://h:1"), ("HTTPS_PROXY", "http://h:port"), ("SSL_CERT_FILE", "/nowhere/at/all.pem")],
)
async def test_an_environment_that_cannot_work(variable: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*variable)
    service = Service("llm", "m1", lambda: KEY)
    with pytest.raises(EngineUnavailable, match="HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE"):
        await service.warm()


# -- the key ---------------------------------------------------------------------------------------------------------

TELLTALES = {
    "well": [],
    "refused": [refusing(401, f"Incorrect key: {KEY}", x_key=KEY)],
    "forbidden": [refusing(403, f"{KEY} may not", x_key=KEY)],
    "bad request": [refusing(400, f"What is {KEY}?")],
    "plain text": [body(f"you are {KEY}", "text/plain", 400)],
    "limited": [refusing(429, f"{KEY} asks too much", retry_after="60")],
    "in trouble": [refusing(500, f"{KEY} broke it")] * 3,
    "not found": [refusing(404, f"no model for {KEY}")],
    "in the stream": [events({"error": {"message": f"out of memory for {KEY}"}})],
    "malformed": [events("{" + KEY)],
    "broken": [stream(f"data: {KEY}\n".encode(), then="drop")],
}


@pytest.mark.parametrize("telltale", TELLTALES)
async def test_the_key_is_nowhere_to_be_read(
    server: Server, caplog: pytest.LogCaptureFixture, telltale: str
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    for engine, call in engines(server):
        await engine.close()
        server.script = list(TELLTALES[telltale])
        try:
            await call()
        except VoicebotError as error:
            shown += [str(error), repr(error), "".join(traceback.format_exception(error))]
        shown += [repr(engine), repr(engine.ready())]
        await engine.close()
    assert server.seen
    assert all(seen.headers["Authorization"] == f"Bearer {KEY}" for seen in server.seen)
    shown += [logging.Formatter().format(record) + repr(record.args) for record in caplog.records]
    assert caplog.records
    assert not [line for line in shown if KEY in line]


async def test_a_password_in_the_address_is_nowhere_to_be_read(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    model = OpenAiModel(lambda: KEY, server.url.replace("//", "//me:hush@"), "m1", delays=())
    assert await reply(model) == "It is fine."
    server.will(refusing(500, "no"))
    with pytest.raises(Unreachable) as caught:
        await reply(model)
    await model.close()
    shown = [str(caught.value), repr(model.ready()), *(record.getMessage() for record in caplog.records)]
    assert not [line for line in shown if "hush" in line]


def engines(server: Server) -> list[tuple[Any, Callable[[], Any]]]:
    options: dict[str, Any] = {"base_url": server.url, "model": "m1", "delays": (0.0, 0.0), "patience": 5.0}
    model, hearing = OpenAiModel(lambda: KEY, **options), OpenAiRecogniser(lambda: KEY, **options)
    voice = OpenAiVoice(lambda: KEY, voice="nova", **options)

    async def say() -> list[Any]:
        return [sound async for sound in voice.synthesise("Hello.", Manner())]

    sound = np.zeros(1600, dtype=np.float32)
    return [
        (model, lambda: reply(model)),
        (hearing, lambda: hearing.transcribe(sound, ["en"], lambda: None)),
        (voice, say),
    ]


async def reply(model: OpenAiModel) -> str:
    return "".join([piece async for piece in model.reply(Request(conversation([("user", "Hi")])))])


# -- what is loaded when ---------------------------------------------------------------------------------------------

IMPORTS = """
import asyncio, sys, threading

class Watch:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            here.append(name)

here = []
sys.meta_path.insert(0, Watch())
from voicebot.llm.openai import OpenAiModel
from voicebot.stt.openai import OpenAiRecogniser
from voicebot.tts.gtts import Gtts
from voicebot.tts.openai import OpenAiVoice

model = OpenAiModel(lambda: None, "http://127.0.0.1:9/v1", "m1")
model.ready()
heavy = {"openai", "httpx2", "pydantic", "gtts", "requests", "soundfile"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)

async def main():
    await model.warm()
    await Gtts().warm()

asyncio.run(main())
assert {"openai", "gtts"} <= set(sys.modules)
assert not heavy & {name.partition(".")[0] for name in here}, here
"""


def test_the_sdks_are_loaded_in_a_thread_and_only_when_warmed() -> None:
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, timeout=60)
