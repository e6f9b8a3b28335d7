"""Running installers: their output goes to a log, and a person reads a line on what they do or why they failed."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
LOG = BUILD / "install.log"

UNREACHABLE = re.compile(
    "Temporary failure (in name resolution|resolving)|Failed to resolve|Network is unreachable|NewConnectionError"
    "|ConnectTimeoutError|nodename nor servname|Could not (resolve|connect to)"
)


class Failed(Exception):
    """What went wrong and what to do about it, in one line."""


def say(text: str) -> None:
    print(text, flush=True)


def counted(things: Sequence[object], noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def logged(
    command: Sequence[str],
    settings: Mapping[str, str] | None = None,
    progress: Callable[[str], str] = lambda line: "",
    keep_lock: bool = False,
) -> None:
    """Runs a command in the checkout's root with its output in the log.

    `settings` are environment variables on top of the usual ones; `progress` turns a line of output into what to say
    about it, mostly nothing; `keep_lock` hands inheritable files on. Raises Failed with the reason the output gives.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=not keep_lock,
        cwd=ROOT,
        env={**os.environ, **(settings or {})},
    )
    with process, LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        try:
            output = follow(process.stdout or (), log.write, progress)
        except BaseException:
            with contextlib.suppress(PermissionError):  # what runs under sudo hears the terminal's Ctrl-C itself
                process.terminate()
            raise
    if process.returncode != 0:
        raise Failed(reason(output))


def follow(lines: Iterable[str], record: Callable[[str], object], progress: Callable[[str], str]) -> str:
    seen = []
    for line in lines:
        seen.append(line)
        record(line)
        if progress(line):
            say(progress(line))
    return "".join(seen)


def reason(output: str) -> str:
    """Why an installer failed, in one line, from all that it printed."""
    if UNREACHABLE.search(output):
        return "The network is down, or does not reach the packages: connect, and run the same command again."
    if "No space left on device" in output:
        return "The disk is full: free some space, and run the same command again."
    complaints = re.findall(r"^(?:ERROR|E|Error): *(.+?)\.*$", output, flags=re.MULTILINE)
    return f"The installer stopped: {complaints[-1] if complaints else 'it gave no reason'}."
