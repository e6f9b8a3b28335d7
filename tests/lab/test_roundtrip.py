"""Which recogniser reads which voice: the matrix, with scripted engines and with real ones."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.checkpoint import CHECKPOINT
from tests.lab.trying import Bench, begun, carried_out, samples
from voicebot.clock import run_virtually
from voicebot.errors import EngineUnavailable, UsageError
from voicebot.lab import roundtrip
from voicebot.lab.samples import SampleVoice
from voicebot.lab.texts import Text
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

KNOWN = ["Set a timer for five minutes", "What time is it in London?", "Turn off the lights in the kitchen"]
"""Words that the tests' own Whisper has learnt."""


def test_every_recogniser_hears_every_voice_and_the_same_sound() -> None:
    high, low = ScriptedTextToSpeech(), ScriptedTextToSpeech()
    right, wrong = ScriptedSpeechToText((Line("one two"),)), ScriptedSpeechToText((Line("one three four"),))
    gone = ScriptedSpeechToText((Line(error=EngineUnavailable("the ear is gone")),))
    run = begun(roundtrip.plan(["high", "low"], ["right", "wrong", "gone"], [Text("one two", "en")] * 2))
    bench = Bench({"high": high, "low": low}, {"right": right, "wrong": wrong, "gone": gone})
    outcome = run_virtually(carried_out(run, roundtrip.trials, bench))
    assert (outcome.done, outcome.failed) == (12, 4)
    cells = {(cell.voice, cell.recogniser): cell for cell in roundtrip.summary(run).cells}
    for voice in ("high", "low"):
        one, other, none = (cells[voice, name] for name in ("right", "wrong", "gone"))
        assert one.words is not None and one.words.rate == 0.0
        assert other.words is not None and other.words.rate == 1.0
        assert none.words is None and (none.failed, none.failure) == (2, "The ear is gone")
    assert len(high.said) == len(low.said) == 2, "a voice speaks each text once"
    assert gone.heard == 2, "once for each voice"


def test_pocketsphinx_reads_flite_and_not_espeak(tmp_path: Path) -> None:
    """And the tests' own Whisper, which learnt from both, reads both."""
    voices = [f"samples:{samples(tmp_path / name, KNOWN, name)}" for name in ("slt", "espeak")]
    whisper = f"whisper:{CHECKPOINT}"
    texts = roundtrip.texts_of_samples([str(tmp_path / "slt")], "en")
    assert [text.text for text in texts] == KNOWN
    run = begun(roundtrip.plan(voices, ["sphinx", whisper], texts))
    outcome = asyncio.run(carried_out(run, roundtrip.trials, Bench()))
    assert (outcome.done, outcome.failed) == (12, 0), run.results()
    rates = {
        (Path(cell.voice).name, cell.recogniser): cell.words.rate
        for cell in roundtrip.summary(run).cells
        if cell.words is not None
    }
    assert rates["slt", "sphinx"] <= 0.2
    assert rates["espeak", "sphinx"] >= 0.4
    assert max(rates["slt", whisper], rates["espeak", whisper]) <= 0.2


def test_a_folder_that_is_no_voice(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no clip to be used"):
        SampleVoice.at(str(tmp_path))
    with pytest.raises(UsageError, match="no folder or list"):
        SampleVoice.at(str(tmp_path / "nowhere"))


def test_samples_in_another_layout(tmp_path: Path) -> None:
    for name in ("a.wav", "a.txt"):
        (tmp_path / name).write_text("one two\n", encoding="utf-8")
    assert dict(SampleVoice.at(str(tmp_path)).files) == {"one two": tmp_path / "a.wav"}


def test_a_text_without_a_sample_and_a_sample_without_a_file(tmp_path: Path) -> None:
    (tmp_path / "transcripts.tsv").write_text("a.wav\tone\n", encoding="utf-8")
    voice = roundtrip.sample_voice(str(tmp_path))
    run = begun(roundtrip.plan([voice], ["scripted"], [Text("one", "en"), Text("two", "en")]))
    outcome = run_virtually(carried_out(run, roundtrip.trials, Bench()))
    assert outcome.failed == 2
    first, second = (result.error for result in run.results())
    assert "There is no file" in first and "There is no sample of this text" in second


def test_nothing_to_compare() -> None:
    with pytest.raises(UsageError):
        roundtrip.plan(["a"], [], [Text("one", "en")])
