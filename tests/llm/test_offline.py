from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.llm.skills.asking import NOW
from voicebot.clock import run_virtually
from voicebot.llm.base import LanguageModel, Request, conversation
from voicebot.llm.offline import Offline, local_now
from voicebot.llm.timers import Timers
from voicebot.readiness import Ready


async def pieces(engine: LanguageModel, request: Request) -> list[str]:
    return [piece async for piece in engine.reply(request)]


def asked(question: str, language: str = "en") -> Request:
    return Request(conversation([("user", question)]), language)


async def test_it_answers_in_pieces_that_make_one_sentence() -> None:
    said = await pieces(Offline(now=lambda: NOW), asked("what is seven plus five"))
    assert "".join(said) == "Seven plus five is twelve."
    assert len(said) == 3


async def test_it_is_ready_at_once() -> None:
    engine = Offline()
    assert isinstance(engine.ready(), Ready)
    assert (engine.name, engine.local) == ("offline", True)
    await engine.warm()
    await engine.close()


@pytest.mark.parametrize(
    ("question", "language", "needed"),
    [
        ("who wrote war and peace", "en", "I need a language model"),
        ("전쟁과 평화는 누가 썼어", "ko", "언어 모델이 필요해요"),
        ("전쟁과 평화는 누가 썼어", "en", "언어 모델이 필요해요"),
        ("who wrote war and peace", "ko", "I need a language model"),
    ],
)
async def test_what_it_does_not_know_it_says_and_names_the_remedy(question: str, language: str, needed: str) -> None:
    said = "".join(await pieces(Offline(now=lambda: NOW), asked(question, language)))
    assert needed in said
    assert "Ollama" in said
    assert "Ollama" in said and "OpenAI" in said


async def test_it_repeats_its_last_reply() -> None:
    messages = conversation(
        [
            ("system", "Be brief."),
            ("user", "what is seven plus five"),
            ("assistant", "Seven plus five is twelve."),
            ("user", "say that again"),
        ]
    )
    assert "".join(await pieces(Offline(now=lambda: NOW), Request(messages))) == "Seven plus five is twelve."


def test_its_timers_ring() -> None:
    rang: list[tuple[float, str]] = []

    async def evening() -> str:
        loop = asyncio.get_running_loop()
        engine = Offline(now=lambda: NOW, timers=Timers(lambda text, language: rang.append((loop.time(), text))))
        said = "".join(await pieces(engine, asked("set a timer for five minutes")))
        await asyncio.sleep(301)
        return said

    assert run_virtually(evening()) == "The timer is set for five minutes."
    assert rang == [(300.0, "Your timer for five minutes is up.")]


async def test_time_is_asked_for_at_every_question() -> None:
    times = iter([NOW, NOW.replace(hour=16)])
    engine = Offline(now=lambda: next(times))
    first, second = [await pieces(engine, asked("what time is it")) for _ in range(2)]
    assert ("".join(first), "".join(second)) == ("It is 3:45 pm.", "It is 4:45 pm.")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be changed by a variable")
def test_the_wall_clock_here_knows_summer_and_winter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        zone = local_now().tzinfo
        assert zone is not None
        summer, winter = datetime(2025, 7, 1, 12, tzinfo=zone), datetime(2025, 12, 1, 12, tzinfo=zone)
        assert (summer.utcoffset(), winter.utcoffset()) != (None, None)
        assert summer.astimezone(UTC).hour == 11
        assert winter.astimezone(UTC).hour == 12
        assert datetime.fromtimestamp(summer.timestamp(), zone) == summer
        assert summer.tzname() == "BST"
        second_half_past_one = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
        assert second_half_past_one.astimezone(zone).utcoffset() == timedelta(0)
        assert second_half_past_one.astimezone(zone).timestamp() == second_half_past_one.timestamp()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_importing_it_loads_nothing_heavy() -> None:
    assert "voicebot.llm.offline" in sys.modules
    heavy = {"openai", "torch", "whisper", "httpx2", "PySide6"}
    script = f"import sys, voicebot.llm.offline; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
