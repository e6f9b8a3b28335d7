"""Takes keys out of text: those that were registered, and whatever looks like one."""

from __future__ import annotations

import json
import re
import threading
from urllib.parse import quote

HIDDEN = "***"

SHORTEST = 4
"""A shorter value is no key, and hiding it would blank ordinary words."""

_END = r"""[^\s'",;&<>()\[\]{}]"""

_KEY_LIKE = (
    # OpenAI, ElevenLabs (sk_) and Pinecone (pcsk_); with stars where a service has masked it in part
    (re.compile(r"\b(?:sk|pcsk)[-_][A-Za-z0-9*_-]{6,}"), HIDDEN),
    (re.compile(rf"(?i)\b(bearer\s+){_END}+"), rf"\1{HIDDEN}"),
    # a header or a field, as text, in a dictionary or in a list of pairs
    (
        re.compile(
            r"""(?i)((?:api[-_]?key|authorization|(?:access|auth|refresh)[-_]token|client[-_]secret|passw(?:or)?d)
            (?:["']\s*,\s*b?["'] | ["']?\s*[:=]\s*(?:b?["'])?))
            ((?:bearer|basic|token)\s+)?"""
            + f"{_END}+",
            re.VERBOSE,
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(rf"(?i)([?&][\w.-]{{0,40}}?(?:key|token|secret|signature|password)=){_END}+"), rf"\1{HIDDEN}"),
    (re.compile(r"""(://)[^\s/@'"]{1,200}@"""), rf"\1{HIDDEN}@"),
)

_lock = threading.Lock()
_values: set[str] = set()
_registered: re.Pattern[str] | None = None


def conceal(value: str) -> None:
    """From now on `redact` hides `value`, as it is and as it stands in addresses, JSON and program text."""
    global _registered
    value = value.strip()
    if len(value) < SHORTEST or value in _values:
        return
    with _lock:
        _values.update((value, quote(value, safe=""), json.dumps(value)[1:-1], repr(value)[1:-1]))
        longest_first = sorted(_values, key=len, reverse=True)
        _registered = re.compile("|".join(map(re.escape, longest_first)))


def redact(text: str) -> str:
    """`text` with `HIDDEN` in the place of every key."""
    if _registered is not None:
        text = _registered.sub(HIDDEN, text)
    for pattern, replacement in _KEY_LIKE:
        text = pattern.sub(replacement, text)
    return text
