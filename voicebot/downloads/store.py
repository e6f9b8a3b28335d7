"""The models on this machine: fetch, check, remove."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voicebot import __version__
from voicebot.catalogue import Model, ModelFile, in_units, model_folder
from voicebot.downloads.disk import digest, free_space, in_thread, storage_errors
from voicebot.downloads.limits import LIMITS, Limits
from voicebot.downloads.part import Part
from voicebot.downloads.progress import Meter, Report
from voicebot.downloads.transfer import Transfer
from voicebot.errors import ModelError, StorageError, UsageError

if TYPE_CHECKING:
    import filelock
    import httpx2


@dataclass(frozen=True, slots=True)
class Whole:
    """Every file is there, and right."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Files that are not there."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Files whose bytes are not what the catalogue says."""

    files: tuple[str, ...]


Verdict = Whole | Missing | Wrong


async def download(
    model: Model,
    folder: Path,
    *,
    progress: Report,
    mirror: str | None = None,
    limits: Limits = LIMITS,
    free_space: Callable[[Path], int] = free_space,
) -> list[Path]:
    """Fetch what is missing of `model` and return its files' paths, in the model's order.

    `mirror`, unless empty, stands in for the scheme and host of every address, which keeps its path:
    "https://host/prefix". Proxies are taken from the environment. A cancelled or failed download keeps what has
    arrived; the next call goes on there.

    Raises ModelError (not reachable, refused, too slow, wrong bytes), StorageError (no room, not writable) and
    UsageError (a mirror that is no address).
    """
    if mirror:
        _demand_address(mirror)
    job = _Job(model, folder, Meter(model, progress), mirror, limits)
    with storage_errors(model.name):
        if await job.missing():
            await in_thread(job.make_folders)
            async with job.alone():
                if missing := await job.missing():
                    await in_thread(job.demand_space, missing, free_space)
                    await job.fetch(missing)
    return [job.home / file.filename for file in model.files]


async def verify(model: Model, folder: Path, *, progress: Report | None = None) -> Verdict:
    """Compare every file with its checksum. Raises StorageError for a file that cannot be read."""
    meter = Meter(model, progress or (lambda _: None))
    home = model_folder(folder, model)
    with storage_errors(model.name):
        if absent := await in_thread(_absent, model, home):
            return Missing(tuple(file.filename for file in absent))
        digests = [(file, await digest(home / file.filename, meter)) for file in model.files]
    wrong = tuple(file.filename for file, sha256 in digests if sha256 != file.sha256)
    return Wrong(wrong) if wrong else Whole()


async def remove(model: Model, folder: Path) -> int:
    """Delete the model's files, the unfinished too, and return the bytes that this freed.

    Raises ModelError while the model is being fetched, StorageError when the disk refuses.
    """
    home = model_folder(folder, model)
    with storage_errors(model.name):
        if not await in_thread(home.is_dir):
            return 0
        lock = _lock(home)
        if not _take(lock):
            raise ModelError(f"{model.name} cannot be removed", why="it is being downloaded", fix="Stop that first")
        try:
            return await in_thread(_delete, model, home)
        finally:
            lock.release()


def installed(model: Model, folder: Path) -> bool:
    """Whether every file of the model is in place. A quick look; a file gets there only once its checksum is right."""
    return not _absent(model, model_folder(folder, model))


def arrived(model: Model, folder: Path) -> int:
    """Bytes of the model on the disk, the unfinished too. A quick look."""
    home = model_folder(folder, model)
    files = [home / file.filename for file in model.files]
    return sum(path.stat().st_size if path.is_file() else Part(path).length() for path in files)


class _Job:
    """One model to fetch into one place."""

    def __init__(self, model: Model, folder: Path, meter: Meter, mirror: str | None, limits: Limits) -> None:
        self.model = model
        self.folder = folder
        self.home = model_folder(folder, model)
        self.meter = meter
        self.mirror = mirror
        self.limits = limits

    async def missing(self) -> list[ModelFile]:
        """The files not in place, and those that somebody else put there and that are wrong."""
        missing = await in_thread(_absent, self.model, self.home)
        for file in await in_thread(_of_odd_length, self.model, self.home):
            if await digest(self.home / file.filename) != file.sha256:
                missing.append(file)
        return missing

    def make_folders(self) -> None:
        for file in self.model.files:
            (self.home / file.filename).parent.mkdir(parents=True, exist_ok=True)

    def demand_space(self, missing: Sequence[ModelFile], free_space: Callable[[Path], int]) -> None:
        """Raise StorageError unless the files fit on the disk and leave the margin free."""
        size = sum(max(0, file.size - Part(self.home / file.filename).length()) for file in missing)
        lacking = size + self.limits.margin - free_space(self.home)
        if lacking > 0:
            raise StorageError(
                f"There is no room for {self.model.name}",
                why=f"it takes {in_units(size)} and should leave {in_units(self.limits.margin)} free in {self.home}",
                fix=f"Free {in_units(lacking)} more, or set VOICEBOT_HOME to a folder on a larger disk",
            )

    @contextlib.asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Hold the model's lock, which lets one process at a time fetch it."""
        lock = _lock(self.home)
        loop = asyncio.get_running_loop()
        until = loop.time() + self.limits.other_process
        while not _take(lock):
            if loop.time() >= until:
                why = f"another program has been downloading it for {self.limits.other_process:g} seconds"
                raise ModelError(f"{self.model.name} was not downloaded", why, "End that program, and try again")
            self.meter.tell(await in_thread(arrived, self.model, self.folder), "another program is downloading it")
            await asyncio.sleep(self.limits.poll)
        try:
            yield
        finally:
            lock.release()

    async def fetch(self, missing: Sequence[ModelFile]) -> None:
        self.meter.finished = sum(file.size for file in self.model.files if file not in missing)
        async with await in_thread(self._open_client) as client:
            for file in missing:
                await self._fetch_file(client, file)

    async def _fetch_file(self, client: httpx2.AsyncClient, file: ModelFile) -> None:
        part = Part(self.home / file.filename)
        try:
            await in_thread(part.open)
            while await in_thread(part.read_on):
                self.meter.tell(part.done, "looking at what is here already")
            await Transfer(self.model, file, self._address(file), part, self.limits, self.meter).run(client)
            await in_thread(part.install)
        finally:
            await in_thread(part.close)
        self.meter.finished += part.done
        self.meter.tell(0)

    def _address(self, file: ModelFile) -> str:
        if not self.mirror:
            return file.url
        return self.mirror.rstrip("/") + urlsplit(file.url)._replace(scheme="", netloc="").geturl()

    def _open_client(self) -> httpx2.AsyncClient:
        """Blocks: it reads the certificates, some 100 ms the first time."""
        import httpx2

        timeout = httpx2.Timeout(self.limits.silence, connect=self.limits.connect)
        headers = {"User-Agent": f"voicebot/{__version__}", "Accept-Encoding": "identity"}
        try:
            return httpx2.AsyncClient(follow_redirects=True, trust_env=True, timeout=timeout, headers=headers)
        except (ImportError, ValueError, OSError, httpx2.InvalidURL) as error:
            why = f"the environment's proxy or certificates cannot be used ({error})"
            fix = "Look at HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR"
            raise ModelError(f"{self.model.name} was not downloaded", why=why, fix=fix) from error


