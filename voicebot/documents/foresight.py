"""Retrieval that begins while the question is still being spoken.

The words so far are searched for, the newest only; when the question is over and says the same, what was found is
there. Differences of case, spacing and punctuation are none.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Work = Callable[[], Coroutine[Any, Any, T]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What two retrievals must have in common to be the same: `scope` is all that counts beside the words."""

    words: str
    scope: object

    @classmethod
    def of(cls, question: str, scope: object) -> Asked:
        kept = (one for one in unicodedata.normalize("NFC", question).casefold() if one.isalnum())
        return cls("".join(kept), scope)


class Foresight(Generic[T]):
    """At most one piece of work runs ahead; while it does, only the newest of what comes is kept to be next."""

    def __init__(self) -> None:
        self._asked: Asked | None = None
        self._task: asyncio.Task[T] | None = None
        self._next: tuple[Asked, Work[T]] | None = None

    def begin(self, asked: Asked, work: Work[T]) -> None:
        """Do `work` for what is `asked`, soon; never waits."""
        if asked == self._asked:
            self._next = None
        elif self._task is None or self._task.done():
            self._run(asked, work)
        else:
            self._next = asked, work

    async def take(self, asked: Asked, work: Work[T]) -> T:
        """What was found for this question, as soon as it is; raises what the work raises."""
        self._next = None
        if asked != self._asked or self._task is None:
            self.drop()
            self._run(asked, work)
        assert self._task is not None
        return await asyncio.shield(self._task)

    def drop(self) -> None:
        """None of it holds any longer."""
        self._asked, self._next = None, None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _run(self, asked: Asked, work: Work[T]) -> None:
        self._asked = asked
        self._task = asyncio.get_running_loop().create_task(work(), name="retrieval")
        self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[T]) -> None:
        failed = task.cancelled() or task.exception() is not None  # who takes it is told; nobody else need be
        if failed and self._task is task:
            self._asked = None
        if self._task is task and self._next is not None:
            (asked, work), self._next = self._next, None
            self._run(asked, work)
