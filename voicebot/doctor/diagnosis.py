"""From facts to the one cause that is in the way, and what a person can do about it. Pure functions.

The most fundamental cause comes first: what a sandbox withholds cannot be mended by plugging in a microphone. Causes
that lie outside the device are looked for only when the device does not work.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicebot.audio.soundserver import Endpoint
from voicebot.doctor.evidence import Evidence, Levels
from voicebot.doctor.surroundings import PLUGS, Sandbox
from voicebot.errors import DeviceBusy, DeviceError, DeviceMissing, DeviceRefused

SPEECH_RATE = 16_000
"""Hz; the recognisers want it, and a headset in its telephone mode has 8000."""
RATE_TOLERANCE = 0.15
RATE_SECONDS = 0.8
"""Samples arrive in bursts: a good microphone is up to 3 % off in one second, and 7 % in 0.3."""
CLIPPED_SHARE = 0.002
"""Of all samples: 32 in a second. flite's voice at full scale has 0.00 %, driven 6 dB higher 1 %."""
SILENT_PEAK = -90.0
"""dBFS; the last of 16 bits is at -90.3. A quiet room's noise of -70 dBFS has peaks at -58."""
INAUDIBLE_PEAK = -66.0
"""dBFS; what a mute in hardware may let through. Louder than that it is not muted, whatever the server says."""


class Cause(StrEnum):
    """What is in the way, the most fundamental first."""

    SANDBOX = "sandbox without a sound socket"
    SERVER_GONE = "sound server gone"
    NO_DEVICE = "no device"
    REFUSED = "permission refused"
    BUSY = "device busy"
    UNOPENED = "cannot be opened"
    MUTED = "muted at the source"
    NOTHING = "gives nothing"
    WRONG_RATE = "wrong sample rate"
    CLIPPING = "clipping"
    SILENCE = "silence"
    SPEAKER_MUTED = "speaker muted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`what` and `why` are short phrases, and `fix` the one thing to do; `device` is "microphone" or "speaker"."""

    device: str
    cause: Cause
    what: str
    why: str = ""
    fix: str = ""

    @property
    def ok(self) -> bool:
        return self.cause is Cause.NONE

    @property
    def detail(self) -> str:
        return f"{self.what}: {self.why}" if self.why else self.what


def diagnose(evidence: Evidence) -> Diagnosis:
    """The one cause: the microphone's, or else the speaker's, or else that the microphone is fine."""
    microphone, speaker = diagnose_microphone(evidence), diagnose_speaker(evidence)
    return speaker if microphone.ok and not speaker.ok else microphone


def diagnose_microphone(evidence: Evidence) -> Diagnosis:
    facts, source = evidence.microphone, evidence.server.source
    if facts.levels is None:
        fault = _not_reached(evidence, "microphone", facts.error)
        return fault or _silenced("microphone", source) or _gives_nothing(evidence)
    return _fault_of_sound(evidence, facts.levels) or Diagnosis(
        "microphone", Cause.NONE, f"{_microphone_name(evidence)}, {facts.levels.rms:.0f} dBFS just now"
    )


def _fault_of_sound(evidence: Evidence, levels: Levels) -> Diagnosis | None:
    if _is_monitor_alone(evidence, levels):
        return _missing("microphone")
    muted = _silenced("microphone", evidence.server.source) if levels.peak < INAUDIBLE_PEAK else None
    return muted or _wrong_rate(evidence, levels) or _clipping(levels) or _silence(evidence, levels)


def diagnose_speaker(evidence: Evidence) -> Diagnosis:
    facts = evidence.speaker
    if not facts.taken and (fault := _not_reached(evidence, "speaker", facts.error)) is not None:
        return fault
    muted = _silenced("speaker", evidence.server.sink)
    if muted is not None:
        return muted
    if not facts.taken:
        what = f"{_speaker_name(evidence)} opens but takes nothing"
        return Diagnosis("speaker", Cause.NOTHING, what, fix="choose another, or restart the sound server")
    return Diagnosis("speaker", Cause.NONE, f"{_speaker_name(evidence)}, {facts.latency * 1000:.0f} ms latency")


# -- it is not reached ------------------------------------------------------------------------------------------------


def _not_reached(evidence: Evidence, device: str, error: DeviceError | None) -> Diagnosis | None:
    if device in evidence.surroundings.closed:
        return _sandboxed(evidence, device)
    server = evidence.server
    if server.reachable is False:
        what = "the sound server does not answer"
        why = "it has stopped, or was never started"
        fix = "restart PipeWire or PulseAudio, or log out and in again"
        return Diagnosis(device, Cause.SERVER_GONE, what, why, fix)
    if server.reachable is None and evidence.surroundings.devices_refused:
        return _refused(evidence, device, "the system's sound devices are closed to you")
    if error is None:
        return None
    has_one = server.has_microphone if device == "microphone" else bool(server.sinks)
    if server.reachable and not has_one:
        return _missing(device)
    return _failed(evidence, device, error)


def _failed(evidence: Evidence, device: str, error: DeviceError) -> Diagnosis:
    match error:
        case DeviceMissing():
            return Diagnosis(device, Cause.NO_DEVICE, error.what, error.why, error.fix)
        case DeviceRefused():
            return _refused(evidence, device, error.why)
        case DeviceBusy():
            what = f"another program is using the {device}"
            return Diagnosis(device, Cause.BUSY, what, error.why, "close the program that uses it")
    return Diagnosis(device, Cause.UNOPENED, error.what, error.why, error.fix)


