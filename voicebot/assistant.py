"""Wires the stages on the bus, and nothing else: microphone → listener → transcriber → responder → speaker.

Commands go in as methods, facts come out as events (`bus.subscribe`). Everything runs on one event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.audio.capture import Capture
from voicebot.audio.card import SoundCard
from voicebot.audio.echo import EchoCanceller
from voicebot.audio.files import read_sound
from voicebot.audio.playback import Playback
from voicebot.audio.vad import SAMPLE_RATE, Probability, best_probability
from voicebot.barge_in import BargeIn
from voicebot.bus import Bus
from voicebot.changing_engines import ChangingEngines, Engine
from voicebot.errors import DeviceError, UsageError, VoicebotError
from voicebot.events import (
    NO_TURN,
    AnswerHeld,
    Indexing,
    Microphone,
    MicrophoneChanged,
    Notice,
    ReplyDelta,
    ReplyEnded,
    Samples,
    Sentence,
    SentencesEnded,
    State,
    Transcript,
    TurnId,
    Utterance,
)
from voicebot.history import History
from voicebot.languages import language_of
from voicebot.listener import Hearing, Listener
from voicebot.llm.base import LanguageModel
from voicebot.own_voice import OwnVoice
from voicebot.partials import Partials
from voicebot.rag.passages import Progress
from voicebot.recordings import forget_deleted, forget_old
from voicebot.responder import Responder
from voicebot.sentences import SentenceSplitter
from voicebot.speakable import speakable
from voicebot.speaker import Limits, Speaker
from voicebot.speculation import Mode
from voicebot.speculator import Speculator
from voicebot.stt.base import Heard, Nothing, SpeechToText
from voicebot.transcriber import Transcriber
from voicebot.tts.base import TextToSpeech
from voicebot.turn import Turn, Turns, describe

if TYPE_CHECKING:
    from voicebot.documents.documents import Documents

log = logging.getLogger(__name__)

ANNOUNCEMENTS = 50


@dataclass(slots=True)
class Setup:
    """What an assistant is made of. Without a `card` nothing is heard; without a voice or a card nothing is spoken."""

    stt: SpeechToText
    llm: LanguageModel
    tts: TextToSpeech | None
    card: SoundCard | None
    history: History = field(default_factory=lambda: History(None))
    languages: tuple[str, ...] = ("en", "ko")
    hearing: Hearing = field(default_factory=Hearing)
    probability: Probability | None = None
    microphone: str | None = None
    speaker: str | None = None
    playback: Playback | None = None
    """Where the voice goes, when it is not the card's speaker."""
    buffer: float = 0.1
    first_token_limit: float = 30.0
    token_gap_limit: float = 20.0
    speaking_limits: Limits = field(default_factory=Limits)
    voices: dict[str, str] = field(default_factory=dict)
    rate: float = 1.0
    partials: bool = True
    """Words appear while they are spoken, where the recogniser can do that on this machine."""
    speculate: Mode = "never"
    """With which engines the answer is begun before the person is known to have finished."""
    keep_days: int = 0
    """Days after which recordings are deleted; 0 keeps them."""
    echo: EchoCanceller | None = None
    """Takes the speaker out of the microphone, so that speech interrupts the answer on open speakers too."""


