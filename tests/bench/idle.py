"""What listening costs while nobody speaks: CPU-seconds per second, of all the program's processes."""

from __future__ import annotations

import time

from tests.bench.program import cpu_seconds, listening, sound_server

SETTLE = 3.0
SECONDS = 20.0


def measure() -> dict[str, float]:
    with sound_server() as server, listening(server) as running:
        time.sleep(SETTLE)
        before, began = cpu_seconds(running.process.pid), time.perf_counter()
        time.sleep(SECONDS)
        spent = cpu_seconds(running.process.pid) - before
        return {"idle.listening_cpu": spent / (time.perf_counter() - began)}
