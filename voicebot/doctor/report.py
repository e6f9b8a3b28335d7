"""The report to copy: all that was found about the sound, in English, for whoever is asked for help. No secrets."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

from voicebot import __version__
from voicebot.audio.soundserver import Endpoint
from voicebot.doctor.diagnosis import Diagnosis, diagnose, diagnose_microphone, diagnose_speaker
from voicebot.doctor.evidence import Evidence
from voicebot.errors import DeviceError
from voicebot.redaction import redact


def report(evidence: Evidence) -> str:
    """Plain text, a line for each fact; keys are hidden, and the home directory is "~"."""
    found = diagnose(evidence)
    lines = [
        f"Voicebot {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"cause: {found.cause}",
        *_diagnosis(diagnose_microphone(evidence)),
        *_diagnosis(diagnose_speaker(evidence)),
        "",
        *_microphone(evidence),
        *_speaker(evidence),
        *_surroundings(evidence),
        *_devices(evidence),
    ]
    return _without_home(redact("\n".join(lines))) + "\n"


def _diagnosis(found: Diagnosis) -> Iterator[str]:
    yield f"{found.device}: {found.detail}"
    if found.fix:
        yield f"    fix: {found.fix}"


def _microphone(evidence: Evidence) -> Iterator[str]:
    facts, levels = evidence.microphone, evidence.microphone.levels
    yield f"microphone chosen: {facts.wanted or 'default'}{_error(facts.error)}"
    if levels is not None:
        yield f"    peak {levels.peak:.1f} dBFS, RMS {levels.rms:.1f} dBFS"
        yield f"    exact zeros {levels.zeros:.2%}, clipped {levels.clipped:.2%}"
        yield f"    {levels.samples} samples, {levels.rate:.0f} a second (asked for {evidence.asked_rate})"


def _speaker(evidence: Evidence) -> Iterator[str]:
    facts = evidence.speaker
    yield f"speaker chosen: {facts.wanted or 'default'}{_error(facts.error)}"
    yield f"    {facts.taken} samples taken, latency {facts.latency * 1000:.0f} ms"


def _error(error: DeviceError | None) -> str:
    return "" if error is None else f" ({error})"


def _surroundings(evidence: Evidence) -> Iterator[str]:
    around, server = evidence.surroundings, evidence.server
    yield f"sandbox: {' '.join(filter(None, (around.sandbox, around.app)))}"
    yield f"kept out by it: {', '.join(around.closed) or 'nothing'}"
    yield f"sound socket: {'answers' if around.socket else 'none answers'}"
    yield f"sound devices refused: {'yes' if around.devices_refused else 'no'}"
    reached = {True: server.name, False: "does not answer", None: "unknown"}[server.reachable]
    yield f"sound server: {reached}"
    for kind, used, endpoints in (("source", server.source, server.sources), ("sink", server.sink, server.sinks)):
        yield from (f"    {kind}: {_endpoint(one)}{' (in use)' if one == used else ''}" for one in endpoints)


def _endpoint(one: Endpoint) -> str:
    muted = ", muted" if one.muted else ""
    return f"{one.description}, {one.sample_rate} Hz, volume {one.volume:.0%}{muted}"


def _devices(evidence: Evidence) -> Iterator[str]:
    yield f"devices: {len(evidence.devices)}"
    for device in evidence.devices:
        default = " (default)" if device.default_input or device.default_output else ""
        yield f"    {device.name}: {device.inputs} in, {device.outputs} out{default}"


def _without_home(text: str) -> str:
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
