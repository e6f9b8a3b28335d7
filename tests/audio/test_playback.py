"""The speaker: every sample once and in order, none of what was cut, no click, no stutter that is not counted."""

from __future__ import annotations

import asyncio
import random
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from voicebot.audio.card import Deliver, Device, Render, Stream
from voicebot.audio.playback import AHEAD, FADE, Clip, Playback
from voicebot.audio.simulated import SimulatedCard
from voicebot.clock import run_virtually
from voicebot.errors import DeviceError
from voicebot.events import Samples

RATE = 1_000
"""Hz, of the speaker by hand: its fade is 15 samples, its block 10, its buffer 100."""
BLOCK = 10


@dataclass
class HandStream:
    sample_rate: int
    latency: float = 0.0
    alive: bool = True
    ailing: bool = False

    async def close(self) -> None:
        self.alive = False


@dataclass
class HandCard:
    """A card whose speaker asks for sound when the test says so."""

    rate: int | None = None
    render: Render = lambda out: None
    streams: list[HandStream] = field(default_factory=list)
    plugged: bool = True

    async def devices(self) -> list[Device]:
        return []

    async def open_input(self, device: str | None, sample_rate: int, deliver: Deliver) -> Stream:
        raise DeviceError("there is no microphone")

    async def open_output(self, device: str | None, sample_rate: int, render: Render) -> Stream:
        if not self.plugged:
            raise DeviceError("there is no speaker")
        self.render = render
        self.streams.append(HandStream(self.rate or sample_rate))
        return self.streams[-1]

    async def close(self) -> None:
        return None

    def play(self, count: int = BLOCK) -> Samples:
        out = np.full(count, 99.0, dtype=np.float32)
        self.render(out)
        return out


async def ready(rate: int = RATE, card_rate: int | None = None) -> tuple[HandCard, Playback]:
    card = HandCard(card_rate)
    playback = Playback(card)
    await playback.open(rate)
    return card, playback


def numbered(clip: int, start: int, count: int) -> Samples:
    """Samples that tell which they are: 65,536 times the clip's number, and their place in it from 1."""
    return (clip * 65_536 + np.arange(start + 1, start + count + 1)).astype(np.float32)


async def whole_clip(playback: Playback, turn: int, index: int, count: int) -> Clip:
    clip = playback.begin(turn, index)
    await clip.write(numbered(clip.serial, 0, count), playback.sample_rate)
    clip.end()
    return clip


# -- against a model --------------------------------------------------------------------------------------------------

OPERATIONS = some.lists(
    some.one_of(
        some.tuples(some.just("begin"), some.just(0)),
        some.tuples(some.just("write"), some.integers(0, 180)),
        some.tuples(some.just("end"), some.just(0)),
        some.tuples(some.just("play"), some.integers(1, 12)),
        some.tuples(some.just("cut"), some.just(0)),
    ),
    min_size=5,
    max_size=60,
)


@dataclass
class Model:
    """What must come out: all that was written to clips that were not cut, in order, then what is new."""

    waiting: list[tuple[int, int]] = field(default_factory=list)
    """Clip and place of each sample written and not yet played."""
    cut: list[tuple[int, int]] | None = None
    """What was waiting when it was last cut: its beginning may still sound, falling."""
    since_cut: int = 0
    played: dict[int, int] = field(default_factory=dict)
    fell: set[int] = field(default_factory=set)
    """Clips whose last sample was played as nothing."""

    def take_back(self) -> None:
        if self.waiting and self.waiting[0][0] in self.played:  # it sounds; else what was cut before may still fall
            self.cut, self.since_cut = self.waiting, 0
        self.waiting = []

    def check(self, out: Samples) -> None:
        for value in out.tolist():
            self.since_cut += 1
            if value == 0.0:
                continue
            which = divmod(int(value), 65_536)
            if value == int(value) and self.waiting and which == self.waiting[0]:
                self.waiting.pop(0)
                self.played[which[0]] = self.played.get(which[0], 0) + 1
            else:
                self.check_falling(value)

    def check_falling(self, value: float) -> None:
        """A sample of the clip that sounded when it was cut: the next one, and less of it than of the one before."""
        assert self.cut, f"{value} was not to be played"
        clip, place = self.cut.pop(0)
        share = value / (clip * 65_536 + place)
        assert 0.0 < share <= 1.0
        assert self.since_cut <= BLOCK + FADE * RATE
        self.played[clip] = self.played.get(clip, 0) + 1
        self.fell.add(clip)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(operations=OPERATIONS)
