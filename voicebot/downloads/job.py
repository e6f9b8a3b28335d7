"""One model to fetch into one place: what is missing is found, the disk looked at, and each file put in its place."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voicebot import __version__
from voicebot.catalogue import Model, in_units, model_folder
from voicebot.downloads import hub
from voicebot.downloads.disk import digest, in_thread
from voicebot.downloads.limits import Limits
from voicebot.downloads.line import GONE, Line, Refused, mirrored
from voicebot.downloads.lock import lock_of, take
from voicebot.downloads.manifest import Manifest, Wanted, keep, kept_in, manifest_of
from voicebot.downloads.part import Part
from voicebot.downloads.progress import Meter
from voicebot.downloads.transfer import Transfer
from voicebot.errors import ModelError, StorageError

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)

FreeSpace = Callable[[Path], int]


class Job:
    """Fetches what is missing of `model`. `free_space` gives the bytes free on the disk that holds a folder."""

    def __init__(
        self, model: Model, folder: Path, meter: Meter, mirror: str | None, limits: Limits, free_space: FreeSpace
    ) -> None:
        self.model = model
        self.home = model_folder(folder, model)
        self.meter = meter
        self.mirror = mirror
        self.limits = limits
        self.free_space = free_space

    async def run(self) -> list[Path]:
        """Return where the files lie. Raises ModelError, StorageError, OSError."""
        if not await self._is_whole():
            await in_thread(self.home.mkdir, parents=True, exist_ok=True)
            async with self._alone():
                if not await self._is_whole():
                    async with await in_thread(self._open_client) as client:
                        await self._fetch(client)
        manifest = await in_thread(manifest_of, self.model, self.home)
        return [self.home / file.filename for file in manifest.files] if manifest is not None else []

    async def _is_whole(self) -> bool:
        manifest = await in_thread(manifest_of, self.model, self.home)
        return manifest is not None and not await self._missing(manifest)

    async def _missing(self, manifest: Manifest) -> list[Wanted]:
        """The files not in place, and those that somebody else put there and that are wrong."""
        missing = await in_thread(absent, manifest, self.home)
        for file in await in_thread(_of_odd_length, manifest, self.home):
            if await digest(self.home / file.filename, file.hasher()) != file.digest:
                missing.append(file)
        return missing

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Hold the model's lock, which lets one process at a time fetch it."""
        lock = lock_of(self.home)
        loop = asyncio.get_running_loop()
        until = loop.time() + self.limits.other_process
        while not take(lock):
            if loop.time() >= until:
                why = f"another program has been downloading it for {self.limits.other_process:g} seconds"
                raise ModelError(f"{self.model.name} was not downloaded", why, "End that program, and try again")
            here = await in_thread(bytes_here, self.model, self.home)
            self.meter.tell(here, "another program is downloading it")
            await asyncio.sleep(self.limits.poll)
        try:
            yield
        finally:
            lock.release()

    async def _fetch(self, client: httpx2.AsyncClient) -> None:
        """From the commit that was begun with, as long as the hub has it."""
        manifest = await in_thread(manifest_of, self.model, self.home)
        begun = self.model.hub is not None and manifest is not None
        try:
            await self._fetch_files(client, manifest or await self._listed(client))
        except Refused as refused:
            if not begun or refused.status not in GONE:
                raise hub.told(self.model, refused) from refused
            log.info("%s: the commit is gone; asking for the newest", self.model.name)
            await self._fetch_afresh(client)

    async def _fetch_afresh(self, client: httpx2.AsyncClient) -> None:
        try:
            await self._fetch_files(client, await self._listed(client))
        except Refused as refused:
            raise hub.told(self.model, refused) from refused

    async def _listed(self, client: httpx2.AsyncClient) -> Manifest:
        manifest = await hub.listing(self.model, self._line(client), self.mirror)
        await self._sweep(manifest)
        await in_thread(keep, manifest, self.home)
        return manifest

    async def _sweep(self, manifest: Manifest) -> None:
        """Delete what lies here and is not of the manifest: once that is kept, a file in place counts as whole."""
        before = await in_thread(kept_in, self.home)
        right = {file.filename: file for file in manifest.files}
        for name in {*right, *(file.filename for file in (before.files if before is not None else ()))}:
            path, file = self.home / name, right.get(name)
            if not await in_thread(path.is_file):
                continue
            if file is None or await digest(path, file.hasher()) != file.digest:
                await in_thread(path.unlink)

    async def _fetch_files(self, client: httpx2.AsyncClient, manifest: Manifest) -> None:
        missing = await self._missing(manifest)
        await in_thread(self._demand_space, missing)
        self.meter.total = manifest.size
        self.meter.finished = sum(file.size for file in manifest.files if file not in missing)
        for file in missing:
            await in_thread((self.home / file.filename).parent.mkdir, parents=True, exist_ok=True)
            await self._fetch_file(client, file)

    async def _fetch_file(self, client: httpx2.AsyncClient, file: Wanted) -> None:
        part = Part(self.home / file.filename, file.hasher)
        try:
            await in_thread(part.open)
            while await in_thread(part.read_on):
                self.meter.tell(part.done, "looking at what is here already")
            await Transfer(self.model, file, mirrored(file.url, self.mirror), part, self._line(client)).run()
            await in_thread(part.install)
        finally:
            await in_thread(part.close)
        self.meter.finished += part.done
        self.meter.tell(0)

    def _line(self, client: httpx2.AsyncClient) -> Line:
        return Line(client, self.model, self.limits, self.meter)

    def _demand_space(self, missing: Sequence[Wanted]) -> None:
        """Raise StorageError unless the files fit on the disk and leave the margin free."""
        size = sum(max(0, file.size - Part(self.home / file.filename).length()) for file in missing)
        lacking = size + self.limits.margin - self.free_space(self.home)
        if lacking > 0:
            raise StorageError(
                f"There is no room for {self.model.name}",
                why=f"it takes {in_units(size)} and should leave {in_units(self.limits.margin)} free in {self.home}",
                fix=f"Free {in_units(lacking)} more, or set VOICEBOT_HOME to a folder on a larger disk",
            )

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


def absent(manifest: Manifest, home: Path) -> list[Wanted]:
    """The files that are not in place."""
    return [file for file in manifest.files if not (home / file.filename).is_file()]


def bytes_here(model: Model, home: Path) -> int:
    """Bytes of the model on the disk, the unfinished too."""
    manifest = manifest_of(model, home)
    files = [home / file.filename for file in manifest.files] if manifest is not None else []
    return sum(path.stat().st_size if path.is_file() else Part(path).length() for path in files)


def _of_odd_length(manifest: Manifest, home: Path) -> list[Wanted]:
    paths = [(file, home / file.filename) for file in manifest.files]
    return [file for file, path in paths if path.is_file() and path.stat().st_size != file.size]
