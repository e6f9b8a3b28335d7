"""The person's settings: read from `settings.toml` with environment variables above it, written one key at a time.

A setting is named "group.key": `key = ...` under `[group]` in the file, `VOICEBOT_GROUP_KEY` in the environment (lists
comma-separated, switches true/false, 1/0 or on/off). Reading never fails and never touches the file: what cannot be
understood is a `Fault` for the person to see, and that setting counts as not set.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from voicebot.errors import SettingsError, StorageError
from voicebot.resources import Home
from voicebot.setting_groups import (
    GROUPS,
    PREFIX,
    SETTINGS,
    AudioSettings,
    DocumentSettings,
    DownloadSettings,
    HistorySettings,
    LimitSettings,
    ListeningSettings,
    LlmSettings,
    PrivacySettings,
    Setting,
    Settings,
    SpeakingSettings,
    SttSettings,
    TtsSettings,
    describe,
    find,
    nearest,
)
from voicebot.settings_file import keep_aside, parse, put_in_place, read_anyhow, with_value
from voicebot.toml_lines import key_lines

__all__ = [
    "SETTINGS", "AudioSettings", "DocumentSettings", "DownloadSettings", "Fault", "HistorySettings", "LimitSettings",
    "ListeningSettings", "LlmSettings", "Loaded", "PrivacySettings", "Setting", "Settings", "SpeakingSettings",
    "SttSettings", "TtsSettings", "change", "describe", "find", "load", "replaced",
]  # fmt: skip

log = logging.getLogger(__name__)

SWITCH = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
NOT_SETTINGS = frozenset({"VOICEBOT_HOME", "VOICEBOT_SPEECH"})
"""Where everything is written, and where the tests find recordings of speech."""
PATIENCE = 5.0
"""Seconds to wait for another program that is changing the file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file or the environment that was not understood; lines and columns count from 1."""

    file: str
    """The file's name, or "environment"."""
    line: int | None
    message: str
    fix: str
    column: int | None = None

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line is not None else ""
        column = f", column {self.column}" if self.column is not None else ""
        return f"{self.file}{line}{column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """`overridden` names the settings whose value the environment gives, whatever the file says."""

    settings: Settings
    faults: tuple[Fault, ...] = ()
    overridden: frozenset[str] = frozenset()


def load(home: Home, environ: Mapping[str, str] = os.environ) -> Loaded:
    """The settings of this person, with the default for everything that is missing or not understood.

    Blocks for as long as the disk takes to read one small file.
    """
    reading = _Reading()
    reading.take_file(home.settings_file)
    reading.take_environment(environ)
    settings = reading.settings()
    overridden = frozenset(name for name, given in reading.given.items() if given.file == "environment")
    return Loaded(settings, tuple(reading.faults), overridden)


def change(home: Home, name: str, value: object) -> None:
    """Write the setting "group.key" to the file, keeping the person's comments and order.

    `value` has the setting's type, or is a string as the environment would give it. The file is replaced at once or
    not at all; a broken one is kept aside. Blocks, for at most `PATIENCE` seconds on another writer. Raises
    SettingsError, and StorageError when the disk refuses.
    """
    import filelock

    setting = find(name)
    accepted = _accepted(setting, value)
    file = home.settings_file.resolve()  # a link stays a link
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(f"{file}.lock", timeout=PATIENCE):
            put_in_place(file, _changed(file, setting, accepted))
    except filelock.Timeout as error:
        raise SettingsError("The settings are in use", "another program is changing them", "Try again") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise StorageError(f"{file.name} cannot be written", why, f"Check {file.parent}") from error


def replaced(settings: Settings, name: str, value: object) -> Settings:
    """The settings with another value for "group.key", by the same rules as `change`. Raises SettingsError."""
    setting = find(name)
    accepted = _accepted(setting, value)
    try:
        group = msgspec.structs.replace(getattr(settings, setting.group), **{setting.key: accepted})
    except ValueError as conflict:
        raise SettingsError(f"{setting.name} cannot be {_shown(accepted)}", str(conflict)) from conflict
    return msgspec.structs.replace(settings, **{setting.group: group})


# -- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that someone set, and where."""

    value: Any
    file: str
    line: int | None


