"""Fetching models from servers and over lines that misbehave: right files only, and nothing lost that could be kept."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import filelock
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile_server import HostileServer, Reply
from voicebot.catalogue import Model, ModelFile, Words, installed_path
from voicebot.downloads import Limits, Missing, Progress, Whole, Wrong, download, installed, job, remove, verify
from voicebot.downloads.disk import in_thread
from voicebot.downloads.limits import Crawl, Retries
from voicebot.downloads.part import Part
from voicebot.errors import ModelError, StorageError, UsageError

FILE = random.Random(7).randbytes(300_000)
OTHER = random.Random(8).randbytes(300_000)
HALF = 150_000
QUICK = Limits(
    first_pause=0, tries=3, worthwhile=1, margin=0, excess=1000, report=0, poll=0.01, silence=10, other_process=60
)
PATIENT = 60
"""Seconds after which a test that waits for something has failed."""


@pytest.fixture(autouse=True)
def no_proxies(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor certificates: to read them takes longer than most downloads here."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def model_at(url: str, file: bytes = FILE, size: int | None = None) -> Model:
    entry = ModelFile("base.pt", size or len(file), hashlib.sha256(file).hexdigest(), f"{url}/main/base.pt")
    return Model("base", "whisper", Words("small", "작음"), "multilingual", "MIT", 1, (entry,))


async def fetch(model: Model, folder: Path, limits: Limits = QUICK, mirror: str | None = None) -> list[Path]:
    async with asyncio.timeout(PATIENT):
        return await download(model, folder, progress=lambda _: None, limits=limits, mirror=mirror)


def lying_about(folder: Path) -> set[str]:
    """Every file below `folder` but locks."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}


INSTALLED = {"whisper/base/base.pt"}
KEPT = {"whisper/base/base.pt.part", "whisper/base/base.pt.part.json"}


def part_of(folder: Path) -> bytes:
    return (folder / "whisper/base/base.pt.part").read_bytes()


def leave_part(folder: Path, content: bytes, origin: dict[str, str] | str | None = None) -> None:
    """What an earlier run left."""
    home = folder / "whisper/base"
    home.mkdir(parents=True)
    (home / "base.pt.part").write_bytes(content)
    if origin is not None:
        text = origin if isinstance(origin, str) else json.dumps(origin)
        (home / "base.pt.part.json").write_text(text)


@contextlib.asynccontextmanager
async def serving(*replies: Reply, file: bytes = FILE) -> AsyncIterator[HostileServer]:
    async with HostileServer(file, replies or (Reply(),)) as server:
        yield server


# -- what ends in the right file -------------------------------------------------------------------------------------

SURVIVED = {
    "a good server": [Reply()],
    "chunked, without a length": [Reply(framing="chunked")],
    "nothing but the closing line tells the end": [Reply(framing="close")],
    "dropped in the middle": [Reply(drop_after=HALF), Reply()],
    "dropped before the first byte": [Reply(drop_after=0), Reply()],
    "dropped at the last byte": [Reply(drop_after=len(FILE) - 1), Reply()],
    "dropped twice": [Reply(drop_after=HALF), Reply(drop_after=1000), Reply()],
    "dropped, with no length to tell": [Reply(framing="close", drop_after=HALF), Reply()],
    "dropped, chunked": [Reply(framing="chunked", drop_after=HALF), Reply(framing="chunked")],
    "dropped, and no etag": [Reply(etag="", drop_after=HALF), Reply(etag="")],
    "dropped, and a weak etag": [Reply(etag='W/"x"', drop_after=HALF), Reply(etag='W/"x"')],
    "says it is longer than it is": [Reply(length=len(FILE) + 5000)],
    "no ranges: 200 for 206": [Reply(drop_after=HALF, ranges=False), Reply(ranges=False)],
    "ranges given in small portions": [Reply(drop_after=HALF)] + [Reply(range_length=60_000)] * 3,
    "another range than asked for": [Reply(drop_after=HALF), Reply(range_from=HALF - 512), Reply()],
    "416 for what is there": [Reply(drop_after=HALF), Reply(status=416), Reply()],
    "changed between the halves": [Reply(body=OTHER, etag='"old"', drop_after=HALF), Reply(etag='"new"')],
    "changed, and silent about it": [Reply(body=OTHER, etag="", drop_after=HALF), Reply(etag=""), Reply(etag="")],
    "503, then fine": [Reply(status=503), Reply()],
    "429 without a time": [Reply(status=429), Reply()],
    "429 with a time": [Reply(status=429, headers={"Retry-After": "0"}), Reply()],
    "429 with a time that is none": [Reply(status=429, headers={"Retry-After": "soon"}), Reply()],
    "redirected": [Reply(status=302, headers={"Location": "/elsewhere"}), Reply()],
    "redirected, dropped, redirected": [
        Reply(status=302, headers={"Location": "/elsewhere"}),
        Reply(drop_after=HALF),
        Reply(status=307, headers={"Location": "/elsewhere"}),
        Reply(),
    ],
}


