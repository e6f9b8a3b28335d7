"""The blind test: nothing gives away which voice is which, pairs are equally loud, and the statistics are right."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from tests.lab.trying import Bench, begun, carried_out
from voicebot.clock import run_virtually
from voicebot.errors import UsageError
from voicebot.lab import tts
from voicebot.lab.listening import RATE, Listening, Preference, matched, preferences, sign_test, wilson
from voicebot.lab.loudness import loudness
from voicebot.lab.runs import Run
from voicebot.lab.texts import Text
from voicebot.tts.scripted import ScriptedTextToSpeech

TEXTS = [Text(f"text number {number}", "en") for number in range(12)]


@pytest.fixture
def run() -> Run:
    run = begun(tts.plan(["loud", "soft"], TEXTS))
    voices = {"loud": ScriptedTextToSpeech(seconds=0.5), "soft": ScriptedTextToSpeech(seconds=0.5, level=0.02)}
    run_virtually(carried_out(run, tts.trials, Bench(voices)))
    return run


def is_loud(file: Path) -> bool:
    return "-loud-" in file.name


def test_a_person_who_prefers_one_voice(run: Run) -> None:
    test = Listening(run)
    assert sorted(pair.text for pair in test.pairs) == sorted(text.text for text in TEXTS)
    assert [pair.text for pair in test.pairs] != [text.text for text in TEXTS]
    assert 0 < sum(is_loud(pair.a) for pair in test.pairs) < len(TEXTS), "now the one is first, now the other"
    for pair in test.left[:-2]:
        test.answer(pair, "a" if is_loud(pair.a) else "b")
    left = test.left
    assert len(left) == 2
    test.answer(left[0], "same")
    test.answer(left[1], "b" if is_loud(left[1].a) else "a")
    assert test.left == []
    found = test.result()
    assert found == Preference("loud", "soft", 10, 1, 1)
    assert found.p == pytest.approx(0.01171875)
    assert preferences(run) == [found]


def test_left_and_gone_on_with(run: Run) -> None:
    first = Listening(run)
    first.answer(first.left[0], "same")
    again = Listening(Run.open(run.folder))
    assert again.pairs == first.pairs and len(again.left) == 11
    again.answer(again.pairs[0], "a")
    assert len(again.left) == 11, "answered anew, not twice"
    assert len(tts.summary(run).voices) == 2, "answers are no trials"


def test_a_pair_is_equally_loud(run: Run) -> None:
    test = Listening(run)
    a, b = (loudness(sound, RATE) for sound in test.sounds(test.pairs[0]))
    assert a == pytest.approx(-23.0, abs=0.1) and b == pytest.approx(-23.0, abs=0.1)


def test_a_pair_with_a_high_peak_is_softer_and_still_equal() -> None:
    tone = (0.02 * np.sin(np.arange(RATE) * 0.1)).astype(np.float32)
    peaky = tone * 0.1
    peaky[1000] = 1.0
    a, b = matched(peaky.astype(np.float32), tone)
    assert float(np.abs(a).max()) <= 1.0
    assert loudness(a, RATE) == pytest.approx(loudness(b, RATE), abs=0.01)
    short = tone[:100]
    assert matched(short, tone)[0] is short


def test_the_pairs_say_nothing_of_the_voices(run: Run) -> None:
    assert {field.name for field in dataclasses.fields(Listening(run).pairs[0])} == {"number", "text", "a", "b"}


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_wilsons_interval(successes: int, trials: int, low: float, high: float) -> None:
    """The last two are examples of Newcombe 1998, Two-sided confidence intervals for the single proportion."""
    assert wilson(successes, trials) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(
    ("successes", "trials", "p"), [(5, 10, 1.0), (0, 5, 0.0625), (9, 10, 22 / 1024), (8, 10, 112 / 1024), (1, 1, 1.0)]
)
def test_the_sign_test(successes: int, trials: int, p: float) -> None:
    assert sign_test(successes, trials) == pytest.approx(p)


def test_without_a_decision_there_is_no_share() -> None:
    found = Preference("a", "b", 0, 0, 5)
    assert (found.share, found.low, found.high, found.p) == (None, None, None, None)


def test_voices_that_cannot_be_compared(run: Run) -> None:
    with pytest.raises(UsageError, match="no voice third"):
        Listening(run, "third")
    with pytest.raises(UsageError, match="no two voices"):
        Listening(run, "soft", "soft")
    assert Listening(run, "soft").result().second == "loud"
    with pytest.raises(UsageError, match="no text that both"):
        Listening(begun(tts.plan(["loud", "soft"], TEXTS)))