def test_each_sample_is_played_once_and_in_order_and_none_that_was_cut(operations: list[tuple[str, int]]) -> None:
    run_virtually(follow(operations))


async def follow(operations: list[tuple[str, int]]) -> None:
    card, playback = await ready()
    model, clips = Model(), list[Clip]()
    for name, number in operations:
        clip = clips[-1] if clips and not clips[-1].ended else None
        if name == "begin" and clip is None:
            clips.append(playback.begin(1, len(clips)))
        elif name == "write" and clip is not None and not playback.was_cut(clip):
            await clip.write(numbered(clip.serial, clip.written, number), RATE)
            model.waiting += [(clip.serial, place) for place in range(clip.written - number + 1, clip.written + 1)]
        elif name == "end" and clip is not None:
            clip.end()
        elif name == "cut":
            playback.cut()
            model.take_back()
        elif name == "play":
            for _ in range(number):
                model.check(card.play())
        await asyncio.sleep(0)
    if clips and not clips[-1].ended:
        clips[-1].end()
    for _ in range(len(model.waiting) // BLOCK + 8):
        model.check(card.play())
    assert not model.waiting, "some samples were never played"
    for clip in clips:
        assert clip.played == model.played.get(clip.serial, 0) + (clip.serial in model.fell)
    assert all(clip.finished for clip in clips if not playback.was_cut(clip))
    assert playback.waiting_seconds == 0.0
    await playback.close()


# -- one by one -------------------------------------------------------------------------------------------------------


async def test_nothing_to_play_is_silence() -> None:
    card, playback = await ready()
    assert not card.play().any()
    await playback.close()


async def test_clips_follow_one_another_within_a_block() -> None:
    card, playback = await ready()
    for index in range(3):
        await whole_clip(playback, 1, index, 7)
    out = np.concatenate([card.play(), card.play(), card.play()])
    assert out[:21].tolist() == np.concatenate([numbered(serial, 0, 7) for serial in (1, 2, 3)]).tolist()
    assert not out[21:].any()
    await playback.close()


async def test_a_clip_begins_when_its_buffer_is_full_or_it_has_ended() -> None:
    card, playback = await ready()
    clip = playback.begin(1, 0)
    await clip.write(numbered(1, 0, 99), RATE)
    assert not card.play().any()
    await clip.write(numbered(1, 99, 1), RATE)
    assert card.play().all()
    await playback.close()


async def test_running_dry_is_counted_once_and_answered_by_buffering_more() -> None:
    card, playback = await ready()
    clip = playback.begin(1, 0)
    await clip.write(numbered(1, 0, 100), RATE)
    for _ in range(15):
        card.play()
    assert (clip.played, playback.underruns) == (100, 1)
    await clip.write(numbered(1, 100, 199), RATE)
    assert not card.play().any()  # 0.1 s was enough before, and is not now
    await clip.write(numbered(1, 299, 1), RATE)
    assert card.play().all()
    assert playback.underruns == 1
    await playback.close()


async def test_what_was_learnt_about_buffering_is_kept_for_the_turn_and_forgotten_after_it() -> None:
    """A voice that is too slow does not stutter in each of its sentences again."""
    card, playback = await ready()
    clip = playback.begin(1, 0)
    await clip.write(numbered(1, 0, 100), RATE)
    for _ in range(12):
        card.play()
    clip.end()
    card.play()
    for turn, needed in ((1, 200), (2, 100)):
        clip = playback.begin(turn, 1)
        await clip.write(numbered(clip.serial, 0, needed - 1), RATE)
        assert not card.play().any()
        await clip.write(numbered(clip.serial, needed - 1, 1), RATE)
        assert card.play().all()
        clip.end()
        while not clip.finished:
            card.play()
    await playback.close()


async def test_the_end_of_a_clip_is_not_running_dry() -> None:
    card, playback = await ready()
    for index, count in enumerate((100, 5, 0, 250)):
        await whole_clip(playback, 1, index, count)
    for _ in range(50):
        card.play()
    assert playback.underruns == 0
    await playback.close()


@pytest.mark.parametrize("ended", [False, True])
async def test_a_cut_falls_to_silence_without_a_step(ended: bool) -> None:
    card, playback = await ready(rate=24_000)
    clip = playback.begin(1, 0)
    await clip.write(np.full(24_000, 0.5, dtype=np.float32), 24_000)
    if ended:
        clip.end()
    before = card.play(240)
    playback.cut()
    out = np.concatenate([before, *(card.play(240) for _ in range(4))])
    assert np.abs(np.diff(out)).max() < 0.5 / (0.010 * 24_000)
    loud = np.flatnonzero(out[240:])
    assert 0.010 <= len(loud) / 24_000 <= 0.030
    await playback.close()


async def test_a_cut_with_little_left_still_falls_to_nothing() -> None:
    """The voice is slower than the speaker, and only 4 ms are there to fall in."""
    card, playback = await ready(rate=24_000)
    clip = playback.begin(1, 0)
    await clip.write(np.full(2_400 + 96, 0.5, dtype=np.float32), 24_000)
    for _ in range(10):
        card.play(240)
    playback.cut()
    out = np.concatenate([card.play(240), card.play(240)])
    assert np.abs(np.diff(out)).max() < 0.02
    assert not out[96:].any()
    await playback.close()


async def test_a_cut_while_it_waits_for_more_is_silent() -> None:
    """Nothing sounds just then: falling from nothing would be a click of its own."""
    card, playback = await ready()
    clip = playback.begin(1, 0)
    await clip.write(numbered(1, 0, 100), RATE)
    for _ in range(12):
        card.play()
    await clip.write(numbered(1, 100, 50), RATE)
    assert not card.play().any()
    playback.cut()
    assert not any(card.play().any() for _ in range(5))
    await playback.close()


async def test_a_cut_before_the_first_sample_is_silent_and_the_next_clip_plays_at_once() -> None:
    card, playback = await ready()
    old = await whole_clip(playback, 1, 0, 500)
    playback.cut()
    new = await whole_clip(playback, 2, 0, 500)
    assert card.play().tolist() == numbered(2, 0, BLOCK).tolist()
    assert (old.played, new.played) == (0, BLOCK)
    await playback.close()


async def test_held_it_falls_silent_and_goes_on_with_the_next_sample() -> None:
    card, playback = await ready()
    clip = await whole_clip(playback, 1, 0, 400)
    first = [card.play() for _ in range(5)]
    playback.hold(True)
    falling = np.concatenate([card.play(), card.play()])
    silent = [card.play() for _ in range(20)]
    playback.hold(False)
    rest = np.concatenate([card.play() for _ in range(40)])
    assert np.array_equal(np.concatenate(first), numbered(clip.serial, 0, 50))
    fade = int(FADE * RATE)
    assert np.all(np.diff(falling[:fade]) < 0)
    assert not np.any(falling[fade:])
    assert not np.any(silent)
    assert np.array_equal(rest[fade : 350 - fade], numbered(clip.serial, 50 + 2 * fade, 350 - 2 * fade))
    assert clip.finished
    await playback.close()


async def test_a_cut_while_it_is_held_makes_no_sound_and_the_next_clip_is_whole() -> None:
    card, playback = await ready()
    await whole_clip(playback, 1, 0, 400)
    card.play(50)
    playback.hold(True)
    card.play(50)
    playback.cut()
    assert not np.any(card.play(50))
    clip = await whole_clip(playback, 2, 0, 100)
    assert np.array_equal(card.play(100), numbered(clip.serial, 0, 100))
    await playback.close()


async def test_held_and_let_go_at_once_loses_no_sample() -> None:
    card, playback = await ready()
    clip = await whole_clip(playback, 1, 0, 400)
    card.play(50)
    playback.hold(True)
    card.play(5)
    playback.hold(False)
    rest = card.play(345)
    assert clip.finished
    assert np.array_equal(rest[10:], numbered(clip.serial, 65, 335))
    await playback.close()


async def test_what_is_written_after_a_cut_is_forgotten() -> None:
    card, playback = await ready()
    clip = playback.begin(1, 0)
    playback.cut()
    await clip.write(numbered(1, 0, 500), RATE)
    clip.end()
    assert (clip.written, card.play().any()) == (0, False)
    await playback.close()


async def test_writing_far_ahead_waits_and_a_cut_lets_it_go() -> None:
    card, playback = await ready()
    clip = playback.begin(1, 0)
    await clip.write(numbered(1, 0, 4_500), RATE)
    writing = asyncio.create_task(clip.write(numbered(1, 4_500, 10), RATE))
    for _ in range(40):
        card.play()
        await asyncio.sleep(0)
    assert not writing.done()
    for _ in range(20):
        card.play()
        await asyncio.sleep(0)
    assert writing.done()
    assert playback.waiting_seconds <= AHEAD + 0.01
    await clip.write(numbered(1, 4_510, 1_000), RATE)
    writing = asyncio.create_task(clip.write(numbered(1, 5_510, 10), RATE))
    await asyncio.sleep(0)
    playback.cut()
    await asyncio.wait([writing], timeout=5)
    assert writing.done()
    assert clip.written == 5_510
    await playback.close()


async def test_what_was_cut_does_not_count_as_waiting() -> None:
    _, playback = await ready()
    await whole_clip(playback, 1, 0, 3_000)
    playback.cut()
    assert playback.waiting_seconds == 0.0
    await playback.close()


@pytest.mark.parametrize(("voice", "speaker"), [(24_000, 48_000), (22_050, 48_000), (22_050, 24_000), (48_000, 44_100)])
async def test_a_voice_of_another_rate_has_no_seams(voice: int, speaker: int) -> None:
    """It comes in pieces of 40 ms; each by itself would begin and end with a click."""
    card, playback = await ready(voice, speaker)
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(voice) / voice)).astype(np.float32)
    clip, step = playback.begin(1, 0), voice // 25
    for start in range(0, len(tone), step):
        await clip.write(tone[start : start + step], voice)
    clip.end()
    out = np.concatenate([card.play(480) for _ in range(speaker // 480 + 2)])[: clip.written]
    assert clip.written == pytest.approx(speaker, abs=2)
    expected = 0.5 * np.sin(2 * np.pi * 440 * np.arange(len(out)) / speaker)
    assert np.abs(out - expected)[speaker // 50 : -speaker // 50].max() < 0.005
    assert clip.finished
    await playback.close()


# -- cards that go away -----------------------------------------------------------------------------------------------


async def test_opening_it_again_keeps_it_open() -> None:
    card, playback = await ready()
    await asyncio.gather(playback.open(RATE), playback.open(2 * RATE))
    assert len(card.streams) == 1
    assert playback.sample_rate == RATE
    await playback.close()
    await playback.close()


async def test_no_speaker_says_so_and_can_be_opened_when_it_is_back() -> None:
    card = HandCard(plugged=False)
    playback = Playback(card)
    with pytest.raises(DeviceError):
        await playback.open(RATE)
    card.plugged = True
    await playback.open(RATE)
    await whole_clip(playback, 1, 0, 10)
    assert card.play().all()
    await playback.close()


async def test_a_speaker_that_ails_is_opened_anew_and_plays_on_where_it_was() -> None:
    card, playback = await ready()
    await whole_clip(playback, 1, 0, 40)
    first = card.play()
    card.streams[0].ailing = True
    playback.notify()
    while len(card.streams) == 1:
        await asyncio.sleep(0)
    rest = np.concatenate([card.play() for _ in range(3)])
    assert np.concatenate([first, rest]).tolist() == numbered(1, 0, 40).tolist()
    assert not card.streams[0].alive
    assert playback.underruns == 1
    await playback.close()


async def test_nothing_that_was_cut_sounds_when_a_dead_speaker_is_opened_again() -> None:
    card, playback = await ready()
    await whole_clip(playback, 1, 0, 500)
    card.play()
    card.streams[0].alive = False
    playback.cut()
    await asyncio.wait_for(playback.settled(), 5)
    await playback.open(RATE)
    await whole_clip(playback, 2, 0, 30)
    assert card.play().tolist() == numbered(2, 0, BLOCK).tolist()
    await playback.close()


def test_nothing_that_was_cut_sounds_when_a_speaker_that_stood_still_goes_on() -> None:
    """As when the machine slept: the first block after it is of the new turn, and not the end of the old."""

    async def main() -> None:
        card, playback = await ready()
        await whole_clip(playback, 1, 0, 500)
        card.play()
        playback.cut()
        await playback.settled()
        assert asyncio.get_running_loop().time() < 1.0
        await whole_clip(playback, 2, 0, 30)
        assert card.play().tolist() == numbered(2, 0, BLOCK).tolist()
        await playback.close()

    run_virtually(main())


def test_a_speaker_that_stops_in_the_middle_is_an_error_and_not_a_wait_for_ever() -> None:
    async def main() -> None:
        _, playback = await ready()
        clip = playback.begin(1, 0)
        await clip.write(numbered(1, 0, 5_000), RATE)
        with pytest.raises(DeviceError, match="stopped in the middle"):
            await clip.write(numbered(1, 5_000, 10), RATE)
        assert asyncio.get_running_loop().time() == pytest.approx(playback.stall)
        await playback.close()

    run_virtually(main())


async def test_closing_lets_everybody_go() -> None:
    _, playback = await ready()
    await whole_clip(playback, 1, 0, 500)
    waiting = asyncio.create_task(playback.changed())
    await asyncio.sleep(0)
    await playback.close()
    await asyncio.wait([waiting], timeout=5)
    assert waiting.done()


async def test_waiting_leaves_nothing_behind_when_it_is_cancelled() -> None:
    _, playback = await ready()
    for _ in range(3):
        waiting = asyncio.create_task(playback.changed())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
    assert playback._waiters == []
    await playback.close()


# -- at the simulated card --------------------------------------------------------------------------------------------


def at_a_card(script: Callable[[SimulatedCard, Playback], Coroutine[Any, Any, None]]) -> SimulatedCard:
    async def main() -> SimulatedCard:
        card = SimulatedCard()
        playback = Playback(card)
        await playback.open(24_000)
        await script(card, playback)
        await playback.close()
        assert not card.streams
        return card

    return run_virtually(main())


@pytest.mark.parametrize("moment", [0.05, 0.1034, 0.5, 0.99, 1.005, 1.0999, 1.7])
def test_after_a_cut_there_is_silence_within_40_ms_and_then_only_what_is_new(moment: float) -> None:
    sentence = np.minimum(np.full(24_000, 0.5), np.minimum(np.arange(24_000), np.arange(24_000)[::-1]) / 960)
    sentence = sentence.astype(np.float32)  # from silence to silence

    async def script(card: SimulatedCard, playback: Playback) -> None:
        for index in range(2):
            clip = playback.begin(1, index)
            await clip.write(sentence, 24_000)
            clip.end()
        await asyncio.sleep(moment)
        playback.cut()
        clip = playback.begin(2, 0)
        await asyncio.sleep(0.5)
        await clip.write(np.full(2_400, 0.25, dtype=np.float32), 24_000)
        clip.end()
        await asyncio.sleep(0.5)

    card = at_a_card(script)
    assert not card.heard(since=moment + 0.040, until=moment + 0.5).any()
    new = card.heard(since=moment + 0.5)
    assert new[new != 0].tolist() == [0.25] * 2_400
    assert np.abs(np.diff(card.heard(until=moment + 0.3))).max() < 0.5 / (0.010 * 24_000)


def test_the_start_is_told_with_the_time_at_which_it_is_heard() -> None:
    begun: list[float | None] = []

    async def script(card: SimulatedCard, playback: Playback) -> None:
        await asyncio.sleep(1.0)
        clip = playback.begin(1, 0)
        await clip.write(np.full(2_400, 0.25, dtype=np.float32), 24_000)
        clip.end()
        await asyncio.sleep(0.5)
        begun.append(clip.started_at)

    card = at_a_card(script)
    first = next(block for block in card.played if block.samples.any())
    assert begun == [pytest.approx(first.at)]


# -- with a thread ----------------------------------------------------------------------------------------------------


class Thread:
    """A card's thread that asks for blocks as fast as it can, and keeps them."""

    def __init__(self, card: HandCard) -> None:
        self.card = card
        self.blocks: list[Samples] = []
        self.failure: BaseException | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            while not self._done.is_set():
                self.blocks.append(self.card.play())
                time.sleep(0)
        except BaseException as error:  # noqa: BLE001  told by the test
            self.failure = error

    def __enter__(self) -> Thread:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


@pytest.fixture
def hurried_threads() -> Any:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried_threads")
async def test_a_card_that_asks_from_a_thread_gets_each_sample_once_and_nothing_that_was_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("voicebot.audio.playback.FADE", 0.0)  # every sample is whole
    rng = random.Random(0)
    card, playback = await ready()
    cuts: list[tuple[int, int]] = []
    clips: list[Clip] = []
    with Thread(card) as thread:
        for _ in range(120):
            clip = playback.begin(1, 0)
            clips.append(clip)
            for _ in range(rng.randint(0, 3)):
                await clip.write(numbered(clip.serial, clip.written, rng.randint(1, 300)), RATE)
                await asyncio.sleep(0)
            clip.end()
            if rng.random() < 0.2:
                playback.cut()
                cuts.append((len(thread.blocks), clip.serial))
            elif rng.random() < 0.3:
                await played(playback, clip)
        for clip in clips:
            await played(playback, clip)
    assert thread.failure is None
    check_order(thread.blocks, clips, cuts)
    await playback.close()


async def played(playback: Playback, clip: Clip) -> None:
    while not clip.finished and not playback.was_cut(clip):
        await playback.progress()


def check_order(blocks: list[Samples], clips: list[Clip], cuts: list[tuple[int, int]]) -> None:
    out = np.concatenate(blocks)
    sound = out[out != 0]
    assert (np.diff(sound) > 0).all(), "a sample came twice, or too early"
    last_cut = max(serial for _, serial in cuts)
    for clip in clips:
        mine = sound[sound // 65_536 == clip.serial]
        assert mine.tolist() == numbered(clip.serial, 0, clip.played).tolist()
        assert clip.finished or clip.serial <= last_cut
    for block, serial in cuts:
        later = out[(block + 2) * BLOCK :]
        assert (later[later != 0] > (serial + 1) * 65_536).all(), "something that was cut was played"
