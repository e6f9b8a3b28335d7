"""The program as a person starts it, on a virtual sound card, with scripted engines."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.__main__ import CannotRun
from tests.sound.server import SoundServer, missing

SCRIPTED = ("--stt", "scripted", "--llm", "scripted", "--tts", "scripted")
READY_LIMIT = 30.0


@dataclass(frozen=True, slots=True)
class Running:
    """A program that is listening; `ready_seconds` from exec to its greeting, `mib` its memory then, children too."""

    process: subprocess.Popen[str]
    ready_seconds: float
    mib: float


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    if absent := missing():
        raise CannotRun(f"{', '.join(absent)} not installed")
    server = SoundServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextmanager
def listening(server: SoundServer, *options: str) -> Iterator[Running]:
    """`voicebot chat --hands-free`, until the end of the block."""
    command = [str(Path(sys.executable).with_name("voicebot")), "chat", "--hands-free", *(options or SCRIPTED)]
    with tempfile.TemporaryDirectory() as home:
        environment = {**server.full_environment(), "VOICEBOT_HOME": home}
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            seconds = _wait_until_ready(process, began)
            yield Running(process, seconds, memory(process.pid))
        finally:
            process.terminate()
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()


def _wait_until_ready(process: subprocess.Popen[str], began: float) -> float:
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), True)
    for line in process.stdout:
        if "Just speak" in line:
            return time.perf_counter() - began
        if time.perf_counter() - began > READY_LIMIT:
            break
    raise CannotRun("the program did not become ready")


def family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def memory(pid: int) -> float:
    """Resident memory of a process and its children, in MiB."""
    return sum(float(one.memory_info().rss) for one in family(pid)) / 2**20


def cpu_seconds(pid: int) -> float:
    return sum(times.user + times.system for times in (one.cpu_times() for one in family(pid)))
