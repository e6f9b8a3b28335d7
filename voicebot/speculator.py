"""Begins the work of a turn at the first sign of its end, and cancels it when the person goes on speaking.

At most one speculation is in flight, within the scope of its turn. It goes only as far as is free: an engine off this
machine is asked for nothing in vain, unless the mode is "always", and what would act is never asked before its turn.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing

from voicebot.ahead import Ahead
from voicebot.errors import VoicebotError
from voicebot.events import Samples
from voicebot.llm.base import LanguageModel, Request
from voicebot.rag.citing import Speaking
from voicebot.responder import Responder
from voicebot.sentences import SentenceSplitter
from voicebot.speakable import speakable
from voicebot.speaker import Speaker
from voicebot.speculation import Mode, Speculation
from voicebot.spending import counting
from voicebot.stt.base import Heard, SpeechToText
from voicebot.transcriber import Transcriber
from voicebot.tts.base import Manner, Sound, TextToSpeech
from voicebot.turn import Turn

log = logging.getLogger(__name__)

BEGUN = ("transcript", "passages", "first_token", "first_sentence", "first_audio")
"""The stages of a turn that may come before its end."""
WORDS_AHEAD = 2_000
"""Pieces of a reply that may be written before the turn is over."""
SOUNDS_AHEAD = 500
"""Pieces of sound of the first sentence that may be held: at the 40 ms of most voices, 20 s."""
SIGN, SUREST_SIGN = 0.032, 0.2
"""Seconds of quiet that are the first sign of a pause. On flite's speech 0.032 comes 31 ms (median) to 49 ms (95th
percentile) after the last sound, and twice in an utterance too early; one in sixty of these lasts 0.1 s. Hardly a
closure within a word lasts 0.2."""
SHARE = 0.25
"""Of the time that the recogniser takes, the quiet that is waited for: what costs more is begun at a surer sign."""
LATEST = 0.3
"""Weight of the newest in the mean of that time."""


class Speculator:
    """Runs speculations. `mode` may be changed between turns."""

    def __init__(self, transcriber: Transcriber, responder: Responder, speaker: Speaker, mode: Mode) -> None:
        self._transcriber = transcriber
        self._responder = responder
        self._speaker = speaker
        self.mode = mode
        self._takes = 0.0
        """Seconds that the recogniser takes."""

    @property
    def can(self) -> bool:
        """Whether anything at all may be begun early."""
        return self._may_ask(self._transcriber.engine)

    @property
    def sign(self) -> float:
        """Seconds of quiet at which it is worth while to begin."""
        return min(max(SIGN, SHARE * self._takes), SUREST_SIGN)

    def begin(self, turn: Turn, samples: Samples) -> None:
        """The person may have finished: `samples` are the utterance so far, mono float32 at 16 kHz."""
        self.cancel(turn)
        speculation = Speculation(self._transcriber.engine, turn.attempt(), turn.attempt())
        turn.speculation = speculation
        work = speculation.transcript.written_by(self._transcribe, turn, speculation, samples)
        speculation.tasks.append(turn.start("speculation", work, speculation.hearing))

    def cancel(self, turn: Turn) -> None:
        """The person had not finished."""
        speculation, turn.speculation = turn.speculation, None
        if speculation is not None:
            turn.wasted += speculation.llm is not None
            turn.unmark(*BEGUN)
            speculation.cancel()

    def _may_ask(self, engine: SpeechToText | LanguageModel | TextToSpeech) -> bool:
        return self.mode == "always" or (self.mode == "local" and engine.local)

    async def _transcribe(self, turn: Turn, speculation: Speculation, samples: Samples) -> None:
        await self._speaker.prepare()
        clock = asyncio.get_running_loop().time
        began = clock()
        outcome = await self._transcriber.recognise(speculation.stt, samples)
        self._takes += (LATEST if self._takes else 1.0) * (clock() - began - self._takes)
        turn.mark("transcript")
        await speculation.transcript.put(outcome)
        if isinstance(outcome, Heard) and outcome.text.strip():
            speculation.heard = outcome
            with counting(speculation.answering):
                await self._answer(turn, speculation, outcome)

    async def _answer(self, turn: Turn, speculation: Speculation, heard: Heard) -> None:
        engine = self._responder.engine
        if not self._may_ask(engine):
            return
        try:
            request = await self._responder.request(turn, heard.language, heard.text.strip())
        except VoicebotError as error:  # the turn will meet it too, and say so
            log.info("turn %d is not answered early: %s", turn.id, error)
            return
        if engine.acts_on(request):
            return
        speculation.llm, speculation.request, speculation.reply = engine, request, Ahead(WORDS_AHEAD)
        await speculation.reply.written_by(self._write, turn, speculation, engine, request, speculation.reply)

    async def _write(
        self, turn: Turn, speculation: Speculation, engine: LanguageModel, request: Request, reply: Ahead[str]
    ) -> None:
        splitter, speaking = SentenceSplitter(), Speaking(request.citations, request.language)
        async with aclosing(self._responder.written(engine, request)) as deltas:
            async for delta in deltas:
                turn.mark("first_token")
                await reply.put(delta)
                self._say_first(turn, speculation, splitter.feed(delta), request.language, speaking)
        self._say_first(turn, speculation, splitter.finish(), request.language, speaking)

    def _say_first(
        self, turn: Turn, speculation: Speculation, pieces: list[str], language: str, speaking: Speaking
    ) -> None:
        """Begin the sound of the first sentence that can be spoken."""
        engine = self._speaker.engine
        if speculation.tts is not None or engine is None or not self._may_ask(engine):
            return
        text = next(filter(None, (speakable(speaking.say(piece), language) for piece in pieces)), "")
        if text:
            turn.mark("first_sentence")
            manner, sounds = self._speaker.manner(turn, language), Ahead[Sound](SOUNDS_AHEAD)
            speculation.tts, speculation.said, speculation.sound = engine, (text, manner), sounds
            making = sounds.written_by(self._synthesise, turn, engine, text, manner, sounds)
            speculation.tasks.append(turn.start("speculation", making, speculation.answering))

    async def _synthesise(
        self, turn: Turn, engine: TextToSpeech, text: str, manner: Manner, sounds: Ahead[Sound]
    ) -> None:
        async with aclosing(self._speaker.synthesised(engine, text, manner)) as made:
            async for sound in made:
                turn.mark("first_audio")
                await sounds.put(sound)
