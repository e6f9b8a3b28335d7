"""One recording into text: times, progress, stopping, failing, damage, languages; nothing that was found is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.checkpoint import CHECKPOINT
from tests.sound.speech import flite
from tests.transcription.media import RATE, make, speech, tone
from voicebot.audio import files
from voicebot.errors import AudioError, EngineError, EngineTimedOut
from voicebot.events import Samples
from voicebot.stt.base import Alive, Heard, Nothing, Segment
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.stt.whisper import Whisper
from voicebot.transcription import Job, Progress

PAUSE = np.zeros(3 * RATE, dtype=np.float32)


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return speech(flite("What time is it in London?", tmp_path_factory.mktemp("speech") / "question.wav"))


def thrice(question: Samples) -> Samples:
    return np.concatenate([question, PAUSE] * 3)


def engine(*lines: Line) -> ScriptedSpeechToText:
    return ScriptedSpeechToText(lines or (Line("One.", delay=0.0), Line("Two.", delay=0.0), Line("Three.", delay=0.0)))


async def test_words_and_times_of_a_film(tmp_path: Path, question: Samples) -> None:
    film = make(tmp_path / "film.mp4", np.concatenate([PAUSE, question, PAUSE, question]), picture=True)
    whisper = Whisper(CHECKPOINT, "whisper:spoken-commands", patience=60.0)
    try:
        found = await Job(film, whisper, ("en", "ko")).run()
    finally:
        await whisper.close()
    assert found.text == "What time is it in London? What time is it in London?"
    assert (found.language, found.engine, found.complete) == ("en", "whisper:spoken-commands", True)
    second = 6.0 + len(question) / RATE
    assert [one.start for one in found.segments] == pytest.approx([3.0, second], abs=0.3)
    assert found.duration == pytest.approx(second + len(question) / RATE, abs=0.1)


async def test_progress_goes_up_to_the_whole_and_says_what_is_left(tmp_path: Path, question: Samples) -> None:
    path = make(tmp_path / "talk.mkv", thrice(question))
    steps: list[Progress] = []
    job = Job(path, engine(), ("en",))
    job.changed = lambda: steps.append(job.progress)
    assert (job.progress.done, job.progress.share, job.progress.seconds_left) == (0.0, None, None)
    found = await job.run()
    done = [step.done for step in steps]
    assert done == sorted(done) and len(done) > 3
    assert all(step.seconds_left is not None and step.seconds_left >= 0 for step in steps)
    assert job.progress.share == pytest.approx(1.0, abs=0.01)
    assert [one.text for one in found.segments] == ["One.", "Two.", "Three."]


def test_progress_in_figures() -> None:
    half = Progress(30.0, 60.0, 10.0)
    assert (half.share, half.speed, half.seconds_left) == (0.5, 3.0, 10.0)
    assert Progress(30.0, None, 10.0).share is Progress(30.0, None, 10.0).seconds_left is None


async def test_a_length_that_is_not_known_is_known_in_the_end(tmp_path: Path, question: Samples) -> None:
    path = tmp_path / "stream.mkv"
    whole = make(tmp_path / "whole.mkv", thrice(question)).read_bytes()
    at = whole.index(b"\x44\x89\x88")  # the element Duration, with eight bytes; as a void element it says nothing
    path.write_bytes(whole[:at] + b"\xec\x89" + whole[at + 2 :])
    shares: list[float | None] = []
    job = Job(path, engine(), ("en",))
    job.changed = lambda: shares.append(job.progress.share)
    media = files.open_media(path)
    known = media.seconds
    media.close()
    found = await job.run()
    assert known is None and set(shares) == {None}
    assert found.duration == pytest.approx(len(thrice(question)) / RATE, abs=0.1)
    assert len(found.segments) == 3


async def test_stopped_it_keeps_what_it_has(tmp_path: Path, question: Samples) -> None:
    path = make(tmp_path / "talk.mkv", thrice(question))
    slow = engine(Line("One.", delay=0.0), Line(hangs=True))
    job = Job(path, slow, ("en",))
    running = asyncio.create_task(job.run())
    while slow.heard < 2:
        await asyncio.sleep(0.001)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    found = job.so_far()
    assert ([one.text for one in found.segments], found.complete) == (["One."], False)
    assert found.duration == pytest.approx(len(thrice(question)) / RATE, abs=0.1)


async def test_stopped_while_it_reads_it_leaves_no_thread_at_the_file(tmp_path: Path) -> None:
    path = make(tmp_path / "talk.mkv", np.zeros(600 * RATE, dtype=np.float32))
    job = Job(path, engine(), ("en",))
    running = asyncio.create_task(job.run())
    while not job.progress.done:
        await asyncio.sleep(0.001)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert 0 < job.progress.done < 600


async def test_an_engine_that_fails_in_the_middle_loses_nothing(tmp_path: Path, question: Samples) -> None:
    path = make(tmp_path / "talk.mkv", thrice(question))
    failure = EngineError("the recogniser failed", fix="choose another engine")
    job = Job(path, engine(Line("One.", delay=0.0), Line(error=failure, delay=0.0)), ("en",))
    with pytest.raises(EngineError) as raised:
        await job.run()
    assert raised.value is failure
    assert (job.so_far().text, job.so_far().complete) == ("One.", False)


async def test_an_engine_that_hangs_is_given_up(tmp_path: Path, question: Samples) -> None:
    hanging = engine(Line(hangs=True))
    hanging.patience = 0.05
    with pytest.raises(EngineTimedOut, match="no sign of life"):
        await Job(make(tmp_path / "talk.mkv", question), hanging, ("en",)).run()


def spoil(path: Path, start: float, end: float) -> None:
    data = bytearray(path.read_bytes())
    first, last = (int(len(data) * share) for share in (start, end))
    data[first:last] = np.random.default_rng(0).bytes(last - first)
    path.write_bytes(data)


async def test_a_damaged_middle_is_skipped_and_told(tmp_path: Path, question: Samples) -> None:
    path = make(tmp_path / "talk.flac", np.concatenate([question, tone(20.0) / 50, question]), "flac")
    spoil(path, 0.45, 0.5)
    job = Job(path, engine(), ("en",))
    found = await job.run()
    assert found.segments[0].text == "One."
    assert found.segments[-1].end == pytest.approx(len(question) / RATE * 2 + 20.0, abs=0.5)
    [notice] = job.notices
    assert notice.what == "talk.flac is damaged"
    assert notice.why.endswith("seconds of it could not be read")


async def test_without_ffmpeg_damage_ends_it_and_the_words_before_it_stay(
    tmp_path: Path, question: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "talk.flac", np.concatenate([question, tone(20.0) / 50, question]), "flac")
    spoil(path, 0.45, 0.5)
    monkeypatch.setattr(files, "installed", lambda: False)
    job = Job(path, engine(), ("en",))
    with pytest.raises(AudioError, match="damaged"):
        await job.run()
    assert job.so_far().text.startswith("One.")
    assert not job.so_far().complete


async def test_a_film_that_was_cut_off_says_how_much_of_it_is_there(tmp_path: Path, question: Samples) -> None:
    path = make(tmp_path / "talk.mkv", np.concatenate([question, *[PAUSE] * 20, question]))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    job = Job(path, engine(), ("en",))
    found = await job.run()
    assert found.text == "One."
    [notice] = job.notices
    assert notice.what == "the end of talk.mkv is missing"
    assert found.duration < 40.0


async def test_several_tracks_are_told(tmp_path: Path, question: Samples) -> None:
    job = Job(make(tmp_path / "film.mkv", question, tracks=2), engine(), ("en",))
    await job.run()
    assert [notice.what for notice in job.notices] == ["film.mkv has 2 tracks of sound"]


class Listening(ScriptedSpeechToText):
    """Remembers in which languages it was asked to hear."""

    asked: list[Sequence[str]]

    async def transcribe(self, samples: Samples, languages: Sequence[str], alive: Alive) -> Heard | Nothing:
        self.asked = [*getattr(self, "asked", []), languages]
        return Heard(" 네. ", "ko", (Segment(0.1, 0.4, " 네. "), Segment(0.5, 900.0, "그래요.")))


async def test_the_language_that_was_heard_is_told_and_segments_stay_within_their_piece(
    tmp_path: Path, question: Samples
) -> None:
    listening = Listening()
    found = await Job(make(tmp_path / "talk.m4a", question), listening, ("en", "ko")).run()
    assert listening.asked == [("en", "ko")]
    assert (found.language, found.text) == ("ko", "네. 그래요.")
    assert found.segments[-1].end <= found.duration + 0.05


async def test_silence_is_no_text(tmp_path: Path) -> None:
    found = await Job(make(tmp_path / "silence.m4a", PAUSE), engine(), ("ko", "en")).run()
    assert (found.text, found.segments, found.language, found.complete) == ("", [], "ko", True)
