"""Turn ids and rows: a program numbers its turns itself, before the history knows of them."""

from __future__ import annotations

from voicebot.events import NO_TURN, TurnId

NO_ROW = 0


class TurnNumbers:
    """Between the ids that this program uses and the rows of the turns.

    A turn from before this program began has the number of its row. A turn of this program has the number that it
    was given, and another program may have taken the row of that number: its turns are seen here with the row's
    number below zero, which no turn of this program ever bears.
    """

    def __init__(self) -> None:
        self._rows: dict[TurnId, int] = {}
        self._turns: dict[int, TurnId] = {}
        self._last_before = NO_TURN

    def begin_after(self, row: int) -> None:
        """This program's turns come after `row`."""
        self._last_before = row

    def keep(self, turn: TurnId, row: int) -> None:
        """A turn of this program was written in `row`."""
        self._rows[turn] = row
        self._turns[row] = turn

    def row(self, turn: TurnId) -> int:
        """Its row; NO_ROW for a turn that was never written."""
        if turn in self._rows:
            return self._rows[turn]
        row = turn if turn <= self._last_before else NO_ROW
        return NO_ROW if row in self._turns else abs(row)

    def turn(self, row: int) -> TurnId:
        """What this program calls the turn of a row."""
        if row in self._turns:
            return self._turns[row]
        return row if row <= self._last_before and row not in self._rows else -row