@pytest.mark.parametrize("replies", SURVIVED.values(), ids=SURVIVED.keys())
async def test_it_ends_in_the_right_file(tmp_path: Path, replies: list[Reply]) -> None:
    async with serving(*replies) as server:
        model = model_at(server.url)
        (path,) = await fetch(model, tmp_path)
    assert len(server.requests) == len(replies)
    assert path == installed_path(tmp_path, model)
    assert path.read_bytes() == FILE
    assert lying_about(tmp_path) == INSTALLED
    assert installed(model, tmp_path)
    assert await verify(model, tmp_path) == Whole()


async def test_a_drop_is_resumed_where_it_was(tmp_path: Path) -> None:
    async with serving(Reply(drop_after=HALF), Reply()) as server:
        await fetch(model_at(server.url), tmp_path)
    asked = server.requests[1].headers
    assert asked["range"] == f"bytes={HALF}-"
    assert asked["if-range"] == '"first"'
    assert server.requests[0].headers["accept-encoding"] == "identity"
    assert "range" not in server.requests[0].headers


async def test_last_modified_stands_in_for_an_etag(tmp_path: Path) -> None:
    date = "Wed, 21 Oct 2015 07:28:00 GMT"
    async with serving(Reply(etag="", headers={"Last-Modified": date}, drop_after=HALF), Reply(etag=date)) as server:
        await fetch(model_at(server.url), tmp_path)
    assert server.requests[1].headers["if-range"] == date.lower()


async def test_a_206_for_another_version_is_not_glued_on(tmp_path: Path) -> None:
    """A server that ignores If-Range, and only its etag shows that the file changed."""
    rest = {"Content-Range": f"bytes {HALF}-{len(FILE) - 1}/{len(FILE)}"}
    ignoring = Reply(status=206, body=FILE[HALF:], etag='"new"', headers=rest)
    reports: list[Progress] = []
    async with serving(Reply(body=OTHER, etag='"old"', drop_after=HALF), ignoring, Reply(etag='"new"')) as server:
        (path,) = await download(model_at(server.url), tmp_path, progress=reports.append, limits=QUICK)
    assert path.read_bytes() == FILE
    assert "range" not in server.requests[2].headers
    assert any(report.waiting.startswith("the file changed on 127.0.0.1") for report in reports)


async def test_a_weak_etag_vouches_for_no_bytes(tmp_path: Path) -> None:
    async with serving(Reply(etag='W/"x"', drop_after=HALF), Reply(etag='W/"x"')) as server:
        await fetch(model_at(server.url), tmp_path)
    assert server.requests[1].headers["range"] == f"bytes={HALF}-"
    assert "if-range" not in server.requests[1].headers


async def test_wrong_bytes_of_one_piece_are_not_asked_for_again(tmp_path: Path) -> None:
    async with serving(Reply(body=OTHER)) as server:
        with pytest.raises(ModelError, match="came out wrong"):
            await fetch(model_at(server.url), tmp_path)
    assert len(server.requests) == 1


async def test_a_206_without_its_range_is_not_trusted(tmp_path: Path) -> None:
    async with serving(Reply(drop_after=HALF), Reply(status=206, body=FILE[HALF:]), Reply()) as server:
        (path,) = await fetch(model_at(server.url), tmp_path)
    assert path.read_bytes() == FILE


async def test_a_size_in_the_catalogue_is_no_proof(tmp_path: Path) -> None:
    for number, size in enumerate((len(FILE) - 500, len(FILE) + 500)):
        folder = tmp_path / str(number)
        async with serving() as server:
            (path,) = await fetch(model_at(server.url, size=size), folder)
            assert path.read_bytes() == FILE
            await fetch(model_at(server.url, size=size), folder)
        assert len(server.requests) == 1


