"""A paid request on its way: admitted under the cap, written down, and settled when it is known what it used."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import uuid4

from voicebot.errors import EngineUnavailable
from voicebot.events import Used
from voicebot.spending.ledger import LEAST, Entry, month_at
from voicebot.spending.meter import Amounts
from voicebot.spending.tally import CURRENT

if TYPE_CHECKING:
    from voicebot.spending.account import Account


class AccountedRequest:
    """What `Meter.request` gives: `async with` it around the request. Once only."""

    def __init__(self, account: Account, service: str, model: str, expected: Amounts) -> None:
        self._account = account
        self._service = service
        self._model = model
        self._expected = expected
        self._id = uuid4().hex
        self._at = account.now()
        self._tally = CURRENT.get()
        self._known: tuple[Used, ...] | None = None

    async def __aenter__(self) -> AccountedRequest:
        account = self._account
        await account.ready()
        expected = account.prices.priced(self._service, self._model, self._expected, estimate=True)
        cap = account.cap() if account.prices.charges(self._service) else 0.0
        entry = self._entry(expected)
        admitted = account.submit(lambda ledger: ledger.admit(entry, cap))
        if cap:
            await self._wait(asyncio.wrap_future(admitted), cap)
        self._put(expected)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._known is None and isinstance(error, Exception):
            self._drop()
        elif self._known is not None:
            self._settle(self._known)

    def used(self, amounts: Amounts, *, estimate: bool = False) -> None:
        """See `Request.used`."""
        self._known = self._account.prices.priced(self._service, self._model, amounts, estimate=estimate)
        self._put(self._known)

    async def _wait(self, admitted: asyncio.Future[float | None], cap: float) -> None:
        try:
            spent = await admitted
        except asyncio.CancelledError:  # it may have been written down, and will not be sent
            self._drop()
            raise
        if spent is not None:
            raise refusal(cap, spent)

    def _put(self, uses: tuple[Used, ...]) -> None:
        if self._tally is not None:
            self._tally.put(self._id, uses, self._throw_away)

    def _settle(self, uses: tuple[Used, ...]) -> None:
        entry = self._entry(uses)
        wasted = self._tally is not None and self._tally.wasted
        self._account.submit(lambda ledger: ledger.settle(entry))
        if wasted:
            self._throw_away(self._id)

    def _drop(self) -> None:
        if self._tally is not None:
            self._tally.drop(self._id)
        self._settle(())

    def _throw_away(self, request: str) -> None:
        self._account.submit(lambda ledger: ledger.waste(request))

    def _entry(self, uses: tuple[Used, ...]) -> Entry:
        turn = self._tally.turn if self._tally is not None else None
        return Entry(self._id, self._at, month_at(self._at), turn, uses)


def refusal(cap: float, spent: float) -> EngineUnavailable:
    """Why a request was not sent; `cap` and what is `spent` are US dollars."""
    what = f"This month's cap of ${cap:.2f} is reached"
    why = "" if spent > cap - LEAST else f"${spent:.4f} is spent, and this would cost more than what is left"
    return EngineUnavailable(what, why, "Raise spending.cap in the settings, or choose an engine on this computer")
