"""The models on this machine: fetch, check, remove."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicebot.catalogue import Model, model_folder
from voicebot.downloads.disk import digest, free_space, in_thread, storage_errors
from voicebot.downloads.job import FreeSpace, Job, absent, bytes_here
from voicebot.downloads.limits import LIMITS, Limits
from voicebot.downloads.line import demand_address
from voicebot.downloads.lock import lock_of, take
from voicebot.downloads.manifest import NAME, kept_in, manifest_of
from voicebot.downloads.part import Part
from voicebot.downloads.progress import Meter, Report
from voicebot.errors import ModelError


@dataclass(frozen=True, slots=True)
class Whole:
    """Every file is there, and right."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Files that are not there."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Files whose bytes are not what the catalogue, or the hub, says."""

    files: tuple[str, ...]


Verdict = Whole | Missing | Wrong


async def download(
    model: Model,
    folder: Path,
    *,
    progress: Report,
    mirror: str | None = None,
    limits: Limits = LIMITS,
    free_space: FreeSpace = free_space,
) -> list[Path]:
    """Fetch what is missing of `model` and return its files' paths, in the model's order.

    `mirror`, unless empty, stands in for the scheme and host of every address, which keeps its path:
    "https://host/prefix". Proxies are taken from the environment. A cancelled or failed download keeps what has
    arrived; the next call goes on there.

    Raises ModelError (not reachable, refused, too slow, wrong bytes), StorageError (no room, not writable) and
    UsageError (a mirror that is no address).
    """
    if mirror:
        demand_address(mirror)
    with storage_errors(model.name):
        return await Job(model, folder, Meter(model, progress), mirror, limits, free_space).run()


async def verify(model: Model, folder: Path, *, progress: Report | None = None) -> Verdict:
    """Compare every file with its checksum. Raises StorageError for a file that cannot be read."""
    meter = Meter(model, progress or (lambda _: None))
    home = model_folder(folder, model)
    with storage_errors(model.name):
        manifest = await in_thread(manifest_of, model, home)
        if manifest is None:
            return Missing(model.hub.files if model.hub is not None else ())
        if missing := await in_thread(absent, manifest, home):
            return Missing(tuple(file.filename for file in missing))
        meter.total = manifest.size
        digests = [(file, await digest(home / file.filename, file.hasher(), meter)) for file in manifest.files]
    wrong = tuple(file.filename for file, found in digests if found != file.digest)
    return Wrong(wrong) if wrong else Whole()


async def remove(model: Model, folder: Path) -> int:
    """Delete the model's files, the unfinished too, and return the bytes that this freed.

    Raises ModelError while the model is being fetched, StorageError when the disk refuses.
    """
    home = model_folder(folder, model)
    with storage_errors(model.name):
        if not await in_thread(home.is_dir):
            return 0
        lock = lock_of(home)
        if not take(lock):
            raise ModelError(f"{model.name} cannot be removed", why="it is being downloaded", fix="Stop that first")
        try:
            return await in_thread(_delete, model, home)
        finally:
            lock.release()


def installed(model: Model, folder: Path) -> bool:
    """Whether every file of the model is in place. A quick look; a file gets there only once its checksum is right."""
    home = model_folder(folder, model)
    manifest = manifest_of(model, home)
    return manifest is not None and not absent(manifest, home)


def arrived(model: Model, folder: Path) -> int:
    """Bytes of the model on the disk, the unfinished too. A quick look."""
    return bytes_here(model, model_folder(folder, model))


def _delete(model: Model, home: Path) -> int:
    freed = 0
    names = set(_names(model, home))
    for name in names:
        part = Part(home / name)
        for path in (part.target, part.path, part.origin_path):
            if path.is_file():
                freed += path.stat().st_size
                path.unlink()
    (home / NAME).unlink(missing_ok=True)
    folders = {parent for name in names for parent in (home / name).parents} | {home}
    for folder in sorted((f for f in folders if f.is_relative_to(home)), key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):  # something that is not ours lies in it
            folder.rmdir()
    return freed


def _names(model: Model, home: Path) -> Iterator[str]:
    """What may lie in `home`: also of an older manifest, and where none can be read any more."""
    yield from (file.filename for file in model.files)
    kept = kept_in(home)
    yield from (file.filename for file in kept.files) if kept is not None else ()
    if model.hub is not None:
        here = (path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
        whole = (name.removesuffix(".json").removesuffix(".part") if ".part" in name else name for name in here)
        yield from filter(model.hub.wants, whole)