async def test_several_files(tmp_path: Path) -> None:
    async with serving() as server:
        sha256 = hashlib.sha256(FILE).hexdigest()
        files = tuple(ModelFile(name, len(FILE), sha256, f"{server.url}/{name}") for name in ("a.onnx", "deep/a.json"))
        voice = Model("ko", "piper", Words("a voice", "목소리"), ("ko",), "MIT", 1, files)
        (tmp_path / "piper/ko").mkdir(parents=True)
        (tmp_path / "piper/ko/a.onnx").write_bytes(FILE)
        assert await verify(voice, tmp_path) == Missing(("deep/a.json",))
        reports: list[Progress] = []
        paths = await download(voice, tmp_path, progress=reports.append, limits=QUICK)
    assert paths == [tmp_path / "piper/ko/a.onnx", tmp_path / "piper/ko/deep/a.json"]
    assert [request.target for request in server.requests] == ["/deep/a.json"]
    assert reports[0].done >= len(FILE)
    assert reports[-1].done == reports[-1].total == 2 * len(FILE)
    assert await remove(voice, tmp_path) == 2 * len(FILE)
    assert lying_about(tmp_path) == set() and not (tmp_path / "piper/ko").exists()


# -- what fails, and what it leaves ----------------------------------------------------------------------------------

FATAL: dict[str, tuple[list[Reply], str, set[str]]] = {
    "wrong bytes": ([Reply(body=OTHER)], "another checksum", set()),
    "wrong bytes after a drop, twice": (
        [Reply(body=OTHER, drop_after=HALF), Reply(body=OTHER), Reply(body=OTHER)],
        "another checksum",
        set(),
    ),
    "too short, and sure of it": ([Reply(body=FILE[:HALF])], "another checksum", set()),
    "says it is shorter than it is": ([Reply(length=HALF)], "another checksum", set()),
    "too long": ([Reply(body=FILE + bytes(100_000), framing="close")], "more than the 300 kB", set()),
    "a little too long": ([Reply(body=FILE[1:] + b"xx")], "another checksum", set()),
    "empty": ([Reply(body=b"")], "another checksum", set()),
    "ends early, again and again": ([Reply(framing="close", body=FILE[:HALF])], "", set()),
    "404": ([Reply(status=404)], "answered 404", set()),
    "403": ([Reply(status=403)], "answered 403", set()),
    "401": ([Reply(status=401)], "answered 401", set()),
    "416 for nothing": ([Reply(status=416)], "answered 416", set()),
    "204": ([Reply(status=204, framing="none")], "answered 204", set()),
    "503 for ever": ([Reply(status=503)], "answered 503, 3 times in a row", set()),
    "429 for an hour": (
        [Reply(status=429, headers={"Retry-After": "3600"})],
        "answered 429 and asks to wait 3600 seconds",
        set(),
    ),
    "a web page": (
        [Reply(body=b"<html>Welcome to the hotel", headers={"Content-Type": "text/html; charset=utf-8"})],
        "a web page instead of the file",
        set(),
    ),
    "redirected in a circle": ([Reply(status=302, headers={"Location": "/main/base.pt"})], "redirect", set()),
    "redirected to a file": ([Reply(status=302, headers={"Location": "file:///etc/passwd"})], "", set()),
    "no ranges and a bad line": ([Reply(ranges=False, drop_after=HALF)], "broke off, 3 times in a row", KEPT),
    "416 for every range": (
        [Reply(drop_after=HALF), Reply(status=416), Reply(drop_after=HALF), Reply(status=416)],
        "has no more than the 150 kB here already",
        set(),
    ),
}


@pytest.mark.parametrize(("replies", "reason", "left"), FATAL.values(), ids=FATAL.keys())
async def test_it_fails_and_installs_nothing(tmp_path: Path, replies: list[Reply], reason: str, left: set[str]) -> None:
    async with serving(*replies) as server:
        model = model_at(server.url)
        with pytest.raises(ModelError) as raised:
            await fetch(model, tmp_path)
        await server.all_lines_closed()
    message = str(raised.value)
    assert reason in message
    assert "whisper:base" in message and raised.value.fix and "\n" not in message
    assert lying_about(tmp_path) == left
    assert not installed(model, tmp_path)
    assert await verify(model, tmp_path) == Missing(("base.pt",))


async def test_a_server_that_hangs_after_its_headers(tmp_path: Path) -> None:
    async with serving(Reply(hold_after=0)) as server:
        with pytest.raises(ModelError, match=r"sent nothing for 0\.05 seconds, 2 times"):
            await fetch(model_at(server.url), tmp_path, Limits(silence=0.05, tries=2, first_pause=0, margin=0))
    assert lying_about(tmp_path) == set()


