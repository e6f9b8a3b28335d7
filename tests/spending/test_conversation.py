"""What a conversation costs: told with each turn, kept in the history, and stopped at the cap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.conversation import Scene, voice
from tests.openai_server import KEY, Server, assert_nothing_left, chunk, events, serving, transcript
from tests.spending.fake import account, official
from voicebot.assistant import Assistant, Setup
from voicebot.audio.recorder import Recorder
from voicebot.building import build
from voicebot.engines import Names
from voicebot.errors import StorageError, VoicebotError
from voicebot.events import NO_TURN, Event, Failed, Notice, State, StateChanged, TurnEnded
from voicebot.history import History
from voicebot.listener import Hearing
from voicebot.llm.base import Request
from voicebot.llm.openai import OpenAiModel
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.session import session
from voicebot.spending import Account, Kind, Meter
from voicebot.stt.openai import OpenAiRecogniser
from voicebot.tts.openai import OpenAiVoice
from voicebot.turn_end import Waits

QUICK = {"patience": 5.0, "connect": 5.0, "delays": (0.0, 0.0)}
USAGE = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}


@pytest.fixture(autouse=True, scope="module")
def sdk() -> None:
    """The SDK's import takes about a second, which is not what these tests are about."""
    import_module("openai")


class Conversation:
    """Spoken questions to OpenAI's three engines, one after another."""

    def __init__(self, server: Server, meter: Account, history: History | None = None) -> None:
        stt = official(OpenAiRecogniser(lambda: KEY, server.url, "ear", **QUICK, meter=meter))
        llm = official(OpenAiModel(lambda: KEY, server.url, "m1", **QUICK, meter=meter))
        tts = official(OpenAiVoice(lambda: KEY, server.url, "mouth", "alloy", **QUICK, meter=meter))
        kept = history or History(None)
        self.assistant = Assistant(Setup(stt, llm, tts, None, kept, playback=Recorder()))
        self.seen: list[Event] = []

    async def ask(self, times: int = 1) -> list[TurnEnded]:
        events = self.assistant.bus.subscribe(Event, capacity=1000)
        async with self.assistant:
            self.assistant.hear(voice(1.0), Path("question.wav"))
            async for event in events:
                self.seen.append(event)
                if isinstance(event, TurnEnded):
                    times -= 1
                    if times:
                        self.assistant.hear(voice(1.0), Path("question.wav"))
                    else:
                        events.close()
        return self.of(TurnEnded)

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.seen if isinstance(event, kind)]


async def test_a_turn_tells_what_it_cost_and_the_history_keeps_it(tmp_path: Path) -> None:
    meter, history = account(tmp_path / "spending.db"), History(tmp_path / "history.db")
    async with serving() as server:
        conversation = Conversation(server, meter, history)
        last = {**chunk({}), "choices": [], "usage": USAGE}
        server.will(transcript("How is it?"), events(chunk({"content": "It is fine."}), chunk({}, "stop"), last))
        [ended] = await conversation.ask()
    cost = ended.cost
    assert {(use.model, use.kind, use.amount) for use in cost.uses} == {
        ("ear", "seconds", 1.0), ("m1", "input tokens", 1000), ("m1", "output tokens", 100), ("mouth", "seconds", 0.2)
    }  # fmt: skip
    assert cost.usd == pytest.approx(0.001 + 0.002 + 0.002)
    assert cost.estimate  # the voice's own price is one
    assert not cost.wasted
    meter.close()
    assert meter.month().usd == pytest.approx(cost.usd)
    history = History(tmp_path / "history.db")
    await history.open()
    [turn] = await history.path(1)
    assert turn.cost == cost
    await history.close()
    await assert_nothing_left()


