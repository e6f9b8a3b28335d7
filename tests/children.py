"""What runs in the children of the tests: good, slow, noisy, stubborn and dying."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from voicebot.errors import RateLimited

Alive = Callable[[], None]
NAP = 0.002


class Worker:
    def __init__(self, alive: Alive) -> None:
        self.alive = alive
        self.calls = 0
        self.cleaned = 0

    def echo(self, value: Any) -> Any:
        self.calls += 1
        return value

    def count_calls(self) -> int:
        self.calls += 1
        return self.calls

    def where(self) -> tuple[int, str]:
        return os.getpid(), str(Path.cwd())

    def pieces(self, count: int) -> Iterator[int]:
        yield from range(count)

    def arrays(self, count: int, size: int) -> Iterator[Any]:
        import numpy as np  # here, for the children start more quickly without it

        for number in range(count):
            yield np.full(size, number, np.float32)

    def working(self, file: str) -> None:
        """Never ends by itself, but can be cancelled; makes `file` when it has begun."""
        Path(file).touch()
        try:
            while True:
                time.sleep(NAP)
                with contextlib.suppress(Exception):  # as libraries do
                    self.alive()
        finally:
            self.cleaned += 1

    def endless_pieces(self) -> Iterator[int]:
        number = 0
        try:
            while True:
                number += 1
                yield number
        finally:
            self.cleaned += 1

    def times_cleaned(self) -> int:
        return self.cleaned

    def slow_but_alive(self, seconds: float) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(NAP)
            self.alive()
        return "done"

    def hang(self, file: str = "") -> None:
        if file:
            Path(file).touch()
        time.sleep(3600)

    def hang_without_python(self, file: str) -> None:
        """As a library that loops in C and never lets another thread of this process run."""
        Path(file).touch()
        ctypes.PyDLL(None).sleep(3600)

    def exit(self, status: int) -> None:
        os._exit(status)

    def crash(self) -> None:
        ctypes.string_at(0)

    def half_an_answer(self) -> Iterator[int]:
        yield 1
        os._exit(3)

    def refuse(self) -> None:
        raise RateLimited("it asks to wait", why="too many questions", fix="wait", retry_after=2.5)

    def fail(self) -> None:
        raise KeyError("no such thing")

    def fail_between(self) -> Iterator[int]:
        yield 1
        raise ValueError("bad luck")

    def unpicklable(self) -> Any:
        return lambda: None

    def noise(self, line: str, times: int) -> str:
        """Prints everywhere, as libraries do: through Python, through C, and by a program."""
        for _ in range(times):
            print(line)
            print(line, file=sys.stderr)
        libc = ctypes.CDLL(None)
        libc.puts(b"from C")
        libc.fflush(None)
        subprocess.run(["echo", "from a program"], check=True)
        return sys.stdin.read()

    def grandchild(self) -> int:
        """A program that outlives the call and holds standard error open."""
        return subprocess.Popen(["sleep", "3600"]).pid

    def interrupt_group(self) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return "still here"


class Unbuildable:
    def __init__(self, alive: Alive) -> None:
        raise RateLimited("not yet", retry_after=1.0)


if __name__ == "__main__":  # a parent to be killed: it calls a method, and is in it when its own parent kills it
    import asyncio

    from voicebot.child.process import Child

    async def parent(method: str, file: str) -> None:
        child = Child("tests.children:Worker", "the worker")
        pid, _ = await child.call("where", patience=60)
        print(pid, flush=True)
        await child.call(method, file, patience=600)

    asyncio.run(parent(sys.argv[1], sys.argv[2]))
