"""Recordings on their way to disk: whole and exact when kept, gone when dropped, and no trace when the disk fails."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicebot.audio.spool import BATCH, Spool
from voicebot.errors import StorageError
from voicebot.events import Samples

RATE = 16_000
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def disk() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def blocks_of_noise(count: int) -> Samples:
    return np.random.default_rng(0).uniform(-0.5, 0.5, (count, 512)).astype(np.float32)


def filled(spool: Spool, count: int) -> Samples:
    blocks = blocks_of_noise(count)
    for block in blocks:
        spool.write(block)
    return blocks.reshape(-1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("count", [1, BATCH - 1, BATCH, BATCH + 1, 100])
async def test_a_kept_recording_is_there_under_its_name_to_the_sample(
    tmp_path: Path, disk: ThreadPoolExecutor, count: int
) -> None:
    spool = Spool(tmp_path / "deep" / "one.flac", RATE, disk)
    samples = filled(spool, count)
    path = await spool.keep()
    assert names(path.parent) == ["one.flac"]
    read, rate = soundfile.read(path, dtype="float32")
    assert rate == RATE
    assert len(read) == len(samples)
    assert np.abs(read - samples).max() <= 1 / 32_767
    assert soundfile.info(path).subtype == "PCM_16"


async def test_what_is_too_loud_is_clipped(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    spool = Spool(tmp_path / "one.flac", RATE, disk)
    spool.write(np.array([2.0, -2.0] * 256, dtype=np.float32))
    read, _ = soundfile.read(await spool.keep())
    assert (read[0], read[1]) == pytest.approx((1.0, -1.0), abs=1e-3)


async def test_while_it_is_spoken_it_has_no_name_yet(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    spool = Spool(tmp_path / "one.flac", RATE, disk)
    filled(spool, 2 * BATCH)
    await asyncio.get_running_loop().run_in_executor(disk, lambda: None)
    assert names(tmp_path) == ["one.part"]
    await spool.drop()


@pytest.mark.parametrize("count", [0, 1, 3 * BATCH])
async def test_a_dropped_recording_leaves_nothing(tmp_path: Path, disk: ThreadPoolExecutor, count: int) -> None:
    spool = Spool(tmp_path / "one.flac", RATE, disk)
    filled(spool, count)
    await spool.drop()
    await spool.drop()
    assert names(tmp_path) == []


async def test_one_that_was_kept_can_still_be_dropped(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    """Its turn was interrupted just then."""
    spool = Spool(tmp_path / "one.flac", RATE, disk)
    filled(spool, 5)
    await spool.keep()
    await spool.drop()
    assert names(tmp_path) == []


async def test_nothing_recorded_is_no_recording(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    with pytest.raises(StorageError, match="nothing was recorded"):
        await Spool(tmp_path / "one.flac", RATE, disk).keep()
    assert names(tmp_path) == []


@pytest.mark.expects_warnings
async def test_a_folder_that_cannot_be_is_told_when_it_is_kept_and_does_not_matter_when_it_is_dropped(
    tmp_path: Path, disk: ThreadPoolExecutor
) -> None:
    (tmp_path / "file").touch()
    spool = Spool(tmp_path / "file" / "one.flac", RATE, disk)
    filled(spool, 40)
    with pytest.raises(StorageError) as failure:
        await spool.keep()
    assert "\n" not in str(failure.value)
    await spool.drop()


async def test_a_folder_that_was_deleted_meanwhile_is_told(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    spool = Spool(tmp_path / "folder" / "one.flac", RATE, disk)
    filled(spool, BATCH)
    await asyncio.get_running_loop().run_in_executor(disk, lambda: None)
    (tmp_path / "folder" / "one.part").unlink()
    (tmp_path / "folder").rmdir()
    with pytest.raises(StorageError):
        await spool.keep()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.expects_warnings
@pytest.mark.parametrize("room", [0, 100, 20_000, 95_000, 99_000])
async def test_a_disk_with_no_room_is_one_line_and_leaves_nothing(
    tmp_path: Path, disk: ThreadPoolExecutor, capfd: pytest.CaptureFixture[str], room: int
) -> None:
    """Also when it is only the end that finds no room: the whole takes 99,500 bytes."""
    spool = Spool(tmp_path / "one.flac", RATE, disk)
    with room_for(room):
        filled(spool, 100)
        with pytest.raises(StorageError) as failure:
            await spool.keep()
    assert "\n" not in str(failure.value)
    assert failure.value.why
    assert names(tmp_path) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.expects_warnings
@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs is Linux's")
async def test_a_disk_that_is_full_is_one_line_and_leaves_nothing(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
    try:
        spool = Spool(folder / "one.flac", RATE, disk)
        filled(spool, 100)
        with pytest.raises(StorageError):
            await spool.keep()
        assert names(folder) == []
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.expects_warnings
async def test_a_recording_that_failed_can_be_dropped(tmp_path: Path, disk: ThreadPoolExecutor) -> None:
    spool = Spool(tmp_path / "one.flac", RATE, disk)
    with room_for(10_000):
        filled(spool, 100)
        await spool.drop()
    assert names(tmp_path) == []


SPEAKER = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import numpy
from voicebot.audio.spool import Spool

async def main():
    disk = ThreadPoolExecutor(1)
    spool = Spool(Path(sys.argv[1]), 16000, disk)
    rng = numpy.random.default_rng(0)
    while True:
        for _ in range(64):
            spool.write(rng.uniform(-0.5, 0.5, 512).astype("f4"))
        await asyncio.get_running_loop().run_in_executor(disk, lambda: None)
        print("spoken", flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_program_killed_while_somebody_speaks_leaves_no_recording_that_is_not_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SPEAKER, str(tmp_path / "one.flac")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(3):
            program.stdout.readline()
        program.kill()
    assert names(tmp_path) == ["one.part"]
