"""Dates as documents write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_PDF = re.compile(r"D:(?P<date>\d{4}(?:\d{2}){0,5})(?P<zone>[+\-Z](?:\d{2}'?(?:\d{2})?)?)?")
_PDF_FORMATS = {4: "%Y", 6: "%Y%m", 8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


def seconds(text: str) -> float | None:
    """ISO 8601, or a part of it ("2024", "2024-05"); without a zone it is UTC. None when it is no date."""
    text = text.strip()
    for attempt in (text, f"{text}-01", f"{text}-01-01"):
        try:
            return of(datetime.fromisoformat(attempt))
        except ValueError:
            continue
    return None


def pdf_seconds(text: str) -> float | None:
    """D:YYYYMMDDHHmmSS+HH'mm' (ISO 32000-1, 7.9.4), of which everything after the year may be missing."""
    found = _PDF.match(text.strip())
    if found is None:
        return None
    zone = (found["zone"] or "Z").replace("'", "").replace("Z", "+0000")[:5]
    zone = f"{zone}0000"[:5]
    try:
        return of(datetime.strptime(found["date"] + zone, _PDF_FORMATS[len(found["date"])] + "%z"))
    except ValueError:
        return None


def of(moment: datetime | None) -> float | None:
    """Seconds since the epoch; without a zone it is UTC, which office programs write."""
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError, OSError):
        return None
