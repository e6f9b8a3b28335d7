"""Changed settings, carried into an assistant that is running: nothing needs a restart.

An engine is used from the next utterance, question or sentence on, once it is ready: until then, and where it cannot
run, the one before goes on. A speaker and a history are used once the live turn has ended; everything else at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from voicebot.assistant import Assistant
from voicebot.building import canceller, hearing, making
from voicebot.engines import Names
from voicebot.errors import VoicebotError
from voicebot.session import Session
from voicebot.settings import Settings
from voicebot.speaker import Limits

STT = ("stt.engine", "stt.base_url", "stt.openai_model", "limits.stt")
TTS = (
    "tts.engine", "tts.base_url", "tts.openai_model", "tts.openai_voice",
    "tts.elevenlabs_model", "tts.elevenlabs_voice",
)  # fmt: skip


async def reconfigure(
    assistant: Assistant, before: Settings, after: Settings, opened: Session, names: Names
) -> None:
    """Carry what differs between two settings into the assistant; `opened.workshop` makes engines by `after` already.

    `names` are the engines that stand above the settings. What fails keeps nothing else back: the first VoicebotError
    is raised at the end.
    """
    failures: list[VoicebotError] = []
    for touched, change in _changes(assistant, before, after, opened, names):
        if _differ(before, after, touched):
            try:
                await change()
            except VoicebotError as error:
                failures.append(error)
    if failures:
        raise failures[0]


Change = Callable[[], Awaitable[None]]


def _changes(
    assistant: Assistant, before: Settings, after: Settings, opened: Session, names: Names
) -> list[tuple[tuple[str, ...], Change]]:
    """What each group of settings changes."""
    workshop, recordings = opened.workshop, opened.home.recordings

    async def stt() -> None:
        assistant.use_stt(await asyncio.to_thread(workshop.stt, names.stt), once_ready=True)

    async def llm() -> None:
        assistant.use_llm(await asyncio.to_thread(workshop.llm, names.llm), once_ready=True)

    async def tts() -> None:
        engine = await asyncio.to_thread(workshop.tts, names.tts)
        assistant.use_tts(engine, once_ready=True, voices=workshop.voices())

    async def listening() -> None:
        way = hearing(after.listening, after.privacy, opened.home, barge_in=False)
        assistant.use_hearing(way, partials=after.stt.partials)
        assistant.speculator.mode = after.listening.speculate

    async def echo() -> None:
        assistant.use_echo(canceller(after.listening))

    async def voices() -> None:
        if not _differ(before, after, TTS):  # those of another engine come with it
            assistant.speaker.voices = workshop.voices()

    async def speaking() -> None:
        assistant.speaker.rate = after.tts.rate
        assistant.use_buffer(after.speaking.buffer)

    async def limits() -> None:
        assistant.responder.first_limit, assistant.responder.gap_limit = after.limits.llm_first, after.limits.llm_gap
        assistant.speaker.limits = Limits(after.limits.tts_first, after.limits.first_sound)

    async def languages() -> None:
        assistant.use_languages(after.stt.languages)

    async def microphone() -> None:
        await assistant.use_microphone(after.audio.microphone or None)

    async def speaker() -> None:
        await assistant.use_speaker(after.audio.speaker or None)

    async def history() -> None:
        await assistant.use_history(opened.home.history_file if after.history.enabled else None)

    async def documents() -> None:
        if assistant.documents is not None:
            await assistant.documents.use(making(opened))

    async def retention() -> None:
        await assistant.forget_old_recordings(recordings, after.privacy.keep_days)

    return [
        (STT, stt), (("llm",), llm), (TTS, tts),
        (("listening", "privacy.recordings", "stt.partials"), listening),
        (("listening.echo",), echo),
        (("tts.voice", "tts.voice_ko"), voices),
        (("tts.rate", "speaking"), speaking), (("limits",), limits),
        (("stt.languages",), languages), (("audio.microphone",), microphone), (("audio.speaker",), speaker),
        (("history.enabled",), history), (("privacy.keep_days",), retention),
        (("documents",), documents),
    ]  # fmt: skip


def _differ(before: Settings, after: Settings, names: tuple[str, ...]) -> bool:
    return any(_value(before, name) != _value(after, name) for name in names)


def _value(settings: Settings, name: str) -> Any:
    """The value of a setting "group.key", or a whole group."""
    group, _, key = name.partition(".")
    values = getattr(settings, group)
    return getattr(values, key) if key else values
