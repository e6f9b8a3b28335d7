"""What the window and every subcommand begin with: the settings, the log, the keys, and the engines made of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from voicebot.engines import Workshop
from voicebot.errors import SettingsError, VoicebotError
from voicebot.logs import set_up
from voicebot.resources import Home, find_home
from voicebot.secrets import Secrets
from voicebot.settings import Fault, Settings, load

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    home: Home
    settings: Settings
    workshop: Workshop
    faults: tuple[Fault, ...] = ()
    """What of the settings was not understood, when the caller goes on without it."""
    overridden: frozenset[str] = frozenset()
    """The settings whose value the environment gives, whatever the file says."""


@contextmanager
def session(*, forgiving: bool = False) -> Iterator[Session]:
    """Settings and engines, and a log that is closed at the end. Raises SettingsError unless `forgiving`."""
    home = find_home()
    logs = set_up(home)
    try:
        loaded = load(home)
        if loaded.faults and not forgiving:
            first = loaded.faults[0]
            more = (
                f" (and {len(loaded.faults) - 1} more: `voicebot doctor` lists them)" if len(loaded.faults) > 1 else ""
            )
            raise SettingsError(f"{first}{more}", fix=first.fix)
        workshop = Workshop(loaded.settings, home, Secrets())
        yield Session(home, loaded.settings, workshop, loaded.faults, loaded.overridden)
    except VoicebotError as error:
        log.info("ended: %s", error)
        raise
    except Exception:
        log.critical("a defect ended the program", exc_info=True)
        raise
    finally:
        logs.close()
