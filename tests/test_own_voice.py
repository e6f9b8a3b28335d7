"""What the recogniser hears of the assistant's own voice is no turn; the person's own words are, whenever they come."""

from __future__ import annotations

import asyncio

import pytest

from tests.conversation import Scene, voice
from voicebot.events import NoSpeech
from voicebot.listener import Hearing
from voicebot.llm.scripted import Line as Reply
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import Line, ScriptedSpeechToText

ANSWER = "The first restaurant is open until ten, and it has good reviews."


def heard_over_the_answer(text: str, after: float, delay: float = 0.1) -> Scene:
    """`text` is heard for 0.8 s, so long after the answer began to sound, and understood after `delay`."""

    async def script(scene: Scene) -> None:
        await scene.assistant.open_microphone(hands_free=True)
        scene.assistant.ask("Which one?")
        scene.card.speak(voice(0.8), at=after)
        await asyncio.sleep(after + 4.0 + delay)
        await scene.assistant.idle()

    return Scene(
        stt=ScriptedSpeechToText([Line(text, delay=delay)]),
        llm=ScriptedLanguageModel([Reply(ANSWER)]),
        hearing=Hearing(barge_in=True),
    ).run(script)


@pytest.mark.parametrize("delay", [0.1, 3.0])
def test_its_own_words_are_not_answered_however_late_they_are_understood(delay: float) -> None:
    scene = heard_over_the_answer("the first restaurant is open until ten", 1.5, delay)
    assert [event.reason for event in scene.of(NoSpeech)] == ["only its own voice heard"]
    assert len(scene.llm.requests) == 1


@pytest.mark.parametrize(
    ("text", "after"), [("Is there a table for two?", 1.5), ("the first restaurant is open until ten", 8.0)]
)
def test_a_persons_words_are_answered(text: str, after: float) -> None:
    scene = heard_over_the_answer(text, after)
    assert scene.of(NoSpeech) == []
    assert len(scene.llm.requests) == 2
