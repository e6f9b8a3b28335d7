"""Sentences in, sound out, each synthesised while the one before plays; what was heard is known to the sample."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass

from voicebot.audio.chime import chime
from voicebot.audio.playback import Clip, Playback
from voicebot.bus import Bus
from voicebot.errors import DeviceError, EngineError
from voicebot.events import (
    Sentence,
    SentencesEnded,
    SentenceSpoken,
    SentenceStarted,
    Spoken,
    State,
    Transcript,
    Underrun,
)
from voicebot.history import History
from voicebot.patience import patient
from voicebot.rag.citing import cited
from voicebot.tts.base import Manner, Sound, TextToSpeech
from voicebot.turn import Turn, Turns

SECONDS_PER_CHARACTER = {"ko": 0.16, "en": 0.065}
"""Rough pace of speech, for a sentence whose sound is not all there yet when it is cut."""


@dataclass(slots=True)
class _Line:
    """A sentence of the reply; `clip` is its sound, None when there is nothing to say."""

    sentence: Sentence
    clip: Clip | None = None
    told_started: bool = False
    told_spoken: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to a sentence's first sample, and from it to the speaker's first."""

    first_audio: float = 10.0
    first_sound: float = 5.0


class Speaker:
    """The last stage. `engine` and `voices` (language → voice id) may be changed between turns.

    Without an engine nothing is spoken: what was shown counts as heard.
    """

    def __init__(
        self, bus: Bus, turns: Turns, history: History, engine: TextToSpeech | None, playback: Playback, limits: Limits
    ) -> None:
        self._bus = bus
        self._turns = turns
        self._history = history
        self._playback = playback
        self._events = bus.subscribe(Transcript, Sentence, SentencesEnded, capacity=64)
        self._lines: list[_Line] = []
        self._underruns = 0
        self.limits = limits
        self.engine = engine
        self.voices: dict[str, str] = {}
        self.rate = 1.0
        turns.on_cut.append(lambda _: playback.cut())
        turns.closers.append(self._close)

    @property
    def limits(self) -> Limits:
        return self._limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._limits = limits
        self._playback.stall = limits.first_sound

    async def run(self) -> None:
        self._playback.on_change = self._report
        async for event in self._events:
            turn = self._turns.live(event.turn)
            if turn is None:
                continue
            if isinstance(event, Transcript):
                await turn.run("speaker", self.prepare())
            elif isinstance(event, Sentence):
                await turn.run("tts", self._say(turn, event))
            elif await turn.run("speaker", self._played_out()):
                turn.mark("last_sound")
                self._turns.end(turn, "answered")

    async def prepare(self) -> None:
        """Open the speaker while the model thinks: the first sound then finds it awake."""
        if self.engine is None:
            return
        with suppress(DeviceError):  # the first sentence tries again, and says so
            await self._playback.open(self.engine.sample_rate)

    def manner(self, turn: Turn, language: str) -> Manner:
        """How a turn is spoken in a language."""
        return Manner(language, turn.voice or self.voices.get(language), self.rate)

    def synthesised(self, engine: TextToSpeech, text: str, manner: Manner) -> AsyncGenerator[Sound, None]:
        """The sound of a sentence in pieces, within the limits; raises EngineError."""
        limit = self.limits.first_audio
        return patient(engine.synthesise(text, manner), limit, limit, f"{engine.name} made no sound")

    async def _say(self, turn: Turn, sentence: Sentence) -> None:
        engine = self.engine
        if turn.chimes and engine is not None:
            turn.chimes = False
            await self._chime(turn, sentence, engine.sample_rate)
        line = _Line(sentence)
        self._lines.append(line)
        if not sentence.speakable or engine is None:
            return
        manner = self.manner(turn, sentence.language)
        begun = turn.speculation and turn.speculation.take_sound(engine, sentence.speakable, manner)
        async with aclosing(begun or self.synthesised(engine, sentence.speakable, manner)) as sounds:
            async for sound in sounds:
                if not len(sound.samples):
                    continue
                turn.mark("first_audio")
                if line.clip is None:
                    line.clip = await self._begin(turn, sentence, sound)
                await line.clip.write(sound.samples, sound.sample_rate)
        if line.clip is None:
            raise EngineError(f"{engine.name} made no sound", fix="try another voice")
        line.clip.end()

    async def _chime(self, turn: Turn, sentence: Sentence, sample_rate: int) -> None:
        sound = Sound(chime(sample_rate), sample_rate)
        line = _Line(Sentence(turn.id, -1, "", "", sentence.language))
        line.clip = await self._begin(turn, line.sentence, sound)
        self._lines.append(line)
        await line.clip.write(sound.samples, sound.sample_rate)
        line.clip.end()

    async def _begin(self, turn: Turn, sentence: Sentence, sound: Sound) -> Clip:
        await self._playback.open(sound.sample_rate)
        clip = self._playback.begin(turn.id, sentence.index)
        if not any(line.clip for line in self._lines):
            turn.start("speaker", self._expect_sound(clip))
        return clip

    async def _expect_sound(self, clip: Clip) -> None:
        """ "Speaking" with no sound does not happen: the turn fails instead (livekit#3418)."""
        try:
            async with asyncio.timeout(self.limits.first_sound):
                while clip.started_at is None:
                    await self._playback.changed()
        except TimeoutError:
            raise DeviceError(
                "no sound came out of the speaker",
                why=f"nothing was played for {self.limits.first_sound:g} seconds",
                fix="check or change the speaker",
            ) from None

    async def _played_out(self) -> None:
        """Wait for the last sample; a speaker that stops in the middle fails the turn."""
        clips = [line.clip for line in self._lines if line.clip is not None]
        while any(not clip.finished for clip in clips):
            await self._playback.progress()
        if clips:
            await asyncio.sleep(self._playback.latency)

    def _report(self) -> None:
        """Something was played: tell what started and what is done. Runs on the loop, never waits."""
        turn = self._turns.current
        for line in self._lines:
            clip = line.clip
            if turn is None or clip is None or clip.turn != turn.id:
                continue
            if clip.started_at is not None and not line.told_started:
                line.told_started = True
                turn.mark("first_sound", clip.started_at)
                self._turns.move(turn, State.SPEAKING)
                self._bus.show(SentenceStarted(turn.id, clip.index, clip.started_at))
            if clip.finished and not line.told_spoken:
                line.told_spoken = True
                self._bus.show(SentenceSpoken(turn.id, clip.index))
        if self._playback.underruns != self._underruns and turn is not None:
            self._underruns = self._playback.underruns
            self._bus.show(Underrun(turn.id, self._underruns))

    async def _close(self, turn: Turn, outcome: str) -> None:
        """Keep what was heard in the history, and say it."""
        await self._playback.settled()
        lines, self._lines = self._lines, [line for line in self._lines if line.sentence.turn != turn.id]
        mine = [line for line in lines if line.sentence.turn == turn.id]
        heard = turn.written if outcome == "answered" or self.engine is None else heard_of(mine)
        if turn.written:
            await self._history.heard(
                turn.id,
                heard.strip(),
                turn.written,
                complete=outcome == "answered",
                citations=cited(turn.written, turn.sources),
            )
            self._bus.signal(Spoken(turn.id, heard.strip(), outcome == "answered"))


def heard_of(lines: list[_Line]) -> str:
    """The text of what was played: whole sentences, then words in proportion to the samples of the one that was cut."""
    heard, skipped = "", ""
    for line in lines:
        if line.clip is None:
            skipped += line.sentence.text
        elif line.clip.finished:
            heard, skipped = heard + skipped + line.sentence.text, ""
        else:
            part = cut_text(line.sentence.text, _share(line.sentence, line.clip))
            return heard + skipped + part if part else heard
    return heard


def _share(sentence: Sentence, clip: Clip) -> float:
    """How much of a sentence was played, from 0.0 to 1.0."""
    if not clip.played:
        return 0.0
    total = float(clip.written)
    if not clip.ended:
        pace = SECONDS_PER_CHARACTER.get(sentence.language, SECONDS_PER_CHARACTER["en"])
        total = max(total, pace * len(sentence.speakable) * clip.sample_rate)
    return clip.played / total


def cut_text(text: str, share: float) -> str:
    """The whole words within the first `share` of a sentence."""
    length = len(text.rstrip())
    end = int(length * share)
    if end >= length:
        return text
    start_of_word = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    return text[:start_of_word] if start_of_word > 0 else ""
