"""How long a silence must last, for a person who is fluent and for one who stops to think."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.turn_end import REPORTED, Trace, Verdict, decide, trace
from tests.pauses import paused
from voicebot.turn_end import MOST_USUAL, TurnEnd, Waits

texts = st.one_of(
    st.none(), st.text(max_size=40), st.sampled_from(["what is the weather in", "stop", "날씨가", "알려 줘"])
)
languages = st.sampled_from(["en", "ko", "de"])
pauses = st.lists(st.floats(0, 30), max_size=60)


@st.composite
def waits(draw: st.DrawFn) -> Waits:
    shortest = draw(st.floats(0.2, 1.0))
    return Waits(draw(st.floats(0.1, 5)), shortest, draw(st.floats(1.0, 3.0)))


def test_finished_words_end_sooner_than_unfinished_ones() -> None:
    end = TurnEnd(Waits(plain=0.6, shortest=0.4, longest=1.8))
    assert end.wait("set a timer for ten minutes", "en") == pytest.approx(0.4)
    assert end.wait("set a timer", "en") == pytest.approx(0.4 + 1.4 * 0.55**2)
    assert end.wait("set a timer for", "en") == pytest.approx(1.8)
    assert end.wait("십 분 뒤에 알려 줘", "ko") == pytest.approx(0.4)
    assert end.wait("십 분 뒤에", "ko") == pytest.approx(1.8)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_without_words_the_wait_is_plain(text: str | None) -> None:
    assert TurnEnd(Waits(plain=0.7)).wait(text, "en") == 0.7


def test_the_wait_changes_with_the_settings_and_keeps_what_it_learned() -> None:
    end = TurnEnd()
    end.learn([0.6] * 40)
    end.waits = Waits(shortest=0.3, longest=3.0)
    assert end.wait("stop", "en") == pytest.approx(0.6)
    assert end.wait("the", "en") == 3.0


def test_longest_is_not_below_shortest() -> None:
    with pytest.raises(ValueError, match=r"longest \(1\) must not be below shortest \(1.5\)"):
        Waits(shortest=1.5, longest=1.0)


# -- this person's pauses ---------------------------------------------------------------------------------------------


def test_somebody_who_pauses_is_waited_for() -> None:
    end = TurnEnd()
    fluent = end.wait("what time is it", "en")
    end.learn([0.6, 0.62, 0.58])
    assert fluent < end.wait("what time is it", "en") <= 0.62


def test_short_silences_teach_nothing() -> None:
    end = TurnEnd()
    end.learn([0.1] * 100)
    assert end.usual == TurnEnd().usual


def test_one_long_pause_in_many_changes_nothing() -> None:
    end = TurnEnd()
    end.learn([0.3] * 20 + [2.5])
    assert end.wait("what time is it", "en") == Waits().shortest


def test_who_becomes_fluent_is_answered_sooner_again() -> None:
    end = TurnEnd()
    end.learn([0.8] * 40)
    assert end.wait("what time is it", "en") == MOST_USUAL
    end.learn([0.25] * 40)
    assert end.wait("what time is it", "en") == Waits().shortest


@given(waits(), texts, languages, pauses)
def test_a_wait_is_within_the_settings(waits: Waits, text: str | None, language: str, pauses: list[float]) -> None:
    end = TurnEnd(waits)
    end.learn(pauses)
    wait = end.wait(text, language)
    if text is None or not text.strip():
        assert wait == waits.plain
    else:
        assert waits.shortest <= wait <= waits.longest + 1e-9


@given(texts, languages, pauses, st.floats(0, 2))
def test_longer_pauses_never_shorten_the_wait(
    text: str | None, language: str, pauses: list[float], more: float
) -> None:
    one, other = TurnEnd(), TurnEnd()
    one.learn(pauses)
    other.learn([pause + more if pause >= 0.2 else pause for pause in pauses])
    assert other.wait(text, language) >= one.wait(text, language) - 1e-9


@given(waits(), texts, languages, st.floats(0, 1))
def test_a_longer_setting_never_shortens_the_wait(waits: Waits, text: str | None, language: str, share: float) -> None:
    longer = Waits(waits.plain, waits.shortest + share * (waits.longest - waits.shortest), waits.longest)
    assert TurnEnd(longer).wait(text, language) >= TurnEnd(waits).wait(text, language) - 1e-9


# -- in sound ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def halting(tmp_path_factory: pytest.TempPathFactory) -> list[Trace]:
    """Forty sentences with a pause inside, as voice activity hears them."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed (`make test` installs it)")
    folder: Path = tmp_path_factory.mktemp("pauses")
    return [trace(clip) for clip in paused(REPORTED["en"], "en", ("rms", "awb"), folder, seed=1)]


def test_a_pause_inside_a_sentence_seldom_ends_it(halting: list[Trace]) -> None:
    """Few are cut off: docs/turn-taking.md has the share over many turns. A fixed wait ends more than half of them."""
    end = TurnEnd()
    assert sum(_take(end, trace).cut_off for trace in halting) <= len(halting) // 10
    fixed = [decide(trace, lambda text: 0.55) for trace in halting]
    assert sum(verdict.cut_off for verdict in fixed) > len(halting) // 2


def _take(end: TurnEnd, trace: Trace) -> Verdict:
    verdict = decide(trace, lambda text: end.wait(text, trace.clip.language))
    end.learn(verdict.pauses)
    return verdict


def test_the_end_of_a_sentence_is_found_soon_by_whoever_is_not_known_to_pause(halting: list[Trace]) -> None:
    end = TurnEnd()
    verdicts = [decide(trace, lambda text: end.wait(text, "en")) for trace in halting]
    delays = sorted(verdict.delay for verdict in verdicts if not verdict.cut_off)
    assert delays[len(delays) // 2] <= 0.6
