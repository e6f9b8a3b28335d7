"""`python -m tests.bench [PART ...]`: measures, prints, and writes bench.json.

One flat object: dotted name → number, the unit in the name. A peer's figure stands beside ours where the peer is
installed. A part that cannot run here says why, and is left out.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

PARTS = (
    *("queue", "startup", "idle", "turn", "noise", "turn_end", "stt", "voices", "brain"),
    *("rag", "meaning", "room", "window", "package"),
)
RESULT = Path("bench.json")

Figures = Mapping[str, float]


class CannotRun(Exception):
    """This part cannot be measured on this machine; the text says why."""


def main(wanted: list[str]) -> int:
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        print(f"there is no part {unknown[0]}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    figures: dict[str, float] = {}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what Python compiled is kept, as on a person's machine
    for part in wanted or PARTS:
        measure: Callable[[], Figures] = import_module(f"tests.bench.{part}").measure
        try:
            found = measure()
        except CannotRun as reason:
            print(f"{part}: not measured: {reason}")
            continue
        figures.update(found)
        for name, value in found.items():
            print(f"{name:<44}{value:>14,.3f}", flush=True)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}, load {os.getloadavg()[0]:.1f}")
    RESULT.write_text(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    # under its own name, so that the parts raise the same CannotRun that is caught here
    sys.exit(import_module("tests.bench.__main__").main(sys.argv[1:]))
