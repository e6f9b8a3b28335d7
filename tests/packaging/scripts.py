"""The scripts of packaging/, which is no package: found for as long as they are imported."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


def script(name: str) -> ModuleType:
    """ "linux.share" for packaging/linux/share.py; what it imports of its neighbours is found too."""
    places = [str(PACKAGING), str(PACKAGING / "frozen")]
    sys.path[:0] = places
    try:
        return import_module(name)
    finally:
        for place in places:
            sys.path.remove(place)
