"""On which line of a TOML file a key stands: the standard library's reader does not say."""

from __future__ import annotations

import re
import tomllib

KeyPath = tuple[str, ...]

_TOKEN = re.compile(
    r'''(?P<skipped>[ \t\r\ufeff]+|\#[^\n]*)
    |"""(?:\\.|[^\\])*?""""{0,2}   # up to two quotes more belong to the text
    |\'\'\'.*?\'\'\'\'{0,2}
    |"(?:\\.|[^"\\\n])*"
    |'[^'\n]*'
    |[^\s\[\]{}=,.\#"']+
    |.''',
    re.VERBOSE | re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, on which each table and each key in a table first stands.

    `text` is valid TOML. The result's keys are one or two names deep; what lies deeper counts for the key it is in.
    """
    tokens = _tokens(text)
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    at = 0
    while at < len(tokens):
        token, line = tokens[at]
        if token == "[":
            start = at + 2 if tokens[at + 1][0] == "[" else at + 1
            table, at = _path(tokens, start, "]")
            _note(lines, table, line)
            while tokens[at][0] != "\n":
                at += 1
        elif token != "\n":
            at = _statement(tokens, at, table, lines)
        at += 1
    return lines


def _tokens(text: str) -> list[tuple[str, int]]:
    """The words and marks of the text, each with the line it begins on; spaces and comments are left out."""
    found = []
    line = 1
    for match in _TOKEN.finditer(text):
        if match["skipped"] is None:
            found.append((match[0], line))
        line += match[0].count("\n")
    return [*found, ("\n", line)]


def _statement(tokens: list[tuple[str, int]], at: int, table: KeyPath, lines: dict[KeyPath, int]) -> int:
    """Note the key at `at`, and those of an inline table behind it; gives the place of the mark after its value."""
    line = tokens[at][1]
    path, at = _path(tokens, at, "=")
    path = table + path
    _note(lines, path, line)
    if tokens[at + 1][0] != "{" or len(path) > 1:
        return _end_of_value(tokens, at + 1)
    at += 2
    while tokens[at][0] != "}":
        at = at + 1 if tokens[at][0] in (",", "\n") else _statement(tokens, at, path, lines)
    return at + 1


def _path(tokens: list[tuple[str, int]], at: int, end: str) -> tuple[KeyPath, int]:
    """The dotted name from `at` on, and the place of the mark that ends it."""
    names = []
    while tokens[at][0] != end:
        if tokens[at][0] != ".":
            names.append(_name(tokens[at][0]))
        at += 1
    return tuple(names), at


def _name(token: str) -> str:
    if token[0] not in "\"'":
        return token
    name: str = tomllib.loads(f"name = {token}")["name"]
    return name


def _note(lines: dict[KeyPath, int], path: KeyPath, line: int) -> None:
    for depth in (1, 2):
        lines.setdefault(path[:depth], line)


def _end_of_value(tokens: list[tuple[str, int]], at: int) -> int:
    """The place of the mark that ends the value at `at`: a line's end, or a comma or brace around it."""
    depth = 0
    while depth or tokens[at][0] not in ("\n", ",", "}"):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(tokens[at][0], 0)
        at += 1
    return at
