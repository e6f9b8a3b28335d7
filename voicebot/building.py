"""An assistant out of the settings, and of the engines that were named beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from voicebot.assistant import Assistant, Setup
from voicebot.attention import Attentiveness
from voicebot.audio.card import SoundCard
from voicebot.audio.echo import EchoCanceller
from voicebot.audio.playback import Playback
from voicebot.audio.vad import Thresholds
from voicebot.engines import Names, best_or_none
from voicebot.errors import VoicebotError
from voicebot.events import NO_TURN, Notice
from voicebot.history import History
from voicebot.listener import Hearing
from voicebot.readiness import Ready
from voicebot.resources import Home
from voicebot.session import Session
from voicebot.settings import ListeningSettings, PrivacySettings
from voicebot.speaker import Limits
from voicebot.speculation import Mode
from voicebot.turn_end import Waits

if TYPE_CHECKING:
    from voicebot.documents.documents import Documents
    from voicebot.documents.making import Making


def build(
    names: Names,
    opened: Session,
    *,
    card: SoundCard | None = None,
    playback: Playback | None = None,
    languages: tuple[str, ...] = (),
    barge_in: bool = False,
    speculate: Mode | None = None,
    silent: bool = False,
    indexes: bool = False,
) -> Assistant:
    """An assistant that has not started; raises UsageError or ModelError when an engine cannot be made.

    With `indexes` it reads what is new among the documents while it runs.
    """
    settings, workshop = opened.settings, opened.workshop
    limits = settings.limits
    setup = Setup(
        workshop.stt(names.stt),
        workshop.llm(names.llm),
        None if silent else best_or_none(workshop, names.tts),
        card,
        History(opened.home.history_file if settings.history.enabled else None),
        languages=languages or settings.stt.languages,
        hearing=hearing(settings.listening, settings.privacy, opened.home, barge_in),
        microphone=settings.audio.microphone or None,
        speaker=settings.audio.speaker or None,
        playback=playback,
        buffer=settings.speaking.buffer,
        first_token_limit=limits.llm_first,
        token_gap_limit=limits.llm_gap,
        speaking_limits=Limits(limits.tts_first, limits.first_sound),
        voices=workshop.voices(),
        rate=settings.tts.rate,
        partials=settings.stt.partials,
        speculate=speculate or settings.listening.speculate,
        keep_days=settings.privacy.keep_days,
        echo=canceller(settings.listening),
    )
    assistant = Assistant(setup)

    def tell(error: VoicebotError) -> None:
        assistant.bus.signal(Notice(NO_TURN, error.what, error.why, error.fix))

    workshop.meter.tell = tell
    assistant.use_documents(documents(opened, indexes=indexes, tell=tell))
    return assistant


def documents(opened: Session, *, indexes: bool, tell: Callable[[VoicebotError], None]) -> Documents:
    """The person's documents by the settings; `tell` gets what goes wrong with them."""
    from voicebot.documents.documents import Documents

    return Documents(making(opened), indexes=indexes, tell=tell)


def making(opened: Session) -> Making:
    """What the engines of documents are made of, by the settings."""
    from voicebot.documents.making import Making

    workshop = opened.workshop
    return Making(
        opened.home, workshop.settings.documents, workshop.catalogue, workshop.installed, workshop.key, workshop.meter
    )


def canceller(settings: ListeningSettings) -> EchoCanceller | None:
    """The echo canceller, by the settings and where it can run."""
    echo = EchoCanceller()
    return echo if settings.echo == "auto" and isinstance(echo.ready(), Ready) else None


def hearing(settings: ListeningSettings, privacy: PrivacySettings, home: Home, barge_in: bool) -> Hearing:
    """How to listen, by the settings; `barge_in` when it was asked for beside them."""
    thresholds = Thresholds(settings.vad_on, settings.vad_off, settings.min_speech, settings.min_silence)
    return Hearing(
        thresholds,
        pre_roll=settings.pre_roll,
        longest=settings.max_utterance,
        barge_in=barge_in or settings.barge_in,
        waits=Waits(settings.min_silence, settings.shortest_pause, settings.longest_pause),
        recordings=home.recordings if privacy.recordings else None,
        attention=Attentiveness(settings.attention, settings.wake_word, settings.follow_up),
    )
