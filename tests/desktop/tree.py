"""The accessibility tree as a screen reader walks it: what each control is called, what it is and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleInterface


def nodes(one: QAccessibleInterface | None, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every visible node below and with `one`, parents before their children."""
    if one is None or not one.isValid() or depth > 60:
        return
    state = one.state()
    if state.invisible:
        return
    where = one.rect()
    yield {
        "role": one.role().name,
        "name": one.text(QAccessible.Text.Name),
        "description": one.text(QAccessible.Text.Description),
        "value": one.text(QAccessible.Text.Value),
        "x": where.center().x(),
        "y": where.center().y(),
        "w": where.width(),
        "h": where.height(),
        "focusable": bool(state.focusable),
        "focused": bool(state.focused),
        "disabled": bool(state.disabled),
        "checked": bool(state.checked),
        "depth": depth,
    }
    for number in range(one.childCount()):
        yield from nodes(one.child(number), depth + 1)