async def test_a_server_that_hangs_half_way_keeps_the_half(tmp_path: Path) -> None:
    async with serving(Reply(hold_after=HALF), Reply(hold_after=0)) as server:
        with pytest.raises(ModelError, match="sent nothing"):
            await fetch(model_at(server.url), tmp_path, Limits(silence=0.05, tries=2, first_pause=0, margin=0))
    assert part_of(tmp_path) == FILE[:HALF]


async def test_a_crawling_server_is_given_up_and_the_part_kept(tmp_path: Path) -> None:
    async with serving(Reply(piece=10, pause=0.001)) as server:
        model = model_at(server.url)
        with pytest.raises(ModelError, match="sends less than 1 GB per second"):
            await fetch(model, tmp_path, Limits(crawl=0.02, crawl_speed=1e9, margin=0))
        left = part_of(tmp_path)
        assert left and FILE.startswith(left)
        server.replies = [Reply()]
        (path,) = await fetch(model, tmp_path)
    assert path.read_bytes() == FILE


async def test_a_host_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    async with serving() as server:
        nobody = server.url
    with pytest.raises(ModelError, match="cannot be reached"):
        await fetch(model_at(nobody), tmp_path, Limits(first_pause=3600, margin=0))


async def test_a_host_that_goes_away_in_the_middle_is_waited_for(tmp_path: Path) -> None:
    waits: list[str] = []
    async with serving(Reply(hold_after=HALF, drop_after=HALF + 1)) as server:

        def vanish(progress: Progress) -> None:
            waits.append(progress.waiting)
            if progress.done == HALF:
                server.hang_up()
                server.release.set()

        with pytest.raises(ModelError, match="cannot be reached any more, 3 times in a row"):
            await download(model_at(server.url), tmp_path, progress=vanish, limits=QUICK)
    assert part_of(tmp_path) == FILE[: HALF + 1]
    assert sum("trying again" in wait for wait in waits) == 2


@pytest.mark.parametrize("status", [404, 403, 503])
async def test_a_server_that_refuses_the_rest_leaves_the_half(tmp_path: Path, status: int) -> None:
    async with serving(Reply(drop_after=HALF), Reply(status=status)) as server:
        with pytest.raises(ModelError, match=str(status)):
            await fetch(model_at(server.url), tmp_path)
    assert lying_about(tmp_path) == KEPT
    assert part_of(tmp_path) == FILE[:HALF]


# -- what an earlier run left ----------------------------------------------------------------------------------------


