"""Two engines as one: which of them says what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from voicebot.errors import EngineError, EngineUnavailable
from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.tts.base import Manner, Sound, Voice
from voicebot.tts.by_language import ByLanguage
from voicebot.tts.scripted import ScriptedTextToSpeech


@dataclass(slots=True)
class Recorded(ScriptedTextToSpeech):
    """Speaks some languages, and counts what is asked of it."""

    spoken: tuple[str, ...] = ("en",)
    here: bool = True
    warmed: int = 0
    closed: int = 0
    manners: list[Manner] = field(default_factory=list)

    def ready(self) -> Readiness:
        return Ready(self.name) if self.here else NotReady("it is not here", "install it")

    def languages(self) -> frozenset[str]:
        return frozenset(self.spoken if self.here else ())

    async def speaks(self, text: str, manner: Manner) -> bool:
        return manner.language in self.languages() and manner.voice in (None, "piper-en") and text.isascii()

    async def warm(self) -> None:
        self.warmed += 1

    async def voices(self) -> list[Voice]:
        return [Voice(f"{self.name}-{language}", f"The {self.name}", (language,)) for language in self.spoken]

    def synthesise(self, text: str, manner: Manner) -> AsyncIterator[Sound]:
        self.manners.append(manner)
        return ScriptedTextToSpeech.synthesise(self, text, manner)

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def first() -> Recorded:
    return Recorded(name="piper", sample_rate=16_000, seconds=0.1, speed=1000, delay=0.0)


@pytest.fixture
def other() -> Recorded:
    return Recorded(name="system", spoken=("en", "ko"), seconds=0.1, speed=1000, delay=0.0)


async def say(engine: ByLanguage, manner: Manner, text: str = "Some words.") -> list[Sound]:
    return [sound async for sound in engine.synthesise(text, manner)]


@pytest.mark.parametrize(
    ("manner", "by_first"),
    [
        (Manner("en"), True),
        (Manner("ko"), False),
        (Manner("en", voice="piper-en"), True),
        (Manner("en", voice="system-en"), False),
        (Manner("en", voice="nobody"), False),
    ],
)
async def test_a_sentence_goes_to_the_engine_that_has_a_voice_for_it(
    first: Recorded, other: Recorded, manner: Manner, by_first: bool
) -> None:
    sounds = await say(ByLanguage(first, other, ("en", "ko")), manner)
    assert {sound.sample_rate for sound in sounds} == {16_000 if by_first else 24_000}
    assert (len(first.said), len(other.said)) == ((1, 0) if by_first else (0, 1))


async def test_a_sentence_that_the_voice_cannot_read_is_left_to_the_other(first: Recorded, other: Recorded) -> None:
    both = ByLanguage(first, other, ("en", "ko"))
    await say(both, Manner("en", voice="Piper-EN"), "안녕하세요")
    await say(both, Manner("en", voice="system-ko"), "안녕하세요")
    assert [manner.voice for manner in other.manners] == [None, "system-ko"]
    first.here = False
    await say(both, Manner("en", voice="Piper-EN"))
    assert not first.said
    assert len(other.said) == 3


async def test_what_is_needed_is_warm(first: Recorded, other: Recorded) -> None:
    await ByLanguage(first, other, ("en",)).warm()
    assert (first.warmed, other.warmed) == (1, 0)
    await ByLanguage(first, other, ("en", "ko")).warm()
    assert (first.warmed, other.warmed) == (2, 1)


async def test_it_offers_the_voices_of_both(first: Recorded, other: Recorded) -> None:
    both = ByLanguage(first, other, ("en", "ko"))
    assert [voice.id for voice in await both.voices()] == ["piper-en", "system-en", "system-ko"]
    other.here = False
    assert [voice.id for voice in await both.voices()] == ["piper-en"]


async def test_it_runs_where_one_of_them_does(first: Recorded, other: Recorded) -> None:
    both = ByLanguage(first, other, ("en", "ko"))
    assert both.ready() == Ready("piper")
    first.here = False
    assert both.ready() == Ready("system")
    other.here = False
    assert isinstance(both.ready(), NotReady)


async def test_leaving_a_sentence_ends_it_and_a_failure_is_the_engines_own(first: Recorded, other: Recorded) -> None:
    both = ByLanguage(first, other, ("en", "ko"))
    sounds = both.synthesise("Some words.", Manner())
    await anext(sounds)
    await sounds.aclose()  # type: ignore[attr-defined]
    first.fails_at, first.error = 0, EngineUnavailable("Piper cannot run")
    with pytest.raises(EngineError, match="Piper cannot run"):
        await say(both, Manner())


async def test_it_is_as_local_as_both_and_closes_both(first: Recorded, other: Recorded) -> None:
    both = ByLanguage(first, other, ("en", "ko"))
    await both.close()
    assert (both.local, first.closed, other.closed) == (True, 1, 1)
    other.local = False
    assert not ByLanguage(first, other, ()).local
