"""A virtual screen whose pixels are in a file: what a program shows is seen from outside, with nothing built into it.

    python -m tests.bench.framebuffer [--picture FILE.png] COMMAND...

runs a command on such a screen and prints the seconds until it shows something, a window with letters in it.
"""

from __future__ import annotations

import argparse
import mmap
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH, HEIGHT = 1280, 800
LIMIT = 60.0
POLL = 0.005
COLOURS = 12
"""So many different colours are a picture: a window that is merely filled has one, its smooth letters have dozens."""
STRIDE = 61
"""Pixels between two that are looked at, a prime, so that all columns have their turn."""


class Screen:
    """An Xvfb with its screen in a file (the format of xwd(1)); `name` is its display."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir",
                   self._folder.name, "-nolisten", "tcp"]  # fmt: skip
        self._process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as announced:
            self.name = f":{announced.readline().strip()}"
        with Path(self._folder.name, "Xvfb_screen0").open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._pixels[:100])
        self._offset = header[0] + header[19] * 12  # the header, then the colour map
        self._line = header[12]

    def shows_something(self) -> bool:
        body = self._pixels[self._offset : self._offset + self._line * HEIGHT]
        return len({body[at : at + 3] for at in range(0, len(body) - 4, 4 * STRIDE)}) >= COLOURS

    def save(self, file: Path) -> None:
        """What is shown now, as PNG."""
        rows = bytearray()
        for row in range(HEIGHT):
            start = self._offset + row * self._line
            line = self._pixels[start : start + WIDTH * 4]
            blue, green, red = line[0::4], line[1::4], line[2::4]
            rows += b"\0" + bytes(value for one in zip(red, green, blue, strict=True) for value in one)
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
        content = b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + content)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._pixels.close()
        self._folder.cleanup()


@contextmanager
def on_a_screen() -> Iterator[Screen]:
    screen = Screen()
    try:
        yield screen
    finally:
        screen.close()


def first_picture(
    screen: Screen, command: list[str], environment: dict[str, str], picture: Path | None = None
) -> float:
    """Seconds from starting the command to its first picture; it is ended then. Raises TimeoutError."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env={**environment, "DISPLAY": screen.name}, start_new_session=True, stdin=subprocess.DEVNULL
    )
    try:
        while not screen.shows_something():
            if time.perf_counter() - began > LIMIT or process.poll() is not None:
                raise TimeoutError(f"it shows nothing; it has ended with {process.poll()}")
            time.sleep(POLL)
        seconds = time.perf_counter() - began
        if picture is not None:
            time.sleep(3)
            screen.save(picture)
        return seconds
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    with on_a_screen() as screen:
        print(f"{first_picture(screen, args.command, dict(os.environ), args.picture):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
