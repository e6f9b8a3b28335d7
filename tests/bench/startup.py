"""From exec to listening: seconds and memory, with scripted engines."""

from __future__ import annotations

from statistics import median

from tests.bench.program import listening, sound_server

RUNS = 7


def measure() -> dict[str, float]:
    with sound_server() as server:
        runs = []
        for _ in range(RUNS):
            with listening(server) as running:
                runs.append((running.ready_seconds, running.mib))
    seconds, mib = zip(*runs, strict=True)
    return {"startup.ready_seconds": median(seconds), "startup.ready_mib": median(mib)}
