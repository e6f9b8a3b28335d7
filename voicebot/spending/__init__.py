"""What paid engines used and what it cost: a price list, a ledger on disk, and a meter that stops at a month's cap."""

from voicebot.spending.account import Account, Month
from voicebot.spending.ledger import Line
from voicebot.spending.meter import UNMETERED, Amounts, Kind, Meter, Request
from voicebot.spending.prices import PriceList, dollars
from voicebot.spending.tally import Tally, cost_of, counting

__all__ = [
    "UNMETERED", "Account", "Amounts", "Kind", "Line", "Meter", "Month", "PriceList", "Request", "Tally", "cost_of",
    "counting", "dollars",
]  # fmt: skip
