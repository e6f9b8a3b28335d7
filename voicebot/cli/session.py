"""What every subcommand begins with: the settings, the log, the keys, and the engines made of them."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from voicebot.engines import Workshop
from voicebot.errors import SettingsError, VoicebotError
from voicebot.logs import set_up
from voicebot.resources import Home, find_home
from voicebot.secrets import Secrets
from voicebot.settings import Settings, load

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    home: Home
    settings: Settings
    workshop: Workshop


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
        yield Session(home, loaded.settings, Workshop(loaded.settings, home, Secrets()))
    except VoicebotError as error:
        log.info("ended: %s", error)
        raise
    except Exception:
        log.critical("a defect ended the program", exc_info=True)
        raise
    finally:
        logs.close()


def add_engine_options(parser: argparse.ArgumentParser, *stages: str) -> None:
    """`--stt`, `--llm`, `--tts`: an engine by name, alone or with a model."""
    meanings = {
        "stt": "recogniser: sphinx, whisper, whisper:base, whisper:./my.pt, openai",
        "llm": "language model: offline, openai, openai:MODEL",
        "tts": "voice: pyttsx3, gtts, openai",
    }
    for stage in stages:
        parser.add_argument(f"--{stage}", default="", metavar="ENGINE", help=meanings[stage])


def say_to_person(line: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    print(line, file=sys.stderr, flush=True)
