"""How many events a second pass through six stages on the bus; Pipecat's frames through six processors beside it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from dataclasses import make_dataclass
from pathlib import Path

from voicebot.bus import Bus
from voicebot.events import Event

EVENTS = 50_000
STAGES = 6

KINDS: list[type[Event]] = [
    make_dataclass(f"Passed{number}", [("number", int)], bases=(Event,), frozen=True, slots=True)
    for number in range(STAGES + 1)
]


def measure() -> dict[str, float]:
    best = max(asyncio.run(_pass_through()) for _ in range(3))
    figures = {"queue.events_per_second": best}
    peer = _pipecat()
    return figures if peer is None else {**figures, "queue.pipecat_events_per_second": peer}


def _pipecat() -> float | None:
    """Pipecat's figure, from the Python that the variable PIPECAT_PYTHON names, or this one."""
    python = os.environ.get("PIPECAT_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import pipecat"], capture_output=True).returncode != 0:
        print(
            "queue.pipecat_events_per_second: not measured: pipecat-ai is not installed (PIPECAT_PYTHON names a Python)"
        )
        return None
    script = Path(__file__).with_name("pipecat_queue.py")
    done = subprocess.run([python, "-P", str(script)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        print(f"queue.pipecat_events_per_second: not measured: {done.stderr.strip().splitlines()[-1]}")
        return None
    return float(done.stdout.split()[-1])


async def _pass_through() -> float:
    bus = Bus()
    stages = [asyncio.create_task(_stage(bus, number)) for number in range(STAGES)]
    last = bus.subscribe(KINDS[STAGES])
    await asyncio.sleep(0)
    began = time.perf_counter()
    producer = asyncio.create_task(_produce(bus))
    seen = 0
    async for event in last:
        assert event.number == seen  # type: ignore[attr-defined]
        seen += 1
        if seen == EVENTS:
            break
    seconds = time.perf_counter() - began
    await producer
    bus.close()
    await asyncio.gather(*stages)
    return EVENTS / seconds


async def _produce(bus: Bus) -> None:
    kind = KINDS[0]
    for number in range(EVENTS):
        await bus.publish(kind(1, number))  # type: ignore[call-arg]


async def _stage(bus: Bus, number: int) -> None:
    kind = KINDS[number + 1]
    async for event in bus.subscribe(KINDS[number]):
        await bus.publish(kind(event.turn, event.number))  # type: ignore[call-arg, attr-defined]
