"""Speaking: what counts as heard, and replies of which little or nothing can be said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.conversation import Scene, is_silent
from voicebot.audio.playback import Clip, Playback
from voicebot.events import (
    Failed,
    Sentence,
    SentenceSpoken,
    SentenceStarted,
    Spoken,
    State,
    StateChanged,
    Underrun,
)
from voicebot.history import Said
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.speaker import SECONDS_PER_CHARACTER, _Line, cut_text, heard_of
from voicebot.tts.base import Manner, Sound
from voicebot.tts.scripted import ScriptedTextToSpeech

RATE = 24_000
TEXTS = [
    "One two three four. ",
    "오늘 서울의 날씨는 맑고, 기온은 이십삼 도입니다. ",
    "Well…",
    "  Leading and trailing spaces \n\n",
    "가나다라마바사",
    "你好世界。",
    "\n",
    "",
]
texts = some.one_of(some.sampled_from(TEXTS), some.text(alphabet="ab 가나.\n", max_size=30))
shares = some.floats(0.0, 1.2)
quick = settings(derandomize=True, deadline=None, max_examples=100)


# -- what counts as heard ---------------------------------------------------------------------------------------------


@quick
@given(text=texts, share=shares, more=shares)
def test_a_cut_sentence_is_its_beginning_in_whole_words_and_grows_with_what_was_played(
    text: str, share: float, more: float
) -> None:
    less, more = sorted((share, more))
    part, longer = cut_text(text, less), cut_text(text, more)
    assert text.startswith(longer)
    assert longer.startswith(part)
    assert part == text or not text[len(part) :].strip() or text[len(part)].isspace() or not part
    assert len(part.rstrip()) <= less * len(text.rstrip()) + 1e-6


@quick
@given(text=texts)
def test_a_sentence_that_was_played_to_its_end_was_heard_and_one_that_was_not_played_was_not(text: str) -> None:
    assert cut_text(text, 1.0) == text
    assert cut_text(text, 0.0).strip() == ""


def test_white_space_at_its_end_makes_no_sentence_longer() -> None:
    text = "One two three four." + "\n" * 40
    assert cut_text(text, 0.5) == "One two"


@pytest.mark.parametrize(
    ("share", "heard"),
    [(0.05, ""), (0.3, "오늘 서울의"), (0.4, "오늘 서울의 날씨는"), (0.99, "오늘 서울의 날씨는 맑고, 기온은 이십삼")],
)
def test_korean_is_cut_at_its_words(share: float, heard: str) -> None:
    assert cut_text("오늘 서울의 날씨는 맑고, 기온은 이십삼 도입니다.", share) == heard


def line(text: str, state: str, share: float, *, speakable: str | None = None) -> _Line:
    """A line in a state: with nothing to say, not begun, or partly written and played."""
    playback = Playback(None)
    playback.sample_rate = RATE
    said = text if speakable is None else speakable
    one = _Line(Sentence(1, 0, text, said, "en"))
    if state != "unspeakable":
        clip = Clip(playback, 1, 1, 0)
        clip.written = RATE
        clip.played = RATE if state == "finished" else round(share * RATE)
        clip.ended = state in ("finished", "written")
        one.clip = clip
    return one


states = some.tuples(some.sampled_from(["finished", "finished", "unspeakable"]), texts)
endings = some.sampled_from(["written", "writing", "unspeakable", "finished"])
last_states = some.tuples(endings, texts, some.floats(0, 1))


@quick
@given(before=some.lists(states, max_size=5), last=last_states)
def test_what_was_heard_is_the_beginning_of_the_reply(
    before: list[tuple[str, str]], last: tuple[str, str, float]
) -> None:
    lines = [*(line(text, state, 1.0) for state, text in before), line(last[1], last[0], last[2])]
    reply = "".join(one.sentence.text for one in lines)
    heard = heard_of(lines)
    assert reply.startswith(heard)
    finished = [number for number, one in enumerate(lines) if one.clip is not None and one.clip.finished]
    if finished:
        assert heard.startswith("".join(one.sentence.text for one in lines[: finished[-1] + 1]))


@quick
@given(text=texts, share=some.floats(0, 1), more=some.floats(0, 1), state=some.sampled_from(["written", "writing"]))
def test_more_samples_are_never_fewer_words(text: str, share: float, more: float, state: str) -> None:
    less, more = sorted((share, more))
    before = [line("Before. ", "finished", 1.0), line("```code```", "unspeakable", 0.0)]
    assert heard_of([*before, line(text, state, more)]).startswith(heard_of([*before, line(text, state, less)]))


def test_of_a_sentence_whose_sound_is_not_all_there_its_length_is_guessed() -> None:
    """A voice that has made one second of a sentence of ten has not said it all when that second was played."""
    text = "word " * 30
    half = line(text, "writing", 1.0)
    seconds = SECONDS_PER_CHARACTER["en"] * len(text)
    assert len(heard_of([half])) == pytest.approx(len(text) / seconds, abs=6)


def test_code_before_what_was_heard_counts_as_shown() -> None:
    lines = [line("First. ", "finished", 1.0), line("```x```", "unspeakable", 0.0), line("One two.", "written", 0.6)]
    assert heard_of(lines) == "First. ```x```One"


def test_nothing_played_is_nothing_heard() -> None:
    assert heard_of([line("```x```", "unspeakable", 0.0), line("One two.", "written", 0.0)]) == ""
    assert heard_of([]) == ""


# -- whole replies ----------------------------------------------------------------------------------------------------


def replied(text: str, **parts: object) -> tuple[Scene, list[Said]]:
    kept: list[Said] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("tell me")
        await scene.assistant.idle()
        kept.extend(await scene.history.messages())

    scene = Scene(llm=ScriptedLanguageModel([Reply(text, tokens_per_second=5000.0)]), **parts)  # type: ignore[arg-type]
    return scene.run(script), kept


@pytest.mark.parametrize("text", ["```python\nprint(1)\n```", "😀 🎉 👍", "| a | b |\n|---|---|\n| 1 | 2 |", "***"])
def test_a_reply_with_nothing_to_say_is_shown_kept_and_answered(text: str) -> None:
    scene, kept = replied(text)
    assert scene.outcomes == ["answered"]
    assert kept[-1].text == text
    assert not kept[-1].interrupted
    said = [sentence.speakable for sentence in scene.of(Sentence) if sentence.speakable]
    assert scene.tts.said == said
    assert bool(said) == (State.SPEAKING in [event.state for event in scene.of(StateChanged)])
    assert is_silent(scene.card.heard()) == (not said)


def test_speech_after_code_is_spoken() -> None:
    text = "```python\nprint(1)\n```\nThat prints the number one for you."
    scene, kept = replied(text)
    assert scene.tts.said[-1].startswith("That prints")
    assert (scene.outcomes, kept[-1].text) == (["answered"], text)


def test_a_reply_of_a_megabyte_is_spoken_no_faster_than_it_is_heard() -> None:
    """Bounded: what waits between the model and the speaker does not grow with the reply."""
    waiting: list[int] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("everything")
        await asyncio.sleep(60.0)
        waiting.append(len(scene.of(Sentence)) - len(scene.of(SentenceSpoken)))
        scene.assistant.interrupt()
        await scene.assistant.idle()

    text = "이것은 아주 긴 대답의 한 문장입니다. This is one sentence of a very long answer. " * 12_000
    assert len(text.encode()) > 1_000_000
    scene = Scene(llm=ScriptedLanguageModel([Reply(text, tokens_per_second=1e6)])).run(script)
    assert waiting[0] < 80
    assert text.startswith(scene.of(Spoken)[0].heard)
    assert 20 < len(scene.of(SentenceStarted)) < 40


def test_a_long_reply_is_shown_where_nothing_is_spoken() -> None:
    text = "This is one sentence of a very long answer. " * 2_000
    kept: list[Said] = []

    async def script(scene: Scene) -> None:
        scene.assistant.ask("everything")
        await scene.assistant.idle()
        kept.extend(await scene.history.messages())

    scene = Scene(llm=Torrent(text))  # type: ignore[arg-type]
    scene.tts = None  # type: ignore[assignment]
    scene.run(script)
    assert scene.outcomes == ["answered"]
    assert kept[-1].text == text.strip()


@dataclass
class Torrent(ScriptedLanguageModel):
    """A text in pieces of a kilobyte."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    async def reply(self, request: object) -> AsyncIterator[str]:  # type: ignore[override]
        for start in range(0, len(self.text), 1_000):
            await asyncio.sleep(0)
            yield self.text[start : start + 1_000]


