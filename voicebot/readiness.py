"""An engine's answer to "can you run here and now?", the same in `voicebot doctor`, the terminal and the window."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.errors import EngineUnavailable
from voicebot.frozen import way_to_add


@dataclass(frozen=True, slots=True)
class Ready:
    """It can run now; `detail` says with what (a model, a voice, a host)."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotReady:
    """It cannot run: `why`, the one thing that mends it (`fix`), and what that would add (`adds`)."""

    why: str
    fix: str
    adds: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fix", way_to_add(self.fix))


Readiness = Ready | NotReady


def demand(engine: str, readiness: Readiness) -> None:
    """Raise `EngineUnavailable` unless the engine is ready."""
    if isinstance(readiness, NotReady):
        raise EngineUnavailable(f"{engine} cannot run", why=readiness.why, fix=readiness.fix)
