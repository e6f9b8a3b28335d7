"""What `Where` asks for, as others say it: MongoDB's operators, which Chroma and Pinecone speak too."""

from __future__ import annotations

from typing import Any

from voicebot.rag.passages import Tags, Where

FIELDS = ("collection", "document", "language", "kind", "modified")
"""What is kept of a passage to filter by: the fields of `Tags`."""


def conditions(where: Where) -> list[dict[str, Any]]:
    """One condition for each thing that is asked for, all of which must hold: {"language": {"$in": ["ko"]}}.

    Both ends of a span of time belong to it.
    """
    wanted: dict[str, tuple[str, ...] | tuple[int, ...]] = {
        "collection": where.collections,
        "document": where.documents,
        "language": where.languages,
        "kind": where.kinds,
    }
    found: list[dict[str, Any]] = [{field: {"$in": list(values)}} for field, values in wanted.items() if values]
    if where.since is not None:
        found.append({"modified": {"$gte": float(where.since)}})
    if where.until is not None:
        found.append({"modified": {"$lte": float(where.until)}})
    return found


def metadata(tags: Tags) -> dict[str, str | int | float]:
    """The fields that `conditions` speaks of; a time is a float always, for some stores tell the two apart."""
    return {
        "collection": tags.collection,
        "document": tags.document,
        "language": tags.language,
        "kind": tags.kind,
        "modified": float(tags.modified),
    }


def allows(where: Where, fields: dict[str, Any]) -> bool:
    """Whether `conditions` hold of fields such as `metadata` makes, for stores that cannot ask themselves."""
    return (
        (not where.collections or fields.get("collection") in where.collections)
        and (not where.documents or fields.get("document") in where.documents)
        and (not where.languages or fields.get("language") in where.languages)
        and (not where.kinds or fields.get("kind") in where.kinds)
        and (where.since is None or fields.get("modified", 0.0) >= where.since)
        and (where.until is None or fields.get("modified", 0.0) <= where.until)
    )
