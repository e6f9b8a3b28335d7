"""Voices compared: with scripted ones to the last figure, and with the system's voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checkpoint import CHECKPOINT
from tests.lab.trying import Bench, begun, carried_out
from voicebot.audio.files import read_sound
from voicebot.clock import run_virtually
from voicebot.errors import EngineError, EngineUnavailable, UsageError
from voicebot.lab import tts
from voicebot.lab.report import as_html
from voicebot.lab.runs import Result, Run
from voicebot.lab.speaking import VoiceName
from voicebot.lab.texts import ENGLISH, KOREAN, Text, built_in, read_texts
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

TEXTS = [Text("I would like to cancel my order", "en"), Text("I would like to cancel the order", "en")]


def test_a_voice_to_the_last_figure() -> None:
    """First sound after 0.25 s, then two seconds of tone at ten times real time, -6 dBFS; one word of 14 wrong."""
    run = begun(tts.plan(["calm"], TEXTS, "ear"))
    bench = Bench({"calm": ScriptedTextToSpeech(delay=0.25)}, {"ear": ScriptedSpeechToText()})
    outcome = run_virtually(carried_out(run, tts.trials, bench))
    assert (outcome.done, outcome.failed, outcome.stopped) == (2, 0, False)
    [one] = tts.summary(run).voices
    assert (one.voice, one.language, one.trials, one.failed) == ("calm", "en", 2, 0)
    assert one.first == pytest.approx(0.25)
    assert one.real_time_factor == pytest.approx((0.25 + 2.0 / 10) / 2.0, abs=0.005)
    assert one.duration == pytest.approx(4.0)
    assert one.peak == pytest.approx(-6.02, abs=0.01)
    assert one.lufs is not None and -11 < one.lufs < -9
    assert (one.clipped, one.silence_before, one.silence_inside) == (0.0, 0.0, 0.0)
    assert one.words is not None and one.words.rate == pytest.approx(1 / 14)
    assert one.words.low == 0.0 and one.words.high == pytest.approx(1 / 7)


def test_the_sound_is_kept_to_be_listened_to() -> None:
    run = begun(tts.plan(["calm"], TEXTS[:1]))
    run_virtually(carried_out(run, tts.trials, Bench({"calm": ScriptedTextToSpeech()})))
    [result] = run.results()
    assert result.values["sample"].endswith(".flac")
    assert len(read_sound(run.folder / result.values["sample"], 24_000)) == 48_000
    assert "heard" not in result.values


def test_what_fails_keeps_nothing_else_from_its_figures() -> None:
    broken = ScriptedTextToSpeech(fails_at=0, error=EngineUnavailable("the voice is gone"))
    faulty = ScriptedTextToSpeech(fails_at=1, error=EngineError("the second is too hard"))
    deaf = ScriptedSpeechToText((Line(error=EngineError("the ear is deaf")),))
    run = begun(tts.plan(["broken", "faulty", "nowhere"], TEXTS, "ear"))
    outcome = run_virtually(carried_out(run, tts.trials, Bench({"broken": broken, "faulty": faulty}, {"ear": deaf})))
    assert (outcome.done, outcome.failed) == (6, 5)
    found = {one.voice: one for one in tts.summary(run).voices}
    assert [found[name].failed for name in ("broken", "faulty", "nowhere")] == [2, 1, 2]
    assert found["broken"].failure == "The voice is gone"
    assert found["faulty"].failure == "The ear is deaf", "and the voice's own figures are there"
    assert found["faulty"].first is not None and found["faulty"].words is None
    assert "no voice called 'nowhere'" in found["nowhere"].failure
    assert len(broken.said) == 1, "what cannot run is not asked again"


def test_stopped_and_gone_on_with_it_comes_to_the_same() -> None:
    def bench() -> Bench:
        return Bench({"calm": ScriptedTextToSpeech(), "quick": ScriptedTextToSpeech(delay=0.01, level=0.1)})

    plan = tts.plan(["calm", "quick"], TEXTS, "scripted")
    whole, halves = begun(plan), begun(plan)
    run_virtually(carried_out(whole, tts.trials, bench()))
    stopped = run_virtually(carried_out(halves, tts.trials, bench(), stop_after=2))
    assert stopped.stopped and 0 < stopped.done < 4
    with (halves.folder / "results.jsonl").open("ab") as file:
        file.write(b'{"key": "torn')
    run_virtually(carried_out(Run.open(halves.folder), tts.trials, bench()))
    assert [untimed(result) for result in halves.results()] == [untimed(result) for result in whole.results()]
    one, other = (as_html(run).replace(run.id, "") for run in (whole, halves))
    assert one == other


def untimed(result: Result) -> Result:
    timings = ("first", "real_time_factor")
    return replace(result, values={name: value for name, value in result.values.items() if name not in timings})


@pytest.mark.parametrize(
    ("name", "engine", "voice"),
    [
        ("pyttsx3", "pyttsx3", None),
        ("pyttsx3/gmw/en-US", "pyttsx3", "gmw/en-US"),
        ("openai:tts-1/nova", "openai:tts-1", "nova"),
        ("piper:./voices/a.onnx", "piper:./voices/a.onnx", None),
        ("piper:en_US-lessac-high", "piper:en_US-lessac-high", None),
        ("samples:/tmp/a/b", "samples:/tmp/a/b", None),
    ],
)
def test_voices_by_name(name: str, engine: str, voice: str | None) -> None:
    assert VoiceName.parse(name) == VoiceName(engine, voice)


def test_the_built_in_texts() -> None:
    assert len(ENGLISH) == len(KOREAN) == 10
    assert [text.language for text in built_in(["en", "ko"])] == ["en"] * 10 + ["ko"] * 10
    assert built_in(["fi"]) == []
    for texts in (ENGLISH, KOREAN):
        assert any(any(map(str.isdigit, text)) for text in texts)


def test_texts_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text("\ufeffOne.\n\n안녕하세요.\nBonjour.\tFR\n", encoding="utf-8")
    assert read_texts(file, ("en", "ko")) == [Text("One.", "en"), Text("안녕하세요.", "ko"), Text("Bonjour.", "fr")]
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is empty"):
        read_texts(file, ("en",))
    file.write_text("x" * 501, encoding="utf-8")
    with pytest.raises(UsageError, match=r"Line 1 .* is too long"):
        read_texts(file, ("en",))
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UsageError, match="UTF-8"):
        read_texts(file, ("en",))
    with pytest.raises(UsageError, match="cannot be read"):
        read_texts(tmp_path / "none.txt", ("en",))


def test_nothing_to_compare() -> None:
    with pytest.raises(UsageError):
        tts.plan([], TEXTS)
    with pytest.raises(UsageError):
        tts.plan(["calm"], [])


async def test_the_systems_voice_is_understood() -> None:
    """espeak-ng through pyttsx3, heard by the tests' own Whisper, which knows these words from espeak."""
    if not hasattr(Bench().tts("pyttsx3").ready(), "detail"):
        pytest.skip("espeak-ng is not installed (`make test` installs it)")
    texts = [Text("Set a timer for five minutes", "en"), Text("What time is it in London?", "en")]
    run = begun(tts.plan(["pyttsx3", "pyttsx3/no such voice"], texts, f"whisper:{CHECKPOINT}"))
    await carried_out(run, tts.trials, Bench())
    good, bad = tts.summary(run).voices
    assert good.failure == "" and good.words is not None
    assert good.words.rate <= 0.2, run.results()
    assert good.duration > 1.0 and good.lufs is not None and good.peak is not None
    assert bad.failed == 2 and "no such voice" in bad.failure
