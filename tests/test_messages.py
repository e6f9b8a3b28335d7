"""How messages are collected: what is followed in a source, and what is told to be unreadable."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.messages import Collected, collect_from
from tests.syntax import parsed


def collected(source: str, **known: tuple[str, ...]) -> Collected:
    found = Collected()
    collect_from(parsed("room", dedent(source)), known, found)
    return found


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("raise AudioError(f'{path} is empty', why='no sound')", {"{path} is empty", "no sound"}),
        ("Notice(turn, 'what', fix='fix')", {"what", "fix"}),
        ("Failed(turn, 'stt', f'{a.name} and {b.name}')", {"{name} and {name2}"}),
        ("raise UsageError('one' if few else f'{count} of them')", {"one", "{count} of them"}),
        ("raise UsageError(f'set {KEY}')\nKEY = 'llm.key'", {"set llm.key"}),
        ("raise UsageError(f'the {THINGS[kind]}')\nTHINGS = {1: 'key', 2: 'door'}", {"the key", "the door"}),
        ("NoSpeech(1, error.why)", set()),
        ("print('not a message')", set()),
        (
            """
            def refuse(kind):
                what = f"no {kind}"
                more = _more()
                raise UsageError(what, more, self._hint)
            def _more():
                return "nothing" or "little"
            refuse("key")
            refuse(kind="door")
            class Room:
                @property
                def _hint(self):
                    return "look"
            """,
            {"no key", "no door", "nothing", "little", "look"},
        ),
        (
            """
            def show(readiness):
                match readiness:
                    case NotReady(why, fix):
                        Check("engine", False, why, fix)
            """,
            {"engine"},
        ),
    ],
)
def test_what_is_followed(source: str, messages: set[str]) -> None:
    found = collected(source)
    assert set(found.messages) == messages
    assert not found.unread


@pytest.mark.parametrize(
    ("source", "unread"),
    [
        ("raise UsageError(str(error))", "room: str(error)"),
        ("raise UsageError(said or 'nothing')", "room: said"),
        ("raise UsageError(*parts)", "room: *parts"),
        ("def f():\n for text in texts:\n  raise UsageError(text)", "room: text"),
        ("def f(text):\n raise UsageError(text)", "room: text"),
        ("raise UsageError('a {}'.format(b))", "room: 'a {}'.format(b)"),
        ("raise UsageError('a %s' % b)", "room: 'a %s' % b"),
    ],
)
def test_what_cannot_be_followed_is_told(source: str, unread: str) -> None:
    assert collected(source).unread == {unread}


def test_what_is_known_of_an_expression_counts() -> None:
    found = collected("raise UsageError(f'no {kind}', said)", kind=("key", "door"), said=())
    assert set(found.messages) == {"no key", "no door"}
    assert not found.unread
    assert found.known_met == {"kind", "said"}
