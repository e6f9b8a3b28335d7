"""What one piece of work has used: a turn, or an attempt at one that began before the person had finished.

The work that is being done is known by its context, so that engines need not know about turns: a task begins with the
tally of whoever started it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from voicebot.events import Cost, TurnId, Used

Throw = Callable[[str], None]


class Tally:
    """The requests of a piece of work, each with what it has used by now."""

    def __init__(self, turn: TurnId) -> None:
        self.turn = turn
        self.wasted = False
        self._requests: dict[str, tuple[Used, ...]] = {}
        self._throws: dict[str, Throw] = {}

    @property
    def uses(self) -> tuple[Used, ...]:
        return tuple(replace(use, wasted=self.wasted) for uses in self._requests.values() for use in uses)

    def put(self, request: str, uses: tuple[Used, ...], throw: Throw) -> None:
        """What a request has used in all; `throw` is called with it when the work turns out to be in vain."""
        self._requests[request] = uses
        self._throws[request] = throw

    def drop(self, request: str) -> None:
        """The request came to nothing."""
        self._requests.pop(request, None)
        self._throws.pop(request, None)

    def waste(self) -> None:
        """The work was in vain, also what of it is still to be counted."""
        if not self.wasted:
            self.wasted = True
            for request, throw in self._throws.items():
                throw(request)


CURRENT: ContextVar[Tally | None] = ContextVar("tally", default=None)


@contextmanager
def counting(tally: Tally) -> Iterator[None]:
    """What is used meanwhile, and by the tasks that are begun meanwhile, is on this tally."""
    token = CURRENT.set(tally)
    try:
        yield
    finally:
        CURRENT.reset(token)


def cost_of(tallies: Iterable[Tally]) -> Cost:
    """What they have cost together."""
    return Cost(tuple(use for tally in tallies for use in tally.uses))