class Assistant:
    """A conversation. Use it as an async context manager."""

    def __init__(self, setup: Setup) -> None:
        self.bus = Bus()
        self.turns = Turns(self.bus)
        self.history = setup.history
        self.languages = setup.languages
        self.setup = setup
        self.on_close: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._changing = ChangingEngines(self.bus, self.turns, self._spawn, lambda: self._engines)
        self._key_is_down = False
        self._announcements: asyncio.Queue[tuple[str, str]] = asyncio.Queue(ANNOUNCEMENTS)
        self.transcriber = Transcriber(self.bus, self.turns, self.history, setup.stt, setup.languages)
        self.own_voice = OwnVoice(self.bus)
        self.transcriber.is_echo = self.own_voice.is_echo
        self._playback = setup.playback or Playback(setup.card, setup.speaker, setup.buffer)
        self.responder = Responder(
            self.bus, self.turns, self.history, setup.llm, setup.first_token_limit, setup.token_gap_limit
        )
        self.documents: Documents | None = None
        self._has_sound = setup.card is not None or setup.playback is not None
        tts = setup.tts if self._has_sound else None
        self.speaker = Speaker(self.bus, self.turns, self.history, tts, self._playback, setup.speaking_limits)
        self.speaker.voices, self.speaker.rate = setup.voices, setup.rate
        self.speculator = Speculator(self.transcriber, self.responder, self.speaker, setup.speculate)
        self.listener = Listener(
            self.bus,
            self.turns,
            self.history,
            setup.probability or best_probability(),
            setup.hearing,
            self._partials(setup.hearing) if setup.partials else None,
            self.speculator,
            BargeIn(self._hold, self._words_of) if self._has_sound else None,
        )
        self._capture = (
            Capture(setup.card, self.bus, self._receive, setup.microphone) if setup.card is not None else None
        )
        if self._capture is not None:
            self._capture.on_lost = self.listener.microphone_lost
        self._echo: EchoCanceller | None = None
        self._warming: EchoCanceller | None = None
        self.turns.closers.append(self._end_in_history)

    async def __aenter__(self) -> Assistant:
        try:
            await self.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def start(self) -> None:
        """Open the history, start the stages, and make the engines ready in the background. Raises StorageError."""
        if self._tasks:
            return
        self.turns.continue_after(await self.history.open())
        if self.history.kept_aside is not None:
            self.bus.signal(
                Notice(
                    NO_TURN,
                    "the history could not be read",
                    fix=f"a new one was begun; the old is {self.history.kept_aside}",
                )
            )
        self._spawn(forget_deleted(self.history))
        if self.setup.hearing.recordings is not None:
            self._spawn(forget_old(self.history, self.setup.hearing.recordings, self.setup.keep_days))
        stages = (self.transcriber.run(), self.responder.run(), self.speaker.run(), self.own_voice.run())
        for stage in (*stages, self.responder.look_ahead(), self._announce_all()):
            self._spawn(stage)
        self.use_echo(self.setup.echo)
        if self.documents is not None:
            await self.documents.start(self.turns.idle)
        for of, engine in zip(("stt", "llm", "tts"), self._engines, strict=False):  # there may be no voice
            self._changing.warm(of, engine)

    async def close(self) -> None:
        """End the live turn, close the devices, the engines and the history; leaves no task, thread or process."""
        self.turns.interrupt("stop")
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks))
        if self._capture is not None:
            await self._capture.close()
        await self.listener.close()
        self.turns.interrupt("stop")
        await self.turns.settled()
        self.bus.close()
        async with AsyncExitStack() as rest:  # in reverse; what fails keeps nothing else open
            for call in self.on_close:
                rest.callback(call)
            rest.push_async_callback(self.history.close)
            if self.documents is not None:
                rest.push_async_callback(self.documents.close)
            if self.setup.card is not None:
                rest.push_async_callback(self.setup.card.close)
            for engine in self._changing.all:
                rest.push_async_callback(engine.close)
            rest.push_async_callback(self._playback.close)

    # -- commands ----------------------------------------------------------------------------------------------------

    def ask(self, text: str, language: str | None = None, *, instead_of: TurnId | None = None) -> TurnId:
        """A typed question; a live turn is interrupted. `instead_of` is the turn whose place it takes."""
        if not text.strip():
            raise UsageError("the question is empty")
        turn = self.turns.open(State.THINKING, typed=True)
        language = language or language_of(text, self.languages)
        turn.start("history", self._submit(turn, text.strip(), language, instead_of))
        return turn.id

    def hear(self, samples: Samples, recording: Path | None = None, *, instead_of: TurnId | None = None) -> TurnId:
        """A spoken question that was recorded elsewhere: mono float32 at 16 kHz, at most 30 s."""
        turn = self.turns.open(State.TRANSCRIBING)
        turn.start("history", self._submit_recording(turn, samples, recording, instead_of))
        return turn.id

    async def retry(self, turn: TurnId, *, instead_of: TurnId | None = None) -> TurnId:
        """Ask a turn again from its recording; raises UsageError when none was kept."""
        samples, recording = await self._recording(turn)
        return self.hear(samples, recording, instead_of=instead_of)

    def read_aloud(self, text: str, language: str | None = None, voice: str | None = None) -> TurnId:
        """Say an answer again, or try a `voice` out: a turn of its own, which the history does not keep."""
        turn = self.turns.open(State.SPEAKING, typed=True)
        turn.voice = voice
        turn.start("speaker", self._read(turn, text, language or language_of(text, self.languages)))
        return turn.id

    async def replay(self, turn: TurnId) -> None:
        """Play what the person said in a turn; raises UsageError when no recording was kept, or DeviceError.

        It is a turn of its own: it is stopped like one, and the microphone does not take it for a question.
        """
        samples, _ = await self._recording(turn)
        await self.play(samples)

    async def record(self, seconds: float) -> Samples:
        """What the microphone hears for a while: mono float32 at 16 kHz. It is neither kept nor recognised.

        The microphone is opened if it was closed, and then closed again. A live turn is interrupted. Raises
        DeviceError.
        """
        if self._capture is None:
            raise DeviceError("there is no microphone", fix="type instead")
        self.turns.interrupt("new question")
        was_open = self._capture.is_open
        await self._capture.open()
        try:
            return await self.listener.overhear(seconds)
        finally:
            if not was_open:
                await self._capture.close()

    async def play(self, samples: Samples, sample_rate: int = SAMPLE_RATE) -> None:
        """Play a recording, mono float32 at `sample_rate` Hz, as a turn of its own; raises DeviceError."""
        self.turns.interrupt("new question")
        await self._playback.open(sample_rate)
        playing = self.turns.open(State.SPEAKING)
        playing.start("speaker", self._play(playing, samples, sample_rate))

    def use_stt(self, engine: SpeechToText, *, once_ready: bool = False) -> None:
        """Recognise with another engine from the next utterance on.

        With `once_ready` it must be ready before that: until then, and where it cannot be, the one before goes on.
        Another engine that is chosen meanwhile takes its place.
        """

        def use() -> Engine:
            before, self.transcriber.engine = self.transcriber.engine, engine
            return before

        self._changing.change("stt", engine, use, once_ready)

    def use_llm(self, engine: LanguageModel, *, once_ready: bool = False) -> None:
        """Answer with another model from the next question on; `once_ready` as for `use_stt`."""

        def use() -> Engine:
            before, self.responder.engine = self.responder.engine, engine
            return before

        self._changing.change("llm", engine, use, once_ready)

    def use_tts(
        self, engine: TextToSpeech, *, once_ready: bool = False, voices: dict[str, str] | None = None
    ) -> None:
        """Speak with another engine from the next sentence on, and with its `voices` (language → voice id).

        `once_ready` as for `use_stt`. Raises UsageError without a sound card.
        """
        if not self._has_sound:
            raise UsageError("nothing is spoken in this conversation")

        def use() -> Engine | None:
            before, self.speaker.engine = self.speaker.engine, engine
            self.speaker.voices = self.speaker.voices if voices is None else voices
            return before

        self._changing.change("tts", engine, use, once_ready)

    async def use_microphone(self, name: str | None) -> None:
        """Hear with another microphone (None: the system's default) from now on; raises DeviceError."""
        if self._capture is not None:
            await self._capture.use(name)

    async def use_speaker(self, name: str | None) -> None:
        """Speak through another speaker (None: the system's default) once nobody is speaking."""
        await self.turns.idle()
        await self._playback.use(name)

    async def use_history(self, file: Path | None) -> None:
        """Keep what is said from now on in another file (None: in memory), once the turn that is live has ended."""
        await self.turns.idle()
        self.turns.continue_after(await self.history.move_to(file))

    def use_hearing(self, hearing: Hearing, *, partials: bool) -> None:
        """Listen in another way from now on, and with words that appear while they are spoken, or without."""
        self.setup.hearing = hearing
        self.listener.hearing = self._hearing()
        self.listener.partials = self._partials(hearing) if partials else None

    def use_echo(self, echo: EchoCanceller | None) -> None:
        """Take the speaker out of the microphone from now on, or no more; half-duplex until it runs.

        It is loaded once the microphone listens hands-free: what is said while a talk key is held has no echo in it.
        """
        self._echo = echo
        self._playback.on_played = echo.played if echo is not None else None
        self.listener.hearing = self._hearing()
        if self.listener.hands_free:
            self._warm_echo()

    def use_documents(self, documents: Documents) -> None:
        """Let answers rest on the person's documents; before the start."""
        self.responder.documents = self.documents = documents
        documents.on_progress = self._tell_indexing

    def use_buffer(self, seconds: float) -> None:
        """Keep so much sound ahead of the speaker from the next turn on."""
        self._playback.buffer = seconds

    def use_languages(self, languages: tuple[str, ...]) -> None:
        """Expect these languages (ISO 639-1), the likeliest first, from the next utterance on."""
        self.languages = self.transcriber.languages = languages

    async def forget_old_recordings(self, folder: Path, days: int) -> None:
        """Delete the recordings that are older than `days` days (0 keeps them); their words stay."""
        await forget_old(self.history, folder, days)

    def interrupt(self, reason: str = "stop") -> bool:
        """Stop what is being heard, thought or said; False when nothing was."""
        return self.turns.interrupt(reason)

    @property
    def microphone_is_open(self) -> bool:
        return self._capture is not None and self._capture.is_open

    async def open_microphone(self, *, hands_free: bool) -> None:
        """Open it, armed for the talk key or listening hands-free; raises DeviceError."""
        if self._capture is None:
            raise DeviceError("there is no microphone", fix="type instead")
        await self._capture.open()
        self.listener.latency = self._capture.latency
        self.listener.hands_free = hands_free
        if hands_free:
            self._warm_echo()
        self.bus.signal(MicrophoneChanged(NO_TURN, Microphone.LISTENING if hands_free else Microphone.ARMED))

    async def close_microphone(self) -> None:
        """Close it; what was being said is dropped."""
        if self._capture is not None:
            await self._capture.close()
            self.listener.microphone_closed()
            self.listener.hands_free = False
            self.bus.signal(MicrophoneChanged(NO_TURN, Microphone.CLOSED))

    async def press(self) -> TurnId:
        """The talk key goes down; the microphone is opened if it was closed. Raises DeviceError."""
        self._key_is_down = True
        if self._capture is None or not self._capture.is_open:
            await self.open_microphone(hands_free=False)
        turn = self.listener.press()
        if not self._key_is_down:  # it went up while the microphone opened
            self.listener.release()
        return turn

    def release(self) -> None:
        """The talk key goes up."""
        self._key_is_down = False
        self.listener.release()

    def announce(self, text: str, language: str) -> None:
        """Say something unasked (a timer), after a chime, as soon as nobody is speaking."""
        try:
            self._announcements.put_nowait((text, language))
        except asyncio.QueueFull:
            log.warning("too many announcements; dropping %r", text)

    async def idle(self) -> None:
        """Wait until no turn is live."""
        await self.turns.idle()

    # -- behind them -------------------------------------------------------------------------------------------------

    def _tell_indexing(self, progress: Progress) -> None:
        self.bus.signal(Indexing(NO_TURN, **asdict(progress)))

    def _hold(self, held: bool) -> None:
        self._playback.hold(held)
        turn = self.turns.current
        self.bus.signal(AnswerHeld(turn.id if turn is not None else NO_TURN, held))

    async def _words_of(self, samples: Samples) -> Heard | Nothing:
        return await self.transcriber.recognise(self.transcriber.engine, samples)

    def _receive(self, block: Samples) -> None:
        """A block of the microphone, on its way to the listener."""
        if self._echo is not None and self._capture is not None and self.listener.hands_free:
            self._echo.delay = self._capture.latency + self._playback.latency
            block = self._echo.clean(block)
        self.listener.receive(block)

    def _hearing(self) -> Hearing:
        """How to listen: where no echo comes back, speech interrupts."""
        cancels = self._echo is not None and self._echo.running
        return replace(self.setup.hearing, barge_in=True) if cancels else self.setup.hearing

    def _warm_echo(self) -> None:
        """Load the canceller, unless it is there or on its way."""
        if self._echo is not None and not self._echo.running and self._echo is not self._warming:
            self._warming = self._echo
            self._spawn(self._warmed_echo(self._echo))

    async def _warmed_echo(self, echo: EchoCanceller) -> None:
        try:
            await asyncio.to_thread(echo.warm)
        except VoicebotError as error:
            self.bus.signal(Notice(NO_TURN, error.what, error.why, error.fix))
        self.listener.hearing = self._hearing()

    def _partials(self, hearing: Hearing) -> Partials:
        return Partials(self.bus, self.transcriber, hearing.thresholds.on)

    async def _recording(self, turn: TurnId) -> tuple[Samples, Path]:
        kept = await self.history.turn(turn)
        if kept is None or kept.recording is None:
            raise UsageError("there is no recording of that", fix="type the question instead")
        return await asyncio.to_thread(read_sound, kept.recording, SAMPLE_RATE), kept.recording

    async def _play(self, turn: Turn, samples: Samples, sample_rate: int = SAMPLE_RATE) -> None:
        playback = self._playback
        clip = playback.begin(turn.id, 0)
        await clip.write(samples, sample_rate)
        clip.end()
        while not clip.finished:
            await playback.progress()
        await asyncio.sleep(playback.latency)
        self.turns.end(turn, "answered")

    @property
    def _engines(self) -> list[Engine]:
        spoken = [self.speaker.engine] if self.speaker.engine is not None else []
        return [self.transcriber.engine, self.responder.engine, *spoken]

    async def _submit(self, turn: Turn, text: str, language: str, instead_of: TurnId | None) -> None:
        turn.mark("committed")
        await self.history.begin(turn.id, instead_of=instead_of)
        await self.history.question(turn.id, text, language, "typed")
        await self.bus.publish(Transcript(turn.id, text, language, "typed"))

    async def _submit_recording(
        self, turn: Turn, samples: Samples, recording: Path | None, instead_of: TurnId | None
    ) -> None:
        turn.mark("speech_end")
        await self.history.begin(turn.id, recording, instead_of=instead_of)
        turn.mark("committed")
        await self.bus.publish(Utterance(turn.id, samples, SAMPLE_RATE, turn.marks["speech_end"], recording))

    async def _read(self, turn: Turn, text: str, language: str) -> None:
        splitter = SentenceSplitter()
        pieces = [*splitter.feed(text), *splitter.finish()]
        for number, piece in enumerate(pieces):
            await self.bus.publish(Sentence(turn.id, number, piece, speakable(piece, language), language))
        await self.bus.publish(SentencesEnded(turn.id, len(pieces)))

    async def _announce_all(self) -> None:
        while True:
            text, language = await self._announcements.get()
            await self.turns.idle()
            turn = self.turns.open(State.THINKING, typed=True)
            turn.chimes = True
            turn.start("history", self._say_unasked(turn, text, language))

    async def _say_unasked(self, turn: Turn, text: str, language: str) -> None:
        turn.written = text
        await self.history.begin(turn.id)
        await self.history.answer(turn.id, text, self.responder.engine.name, language)
        await self.bus.publish(ReplyDelta(turn.id, text))
        await self.bus.publish(ReplyEnded(turn.id, text))
        await self.bus.publish(Sentence(turn.id, 0, text, speakable(text, language), language))
        await self.bus.publish(SentencesEnded(turn.id, 1))

    async def _end_in_history(self, turn: Turn, outcome: str) -> None:
        await self.history.end(turn.id, outcome, turn.timings(), turn.failure, turn.cost)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A stage never dies quietly: what killed it is told, and logged whole."""
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.bus.signal(describe(NO_TURN, "assistant", error))
