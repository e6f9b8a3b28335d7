"""Beginning the answer before the turn is over: sooner when it was over, and without a trace when it was not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.conversation import Scene, is_silent, voice
from voicebot.errors import EngineError, RateLimited
from voicebot.events import (
    Failed,
    ReplyDelta,
    Sentence,
    SentenceStarted,
    Spoken,
    StateChanged,
    Transcript,
    TurnEnded,
)
from voicebot.history import Said
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.speculation import Mode
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech
from voicebot.turn_end import Waits

WORDS = Line("I would like to cancel my order.")
ANSWER = "It was cancelled just now. You will get the money back."
WAIT = Waits(plain=0.55, shortest=0.5, longest=2.0)


def talked(
    *speech: float,
    mode: Mode = "always",
    stt: ScriptedSpeechToText | None = None,
    llm: ScriptedLanguageModel | None = None,
    tts: ScriptedTextToSpeech | None = None,
    recordings: Path | None = None,
) -> tuple[Scene, list[Said]]:
    """Hands-free, one utterance: lengths of speech and of the pauses between, in seconds; then the conversation."""
    messages: list[Said] = []

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        at = 0.5
        for number, seconds in enumerate(speech):
            if number % 2 == 0:
                scene.card.speak(voice(seconds), at=at)
            at += seconds
        await asyncio.sleep(at + 4.0)
        await scene.assistant.idle()
        messages.extend(await scene.history.messages())

    scene = Scene(
        stt=stt or ScriptedSpeechToText([WORDS]),
        llm=llm or ScriptedLanguageModel([Reply(ANSWER)]),
        tts=tts or ScriptedTextToSpeech(seconds=0.6),
        hearing=Hearing(waits=WAIT, recordings=recordings),
        options={"speculate": mode},
    )
    return scene.run(script), messages


def pause_before_the_answer(scene: Scene) -> float:
    [ended] = scene.of(TurnEnded)
    return float(ended.timings["speech_end_to_first_audio"])


def test_the_answer_comes_while_the_silence_is_still_waited_for() -> None:
    """One after another a wait of 0.55 s (no words are known), and 0.4 s of recogniser, model and voice."""
    quick = ScriptedLanguageModel([Reply("Done.")])
    plain, _ = talked(1.0, mode="never", llm=ScriptedLanguageModel([Reply("Done.")]))
    scene, messages = talked(1.0, llm=quick)
    assert pause_before_the_answer(plain) == pytest.approx(0.55 + 0.1 + 0.2 + 0.02 + 0.08, abs=0.08)
    assert pause_before_the_answer(scene) == pytest.approx(0.5, abs=0.08)
    assert [one.text for one in messages] == [WORDS.text, "Done."]
    assert len(quick.requests) == 1


@pytest.mark.parametrize("mode", ["never", "always"])
def test_nothing_is_told_before_the_turn_is_over(mode: Mode) -> None:
    scene, _ = talked(1.0, mode=mode)
    kinds = [type(one.event) for one in scene.noted]
    told = [kind for kind in kinds if kind in (Transcript, ReplyDelta, Sentence, SentenceStarted, Spoken, TurnEnded)]
    first = told.index(Transcript)
    assert told[:first] == []
    assert told[first + 1] is ReplyDelta
    assert told[-2:] == [Spoken, TurnEnded]


def test_a_person_who_goes_on_leaves_no_trace_of_what_was_begun() -> None:
    scene, messages = talked(1.0, 0.45, 1.0)
    assert len(scene.llm.requests) == 2, "the first was begun in vain"
    assert [one.text for one in messages] == [WORDS.text, ANSWER]
    assert len(scene.of(Transcript)) == 1
    [ended] = scene.of(TurnEnded)
    assert ended.wasted == 1
    assert all(seconds >= 0.0 for seconds in ended.timings.values())
    assert is_silent(scene.card.heard(until=0.5 + 2.45 + 0.3))
    assert "".join(event.text for event in scene.of(ReplyDelta)) == ANSWER
    assert [event.heard for event in scene.of(Spoken)] == [ANSWER]


def test_the_recording_holds_all_that_was_said_and_no_other_is_left(tmp_path: Path) -> None:
    talked(1.0, 0.45, 1.0, recordings=tmp_path)
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_with_engines_elsewhere_nothing_is_begun_unless_it_was_asked_for() -> None:
    away = ScriptedSpeechToText([WORDS], local=False)
    scene, _ = talked(1.0, 0.45, 1.0, mode="local", stt=away)
    assert away.heard == 1
    scene, _ = talked(1.0, 0.45, 1.0, mode="always", stt=ScriptedSpeechToText([WORDS], local=False))
    assert scene.stt.heard >= 2


def test_a_local_recogniser_is_asked_early_and_a_model_elsewhere_is_not() -> None:
    away = ScriptedLanguageModel([Reply(ANSWER)], local=False)
    scene, _ = talked(1.0, 0.45, 1.0, mode="local", llm=away)
    assert scene.stt.heard >= 2
    assert len(away.requests) == 1


def test_a_model_that_acts_is_never_asked_on_suspicion() -> None:
    acting = ScriptedLanguageModel([Reply(ANSWER)], acts=True)
    _, messages = talked(1.0, 0.45, 1.0, mode="always", llm=acting)
    assert len(acting.requests) == 1
    assert [one.text for one in messages] == [WORDS.text, ANSWER]


def test_never_means_never() -> None:
    scene, _ = talked(1.0, 0.45, 1.0, mode="never")
    assert (scene.stt.heard, len(scene.llm.requests)) == (1, 1)


BROKEN = EngineError("the engine broke", fix="mend it")


@pytest.mark.parametrize(
    ("stage", "engines"),
    [
        ("stt", {"stt": ScriptedSpeechToText([Line(error=BROKEN)])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(ANSWER, fails_after=0, error=BROKEN)])}),
        ("llm", {"llm": ScriptedLanguageModel([Reply(ANSWER, fails_after=4, error=RateLimited("it asks to wait"))])}),
        ("tts", {"tts": ScriptedTextToSpeech(fails_at=0, error=BROKEN)}),
        ("tts", {"tts": ScriptedTextToSpeech(silent=True)}),
    ],
)
def test_what_fails_early_fails_the_turn_as_ever(stage: str, engines: dict[str, object], tmp_path: Path) -> None:
    scene, _ = talked(1.0, recordings=tmp_path, **engines)  # type: ignore[arg-type]
    assert [event.stage for event in scene.of(Failed)] == [stage]
    assert scene.outcomes == ["failed"]
    assert [file for file in tmp_path.rglob("*") if file.is_file()], "the recording is kept"


def test_what_fails_early_in_vain_fails_nothing() -> None:
    """The first reply breaks while the person goes on speaking; the second is the one that counts."""
    llm = ScriptedLanguageModel([Reply(ANSWER, first_token=0.05, fails_after=0, error=BROKEN), Reply(ANSWER)])
    scene, messages = talked(1.0, 0.45, 1.0, llm=llm)
    assert scene.of(Failed) == []
    assert [one.text for one in messages] == [WORDS.text, ANSWER]


def test_an_engine_that_is_changed_meanwhile_answers() -> None:
    other = ScriptedLanguageModel([Reply("Another answer altogether.")], name="other")

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.card.speak(voice(1.0), at=0.5)
        await asyncio.sleep(1.5 + 0.3)
        assert scene.llm.requests, "it was begun"
        scene.assistant.use_llm(other)
        await asyncio.sleep(5.0)
        await scene.assistant.idle()

    scene = Scene(
        stt=ScriptedSpeechToText([WORDS]), hearing=Hearing(waits=WAIT), options={"speculate": "always"}
    ).run(script)
    assert "".join(event.text for event in scene.of(ReplyDelta)) == "Another answer altogether."
    assert scene.tts.said[-1] == "Another answer altogether."


def test_a_key_that_is_released_after_a_pause_finds_the_answer_begun() -> None:
    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=False)
        await scene.assistant.press()
        scene.card.speak(voice(1.0), at=0.2)
        await asyncio.sleep(1.2 + 0.5)
        scene.assistant.release()
        await scene.assistant.idle()

    scene = Scene(
        stt=ScriptedSpeechToText([WORDS]),
        llm=ScriptedLanguageModel([Reply("Done.")]),
        hearing=Hearing(waits=WAIT),
        options={"speculate": "always"},
    ).run(script)
    assert scene.outcomes == ["answered"]
    assert (scene.stt.heard, len(scene.llm.requests)) == (1, 1)
    assert pause_before_the_answer(scene) < 0.25, "the key's drain, and nothing else"


def test_unfinished_words_are_waited_for_longer() -> None:
    """The early transcript says that more will come: a pause of 0.9 s does not end the turn."""
    unfinished = ScriptedSpeechToText([Line("what is the weather in the"), Line("what is the weather in the city")])
    scene, messages = talked(1.0, 0.9, 1.0, stt=unfinished)
    assert scene.outcomes == ["answered"]
    assert messages[0].text == "what is the weather in the city"


def test_a_person_who_was_cut_off_is_waited_for_longer_from_then_on() -> None:
    """A pause of 0.6 s ends the first turn, and no more once it is known how this person pauses."""
    asked: list[int] = []

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        for pause in (0.6, 0.7, 0.7, 0.6):
            before = len(scene.of(Transcript))
            scene.card.speak(voice(1.0))
            scene.card.speak(voice(1.0), at=1.0 + pause)
            await asyncio.sleep(9.0)
            await scene.assistant.idle()
            asked.append(len(scene.of(Transcript)) - before)

    llm = ScriptedLanguageModel([Reply(ANSWER, first_token=1.0)])
    options = {"speculate": "always"}
    Scene(stt=ScriptedSpeechToText([WORDS]), llm=llm, hearing=Hearing(waits=WAIT), options=options).run(script)
    assert asked[0] == 2
    assert asked[-1] == 1


def test_a_slow_recogniser_is_asked_at_a_surer_sign() -> None:
    """A pause of 0.12 s is worth while for one that takes 0.1 s, and not for one that takes 0.8 s."""
    asked = []
    for delay in (0.1, 0.8):
        stt = ScriptedSpeechToText([Line(WORDS.text, delay=delay)])

        async def script(scene: Scene) -> None:
            await scene.assistant.open_microphone(hands_free=True)
            scene.card.speak(voice(1.0), at=0.5)
            await asyncio.sleep(8.0)
            before = scene.stt.heard
            scene.card.speak(voice(1.0))
            scene.card.speak(voice(1.0), at=1.12)
            await asyncio.sleep(8.0)
            asked.append(scene.stt.heard - before)

        Scene(
            stt=stt, tts=ScriptedTextToSpeech(seconds=0.2), hearing=Hearing(waits=WAIT), options={"speculate": "always"}
        ).run(script)
    assert asked == [2, 1]


def left_behind(scene: Scene, messages: Sequence[Said]) -> tuple[object, ...]:
    """All that a person or the history sees of a conversation, without its times."""
    deltas = "".join(event.text for event in scene.of(ReplyDelta))
    told = (Transcript, Sentence, SentenceStarted, Spoken, Failed)
    kinds = [type(event) for event in scene.of(*told, StateChanged)]
    texts = [(one.role, one.text, one.interrupted) for one in messages]
    return deltas, kinds, texts, scene.outcomes


@settings(max_examples=12, deadline=None)
@given(some.lists(some.tuples(some.floats(0.2, 1.0), some.floats(0.1, 0.4)), min_size=1, max_size=3))
def test_with_and_without_it_the_same_is_left_behind(speech: list[tuple[float, float]]) -> None:
    """Whatever the pauses, as long as none of them ends the turn."""
    parts = [seconds for pair in speech for seconds in pair]
    assert left_behind(*talked(0.5, 0.2, *parts)) == left_behind(*talked(0.5, 0.2, *parts, mode="never"))
