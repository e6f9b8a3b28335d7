"""The text of a TOML file of settings: read with the place of a mistake, changed in one key, replaced at once."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
import tomllib
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


MOST_BROKEN = 100
"""Lines that cannot be understood, after which nothing of a file is taken."""


class Broken(ValueError):
    """The file is not TOML; lines and columns count from 1."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read(file: Path) -> str:
    """The text of the file, empty when there is none; raises Broken when it is not text, and OSError."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return ""
    try:
        return content.decode("utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise Broken("this is not UTF-8 text", line, column) from error


def read_anyhow(file: Path) -> tuple[str, list[Broken]]:
    """The text of the file without the lines that cannot be understood, and what is wrong with each; raises OSError.

    The other lines stay where they are, so that they can be counted. Half a file, as a crash leaves it, is read as far
    as it goes.
    """
    try:
        text, wrong = read(file), []
    except Broken as broken:
        lines = file.read_bytes().split(b"\n")
        text, wrong = b"\n".join(line if _is_text(line) else b"" for line in lines).decode("utf-8-sig"), [broken]
    lines_left = text.split("\n")
    for _ in range(min(len(lines_left), MOST_BROKEN)):
        try:
            parse("\n".join(lines_left))
        except Broken as broken:
            wrong.append(broken)
            if broken.line is None:
                break
            lines_left[broken.line - 1] = ""
        else:
            return "\n".join(lines_left), wrong
    return "", wrong


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def keep_aside(file: Path) -> Path:
    """Copy a broken file to a name that is free, beside it, and return that; raises OSError."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (file.with_name(f"{file.name}.broken-{stamp}-{number}") for number in count(1))
    kept = next(name for name in names if not name.exists())
    shutil.copy2(file, kept)
    return kept


def parse(text: str) -> dict[str, Any]:
    """What the text says; raises Broken."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise Broken("brackets are nested too deep") from error
    except ValueError as error:  # numbers and dates that are well formed and impossible are no TOMLDecodeError
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        if found is None:
            raise Broken(" ".join(str(error).split())) from error
        message = found[1][:1].lower() + found[1][1:]
        if found[2]:
            raise Broken(message, int(found[2]), int(found[3])) from error
        last = text.rstrip()
        raise Broken(message, last.count("\n") + 1, len(last) - last.rfind("\n")) from error


def with_value(text: str, group: str, key: str, value: object) -> str:
    """The TOML `text` with `key` of `[group]` set to `value`; comments and order stay.

    Raises ValueError when the change would harm anything else in the text.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _put(document, group, key, value)
        changed = _line_ends_of(text, tomlkit.dumps(document))
    except (TOMLKitError, TypeError, RecursionError) as error:
        raise ValueError(f"{group!r} in it is not a group of settings") from error
    if not _differs_only_in(text, changed, group, key, value):
        raise ValueError(f"[{group}] in it is unusual")
    return changed


def put_in_place(file: Path, text: str) -> None:
    """Put the text in the file's place, at once and durably; raises OSError."""
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            shutil.copymode(file, temporary)
        Path(temporary).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _put(document: TOMLDocument, group: str, key: str, value: object) -> None:
    """Set the value; a new key goes behind the last one, not behind the comment that heads the next group."""
    from tomlkit import table
    from tomlkit.items import Table

    if group not in document:
        document.append(group, table())
    values: Any = document[group]
    trailing: list[Any] = []
    if isinstance(values, Table) and key not in values:
        while values.value.body and values.value.body[-1][0] is None:
            trailing.insert(0, values.value.body.pop())
    values[key] = value
    if trailing:
        values.value.body.extend(trailing)


def _differs_only_in(before: str, after: str, group: str, key: str, value: object) -> bool:
    try:
        return bool(tomllib.loads(after)[group][key] == value and _rest(before, group, key) == _rest(after, group, key))
    except tomllib.TOMLDecodeError:
        return False


def _rest(text: str, group: str, key: str) -> dict[str, Any]:
    """Everything in the text but one key; numbers as written, for NaN equals nothing."""
    data = tomllib.loads(text, parse_float=str)
    data.setdefault(group, {}).pop(key, None)
    return data


def _line_ends_of(original: str, text: str) -> str:
    if "\r\n" not in original:
        return text
    return re.sub(r"(?<!\r)\n", "\r\n", text)
