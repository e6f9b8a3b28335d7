"""Every error that Voicebot raises on purpose, as one tree.

    VoicebotError
    ├── UsageError            what was asked for makes no sense (exit status 2)
    │   └── SettingsError     the settings file, or a variable above it
    ├── AudioError            a sound file
    │   └── DeviceError       a microphone or a speaker
    │       ├── DeviceMissing it is not there
    │       ├── DeviceBusy    another program has it
    │       └── DeviceRefused the system does not let us use it
    ├── EngineError           a recogniser, a language model or a voice
    │   ├── EngineUnavailable it cannot run here and now
    │   ├── EngineTimedOut    it gave no sign of life within its limit
    │   ├── Unreachable       the service, or the network, is not there
    │   ├── Unauthorised      the service refused the key
    │   └── RateLimited       the service asks to wait
    ├── ModelError            a model file: missing, wrong, or not downloaded
    ├── Unreadable            a document that cannot be read, and is left out
    └── StorageError          the disk, or the history database

Each says in one line what went wrong, why, and what a person can do about it. Nothing else reaches a user: an
exception from outside this tree is a defect, goes to the log with its traceback, and is shown as one plain line.
"""

from __future__ import annotations

COMMANDS = ("apt", "brew", "make", "pip", "voicebot")


def one_line(what: str, why: str = "", fix: str = "") -> str:
    """A failure as a person reads it: what and why in one sentence, what to do in the next."""
    return ". ".join(_capital(part) for part in (": ".join(filter(None, (what, why))), fix) if part)


def _capital(text: str) -> str:
    """With a capital first, unless it begins with a command or with the name of a file."""
    first = text.partition(" ")[0]
    is_name = first in COMMANDS or any(mark in first.rstrip(":,") for mark in "./\\_:=`")
    return text if is_name else text[:1].upper() + text[1:]


class VoicebotError(Exception):
    """What went wrong, why, and what to do about it, each a short phrase without a full stop at its end."""

    def __init__(self, what: str, why: str = "", fix: str = "") -> None:
        super().__init__(what, why, fix)
        self.what = what
        self.why = why
        self.fix = fix

    def __str__(self) -> str:
        return one_line(self.what, self.why, self.fix)


class UsageError(VoicebotError):
    """What was asked for makes no sense; the command line ends with status 2."""


class SettingsError(UsageError):
    """A settings file or a variable above it that cannot be understood."""


class AudioError(VoicebotError):
    """A sound file that is missing, empty, or not sound."""


class DeviceError(AudioError):
    """A microphone or a speaker that is missing, busy, refused or gone."""


class DeviceMissing(DeviceError):
    """A microphone or a speaker that is not there, or not under this name."""


class DeviceBusy(DeviceError):
    """A microphone or a speaker that another program holds."""


class DeviceRefused(DeviceError):
    """A microphone or a speaker that the system does not let this program use."""


class EngineError(VoicebotError):
    """A recogniser, a language model or a voice that failed."""


class EngineUnavailable(EngineError):
    """An engine that cannot run here and now."""


class EngineTimedOut(EngineError):
    """An engine that gave no sign of life within its limit."""


class Unreachable(EngineError):
    """A service that cannot be reached, or that broke off."""


class Unauthorised(EngineError):
    """A service that refused the key."""


class RateLimited(EngineError):
    """A service that asks to wait; `retry_after` is in seconds, None when it did not say."""

    def __init__(self, what: str, why: str = "", fix: str = "", retry_after: float | None = None) -> None:
        super().__init__(what, why, fix)
        self.retry_after = retry_after


class ModelError(VoicebotError):
    """A model file that is missing, wrong, or could not be downloaded."""


class Unreadable(VoicebotError):
    """A document that is damaged, locked, no text, or more than is read; the others go on without it."""


class StorageError(VoicebotError):
    """A disk that is full or read-only, or a history that cannot be read."""
