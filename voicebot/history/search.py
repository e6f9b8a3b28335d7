"""Search through everything said: which conversations hold all words of a query, and where."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from voicebot.history.turns import whole

SHORTEST_INDEXED = 3
"""Characters: the index holds trigrams. Shorter words are looked for in every message."""

LONGEST_QUERY = 200
MOST_WORDS = 16

EXCERPT = 120
BEFORE_MATCH = 30
"""Characters: how long an excerpt is, and how much of it may stand before the first match."""

MARK = "…"

Ranges = tuple[tuple[int, int], ...]


def words_of(query: str) -> tuple[str, ...]:
    """The words that must all occur; nothing in them has a meaning of its own."""
    plain = whole(query[:LONGEST_QUERY]).replace("\0", " ")
    return tuple(dict.fromkeys(plain.split()))[:MOST_WORDS]


def conversations_with(database: sqlite3.Connection, words: Sequence[str]) -> dict[int, int | None]:
    """The conversations in which every word was said, or stands in the title that was given.

    Each with the newest message among those with the most of the words; None where only the title has them.
    """
    in_messages, in_titles = [], []
    values: dict[str, str] = {}
    for number, word in enumerate(words):
        values[f"phrase{number}"] = _phrase(word)
        values[f"like{number}"] = _like(word)
        in_messages.append(f"SELECT {number}, " + (_INDEXED if len(word) >= SHORTEST_INDEXED else _SCANNED) % number)
        in_titles.append(f"SELECT {number}, id, 0 FROM conversation WHERE title LIKE :like{number} ESCAPE '\\'")
    found = database.execute(
        f"""WITH found (word, message) AS ({" UNION ALL ".join(in_messages)}),
        placed (word, conversation, message) AS (
            SELECT word, conversation, message FROM found JOIN message ON message.id = found.message
            UNION ALL {" UNION ALL ".join(in_titles)}),
        counted (conversation, message, words) AS (
            SELECT conversation, message, count(*) FROM placed GROUP BY conversation, message)
        SELECT conversation, message, max(CASE message WHEN 0 THEN 0 ELSE (words << 40) + message END) FROM counted
        WHERE conversation IN (
            SELECT conversation FROM placed GROUP BY conversation HAVING count(DISTINCT word) = {len(words)})
        GROUP BY conversation""",
        values,
    )
    return {conversation: message or None for conversation, message, _ in found}


def excerpt_of(text: str, words: Sequence[str] = ()) -> tuple[str, Ranges]:
    """One line of a message, around its first match, and where in that line the words stand."""
    line = " ".join(text.split())
    if not words:
        return cut(line, EXCERPT), ()
    wanted = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)
    first = wanted.search(line)
    if first is not None and first.start() > BEFORE_MATCH:
        start = line.find(" ", first.start() - BEFORE_MATCH, first.start()) + 1 or first.start()
        line = MARK + line[start:]
        first = wanted.search(line)
    line = cut(line, max(EXCERPT, first.end() if first else 0))
    return line, tuple(match.span() for match in wanted.finditer(line))


def cut(line: str, length: int) -> str:
    """A line of at most `length` characters and a mark, cut between words where there is a space to cut at."""
    if len(line) <= length:
        return line
    space = line.rfind(" ", length // 2, length + 1)
    return line[: space if space > 0 else length].rstrip() + MARK


_INDEXED = "rowid FROM message_search WHERE message_search MATCH :phrase%d"
_SCANNED = "id FROM message WHERE shown LIKE :like%d ESCAPE '\\'"


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _like(word: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"