async def test_a_part_is_taken_up(tmp_path: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        leave_part(tmp_path, FILE[:HALF], {"url": model.files[0].url, "etag": '"first"'})
        (path,) = await fetch(model, tmp_path)
    assert path.read_bytes() == FILE
    assert server.requests[0].headers["range"] == f"bytes={HALF}-"
    assert server.requests[0].headers["if-range"] == '"first"'


async def test_a_whole_part_needs_no_server(tmp_path: Path) -> None:
    leave_part(tmp_path, FILE)
    (path,) = await fetch(model_at("http://127.0.0.1:9"), tmp_path)
    assert path.read_bytes() == FILE
    assert lying_about(tmp_path) == INSTALLED


@pytest.mark.parametrize("origin", [None, "not JSON", '{"url": 5}', {"url": "https://elsewhere/b", "etag": '"x"'}])
async def test_a_part_from_elsewhere_is_taken_up_and_proved_by_the_checksum(
    tmp_path: Path, origin: dict[str, str] | str | None
) -> None:
    leave_part(tmp_path, FILE[:HALF], origin)
    async with serving() as server:
        (path,) = await fetch(model_at(server.url), tmp_path)
    assert path.read_bytes() == FILE
    assert "if-range" not in server.requests[0].headers
    assert len(server.requests) == 1


@pytest.mark.parametrize("rubbish", [OTHER[:HALF], OTHER, OTHER + OTHER, bytes(HALF)])
async def test_a_part_that_is_rubbish_is_started_over(tmp_path: Path, rubbish: bytes) -> None:
    leave_part(tmp_path, rubbish)
    async with serving() as server:
        (path,) = await fetch(model_at(server.url), tmp_path)
    assert path.read_bytes() == FILE
    assert len(server.requests) == 2
    assert lying_about(tmp_path) == INSTALLED


async def test_what_is_installed_is_not_fetched_again(tmp_path: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        first = await fetch(model, tmp_path)
        assert await fetch(model, tmp_path) == first
    assert len(server.requests) == 1


async def test_a_stunted_file_in_its_place_is_replaced(tmp_path: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        path = installed_path(tmp_path, model)
        path.parent.mkdir(parents=True)
        path.write_bytes(FILE[:HALF])
        assert await verify(model, tmp_path) == Wrong(("base.pt",))
        await fetch(model, tmp_path)
    assert path.read_bytes() == FILE


# -- waiting, mirrors, proxies ---------------------------------------------------------------------------------------


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made between tries, none of them really."""
    made: list[float] = []
    sleep = asyncio.sleep

    async def pass_at_once(seconds: float) -> None:
        if seconds:
            made.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", pass_at_once)
    return made


async def test_a_server_that_asks_to_wait_gets_its_way(tmp_path: Path, waits: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=90), usegmt=True)
    replies = [Reply(status=429, headers={"Retry-After": after}) for after in ("7", later, past)]
    async with serving(*replies, Reply()) as server:
        await fetch(model_at(server.url), tmp_path, Limits(margin=0))
    assert waits[0] == 7
    assert 7 < waits[1] <= 90
    assert len(waits) == 2


async def test_pauses_double(tmp_path: Path, waits: list[float]) -> None:
    async with serving(Reply(status=503)) as server:
        with pytest.raises(ModelError):
            await fetch(model_at(server.url), tmp_path, Limits(margin=0, longest_pause=5))
    assert waits == [1, 2, 4, 5, 5]


def test_tries_that_bring_something_are_not_counted_unless_it_was_here_before() -> None:
    retries = Retries(Limits(tries=3, worthwhile=100))
    assert retries.pause(1000, None) == 1
    assert retries.pause(2000, None) == 1
    assert retries.pause(2050, None) == 2
    assert retries.pause(2150, None) == 1
    assert retries.pause(900, None) == 2
    assert retries.pause(2100, None) is None


def test_only_a_whole_stretch_of_crawling_counts() -> None:
    crawl = Crawl(Limits(crawl=30, crawl_speed=1000), now=0.0)
    assert not crawl.sees(0, 29.0)
    assert not crawl.sees(31_000, 31.0)
    assert not crawl.sees(500, 60.0)
    assert crawl.sees(500, 62.0)


@pytest.mark.parametrize("prefix", ["", "/", "/whisper", "/whisper/"])
async def test_a_mirror_stands_in_for_the_host(tmp_path: Path, prefix: str) -> None:
    async with serving() as server:
        (path,) = await fetch(model_at("https://models.invalid"), tmp_path, mirror=server.url + prefix)
    assert path.read_bytes() == FILE
    assert server.requests[0].target == prefix.rstrip("/") + "/main/base.pt"


@pytest.mark.parametrize("mirror", ["models.example", "ftp://models.example", "http://", "http://[", "https://m/?a=b"])
async def test_a_mirror_that_is_no_address(tmp_path: Path, mirror: str) -> None:
    with pytest.raises(UsageError, match="not the address of a mirror"):
        await fetch(model_at("https://models.invalid"), tmp_path, mirror=mirror)
    assert lying_about(tmp_path) == set()


async def test_a_password_in_the_mirror_is_not_shown(tmp_path: Path) -> None:
    async with serving(Reply(status=403)) as server:
        mirror = server.url.replace("://", "://me:secret@")
        with pytest.raises(ModelError, match="answered 403") as raised:
            await fetch(model_at("https://models.invalid"), tmp_path, mirror=mirror)
    assert "secret" not in str(raised.value)


async def test_a_proxy_from_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as server:
        monkeypatch.setenv("HTTP_PROXY", server.url)
        (path,) = await fetch(model_at("http://models.invalid"), tmp_path)
    assert path.read_bytes() == FILE
    assert server.requests[0].target == "http://models.invalid/main/base.pt"


async def test_a_proxy_that_makes_no_sense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://proxy.invalid:70")
    with pytest.raises(ModelError, match="proxy or certificates cannot be used") as raised:
        await fetch(model_at("http://models.invalid"), tmp_path)
    assert "HTTP_PROXY" in raised.value.fix


# -- progress and threads --------------------------------------------------------------------------------------------


async def test_progress_counts_up_to_the_whole(tmp_path: Path) -> None:
    reports: list[Progress] = []
    async with serving(Reply(drop_after=HALF), Reply()) as server:
        await download(model_at(server.url), tmp_path, progress=reports.append, limits=QUICK)
    done = [report.done for report in reports]
    assert done == sorted(done)
    assert {report.total for report in reports} == {len(FILE)}
    assert reports[-1].done == len(FILE)
    assert any(report.bytes_per_second > 0 and report.seconds_left is not None for report in reports)
    assert [report.waiting for report in reports if report.waiting] == [
        f"the connection to 127.0.0.1:{server.port} broke off; trying again in 0 s"
    ]


async def test_the_event_loop_never_does_the_disks_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: dict[str, set[int]] = {}

    def watch(name: str, work: Callable[..., object]) -> None:
        def watched(*args: object) -> object:
            threads.setdefault(name, set()).add(threading.get_ident())
            return work(*args)

        monkeypatch.setattr(Part, name, watched)

    for name in ("open", "read_on", "append", "restart", "install", "close"):
        watch(name, getattr(Part, name))
    async with serving() as server:
        await fetch(model_at(server.url), tmp_path)
    assert len(threads) == 6
    assert not any(threading.get_ident() in used for used in threads.values())


async def test_a_cancellation_waits_until_the_thread_has_let_go_of_the_file() -> None:
    started, let_go = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        let_go.wait(PATIENT)

    task = asyncio.create_task(in_thread(work))
    await asyncio.to_thread(started.wait, PATIENT)
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert not task.done()
    let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await task


# -- the disk --------------------------------------------------------------------------------------------------------


async def test_a_disk_without_room_is_found_before_the_first_byte(tmp_path: Path) -> None:
    async with serving() as server:
        with pytest.raises(StorageError) as raised:
            await download(
                model_at(server.url),
                tmp_path,
                progress=lambda _: None,
                limits=Limits(margin=100_000),
                free_space=lambda folder: 150_000,
            )
    assert "no room for whisper:base: it takes 300 kB and should leave 100 kB free" in str(raised.value)
    assert "Free 250 kB more" in raised.value.fix
    assert server.requests == []
    assert lying_about(tmp_path) == set()


async def test_what_is_here_needs_no_room(tmp_path: Path) -> None:
    leave_part(tmp_path, FILE[:HALF])
    async with serving() as server:
        paths = await download(
            model_at(server.url), tmp_path, progress=lambda _: None, limits=QUICK, free_space=lambda folder: HALF
        )
    assert paths[0].read_bytes() == FILE


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 200 kB, where one can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no small disk can be mounted here: {error}")
    yield disk
    subprocess.run(["umount", disk], check=True)


async def test_a_disk_that_fills_up_keeps_what_fits(small_disk: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        with pytest.raises(StorageError, match=r"the disk is full\. Free some space"):
            await download(model, small_disk, progress=lambda _: None, limits=QUICK, free_space=lambda folder: 1 << 40)
        left = part_of(small_disk)
        assert left and FILE.startswith(left)
        with pytest.raises(StorageError, match="no room"):
            await fetch(model, small_disk)
        subprocess.run(["mount", "-o", "remount,size=1m", small_disk], check=True)
        (path,) = await fetch(model, small_disk)
    assert path.read_bytes() == FILE
    assert server.requests[-1].headers["range"].startswith("bytes=")


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "whisper").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="whisper:base cannot be stored") as raised:
        await fetch(model_at("http://127.0.0.1:9"), tmp_path)
    assert "permissions" in raised.value.fix


async def test_a_file_is_safe_on_the_disk_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "whisper/base/base.pt"
    in_place: list[bool] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (in_place.append(place.exists()), fsync(descriptor)))
    async with serving() as server:
        await fetch(model_at(server.url), tmp_path)
    assert in_place == ([False, True] if os.name == "posix" else [False])


async def test_a_disk_that_fails_while_renaming_installs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error", str(self))

    async with serving() as server:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", refuse)
            with pytest.raises(StorageError, match="Input/output error"):
                await fetch(model_at(server.url), tmp_path)
        assert lying_about(tmp_path) == KEPT
        await fetch(model_at(server.url), tmp_path)
    assert len(server.requests) == 1


# -- stopping --------------------------------------------------------------------------------------------------------


async def test_a_cancelled_download_closes_the_line_keeps_the_part_and_frees_the_lock(tmp_path: Path) -> None:
    arrived = asyncio.Event()

    def watch(progress: Progress) -> None:
        if progress.done == HALF:
            arrived.set()

    async with serving(Reply(hold_after=HALF), Reply()) as server, asyncio.timeout(PATIENT):
        model = model_at(server.url)
        task = asyncio.create_task(download(model, tmp_path, progress=watch, limits=QUICK))
        await arrived.wait()
        with pytest.raises(ModelError, match="it is being downloaded"):
            await remove(model, tmp_path)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.all_lines_closed()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert lying_about(tmp_path) == KEPT and part_of(tmp_path) == FILE[:HALF]
        with filelock.FileLock(tmp_path / "whisper/.base.lock", blocking=False):
            pass
        (path,) = await fetch(model, tmp_path)
    assert path.read_bytes() == FILE
    assert server.requests[1].headers["range"] == f"bytes={HALF}-"


@pytest.mark.parametrize("moment", range(8))
async def test_cancelling_at_any_report_loses_nothing(tmp_path: Path, moment: int) -> None:
    leave_part(tmp_path, FILE[:50_000])
    reports = 0

    def stop(progress: Progress) -> None:
        nonlocal reports
        reports += 1
        if reports == moment + 1:
            task.cancel()

    async with serving(Reply(piece=50_000, drop_after=100_000), Reply(piece=50_000)) as server:
        task = asyncio.create_task(download(model_at(server.url), tmp_path, progress=stop, limits=QUICK))
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, PATIENT)
        if not installed(model_at(server.url), tmp_path):
            left = part_of(tmp_path)
            assert len(left) >= 50_000 and FILE.startswith(left)
        (path,) = await fetch(model_at(server.url), tmp_path)
    assert path.read_bytes() == FILE
    assert lying_about(tmp_path) == INSTALLED


CHILD = """
import asyncio, hashlib, json, sys
from pathlib import Path
from voicebot.catalogue import Model, ModelFile, Words
from voicebot.downloads import Limits, download

url, folder, sha256, size = sys.argv[1:]
file = ModelFile("base.pt", int(size), sha256, url + "/main/base.pt")
model = Model("base", "whisper", Words("small", "small"), "multilingual", "MIT", 1, (file,))

def tell(progress):
    print(json.dumps([progress.done, progress.waiting]), flush=True)

asyncio.run(download(model, Path(folder), progress=tell, limits=Limits(margin=0, report=0, poll=0.01)))
print(json.dumps("installed"), flush=True)
"""


@contextlib.asynccontextmanager
async def another_process(server: HostileServer, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of its own that downloads the model, and prints how far it is."""
    arguments = [server.url, str(folder), hashlib.sha256(FILE).hexdigest(), str(len(FILE))]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, *arguments, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def says(process: asyncio.subprocess.Process, sought: Callable[[object], bool]) -> None:
    """Read what the process prints until `sought` is true of it."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENT):
        while line := await process.stdout.readline():
            if sought(json.loads(line)):
                return
    raise AssertionError("the process ended without saying so")


async def test_a_process_killed_in_the_middle_is_taken_up_where_it_was(tmp_path: Path) -> None:
    async with serving(Reply(hold_after=HALF), Reply()) as server:
        async with another_process(server, tmp_path) as process:
            await says(process, lambda said: said == [HALF, ""])
            process.send_signal(signal.SIGKILL)
            assert await process.wait() == -signal.SIGKILL
        assert part_of(tmp_path) == FILE[:HALF]
        assert lying_about(tmp_path) == KEPT
        (path,) = await fetch(model_at(server.url), tmp_path)
    assert path.read_bytes() == FILE
    assert server.requests[1].headers["range"] == f"bytes={HALF}-"
    assert lying_about(tmp_path) == INSTALLED


async def test_two_processes_make_one_download(tmp_path: Path) -> None:
    async with serving(Reply(hold_after=HALF)) as server, another_process(server, tmp_path) as first:
        await says(first, lambda said: said == [HALF, ""])
        async with another_process(server, tmp_path) as second:
            await says(second, lambda said: said == [HALF, "another program is downloading it"])
            server.release.set()
            await says(first, lambda said: said == "installed")
            await says(second, lambda said: said == "installed")
    assert len(server.requests) == 1
    assert installed_path(tmp_path, model_at(server.url)).read_bytes() == FILE
    assert lying_about(tmp_path) == INSTALLED


async def test_two_tasks_make_one_download(tmp_path: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        first, second = await asyncio.gather(fetch(model, tmp_path), fetch(model, tmp_path))
    assert first == second
    assert len(server.requests) == 1


@pytest.mark.parametrize("replies", [[Reply()], [Reply(status=404)]])
async def test_the_lock_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replies: list[Reply]) -> None:
    locks: list[filelock.BaseFileLock] = []
    make = job.lock_of

    def keep(home: Path) -> filelock.BaseFileLock:
        locks.append(make(home))
        return locks[-1]

    monkeypatch.setattr(job, "lock_of", keep)
    async with serving(*replies) as server:
        with contextlib.suppress(ModelError):
            await fetch(model_at(server.url), tmp_path)
    assert [lock.is_locked for lock in locks] == [False]


async def test_waiting_for_another_program_has_an_end_and_can_be_stopped(tmp_path: Path) -> None:
    model = model_at("http://127.0.0.1:9")
    (tmp_path / "whisper").mkdir()
    waiting = asyncio.Event()
    with filelock.FileLock(tmp_path / "whisper/.base.lock"):
        with pytest.raises(ModelError, match="another program has been downloading it for 0 seconds"):
            await fetch(model, tmp_path, Limits(other_process=0))
        task = asyncio.create_task(download(model, tmp_path, progress=lambda _: waiting.set(), limits=QUICK))
        await asyncio.wait_for(waiting.wait(), PATIENT)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert lying_about(tmp_path) == set()


# -- checking and removing -------------------------------------------------------------------------------------------


async def test_a_file_that_went_bad_is_found(tmp_path: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        (path,) = await fetch(model, tmp_path)
    path.write_bytes(FILE[:-1] + bytes([FILE[-1] ^ 1]))
    reports: list[Progress] = []
    assert await verify(model, tmp_path, progress=reports.append) == Wrong(("base.pt",))
    assert reports[-1].done == reports[-1].total == len(FILE)


async def test_a_check_can_be_stopped(tmp_path: Path) -> None:
    model = model_at("http://127.0.0.1:9")
    path = installed_path(tmp_path, model)
    path.parent.mkdir(parents=True)
    path.write_bytes(FILE)
    task = asyncio.create_task(verify(model, tmp_path, progress=lambda _: task.cancel() and None))
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_removing_frees_all_of_it_and_nothing_else(tmp_path: Path) -> None:
    async with serving() as server:
        model = model_at(server.url)
        (path,) = await fetch(model, tmp_path)
    path.with_name("base.pt.part").write_bytes(b"12345")
    path.with_name("notes.txt").write_text("mine")
    assert await remove(model, tmp_path) == len(FILE) + 5
    assert lying_about(tmp_path) == {"whisper/base/notes.txt"}
    assert not installed(model, tmp_path)
    assert await remove(model, tmp_path) == 0
    assert await remove(model, tmp_path / "nowhere") == 0


# -- any line at all -------------------------------------------------------------------------------------------------

good_replies = st.builds(
    Reply,
    status=st.sampled_from([None, None, None, 503, 429]),
    ranges=st.booleans(),
    etag=st.sampled_from(["", '"first"', '"second"', 'W/"weak"']),
    framing=st.sampled_from(["length", "chunked", "close"]),
    drop_after=st.integers(0, len(FILE)),
    piece=st.sampled_from([1 << 16, 7001]),
)
bad_replies = st.builds(
    Reply,
    status=st.sampled_from([None, None, None, 404, 416, 500]),
    body=st.sampled_from([None, None, OTHER, FILE[:HALF], FILE + b"x", b"", OTHER[:HALF] + FILE[HALF:]]),
    ranges=st.booleans(),
    etag=st.sampled_from(["", '"first"', '"second"']),
    framing=st.sampled_from(["length", "chunked", "close"]),
    range_from=st.sampled_from([None, None, 0, 5]),
    length=st.sampled_from([None, None, 10, HALF, len(FILE) + 5]),
    drop_after=st.none() | st.integers(0, len(FILE)),
)


async def run_of(replies: Sequence[Reply], folder: Path) -> Path | None:
    """Download with these replies; where the file lies, None when it failed."""
    async with serving(*replies) as server:
        limits = Limits(tries=len(replies) + 2, first_pause=0, margin=0, report=0, excess=1000, silence=10)
        try:
            (path,) = await fetch(model_at(server.url), folder, limits)
        except ModelError:
            return None
    return path


@settings(max_examples=25, deadline=None)
@given(st.lists(good_replies, max_size=6))
def test_any_sequence_of_drops_ends_in_the_right_file(replies: list[Reply]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = asyncio.run(run_of([*replies, Reply()], Path(folder)))
        assert path is not None and path.read_bytes() == FILE
        assert lying_about(Path(folder)) == INSTALLED


@settings(max_examples=40, deadline=None)
@given(st.lists(bad_replies, min_size=1, max_size=4))
def test_no_server_whatever_gets_a_wrong_file_installed(replies: list[Reply]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = asyncio.run(run_of(replies, Path(folder)))
        if path is None:
            assert lying_about(Path(folder)) <= KEPT
        else:
            assert path.read_bytes() == FILE
            assert lying_about(Path(folder)) == INSTALLED
