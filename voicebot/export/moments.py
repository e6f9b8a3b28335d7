"""Moments of a conversation as people and programs write them."""

from __future__ import annotations

from datetime import datetime, tzinfo


def moment(seconds: float, zone: tzinfo | None) -> datetime:
    """Seconds since 1970 in a zone, or in the machine's own."""
    return datetime.fromtimestamp(seconds, zone) if zone else datetime.fromtimestamp(seconds).astimezone()
