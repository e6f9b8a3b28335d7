"""Words that two hypotheses in a row agree on are fixed, and stay."""

from __future__ import annotations

import random

from voicebot.stt.agreement import HELD_BACK, LocalAgreement


def heard(*hypotheses: str) -> str:
    """What is fixed when each hypothesis is the whole utterance so far, of which the fixed words are left out."""
    said: LocalAgreement[str] = LocalAgreement()
    for hypothesis in hypotheses:
        said.hear(hypothesis.split()[len(said.fixed) :])
    return " ".join(said.fixed)


def test_one_hypothesis_fixes_nothing() -> None:
    assert heard("what time is it") == ""


def test_two_in_a_row_fix_what_they_agree_on() -> None:
    assert heard("what time is", "what time is it in") == "what time is"
    assert heard("what dime is", "what time is it in") == "what"


def test_the_last_word_may_be_broken_off() -> None:
    assert heard("what time in Lon", "what time in Lon") == "what time in"


def test_two_that_are_not_in_a_row_fix_nothing() -> None:
    assert heard("turn on the light", "burn down the light", "turn on the light") == ""


def test_it_goes_on_behind_what_is_fixed() -> None:
    assert heard("turn on", "turn on the", "turn on the lights", "turn on the lights in the") == "turn on the lights"


def test_a_doubtful_hypothesis_comes_between() -> None:
    said: LocalAgreement[str] = LocalAgreement()
    said.hear(["turn", "on", "the"])
    said.doubt()
    said.hear(["turn", "on", "the", "lights"])
    assert said.fixed == ()
    said.hear(["turn", "on", "the", "lights"])
    assert said.fixed == ("turn", "on", "the")


def test_what_is_fixed_never_changes_whatever_comes() -> None:
    chance = random.Random(7)
    for _ in range(300):
        said: LocalAgreement[str] = LocalAgreement()
        before: tuple[str, ...] = ()
        for _ in range(12):
            hypothesis = [chance.choice("ab") for _ in range(chance.randrange(6))]
            said.hear(hypothesis)
            assert said.fixed[: len(before)] == before
            new = said.fixed[len(before) :]
            assert list(new) == hypothesis[: len(new)]
            assert len(new) <= max(0, len(hypothesis) - HELD_BACK)
            before = said.fixed
