"""An engine's answer to "can you run here and now?", the same in `voicebot doctor`, the terminal and the window."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.errors import EngineUnavailable


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


Readiness = Ready | NotReady


def demand(engine: str, readiness: Readiness) -> None:
    """Raise `EngineUnavailable` unless the engine is ready."""
    if isinstance(readiness, NotReady):
        raise EngineUnavailable(f"{engine} cannot run", why=readiness.why, fix=readiness.fix)
