"""Error rates as jiwer and Whisper's normalisers give them, Korean by letters, and the bootstrap's intervals."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import jiwer
import pytest
from whisper.normalizers import BasicTextNormalizer, EnglishTextNormalizer

from voicebot.errors import EngineUnavailable
from voicebot.lab import scoring
from voicebot.lab.scoring import Counts, Errors, Step, errors, normalised, rate, total, unit_of

SAID = "Mr. Smith didn't pay twenty-five dollars, on Monday."
HEARD = "mister smith did not pay 25 dollar and a Sunday"


def test_english_is_what_jiwer_counts_after_whispers_normaliser() -> None:
    found = errors(SAID, HEARD, "en")
    normal = EnglishTextNormalizer()
    assert found.words.rate == jiwer.wer(normal(SAID), normal(HEARD))
    assert found.characters.rate == jiwer.cer(normal(SAID), normal(HEARD))


def test_the_alignment_names_each_word() -> None:
    assert errors("turn on the big light in here", "turn the big lights in here please", "en").alignment == (
        Step("equal", "turn", "turn"),
        Step("delete", "on", ""),
        Step("equal", "the", "the"),
        Step("equal", "big", "big"),
        Step("substitute", "light", "lights"),
        Step("equal", "in", "in"),
        Step("equal", "here", "here"),
        Step("insert", "", "please"),
    )


def test_korean_spacing_is_no_error_in_letters() -> None:
    found = errors("지금 몇 시야?", "지금 몇시야", "ko")
    assert found.characters == Counts(hits=5)
    assert found.words.wrong == 2
    assert unit_of("ko") == "characters" and unit_of("en") == "words"


def test_korean_is_what_jiwer_counts() -> None:
    said, heard = "불 좀 꺼 줄래?", "불 좀 켜줄래"
    normal = BasicTextNormalizer()
    assert errors(said, heard, "ko").words.rate == jiwer.wer(normal(said), normal(heard))
    expected = jiwer.cer(normal(said).replace(" ", ""), normal(heard).replace(" ", ""))
    assert errors(said, heard, "ko").characters.rate == expected == pytest.approx(1 / 5)


def test_decomposed_hangul_is_the_same() -> None:
    assert errors("음악 틀어 줘", unicodedata.normalize("NFD", "음악 틀어 줘"), "ko").words.wrong == 0
    assert normalised(unicodedata.normalize("NFD", "한국"), "ko") == "한국"


def test_nothing_said_has_no_rate_and_nothing_heard_is_all_wrong() -> None:
    assert errors("[laughter]", "hello there", "en").words == Counts(insertions=2)
    assert errors("[laughter]", "hello there", "en").words.rate is None
    assert errors("hello there", "", "en").words.rate == 1.0
    assert rate([errors("[laughter]", "hello", "en")], "words") is None and rate([], "words") is None


def test_the_rate_is_over_all_words_and_the_interval_around_it() -> None:
    found = [errors("one two three four", "one two three", "en"), *[errors("a red house", "a red house", "en")] * 9]
    over = rate(found, "words")
    assert over is not None
    assert over.rate == total(found, "words").rate == pytest.approx(errors_of(found))
    assert over.low <= over.rate <= over.high and over.low == 0.0
    assert over == rate(found, "words"), "the same seed gives the same interval"


def errors_of(found: list[Errors]) -> float:
    return sum(one.words.wrong for one in found) / sum(one.words.length for one in found)


def test_the_interval_has_the_width_that_theory_gives() -> None:
    """200 clips of one word, a quarter of them wrong: 1.96 standard errors of a share either way."""
    found = [errors("yes", "no" if number % 4 == 0 else "yes", "en") for number in range(200)]
    over = rate(found, "words")
    assert over is not None
    assert (over.high - over.low) / 2 == pytest.approx(1.96 * (0.25 * 0.75 / 200) ** 0.5, rel=0.12)


def test_torch_is_not_loaded_for_it() -> None:
    program = "import sys, voicebot.lab.scoring as one; one.normalised('a', 'en'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_jiwer_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "available", lambda: False)
    with pytest.raises(EngineUnavailable, match=r"pip install 'voicebot\[lab\]'"):
        errors("a", "a", "en")