class Pieces(ScriptedTextToSpeech):
    """A voice that gives each sentence as these pieces."""

    def __init__(self, *pieces: Sound) -> None:
        super().__init__()
        self.pieces = pieces

    async def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        self.said.append(text)
        for piece in self.pieces:
            yield piece


def sound(seconds: float, rate: int = RATE) -> Sound:
    return Sound(np.full(round(seconds * rate), 0.25, dtype=np.float32), rate)


def test_empty_pieces_of_sound_are_no_sound() -> None:
    """A sentence of which nothing sounded was not heard: the turn fails, and blames the voice."""
    scene, kept = replied("One two three four five.", tts=Pieces(sound(0.0), sound(0.0)))
    assert scene.outcomes == ["failed"]
    assert [(failed.stage, failed.what) for failed in scene.of(Failed)] == [("tts", "scripted made no sound")]
    assert [said.role for said in kept] == ["user"]


def test_empty_pieces_between_others_do_not_matter() -> None:
    scene, _ = replied("One two three four five.", tts=Pieces(sound(0.0), sound(0.3), sound(0.0), sound(0.3)))
    assert scene.outcomes == ["answered"]
    assert np.count_nonzero(scene.card.heard()) == round(0.6 * RATE)


def test_a_voice_that_changes_its_rate_is_played_whole() -> None:
    scene, _ = replied("One two three four five.", tts=Pieces(sound(0.5, 24_000), sound(0.5, 16_000)))
    assert scene.outcomes == ["answered"]
    assert np.count_nonzero(np.abs(scene.card.heard()) > 0.01) == pytest.approx(RATE, abs=200)


def test_each_sentence_is_told_when_it_starts_and_when_it_is_over() -> None:
    scene, _ = replied("One two three four. Five six seven eight nine. Ten eleven twelve thirteen.")
    starts, ends = scene.when(SentenceStarted), scene.when(SentenceSpoken)
    assert [event.index for event in scene.of(SentenceStarted)] == [0, 1, 2]
    assert [event.index for event in scene.of(SentenceSpoken)] == [0, 1, 2]
    assert [end - start for start, end in zip(starts, ends, strict=True)] == pytest.approx([2.0] * 3, abs=0.03)


def test_running_dry_is_shown_and_happens_less_in_the_next_sentences() -> None:
    text = "One two three four. Five six seven eight nine. Ten eleven twelve thirteen. Fourteen fifteen sixteen."
    scene, _ = replied(text, tts=ScriptedTextToSpeech(speed=0.8))
    counts = [event.count for event in scene.of(Underrun)]
    assert counts == list(range(1, len(counts) + 1))
    first_over = scene.when(SentenceSpoken)[0]
    later = [at for at in scene.when(Underrun) if at > first_over]
    assert len(later) < len(counts) / 2