class _Reading:
    """Takes values from the file and then from the environment, and notes what is wrong with them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.given: dict[str, _Given] = {}

    def take_file(self, file: Path) -> None:
        try:
            text, wrong = read_anyhow(file)
        except OSError as error:
            message = f"it cannot be read: {error.strerror or error}"
            self.faults.append(Fault(file.name, None, message, f"Check what {file} is, and who may read it"))
            return
        fix = f"Correct {file}, with text in quotation marks; until then that line does not count"
        self.faults += [Fault(file.name, broken.line, str(broken), fix, broken.column) for broken in wrong]
        self.take(parse(text), key_lines(text), file.name)

    def take(self, data: Mapping[str, Any], lines: Mapping[tuple[str, ...], int], file: str) -> None:
        for group, values in data.items():
            line = lines.get((group,))
            if group in GROUPS and isinstance(values, dict):
                for key, value in values.items():
                    self._take_key(_Given(value, file, lines.get((group, key))), group, key)
            elif group in GROUPS:
                fix = f"Write [{group}] on a line of its own, and its settings below"
                self.faults.append(Fault(file, line, f"{group!r} is a group of settings, not one of them", fix))
            else:
                self.faults.append(Fault(file, line, _stray(group, values), "Rename, move or remove it"))

    def take_environment(self, environ: Mapping[str, str]) -> None:
        known = {setting.variable: setting for setting in SETTINGS.values()}
        for variable in sorted(environ):
            if variable in known:
                self._keep(known[variable], _Given(environ[variable], "environment", None), variable, _from_text)
            elif variable.startswith(PREFIX) and variable not in NOT_SETTINGS:
                near = nearest(variable[len(PREFIX) :], [name[len(PREFIX) :] for name in known])
                message = f"unknown variable {_shown(variable)}{_meant(near and PREFIX + near)}"
                self.faults.append(Fault("environment", None, message, "Rename or unset it"))

    def settings(self) -> Settings:
        """What was read, in its groups; notes values that are possible each, and not together."""
        groups: dict[str, Any] = {}
        for group, kind in GROUPS.items():
            values = self.values(group)
            try:
                groups[group] = kind(**values)
            except ValueError as conflict:
                named = [key for key in values if key in re.findall(r"\w+", str(conflict))]
                last = self.given[f"{group}.{named[-1]}"]
                fix = "Change one of them; until then they count as not set"
                self.faults.append(Fault(last.file, last.line, f"{conflict} in [{group}]", fix))
                for key in named:
                    del self.given[f"{group}.{key}"]
                groups[group] = kind(**self.values(group))
        return Settings(**groups)

    def values(self, group: str) -> dict[str, Any]:
        """The values given for a group, by key."""
        here = f"{group}."
        return {name[len(here) :]: given.value for name, given in self.given.items() if name.startswith(here)}

    def _take_key(self, given: _Given, group: str, key: str) -> None:
        setting = SETTINGS.get(f"{group}.{key}")
        if setting is not None:
            self._keep(setting, given, f"{key!r} in [{group}]", _from_toml)
            return
        message = f"unknown key {key!r} in [{group}]{_meant(_nearest_key(group, key))}"
        self.faults.append(Fault(given.file, given.line, message, "Rename, move or remove it"))

    def _keep(self, setting: Setting, given: _Given, subject: str, read: Callable[[Setting, Any], Any]) -> None:
        try:
            self.given[setting.name] = replace(given, value=read(setting, given.value))
        except ValueError:
            message = f"{subject} cannot be {_shown(given.value)}: it must be {setting.expected}"
            fix = f"Set it to {setting.expected}; until then it counts as not set"
            self.faults.append(Fault(given.file, given.line, message, fix))


def _from_toml(setting: Setting, value: object) -> Any:
    return msgspec.convert(value, setting.kind)


def _from_text(setting: Setting, text: str) -> Any:
    """A value written as text, in the environment or by hand; raises ValueError."""
    text.encode()  # what is not UTF-8 there cannot be written anywhere
    value: object = text
    if isinstance(setting.default, bool):
        value = SWITCH.get(text.strip().lower())
    elif isinstance(setting.default, tuple):
        value = [item.strip() for item in text.split(",") if item.strip()]
    elif not isinstance(setting.default, str):
        value = text.strip()
    return msgspec.convert(value, setting.kind, strict=False)


def _stray(name: str, value: object) -> str:
    if isinstance(value, dict):
        near = nearest(name, GROUPS)
        return f"unknown group {name!r}{_meant(near and repr(near))}"
    return f"{name!r} stands outside every group{_meant(_nearest_key('', name))}"


def _nearest_key(group: str, key: str) -> str | None:
    """Where the key exists under this very name; otherwise the nearest name in the group."""
    groups = [f"[{other}]" for other in GROUPS if f"{other}.{key}" in SETTINGS]
    if groups:
        return f"{key!r} in {' or '.join(groups)}"
    near = nearest(key, [setting.key for setting in SETTINGS.values() if setting.group == group])
    return near and repr(near)


def _meant(suggestion: str | None) -> str:
    return f"; did you mean {suggestion}?" if suggestion else ""


def _shown(value: object) -> str:
    """A value as the file would have it, on one line and not too long."""
    shown = str(value).lower() if isinstance(value, bool) else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


# -- writing ---------------------------------------------------------------------------------------------------------


def _accepted(setting: Setting, value: object) -> Any:
    try:
        return _from_text(setting, value) if isinstance(value, str) else _from_toml(setting, value)
    except ValueError as error:
        what = f"{setting.name} cannot be {_shown(value)}"
        raise SettingsError(what, f"it must be {setting.expected}") from error


def _changed(file: Path, setting: Setting, value: Any) -> str:
    """The file's text with one value changed; raises SettingsError rather than lose anything else in it.

    Of a broken file a copy is kept aside, and the lines that can be understood go on.
    """
    text, wrong = read_anyhow(file)
    try:
        _check_together(parse(text), setting, value)
        changed = with_value(text, setting.group, setting.key, list(value) if isinstance(value, tuple) else value)
    except ValueError as error:
        raise SettingsError(f"{file.name} was left as it is", str(error), "Change it by hand") from error
    if wrong:
        log.warning("%s was broken; it is kept as %s", file.name, keep_aside(file))
    return changed


def _check_together(data: Mapping[str, Any], setting: Setting, value: Any) -> None:
    reading = _Reading()
    reading.take(data, {}, "")
    try:
        GROUPS[setting.group](**reading.values(setting.group) | {setting.key: value})
    except ValueError as conflict:
        raise SettingsError(f"{setting.name} cannot be {_shown(value)}", str(conflict)) from conflict