def _demand_address(mirror: str) -> None:
    try:
        parts = urlsplit(mirror)
        good = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"{mirror!r} is not the address of a mirror", fix="Give it like https://host/folder")


def _absent(model: Model, home: Path) -> list[ModelFile]:
    return [file for file in model.files if not (home / file.filename).is_file()]


def _of_odd_length(model: Model, home: Path) -> list[ModelFile]:
    paths = [(file, home / file.filename) for file in model.files]
    return [file for file, path in paths if path.is_file() and path.stat().st_size != file.size]


def _lock(home: Path) -> filelock.BaseFileLock:
    """The model's lock; beside its folder, and never deleted, for a deleted lock lets two in."""
    import filelock

    return filelock.FileLock(home.with_name(f".{home.name}.lock"))


def _take(lock: filelock.BaseFileLock) -> bool:
    """One system call that does not wait; in the loop's own thread, which must also release it."""
    import filelock

    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        return False
    return True


def _delete(model: Model, home: Path) -> int:
    freed = 0
    for file in model.files:
        part = Part(home / file.filename)
        for path in (part.target, part.path, part.origin_path):
            if path.is_file():
                freed += path.stat().st_size
                path.unlink()
    folders = {parent for file in model.files for parent in (home / file.filename).parents}
    for folder in sorted((f for f in folders if f.is_relative_to(home)), key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):  # something that is not ours lies in it
            folder.rmdir()
    return freed
