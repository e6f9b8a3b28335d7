"""A whole turn over the openai engines against a server that fails: one clear event each, and idle again."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.conversation import voice
from tests.openai_server import KEY, Behaviour, Server, body, dropping, refusing, serving, stalling, transcript, words
from voicebot.assistant import Assistant, Setup
from voicebot.audio.recorder import Recorder
from voicebot.events import Event, Failed, ReplyEnded, State, StateChanged, Transcript, TurnEnded
from voicebot.llm.openai import OpenAiModel
from voicebot.stt.openai import OpenAiRecogniser
from voicebot.tts.openai import OpenAiVoice

QUICK = {"patience": 1.0, "connect": 1.0, "delays": (0.01, 0.01)}


@pytest.fixture(autouse=True, scope="module")
def sdk() -> None:
    """The SDK's import takes about a second, which is not what these tests' short limits are for."""
    import_module("openai")


async def one_turn(server: Server) -> list[Event]:
    """The events of a spoken question, in the order in which they are read."""
    setup = Setup(
        OpenAiRecogniser(lambda: KEY, server.url, "gpt-transcribe", **QUICK),
        OpenAiModel(lambda: KEY, server.url, "gpt-5.4-mini", **QUICK),
        OpenAiVoice(lambda: KEY, server.url, "gpt-4o-mini-tts", "alloy", **QUICK),
        None,
        playback=Recorder(),
    )
    assistant = Assistant(setup)
    events = assistant.bus.subscribe(Event, capacity=1000)
    seen = []
    async with assistant:
        assistant.hear(voice(1.0), Path("question.wav"))
        async for event in events:
            seen.append(event)
            if isinstance(event, TurnEnded):
                events.close()
    return seen


async def test_all_three_engines_answer_a_spoken_question() -> None:
    async with serving() as server:
        events = await one_turn(server)
    assert [event.outcome for event in events if isinstance(event, TurnEnded)] == ["answered"]
    assert any(isinstance(event, Transcript) for event in events)
    assert any(isinstance(event, ReplyEnded) for event in events)


@pytest.mark.parametrize(
    ("stage", "behaviours"),
    [
        ("stt", [refusing(401)]),
        ("stt", [refusing(429, retry_after="60")]),
        ("stt", [refusing(500)] * 3),
        ("stt", [dropping] * 3),
        ("stt", [stalling] * 3),
        ("stt", [body("<html>no</html>", "text/html")]),
    ],
    ids=["401", "429", "500", "drops", "stalls", "not JSON"],
)
async def test_a_failing_service_fails_the_turn_once(stage: str, behaviours: list[Behaviour]) -> None:
    async with serving() as server:
        server.will(*behaviours)
        events = await one_turn(server)
    [failure] = [event for event in events if isinstance(event, Failed)]
    assert failure.stage == stage
    assert failure.what
    assert KEY not in repr(events)
    assert [event.outcome for event in events if isinstance(event, TurnEnded)] == ["failed"]
    assert [event.state for event in events if isinstance(event, StateChanged)][-1] is State.IDLE


async def test_a_server_that_recovers_is_asked_again_unseen() -> None:
    async with serving() as server:
        server.will(refusing(503))
        events = await one_turn(server)
    assert not [event for event in events if isinstance(event, Failed)]
    assert [event.outcome for event in events if isinstance(event, TurnEnded)] == ["answered"]


async def test_a_stream_that_breaks_off_fails_and_keeps_what_was_heard() -> None:
    async with serving() as server:
        server.will(transcript("tell me a story"), words("Once upon a time there was a fox. ", "It", then="drop"))
        events = await one_turn(server)
    [failure] = [event for event in events if isinstance(event, Failed)]
    assert failure.stage == "llm"
