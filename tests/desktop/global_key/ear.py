"""What a global key told, in its order, and the waiting for it."""

from __future__ import annotations

import queue

from voicebot.desktop.global_key.base import GlobalKey
from voicebot.readiness import NotReady, Readiness, Ready

LIMIT = 20.0  # seconds, for a machine that does much else


class Ear:
    """Collects the callbacks of a global key from its thread."""

    def __init__(self) -> None:
        self._told: queue.Queue[str | Readiness] = queue.Queue()

    def listen(self, key: GlobalKey, shortcut: str) -> None:
        """Start the key with every callback recorded here."""
        key.start(shortcut, lambda: self.tell("pressed"), lambda: self.tell("released"), self.tell, self.tell)

    def tell(self, told: str | Readiness) -> None:
        """What the key tells."""
        self._told.put(told)

    def next(self) -> str | Readiness:
        """What is told next."""
        return self._told.get(timeout=LIMIT)

    def several(self, count: int) -> list[str | Readiness]:
        """The next things that are told."""
        return [self.next() for _ in range(count)]

    def had(self) -> str:
        """Wait until the key is had; what the system calls it."""
        told = self.next()
        assert isinstance(told, Ready), told
        return told.detail

    def refused(self) -> NotReady:
        """Wait until the key is refused or lost; why."""
        told = self.next()
        assert isinstance(told, NotReady), told
        return told

    def silent(self) -> bool:
        """Whether nothing is left that was told."""
        return self._told.empty()


def press_and_release(shortcut: str) -> list[str]:
    """What one press and its release tell."""
    return [f"{shortcut} down", "pressed", f"{shortcut} up", "released"]
