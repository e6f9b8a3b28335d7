"""Chroma's own server, `chroma run`, on a free port of this machine."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.openai_server import free_port

STARTING = 60.0
"""Seconds that it may take to start on a busy machine."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server with its files in `folder`; gives its address, and ends it."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder)]
    quiet = {**os.environ, "ANONYMIZED_TELEMETRY": "False", "OTEL_SDK_DISABLED": "true"}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log, env=quiet, cwd=folder
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, folder / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(10)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + STARTING
    while True:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{address}/api/v2/heartbeat", timeout=5).close()
            return
        assert process.poll() is None and time.monotonic() < last, log.read_text(errors="replace")
        time.sleep(0.05)