def _sandboxed(evidence: Evidence, device: str) -> Diagnosis:
    around = evidence.surroundings
    what = f"the sandbox keeps the {device} from Voicebot"
    if around.sandbox is Sandbox.SNAP:
        why = f"the Snap is not connected to {PLUGS[device]}"
        return Diagnosis(device, Cause.SANDBOX, what, why, f"run snap connect {around.app}:{PLUGS[device]}")
    why = "the Flatpak has no access to the sound server"
    fix = f"run flatpak override --user --socket=pulseaudio {around.app}, then start Voicebot again"
    return Diagnosis(device, Cause.SANDBOX, what, why, fix)


def _missing(device: str) -> Diagnosis:
    what = f"there is no {device}"
    return Diagnosis(device, Cause.NO_DEVICE, what, "the sound server has none", f"plug in a {device}")


def _refused(evidence: Evidence, device: str, why: str) -> Diagnosis:
    what = f"Voicebot may not use the {device}"
    if evidence.surroundings.devices_refused:
        fix = "run sudo usermod -aG audio $USER, then log out and in again"
        return Diagnosis(device, Cause.REFUSED, what, why, fix)
    return Diagnosis(device, Cause.REFUSED, what, why, _where_to_allow(evidence.platform))


def _where_to_allow(platform: str) -> str:
    if platform == "darwin":
        return "allow it in System Settings > Privacy & Security > Microphone"
    if platform == "win32":
        return "allow it in Settings > Privacy & security > Microphone"
    return "allow it in the system's settings"


# -- it is there ------------------------------------------------------------------------------------------------------


def _is_monitor_alone(evidence: Evidence, levels: Levels) -> bool:
    """Without a microphone PulseAudio records what the speaker plays, which opens like a microphone."""
    server = evidence.server
    return bool(server.reachable) and not server.has_microphone and levels.peak <= SILENT_PEAK


def _silenced(device: str, endpoint: Endpoint | None) -> Diagnosis | None:
    if endpoint is None or not endpoint.is_silenced:
        return None
    cause = Cause.MUTED if device == "microphone" else Cause.SPEAKER_MUTED
    why = f"the sound server lets nothing of {endpoint.description} through"
    if endpoint.muted:
        fix = "switch its sound on in the system's sound settings"
        return Diagnosis(device, cause, f"the {device} is muted", why, fix)
    what = f"the volume of the {device} is at zero"
    return Diagnosis(device, cause, what, why, "turn it up in the system's sound settings")


def _gives_nothing(evidence: Evidence) -> Diagnosis:
    what = f"{_microphone_name(evidence)} opens but sends nothing"
    return Diagnosis("microphone", Cause.NOTHING, what, fix="choose another, or restart the sound server")


def _wrong_rate(evidence: Evidence, levels: Levels) -> Diagnosis | None:
    source, asked = evidence.server.source, evidence.asked_rate
    what = "the microphone has the wrong sample rate"
    if source is not None and source.sample_rate < SPEECH_RATE:
        why = f"it runs at {source.sample_rate} Hz, and speech needs {SPEECH_RATE}"
        fix = "choose another, or a better profile for it in the system's sound settings"
        return Diagnosis("microphone", Cause.WRONG_RATE, what, why, fix)
    if levels.seconds >= RATE_SECONDS and abs(levels.rate / asked - 1.0) > RATE_TOLERANCE:
        why = f"{levels.rate:.0f} samples came in a second instead of {asked}"
        return Diagnosis("microphone", Cause.WRONG_RATE, what, why, "choose another, or restart the sound server")
    return None


def _clipping(levels: Levels) -> Diagnosis | None:
    if levels.clipped < CLIPPED_SHARE:
        return None
    why = f"{levels.clipped * 100:.1f} % of the sound is cut off at its loudest"
    fix = "turn it down in the system's sound settings, or move away from it"
    return Diagnosis("microphone", Cause.CLIPPING, "the microphone is too loud", why, fix)


def _silence(evidence: Evidence, levels: Levels) -> Diagnosis | None:
    if levels.peak > SILENT_PEAK:
        return None
    what = "the microphone gives pure silence"
    if evidence.platform in ("darwin", "win32"):  # there a program that may not listen gets silence, and no error
        why = "it is muted, or Voicebot may not use it"
        return Diagnosis("microphone", Cause.SILENCE, what, why, _where_to_allow(evidence.platform))
    fix = "look for a switch on it, or choose another microphone"
    return Diagnosis("microphone", Cause.SILENCE, what, "not even the noise of a room comes", fix)


# -- what a person calls it -------------------------------------------------------------------------------------------


def _microphone_name(evidence: Evidence) -> str:
    """The sound server's words for it, rather than "default"."""
    default = next((device.name for device in evidence.devices if device.default_input), "the system's default")
    source = evidence.server.source
    return source.description if source is not None else evidence.microphone.wanted or default


def _speaker_name(evidence: Evidence) -> str:
    default = next((device.name for device in evidence.devices if device.default_output), "the system's default")
    sink = evidence.server.sink
    return sink.description if sink is not None else evidence.speaker.wanted or default
