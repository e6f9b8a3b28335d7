"""The assistant's own voice is taken out of the microphone, and another's stays in, in a simulated room."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.bench.room import SENTENCES, FliteVoice
from tests.conversation import Scene
from tests.noises import at_level, noise
from tests.sound.speech import flite
from voicebot.audio.echo import EchoCanceller
from voicebot.audio.files import read_sound
from voicebot.audio.reference import WAITING_BLOCKS, Reference
from voicebot.audio.resampling import dbfs
from voicebot.audio.room import Room
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, Silero, Thresholds, VoiceActivity
from voicebot.audio.way import Way
from voicebot.clock import run_virtually
from voicebot.errors import EngineUnavailable
from voicebot.events import Notice, Samples
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line, ScriptedLanguageModel
from voicebot.readiness import NotReady, Ready

ANSWER = (
    "The order was cancelled and you will get the money back within three days today. It looks like rain in the"
    " afternoon, so take an umbrella when you leave the house. Seoul has about nine and a half million people."
)
QUESTIONS = ("What is the weather like tomorrow?", "Stop, please.", "Please set a timer for ten minutes.")
LEVELS = (-10.0, -20.0, -30.0)
CONVERGED = 2.0
"""Seconds of playback after which nothing may come through."""
RUN = 0.2


def spoken(folder: Path, text: str, voice: str, rate: int = RATE, level: float = -20.0) -> Samples:
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed (`make test` installs it)")
    return at_level(read_sound(flite(text, folder / f"{voice}.wav", voice), rate), level)


class Desk:
    """A card on a desk, with what its microphone heard and what the canceller made of it, block by block."""

    def __init__(self, room: Room | None, rate: int = 24_000) -> None:
        self.card = SimulatedCard(noise=0.001, room=room)
        self.rate = rate
        self.echo = EchoCanceller()
        self.heard: list[Samples] = []
        self.cleaned: list[Samples] = []
        self._rest = np.zeros(0, dtype=np.float32)
        self.echo.warm()

    def play(self, sound: Samples, seconds: float | None = None, talks: Sequence[tuple[float, Samples]] = ()) -> Desk:
        """Play a sound while people talk: (seconds from the beginning, what they say)."""
        self._rest = sound
        run_virtually(self._run(seconds or len(sound) / self.rate, talks))
        return self

    async def _run(self, seconds: float, talks: Sequence[tuple[float, Samples]]) -> None:
        for at, speech in talks:
            self.card.speak(speech, at=at)
        await self.card.open_input(None, RATE, self._deliver)
        await self.card.open_output(None, self.rate, self._render)
        await asyncio.sleep(seconds)
        await self.card.close()

    def _render(self, out: Samples) -> None:
        part, self._rest = self._rest[: len(out)], self._rest[len(out) :]
        out[: len(part)] = part
        self.echo.played(out, self.rate)

    def _deliver(self, block: Samples) -> None:
        self.heard.append(block)
        self.cleaned.append(self.echo.clean(block))


def runs(blocks: Sequence[Samples], least: float = RUN) -> list[float]:
    """When Silero has heard speech for so long without a pause, in seconds."""
    activity = VoiceActivity(Silero(), Thresholds())
    found = []
    for number, block in enumerate(blocks, start=1):
        before = activity.run
        activity.feed(block)
        if before < least <= activity.run:
            found.append(number * BLOCK_SECONDS)
    return found


def level_of(blocks: Sequence[Samples], after: float = CONVERGED) -> float:
    return dbfs(np.concatenate(blocks[round(after / BLOCK_SECONDS) :]))


def desk_with(level: float) -> Room:
    """A desk with all that is hard: the loudspeaker distorts, the clocks differ, and the delay jumps."""
    return Room(level, delay=0.06, drift=50.0, distortion=1.0, jumps=((6.0, 0.03), (11.0, -0.02)))


# -- the voice that is played ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_its_own_voice_is_no_speech_to_it(tmp_path: Path, level: float) -> None:
    desk = Desk(desk_with(level)).play(spoken(tmp_path, ANSWER, "rms", 24_000))
    assert len(runs(desk.heard)) >= 2
    assert [at for at in runs(desk.cleaned) if at > CONVERGED] == []
    assert level_of(desk.cleaned) < -50.0


@pytest.mark.parametrize("level", LEVELS)
def test_a_talker_over_it_is_heard(tmp_path: Path, level: float) -> None:
    """For two blocks, at which the answer pauses; most of them long enough without a pause to cancel it."""
    answer = spoken(tmp_path, f"{ANSWER} {ANSWER}", "rms", 24_000)
    clips = [spoken(tmp_path, question, "kal16", level=-25.0) for question in QUESTIONS * 2]
    talks = [(3.0 + 3.5 * number, clip[np.flatnonzero(np.abs(clip) > 0.01)[0] :]) for number, clip in enumerate(clips)]
    desk = Desk(desk_with(level)).play(answer, talks=talks)
    pauses, cancels = runs(desk.cleaned, 2 * BLOCK_SECONDS), runs(desk.cleaned)
    assert sum(any(at < found <= at + 0.5 for found in pauses) for at, _ in talks) >= 5
    assert sum(any(at < found <= at + 1.0 for found in cancels) for at, _ in talks) >= 5


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_it_works_at_every_rate_of_the_speaker(tmp_path: Path, rate: int) -> None:
    desk = Desk(Room(-10.0, delay=0.08), rate).play(spoken(tmp_path, ANSWER[:80], "slt", rate))
    assert level_of(desk.heard) - level_of(desk.cleaned) > 20.0


def test_a_delay_that_jumps_again_and_again_lets_little_through(tmp_path: Path) -> None:
    jumps = ((5.0, 0.05), (10.0, -0.07), (15.0, 0.09), (20.0, -0.06))
    answer = spoken(tmp_path, f"{ANSWER} {ANSWER}", "slt", 24_000)
    desk = Desk(Room(-10.0, delay=0.08, distortion=1.0, jumps=jumps)).play(answer)
    assert len(runs(desk.cleaned)) <= 1 < 4 <= len(runs(desk.heard))


# -- the microphone while nothing is played ----------------------------------------------------------------------------


def test_the_microphone_is_untouched_while_nothing_is_played() -> None:
    desk = Desk(Room(-10.0)).play(np.zeros(0, dtype=np.float32), 2.0, [(0.5, noise("pink", 1.0, -20.0))])
    assert all(cleaned is heard for heard, cleaned in zip(desk.heard, desk.cleaned, strict=True))


def test_it_is_untouched_again_when_nothing_can_come_back() -> None:
    desk = Desk(Room(-20.0)).play(noise("pink", 1.0, -20.0), 4.0)
    touched = [cleaned is not heard for heard, cleaned in zip(desk.heard, desk.cleaned, strict=True)]
    last = max(number for number, other in enumerate(touched) if other) * BLOCK_SECONDS
    assert 1.5 < last < 2.2


def test_it_does_not_change_in_the_middle_of_a_word() -> None:
    talk = noise("pink", 2.0, -25.0, seed=3)
    desk = Desk(Room(-20.0)).play(noise("pink", 1.0, -20.0), 5.0, [(1.0, talk)])
    touched = [cleaned is not heard for heard, cleaned in zip(desk.heard, desk.cleaned, strict=True)]
    last = max(number for number, other in enumerate(touched) if other) * BLOCK_SECONDS
    assert 2.9 < last < 3.2


def test_it_is_sixteen_milliseconds_late_and_nothing_is_lost() -> None:
    talk = noise("pink", 3.0, -25.0, seed=3)
    desk = Desk(None).play(noise("pink", 0.5, -20.0), 3.0, [(0.0, talk)])
    assert {len(block) for block in desk.cleaned} == {BLOCK}
    heard, cleaned = (np.concatenate(blocks)[RATE : 2 * RATE] for blocks in (desk.heard, desk.cleaned))
    lags = [float(np.dot(cleaned[400:], heard[400 - lag : RATE - lag])) for lag in range(400)]
    assert int(np.argmax(lags)) == 256


def test_it_begins_without_a_gap() -> None:
    """The moment in which the processed sound takes over repeats 16 ms, and drops nothing."""
    times = np.arange(2 * RATE) / RATE
    tone = (0.1 * np.sin(2 * np.pi * 2000 * times)).astype(np.float32)  # 16 ms are whole periods; AEC3 shifts low ones
    lead = np.zeros(24_000, dtype=np.float32)
    desk = Desk(None).play(np.concatenate([lead, noise("pink", 0.2, -60.0)]), 1.5, [(0.0, tone)])
    cleaned = np.concatenate(desk.cleaned)[: round(1.1 * RATE)]
    assert np.abs(np.diff(cleaned)).max() < 0.09


# -- what it is made of ------------------------------------------------------------------------------------------------


def test_the_speaker_never_waits_and_its_past_is_bounded() -> None:
    echo = EchoCanceller()
    for _ in range(10 * WAITING_BLOCKS):
        echo.played(np.ones(480, dtype=np.float32), 48_000)
    assert len(echo._reference._blocks) == WAITING_BLOCKS
    block = np.zeros(BLOCK, dtype=np.float32)
    assert echo.clean(block) is block
    assert len(echo._reference._kept) == 0


def test_a_reference_gives_as_much_as_is_asked_for() -> None:
    reference = Reference()
    reference.put(np.arange(480, dtype=np.float32), 48_000)
    assert reference.collect()
    assert reference.take(0.004).tolist() == list(range(192))
    assert reference.take(0.01).tolist() == [*range(192, 480), *[0] * 192]
    reference.put(np.zeros(480, dtype=np.float32), 48_000)
    assert not reference.collect()


def test_a_reference_drops_what_is_always_too_much() -> None:
    """The speaker had run for half a second before the microphone was opened."""
    reference = Reference()
    for number in range(50):
        reference.put(np.full(160, number, dtype=np.float32), 16_000)
    for number in range(50, 200):
        reference.put(np.full(160, number, dtype=np.float32), 16_000)
        reference.collect()
        newest = reference.take(0.01)[-1]
        reference.trim()
    assert newest == 199


def test_a_reference_of_another_rate_begins_anew() -> None:
    reference = Reference()
    reference.put(np.ones(480, dtype=np.float32), 48_000)
    reference.put(np.ones(240, dtype=np.float32), 24_000)
    reference.collect()
    assert (reference.sample_rate, len(reference.take(0.01))) == (24_000, 240)


def test_a_speaker_that_has_no_rate_yet_is_left_out() -> None:
    reference = Reference()
    reference.put(np.zeros(480, dtype=np.float32), 0)
    assert not reference.collect()
    assert len(reference.take(0.01)) == 160


def follow(way: Way, played: Samples, heard: Samples) -> tuple[list[bool], list[float]]:
    """Whether each block held the echo, and when the way changed, in seconds."""
    echoes, changes = [], []
    for number in range(min(len(played), len(heard)) // BLOCK):
        now = number * BLOCK
        for start in range(now // 160 * 160, (now + BLOCK) // 160 * 160, 160):
            way.played(played[start : start + 160])
        if way.changed(heard[now : now + BLOCK], (now + BLOCK) % 160):
            changes.append((now + BLOCK) / RATE)
        echoes.append(way.echo)
    return echoes, changes


def late(sound: Samples, seconds: float) -> Samples:
    return np.concatenate([np.zeros(round(seconds * RATE), dtype=np.float32), sound])


def test_an_echo_is_told_from_a_voice_and_its_delay_is_measured(tmp_path: Path) -> None:
    played, other = spoken(tmp_path, ANSWER[:80], "slt"), spoken(tmp_path, QUESTIONS[0], "rms")
    way = Way()
    echoes, changes = follow(way, played, late(played, 0.1) * 0.1)
    assert sum(echoes) > len(echoes) / 2
    assert way.delay == pytest.approx(0.1, abs=0.0005)
    assert changes == []
    assert follow(Way(), played, other) == ([False] * (min(len(played), len(other)) // BLOCK), [])


def test_a_way_that_changes_is_noticed_once_and_a_voice_over_it_changes_nothing(tmp_path: Path) -> None:
    played = spoken(tmp_path, ANSWER, "slt")
    jump = 4 * RATE
    heard = np.concatenate([late(played, 0.1)[:jump], late(played, 0.14)[jump : len(played)]]) * 0.1
    talk = late(spoken(tmp_path, f"{QUESTIONS[0]} {QUESTIONS[2]}", "kal16", level=-25.0), 6.0)[: len(heard)]
    heard[: len(talk)] += talk
    way = Way()
    _, changes = follow(way, played, heard)
    assert [at for at in changes if not 4.0 < at < 4.5] == []
    assert len(changes) == 1
    assert way.delay == pytest.approx(0.14, abs=0.0005)


def test_a_voice_just_after_the_answer_was_cut_is_no_echo(tmp_path: Path) -> None:
    """Of what was played so little is left to compare with that a peak would mean nothing."""
    answer, talk = spoken(tmp_path, ANSWER, "rms"), spoken(tmp_path, QUESTIONS[0], "kal16", level=-25.0)
    for cut in range(8000, 40_000, 1600):
        played = np.concatenate([answer[:cut], np.zeros(RATE, dtype=np.float32)])
        echoes, _ = follow(Way(), played, late(talk, cut / RATE))
        assert not any(echoes), f"cut at {cut}"


def test_it_loads_nothing_until_it_is_used() -> None:
    program = "import sys; from voicebot.audio.echo import EchoCanceller; EchoCanceller().ready(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "livekit" not in {name.split(".")[0] for name in done.stdout.split()}


def test_blocks_pass_until_it_is_loaded() -> None:
    echo = EchoCanceller()
    echo.played(np.ones(240, dtype=np.float32), 24_000)
    block = np.ones(BLOCK, dtype=np.float32)
    assert not echo.running
    assert echo.clean(block) is block


def test_it_says_whether_it_can_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(EchoCanceller().ready(), Ready)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr("voicebot.audio.echo.find_spec", lambda _: None)
    readiness = EchoCanceller().ready()
    assert isinstance(readiness, NotReady)
    assert "voicebot[echo]" in readiness.fix
    with pytest.raises(EngineUnavailable):
        EchoCanceller().warm()


# -- in a conversation -------------------------------------------------------------------------------------------------


def barge_in_is_on(echo: EchoCanceller | None, then: EchoCanceller | None) -> tuple[list[bool], list[Notice]]:
    """Whether speech interrupts: with a canceller once it runs, and with another after it."""
    found: list[bool] = []

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        await asyncio.sleep(1.0)
        found.append(scene.assistant.listener.hearing.barge_in)
        scene.assistant.use_echo(then)
        await asyncio.sleep(1.0)
        found.append(scene.assistant.listener.hearing.barge_in)
        scene.assistant.use_hearing(Hearing(), partials=False)
        found.append(scene.assistant.listener.hearing.barge_in)

    scene = Scene(options={"echo": echo}).run(script)
    return found, scene.of(Notice)


def test_speech_interrupts_where_a_canceller_runs() -> None:
    assert barge_in_is_on(EchoCanceller(), None) == ([True, False, False], [])
    assert barge_in_is_on(None, EchoCanceller()) == ([False, True, True], [])


def test_a_talk_key_needs_no_canceller() -> None:
    """It is neither loaded nor asked: what is said over an answer that was just cut stays as it was said."""
    echo = EchoCanceller()
    cleaned: list[Samples] = []
    echo.clean = lambda block: cleaned.append(block) or block  # type: ignore[method-assign, func-returns-value]

    async def script(scene: Scene) -> None:
        scene.assistant.ask("What is the weather?")
        await asyncio.sleep(0.5)
        await scene.assistant.press()
        await asyncio.sleep(0.5)
        scene.assistant.release()
        assert not echo.running
        await scene.assistant.open_microphone(hands_free=True)
        await asyncio.sleep(1.0)

    Scene(options={"echo": echo}).run(script)
    assert echo.running
    assert cleaned


def test_a_canceller_that_cannot_be_loaded_is_told_and_it_stays_half_duplex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.audio.echo.find_spec", lambda _: None)
    found, notices = barge_in_is_on(EchoCanceller(), None)
    assert found == [False, False, False]
    assert [notice.what for notice in notices] == ["the echo canceller cannot run"]


@pytest.mark.parametrize(("echo", "outcomes"), [(EchoCanceller(), ["answered"]), (None, ["interrupted"])])
def test_in_a_conversation_its_own_voice_begins_no_turn(echo: EchoCanceller | None, outcomes: list[str]) -> None:
    """Its voice comes back at -10 dB; without a canceller it interrupts itself, again and again."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed (`make test` installs it)")

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        await asyncio.sleep(1.0)
        scene.assistant.ask("What is the weather?")
        await asyncio.sleep(20.0)  # one that answers itself is never idle again

    scene = Scene(
        llm=ScriptedLanguageModel([Line(" ".join(SENTENCES))]),
        card=SimulatedCard(noise=0.0005, room=Room(-10.0, delay=0.06)),
        hearing=Hearing(barge_in=True),
        probability=Silero(),
        tts=FliteVoice(),
        options={"echo": echo},
    )
    assert scene.run(script).outcomes[:1] == outcomes
