"""The operators of MongoDB's that Pinecone and Atlas filter by, as far as they are used; any other is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Unsupported(Exception):
    """A filter that the service would refuse."""


def matches(filter: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Whether all conditions hold of `fields`."""
    return all(_holds(name, condition, fields) for name, condition in filter.items())


def named(filter: Mapping[str, Any]) -> set[str]:
    """The fields that a filter speaks of."""
    inner = [named(each) for each in filter.get("$and", ())]
    return {name for name in filter if name != "$and"}.union(*inner)


def _holds(name: str, condition: Any, fields: Mapping[str, Any]) -> bool:
    if name == "$and":
        if not condition:
            raise Unsupported("$and of nothing")
        return all(matches(each, fields) for each in condition)
    if name.startswith("$") or not isinstance(condition, dict) or len(condition) != 1:
        raise Unsupported(f"{name}: {condition}")
    ((operator, wanted),) = condition.items()
    there = fields.get(name)
    if operator == "$in":
        return there in wanted
    if operator not in ("$gte", "$lte") or isinstance(wanted, str):
        raise Unsupported(operator)
    return isinstance(there, int | float) and (there >= wanted if operator == "$gte" else there <= wanted)