async def test_the_cap_reached_in_the_middle_of_a_conversation_is_one_plain_sentence(tmp_path: Path) -> None:
    """The first turn costs about 0.003 dollars; the voice of the second would cost more than what is left."""
    meter = account(tmp_path / "spending.db", cap=0.01)
    async with serving() as server:
        conversation = Conversation(server, meter)
        ended = await conversation.ask(2)
        paths = [seen.path for seen in server.seen if not seen.path.endswith("/models")]
    assert [turn.outcome for turn in ended] == ["answered", "failed"]
    [failure] = conversation.of(Failed)
    assert (failure.stage, failure.what) == ("tts", "This month's cap of $0.01 is reached")
    assert failure.fix.startswith("Raise spending.cap")
    assert conversation.of(StateChanged)[-1].state is State.IDLE
    assert len([path for path in paths if path.endswith("/audio/speech")]) == 1
    meter.close()
    assert meter.month().usd <= 0.01
    await assert_nothing_left()


async def test_once_the_cap_is_reached_nothing_is_sent_at_all(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db", cap=0.01)
    async with meter.request("openai", "ear", {Kind.SECONDS: 10}) as request:
        request.used({Kind.SECONDS: 10})
    async with serving() as server:
        conversation = Conversation(server, meter)
        [ended] = await conversation.ask()
        assert not [seen for seen in server.seen if not seen.path.endswith("/models")]
    assert (ended.outcome, ended.cost.uses) == ("failed", ())
    assert [failure.stage for failure in conversation.of(Failed)] == ["stt"]
    await assert_nothing_left()


@pytest.mark.expects_warnings
async def test_a_broken_ledger_stops_no_conversation_and_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "spending.db"
    file.write_bytes(b"no database " * 1000)
    meter, told = account(file, cap=1.0), list[VoicebotError]()
    meter.tell = told.append
    async with serving() as server:
        ended = await Conversation(server, meter).ask(2)
    assert [turn.outcome for turn in ended] == ["answered", "answered"]
    assert [trouble.what for trouble in told] == ["What paid engines cost is counted anew"]
    await assert_nothing_left()


async def test_what_is_wrong_with_the_ledger_is_a_notice() -> None:
    with session() as opened:
        assistant = build(Names("scripted", "scripted", "scripted"), opened)
        notices = assistant.bus.subscribe(Notice)
        opened.workshop.meter.tell(StorageError("what", "why", "fix"))
        assert await anext(aiter(notices)) == Notice(NO_TURN, "what", "why", "fix")


class Metered(ScriptedLanguageModel):
    """A scripted model that is paid for: 100 tokens a question."""

    def __init__(self, replies: list[Reply], meter: Meter) -> None:
        super().__init__(replies)
        self.local = False
        self._meter = meter

    async def reply(self, request: Request) -> AsyncIterator[str]:
        async with self._meter.request("openai", "m1", {Kind.INPUT_TOKENS: 100}) as metered:
            metered.used({Kind.INPUT_TOKENS: 100})
            async for piece in super().reply(request):
                yield piece


def test_what_was_begun_in_vain_is_counted_and_told(tmp_path: Path) -> None:
    """A pause in the middle of what is said: an answer is begun there, thrown away, and begun again at the end."""
    meter = account(tmp_path / "spending.db")

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0), at=0.5)
        scene.card.speak(voice(1.0), at=1.9)
        await asyncio.sleep(7)
        await scene.assistant.idle()

    scene = Scene(
        llm=Metered([Reply("It was cancelled just now.")], meter),
        hearing=Hearing(waits=Waits(plain=0.55, shortest=0.5, longest=2.0)),
        options={"speculate": "always"},
    ).run(script)
    [ended] = scene.of(TurnEnded)
    assert (ended.outcome, ended.wasted) == ("answered", 1)
    assert [(use.amount, use.wasted) for use in ended.cost.uses] == [(100, True), (100, False)]
    assert ended.cost.usd == pytest.approx(2e-4)
    assert ended.cost.wasted == pytest.approx(1e-4)
    meter.close()
    assert meter.month().wasted == pytest.approx(1e-4)

