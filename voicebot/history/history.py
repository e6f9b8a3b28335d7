"""The history as the rest of the program uses it: the conversation that goes on, and all the others."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple
from pathlib import Path

from voicebot.errors import StorageError
from voicebot.events import FREE, Citation, Cost, TurnId
from voicebot.history import conversations, tree, turns
from voicebot.history.conversations import Summary
from voicebot.history.database import Database
from voicebot.history.numbers import TurnNumbers
from voicebot.history.tree import TurnOnPath
from voicebot.history.turns import KeptTurn, Said


class History:
    """Every method waits for its own write, and writes are done in the order in which they were asked for.

    `file` None keeps all in memory, for people who turned the history off. Turns go by the ids that this program
    gave them, those of earlier programs by the ids that this class gave out. All raise StorageError, also for a turn
    or a conversation that is not there.
    """

    def __init__(self, file: Path | None, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._database = Database(file, now)
        self._numbers = TurnNumbers()
        self._current: int | None = None
        self._instead_of: int | None = None

    @property
    def current(self) -> int | None:
        """The conversation that goes on; None until its first turn begins."""
        return self._current

    @property
    def kept_aside(self) -> Path | None:
        """Where a history that could not be read was put, when a new one was begun instead."""
        return self._database.kept_aside

    async def open(self) -> TurnId:
        """Open or begin the history, with no conversation; the highest turn id so far."""
        return await self._database.run(self._open)

    async def close(self) -> None:
        await self._database.close()

    async def move_to(self, file: Path | None) -> TurnId:
        """Keep what comes from now on in another file (None: in memory); the highest turn id in it.

        What was said before stays where it is, also when the other cannot be opened.
        """
        before = self._database, self._numbers
        self._database, self._numbers = Database(file, self._now), TurnNumbers()
        try:
            last = await self.open()
        except StorageError:
            await self._database.close()
            self._database, self._numbers = before
            raise
        await before[0].close()
        return last

    # -- the turns of the conversation that goes on ------------------------------------------------------------------

    async def begin(self, turn: TurnId, recording: Path | None = None, *, instead_of: TurnId | None = None) -> None:
        """A turn exists, with its recording if it has one; it is where the conversation stands now.

        With `instead_of` it takes the place of that turn, as after `fork`, in one step that nothing comes between.
        """
        await self._database.run(lambda: self._begin(turn, recording, instead_of))

    async def question(self, turn: TurnId, text: str, language: str, engine: str) -> None:
        """What the person said in this turn."""
        await self._database.write(
            lambda database: turns.add_question(database, self._row(turn), text, language, engine, self._now())
        )

    async def answer(self, turn: TurnId, written: str, engine: str, language: str) -> None:
        """What the model wrote so far; nothing of it has been heard yet. A later call replaces it."""
        await self._database.write(
            lambda database: turns.put_answer(database, self._row(turn), written, engine, language, self._now())
        )

    async def heard(
        self, turn: TurnId, text: str, written: str, *, complete: bool, citations: tuple[Citation, ...] = ()
    ) -> None:
        """What was heard of the answer: its message now holds this and no more; nothing heard means no message."""
        await self._database.write(
            lambda database: turns.put_heard(database, self._row(turn), text, written, complete, citations, self._now())
        )

    async def end(
        self,
        turn: TurnId,
        outcome: str,
        timings: Mapping[str, float],
        failure: str | None = None,
        cost: Cost = FREE,
    ) -> None:
        uses = json.dumps([astuple(use) for use in cost.uses])
        await self._database.write(
            lambda database: database.execute(
                "UPDATE turn SET outcome = ?, timings = ?, failure = ?, uses = ? WHERE id = ?",
                (outcome, json.dumps(dict(timings)), turns.whole(failure or "") or None, uses, self._row(turn)),
            )
        )

    async def messages(self, limit: int = 200, *, until: TurnId | None = None) -> list[Said]:
        """The last messages on the path that is shown, oldest first; answers of which nothing was heard are left out.

        With `until`, on the path to that turn, whatever is shown meanwhile.
        """
        return await self._database.read(
            lambda database: tree.said_until(
                database,
                tree.head_of(database, self._current) if until is None else self._row(until),
                limit,
                self._numbers,
            )
        )

    async def turn(self, turn: TurnId) -> KeptTurn | None:
        return await self._database.read(lambda database: turns.kept_turn(database, self._row(turn), turn))

    async def forget_recording(self, recording: Path) -> None:
        """A recording was deleted: the turns that used it stay, without it."""
        await self._database.write(
            lambda database: database.execute("UPDATE turn SET recording = NULL WHERE recording = ?", (str(recording),))
        )

    # -- branches ----------------------------------------------------------------------------------------------------

    async def fork(self, turn: TurnId) -> None:
        """The next turn takes the place of this one, as another version; its conversation goes on."""
        await self._database.run(lambda: self._fork(self._row(turn)))

    async def show_version(self, turn: TurnId) -> None:
        """The path that is shown leads through this turn, to the newest one below it."""
        await self._database.run(lambda: self._show_version(self._row(turn)))

    async def path(self, conversation: int, before: TurnId | None = None, limit: int = 100) -> list[TurnOnPath]:
        """A page of the path that is shown, oldest first: its last turns, or the last before a turn that is on it.

        A negative `limit` gives all of them.
        """
        return await self._database.read(
            lambda database: tree.path(
                database, conversation, None if before is None else self._row(before), limit, self._numbers
            )
        )

    # -- conversations -----------------------------------------------------------------------------------------------

    async def conversations(self, query: str = "", limit: int = 500) -> list[Summary]:
        """Those that are not deleted, pinned first, then the one that changed last.

        With a query only those in which each of its words was said, or stands in the title that the person gave.
        """
        return await self._database.read(lambda database: conversations.summaries(database, query, limit))

    async def conversation(self, conversation: int) -> Summary:
        """One that is on the list."""
        return await self._database.read(lambda database: conversations.summary(database, conversation))

    async def begin_conversation(self) -> None:
        """The next turn begins a new conversation."""
        await self._database.run(lambda: self._go_on_with(None))

    async def open_conversation(self, conversation: int) -> None:
        """The next turns continue this conversation."""
        await self._database.run(lambda: self._open_conversation(conversation))

    async def rename(self, conversation: int, title: str) -> None:
        """Give a title; an empty one brings back the first question."""
        await self._database.write(lambda database: conversations.rename(database, conversation, title))

    async def pin(self, conversation: int, pinned: bool) -> None:
        await self._database.write(lambda database: conversations.pin(database, conversation, pinned))

    async def delete(self, conversation: int) -> None:
        """Take it from the list, until `restore` or `purge`; if it went on, the next turn begins a new one."""
        await self._database.run(lambda: self._delete(conversation))

    async def restore(self, conversation: int) -> None:
        """Undo `delete`."""
        await self._database.write(lambda database: conversations.mark_deleted(database, conversation, None))

    async def purge(self, older_than_seconds: float) -> list[Path]:
        """Remove for good what was deleted so long ago; the recordings that no turn uses any more, to be deleted."""
        return await self._database.write(
            lambda database: conversations.purge(database, self._now() - older_than_seconds)
        )

    def _row(self, turn: TurnId) -> int:
        return self._numbers.row(turn)

    # -- on the database's thread, so that what is remembered here changes in the order of the writes ----------------

    def _open(self) -> TurnId:
        self._database.open()
        self._go_on_with(None)
        last = self._database.read_now(tree.last_turn)
        self._numbers.begin_after(last)
        return last

    def _begin(self, turn: TurnId, recording: Path | None, instead_of: TurnId | None) -> None:
        if instead_of is not None:
            self._fork(self._row(instead_of))
        place, self._instead_of = self._instead_of, None
        self._current, row = self._database.write_now(
            lambda database: tree.add_turn(database, self._current, place, recording, self._now())
        )
        self._numbers.keep(turn, row)

    def _fork(self, row: int) -> None:
        self._open_conversation(self._database.read_now(lambda database: tree.conversation_of(database, row)))
        self._instead_of = row

    def _show_version(self, row: int) -> None:
        self._database.write_now(lambda database: tree.show_version(database, row))
        self._instead_of = None

    def _open_conversation(self, conversation: int) -> None:
        self._database.read_now(lambda database: conversations.check_is_there(database, conversation))
        self._go_on_with(conversation)

    def _delete(self, conversation: int) -> None:
        self._database.write_now(lambda database: conversations.mark_deleted(database, conversation, self._now()))
        if conversation == self._current:
            self._go_on_with(None)

    def _go_on_with(self, conversation: int | None) -> None:
        self._current, self._instead_of = conversation, None
