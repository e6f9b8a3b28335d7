"""gTTS's own requests go through a loopback proxy, which answers in Google Translate's place."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime
import io
import json
import ssl
import threading
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.openai_server import assert_nothing_left, free_port
from voicebot.errors import EngineError, EngineTimedOut, RateLimited, Unreachable, VoicebotError
from voicebot.events import Samples
from voicebot.readiness import Ready
from voicebot.tts.base import Manner, Voice
from voicebot.tts.gtts import Gtts

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LONG = "This sentence has a first half of more than fifty letters in all, and its other half has a few more than that."


class Google:
    """What the proxy is told to do, and the questions that it saw: [text, language, slow, …] each."""

    def __init__(self, certificate: ssl.SSLContext) -> None:
        self.certificate = certificate
        self.script: list[Behaviour] = []
        self.asked: list[list[Any]] = []
        self.hosts: set[str] = set()
        self.arrived = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                self.hosts.add((await reader.readuntil(b"\r\n\r\n")).split()[1].decode())
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                await writer.start_tls(self.certificate)
                self.asked.append(await _question(reader))
                self.arrived.set()
                behaviour = self.script.pop(0) if self.script else speaking(tone(0.5))
                await behaviour(reader, writer)
                await writer.drain()
        finally:
            self._open.discard(writer)
            writer.close()

    def hang_up(self) -> None:
        for writer in self._open:
            writer.transport.abort()


async def _question(reader: asyncio.StreamReader) -> list[Any]:
    head = await reader.readuntil(b"\r\n\r\n")
    (length,) = (line.split()[1] for line in head.splitlines() if line.lower().startswith(b"content-length"))
    form = urllib.parse.parse_qs((await reader.readexactly(int(length))).decode())
    question: list[Any] = json.loads(json.loads(form["f.req"][0])[0][0][1])
    return question


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """One that nobody vouches for: gTTS does not ask."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "translate.google.com")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    pem: Path = tmp_path_factory.mktemp("tls") / "google.pem"
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(key.private_bytes(*plain) + made.sign(key, hashes.SHA256()).public_bytes(plain[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.fixture
async def google(certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Google]:
    google = Google(certificate)
    server = await asyncio.start_server(google.serve, "127.0.0.1", 0)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    monkeypatch.delenv("https_proxy", raising=False)
    yield google
    google.hang_up()
    server.close()
    await server.wait_closed()
    await assert_nothing_left()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("gtts")]


@pytest.fixture
async def engine(google: Google) -> AsyncIterator[Gtts]:
    engine = Gtts(patience=5.0, delays=(0.0, 0.0))
    yield engine
    await engine.close()


async def say(engine: Gtts, text: str = "Hello.", manner: Manner | None = None) -> Samples:
    return np.concatenate([sound.samples async for sound in engine.synthesise(text, manner or Manner())])


# -- behaviours ------------------------------------------------------------------------------------------------------


def tone(seconds: float, loudness: float = 0.5) -> bytes:
    samples = loudness * np.sin(np.arange(int(24_000 * seconds)) / 9)
    target = io.BytesIO()
    soundfile.write(target, samples, 24_000, format="MP3")
    return target.getvalue()


def speaking(mp3: bytes) -> Behaviour:
    return answering(200, ')]}\'\n\n[["wrb.fr","jQ1olc","[\\"' + base64.b64encode(mp3).decode() + '\\"]",null]]\n')


def answering(status: int, body: str = "", cut: int = 0, **headers: str) -> Behaviour:
    """`cut` bytes less than announced, and the connection ends."""

    async def respond(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = body.encode()
        lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(data) + cut}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)

    return respond


async def dropping(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def stalling(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


# -- what must hold --------------------------------------------------------------------------------------------------


async def test_it_speaks(google: Google, engine: Gtts) -> None:
    google.script = [speaking(tone(1.0))]
    sounds = [sound async for sound in engine.synthesise("Hello.", Manner())]
    assert {sound.sample_rate for sound in sounds} == {24_000}
    assert max(len(sound.samples) for sound in sounds) == 4_800
    whole = np.concatenate([sound.samples for sound in sounds])
    assert whole.dtype == np.float32
    assert 0.9 <= len(whole) / 24_000 <= 1.2
    assert 0.4 < np.abs(whole).max() < 0.6
    assert google.asked == [["Hello.", "en", None, "null"]]
    assert google.hosts == {"translate.google.com:443"}


async def test_a_long_sentence_is_fetched_in_parts(google: Google, engine: Gtts) -> None:
    google.script = [speaking(tone(0.3)), speaking(tone(0.6))]
    sound = await say(engine, LONG)
    assert 0.9 <= len(sound) / 24_000 <= 1.2
    assert len(google.asked) == 2
    assert all(len(question[0]) <= 100 for question in google.asked)


async def test_the_next_part_is_fetched_while_the_first_is_heard(google: Google, engine: Gtts) -> None:
    sounds = engine.synthesise(LONG, Manner())
    await anext(sounds)
    while len(google.asked) < 2:
        await asyncio.sleep(0)
    await sounds.aclose()  # type: ignore[attr-defined]


async def test_manners(google: Google, engine: Gtts) -> None:
    await say(engine, "안녕", Manner("ko", rate=0.5))
    await say(engine, "Olá", Manner("en", voice="pt-PT"))
    await say(engine, "שלום", Manner("he"))
    assert [question[1:3] for question in google.asked] == [["ko", True], ["pt-PT", None], ["iw", None]]


async def test_voices_are_languages(engine: Gtts) -> None:
    voices = await engine.voices()
    assert Voice("ko", "Korean", ("ko",)) in voices
    assert Voice("iw", "Hebrew", ("he",)) in voices
    assert Voice("pt-PT", "Portuguese (Portugal)", ("pt",)) in voices


NO_SOUND = '[["wrb.fr","jQ1olc",null,null]]\n'
FAILURES = {
    "rate limited": ([answering(429, retry_after="60")], RateLimited, "Try again in 60 seconds", 1),
    "rate limited thrice": ([answering(429)] * 3, RateLimited, "asks to wait", 3),
    "503": ([answering(503)] * 3, Unreachable, "in trouble: it answered 503", 3),
    "forbidden": ([answering(403)], EngineError, "refused the request: it answered 403", 1),
    "dropped": ([dropping] * 3, Unreachable, "broke off", 3),
    "dropped in the middle": ([answering(200, "half of it", cut=99)] * 3, Unreachable, "broke off", 3),
    "not MP3": ([speaking(b"hello")], EngineError, "sent no sound: its answer is not MP3", 1),
    "not base64": ([answering(200, 'jQ1olc","[\\"a\\"]')], EngineError, "is not MP3", 1),
    "not text": ([answering(200, "not gzip at all", content_encoding="gzip")], EngineError, "is not MP3", 1),
    "silence": ([speaking(tone(0.5, 0.0))], EngineError, "sent no sound: its answer is silent", 1),
    "no sound": ([answering(200, NO_SOUND)], EngineError, "sent no sound", 1),
    "nothing": ([answering(200)], EngineError, "sent no sound: its answer is empty", 1),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_one_plain_error_and_the_next_sentence_works(
    google: Google, engine: Gtts, failure: str
) -> None:
    script, kind, says, requests = FAILURES[failure]
    google.script = [*script]
    with pytest.raises(VoicebotError) as caught:
        await say(engine)
    assert says in str(caught.value)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
    assert len(google.asked) == requests
    assert len(await say(engine))


@pytest.mark.parametrize("passing", [answering(429, retry_after="0.01"), answering(503), dropping])
async def test_what_passes_is_asked_again(google: Google, engine: Gtts, passing: Behaviour) -> None:
    google.script = [passing, passing]
    assert len(await say(engine))
    assert len(google.asked) == 3


async def test_a_failure_in_the_second_part_leaves_the_first(google: Google, engine: Gtts) -> None:
    google.script = [speaking(tone(0.3)), dropping]
    got = []
    with pytest.raises(Unreachable, match="broke off"):
        async for sound in engine.synthesise(LONG, Manner()):
            got.append(sound.samples)
    assert 0.3 <= len(np.concatenate(got)) / 24_000 <= 0.5
    assert len(google.asked) == 2


@pytest.mark.parametrize("manner", [Manner("tlh"), Manner("en", voice="alloy")])
async def test_a_language_it_does_not_speak(google: Google, engine: Gtts, manner: Manner) -> None:
    with pytest.raises(EngineError, match=r"has no voice for (tlh|alloy)"):
        await say(engine, manner=manner)
    assert not google.asked


async def test_a_text_without_words(google: Google, engine: Gtts) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        await say(engine, "…!?")
    assert not google.asked


async def test_a_service_that_says_nothing_is_given_up(google: Google) -> None:
    engine = Gtts(patience=0.05)
    google.script = [stalling]
    with pytest.raises(EngineTimedOut, match="no sign of life"):
        await say(engine)
    assert len(google.asked) == 1
    await engine.close()


async def test_nothing_listens(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    engine = Gtts(delays=(0.0, 0.0))
    with pytest.raises(Unreachable, match="cannot be reached"):
        await say(engine)
    await engine.close()


async def test_a_cancelled_request_holds_up_nothing(google: Google, engine: Gtts) -> None:
    google.script = [stalling]
    turn = asyncio.create_task(say(engine))
    await google.arrived.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert len(await say(engine))
    google.hang_up()


async def test_closing_waits_for_a_cancelled_request(google: Google) -> None:
    engine = Gtts(patience=0.1)
    google.script = [stalling]
    turn = asyncio.create_task(say(engine))
    await google.arrived.wait()
    turn.cancel()
    await engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("gtts")]
    with pytest.raises(asyncio.CancelledError):
        await turn


async def test_it_can_be_warmed_again_after_closing(engine: Gtts) -> None:
    assert engine.ready() == Ready("Google Translate's voices, over the network")
    await engine.warm()
    await engine.close()
    assert len(await say(engine))
