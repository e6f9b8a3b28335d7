"""What the Lab keeps of a run: one folder with its plan, and a line for each trial that is done.

A line is on the disk before the next trial begins. Whatever ends the program, the run goes on behind the last whole
line.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec

from voicebot.errors import StorageError, UsageError
from voicebot.resources import Home

if TYPE_CHECKING:
    import filelock

log = logging.getLogger(__name__)

Kind = Literal["stt", "tts", "roundtrip"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PLAN, RESULTS = "plan.json", "results.jsonl"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is needed to carry a run out, or to go on with it later; JSON.

    `created` is an ISO time with its offset, `name` what a person calls the run, `options` are the kind's own, and
    `trials` is how many there are.
    """

    kind: Kind
    created: str
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    trials: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one trial: `values` are figures and words, JSON; `error` is one plain sentence where it failed."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    error: str = ""


class Run:
    """A run's folder. All methods block for as long as the disk takes, and raise StorageError."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan
        self._repaired = False

    @classmethod
    def create(cls, home: Home, plan: Plan) -> Run:
        """Begin a run in a folder of its own, named after the plan's time and kind."""
        name = f"{datetime.fromisoformat(plan.created):%Y%m%d-%H%M%S}-{plan.kind}"
        try:
            folder = _new_folder(home.lab, name)
            part = folder / f".{PLAN}"
            _write(part, msgspec.json.format(msgspec.json.encode(plan)))
            part.replace(folder / PLAN)
        except OSError as error:
            raise _cannot("written", home.lab / name, error) from None
        return cls(folder, plan)

    @classmethod
    def open(cls, folder: Path) -> Run:
        """A run that was begun earlier."""
        try:
            plan = msgspec.json.decode((folder / PLAN).read_bytes(), type=Plan)
        except FileNotFoundError:
            raise StorageError(f"there is no run in {folder}", fix="`voicebot lab list` lists them") from None
        except OSError as error:
            raise _cannot("read", folder / PLAN, error) from None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise StorageError(f"{folder / PLAN} is broken", fix=f"`voicebot lab remove {folder.name}`") from None
        return cls(folder, plan)

    @staticmethod
    def all(home: Home) -> list[Run]:
        """Those that can be read, newest first."""
        found = []
        for folder in sorted(_folders(home.lab), reverse=True):
            try:
                found.append(Run.open(folder))
            except StorageError as error:
                log.info("not listed: %s", error)
        return found

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def lock(self) -> filelock.BaseFileLock:
        """Taken by whoever carries the run out, or removes it; beside the folder, for it outlives what is in it."""
        import filelock

        return filelock.FileLock(self.folder.with_name(f".{self.id}.lock"))

    def results(self) -> list[Result]:
        """What is there, each trial once with what came last, in the order of the trials' first results.

        A last line that was not written whole is left out.
        """
        try:
            content = (self.folder / RESULTS).read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _cannot("read", self.folder / RESULTS, error) from None
        lines = content[: content.rfind(b"\n") + 1].splitlines()
        found: dict[str, Result] = {}
        for number, line in enumerate(lines, start=1):
            try:
                result = msgspec.json.decode(line, type=Result)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                what = f"line {number} of {self.folder / RESULTS} is broken"
                raise StorageError(what, fix="delete that line, and its trial is done again") from None
            found[result.key] = result
        return list(found.values())

    def add(self, result: Result) -> None:
        """Write down what came of a trial; it is on the disk when this returns."""
        file = self.folder / RESULTS
        try:
            if not self._repaired:
                _cut_torn_line(file)
                self._repaired = True
            _write(file, msgspec.json.encode(result) + b"\n", append=True)
        except OSError as error:
            raise _cannot("written", file, error) from None

    def remove(self) -> None:
        """Delete the run and all that came of it; raises StorageError when it is being carried out."""
        with taken(self):
            try:
                shutil.rmtree(self.folder)
            except OSError as error:
                raise _cannot("deleted", self.folder, error) from None
        with suppress(OSError):  # nobody can be at work on a run that is not there
            self.folder.with_name(f".{self.id}.lock").unlink()


def find(home: Home, name: str = "", kind: Kind | None = None) -> Run:
    """The run called `name` (a beginning that only one has is enough), or the newest one; raises UsageError."""
    runs, beginning = [run for run in Run.all(home) if kind in (None, run.plan.kind)], name.strip()
    matching = [run for run in runs if run.id == beginning] or [run for run in runs if run.id.startswith(beginning)]
    if beginning and not matching:
        raise UsageError(f"there is no run {beginning}", fix="`voicebot lab list` lists them")
    if not matching:
        raise UsageError("there is no run yet", fix="`voicebot lab --help` says how to begin one")
    if beginning and len(matching) > 1:
        raise UsageError(f"{beginning} is the beginning of {len(matching)} runs", fix="`voicebot lab list` lists them")
    return matching[0]


@contextmanager
def taken(run: Run) -> Iterator[None]:
    """Nobody else carries the run out or removes it meanwhile; raises StorageError when somebody does."""
    import filelock

    lock = run.lock
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        fix = "wait until it is done, or stop it"
        raise StorageError(f"{run.id} is being carried out by another program", fix=fix) from None
    except OSError as error:
        raise _cannot("written", run.folder, error) from None
    try:
        yield
    finally:
        lock.release()


def now() -> str:
    """The time for a plan."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _folders(lab: Path) -> list[Path]:
    with suppress(OSError):
        return [one for one in lab.iterdir() if (one / PLAN).is_file()]
    return []


def _new_folder(lab: Path, name: str) -> Path:
    lab.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        folder = lab / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            folder.mkdir()
            return folder
    raise AssertionError("numbers do not end")


def _write(file: Path, content: bytes, *, append: bool = False) -> None:
    with file.open("ab" if append else "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _cut_torn_line(file: Path) -> None:
    """Whoever wrote it died in the middle of a line: the next one must not stand behind its half."""
    if not file.exists():
        return
    with file.open("r+b") as opened:
        content = opened.read()
        opened.truncate(content.rfind(b"\n") + 1)


def _cannot(done: str, file: Path, error: OSError) -> StorageError:
    why = os.strerror(error.errno) if error.errno else type(error).__name__
    return StorageError(f"{file} cannot be {done}", why)
