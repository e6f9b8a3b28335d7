"""What was begun before a turn was known to be over: the transcript, the reply, the sound of its first sentence.

Nobody sees any of it until the turn is over. Then each stage takes what was begun for exactly what it was about to do
itself: the same engine, the same words. What does not fit is dropped, and done in the ordinary way. When the person
goes on speaking, all of it is cancelled, and leaves no trace.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal

from voicebot.ahead import Ahead
from voicebot.llm.base import LanguageModel, Request
from voicebot.spending import Tally
from voicebot.stt.base import Heard, Nothing, SpeechToText
from voicebot.tts.base import Manner, Sound, TextToSpeech

Mode = Literal["local", "always", "never"]
"""With engines on this machine; also with those that cost something or send something away; not at all."""


@dataclass(slots=True)
class Speculation:
    """What was begun at one pause. `tasks` make it; cancelling them ends it.

    What paid engines used is on two tallies: for the transcript, and for the answer to it.
    """

    stt: SpeechToText
    hearing: Tally
    answering: Tally
    transcript: Ahead[Heard | Nothing] = field(default_factory=lambda: Ahead(1))
    llm: LanguageModel | None = None
    request: Request | None = None
    reply: Ahead[str] | None = None
    tts: TextToSpeech | None = None
    said: tuple[str, Manner] | None = None
    sound: Ahead[Sound] | None = None
    heard: Heard | None = None
    """The transcript, once it is there and has words."""
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    def cancel(self) -> None:
        """All of it was in vain."""
        self.hearing.waste()
        self._drop()

    def take_transcript(self, engine: SpeechToText) -> Ahead[Heard | Nothing] | None:
        """The transcript, when it is by this engine; once."""
        if engine is self.stt:
            return self.transcript
        self.cancel()
        return None

    def take_reply(self, engine: LanguageModel, request: Request) -> Ahead[str] | None:
        """The reply to exactly this request, as far as it is written, and then the rest of it; once."""
        reply, self.reply = self.reply, None
        if reply is not None and engine is self.llm and request == self.request:
            return reply
        self._drop()
        return None

    def take_sound(self, engine: TextToSpeech, text: str, manner: Manner) -> Ahead[Sound] | None:
        """The sound of this sentence in this manner; once."""
        sound, self.sound = self.sound, None
        return sound if engine is self.tts and self.said == (text, manner) else None

    def _drop(self) -> None:
        """The answer was in vain."""
        self.answering.waste()
        for task in self.tasks:
            task.cancel()
        self.reply = self.sound = None
