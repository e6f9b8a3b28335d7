"""Fetching models from a Hugging Face hub: the right files of one commit, checked and removed with no network."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import random
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile_server import Reply
from tests.hugging_face import REPOSITORY, HuggingFace
from voicebot.catalogue import Hub, Model, Words, installed_path, model_folder
from voicebot.downloads import Limits, Missing, Progress, Whole, Wrong, arrived, download, installed, remove, verify
from voicebot.downloads import hub as asking
from voicebot.downloads.manifest import NAME, Wanted
from voicebot.errors import ModelError, StorageError

WEIGHTS = random.Random(3).randbytes(200_000)
OTHER = random.Random(4).randbytes(200_000)
HALF = 100_000
FILES = {
    "README.md": b"# Nobody asks for this",
    "model.bin": WEIGHTS,
    "config.json": b'{"n_mels": 80}',
    "vocabulary.txt": b"a\nb\n",
    "deep/extra_1.json": b"{}",
    "empty.json": b"",
}
HUB = Hub(REPOSITORY, ("model.bin", "config.json", "vocabulary.*"), 210_000, ("deep/*.json", "absent.json"))
MODEL = Model("base", "faster-whisper", Words("small", "작음"), "multilingual", "MIT", 1, hub=HUB)
QUICK = Limits(first_pause=0, tries=3, worthwhile=1, margin=0, excess=1000, report=0, poll=0.01, silence=10)
TAKEN = {"model.bin", "config.json", "vocabulary.txt"}
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


@contextlib.asynccontextmanager
async def serving(*replies: Reply, files: dict[str, bytes] | None = None) -> AsyncIterator[HuggingFace]:
    async with HuggingFace(FILES if files is None else files, replies or (Reply(),)) as server:
        yield server


async def fetch(server: HuggingFace, folder: Path, model: Model = MODEL, limits: Limits = QUICK) -> list[Path]:
    async with asyncio.timeout(PATIENT):
        return await download(model, folder, progress=lambda _: None, limits=limits, mirror=server.url)


def names_in(folder: Path) -> set[str]:
    home = model_folder(folder, MODEL)
    return {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()} - {NAME}


# -- what ends in the right files ------------------------------------------------------------------------------------


async def test_the_files_asked_for_lie_under_their_names(tmp_path: Path) -> None:
    reports: list[Progress] = []
    files = {name: file for name, file in FILES.items() if name != "deep/extra_1.json"}
    async with serving(files=files) as server:
        paths = await download(MODEL, tmp_path, progress=reports.append, limits=QUICK, mirror=server.url)
    home = model_folder(tmp_path, MODEL)
    assert paths == [home / name for name in ("model.bin", "config.json", "vocabulary.txt")]
    assert paths[0] == installed_path(tmp_path, MODEL)
    assert {name: (home / name).read_bytes() for name in names_in(tmp_path)} == {name: FILES[name] for name in TAKEN}
    assert server.asked == ["list", "a:model.bin", "a:config.json", "a:vocabulary.txt"]
    assert reports[0].waiting == f"asking 127.0.0.1:{server.port} for the list of files"
    assert reports[-1].done == reports[-1].total == sum(len(FILES[name]) for name in TAKEN)


async def test_files_in_folders_and_empty_ones_and_no_odd_names(tmp_path: Path) -> None:
    hub = Hub(REPOSITORY, ("model.bin", "*.json"), 1)
    files = {"model.bin": WEIGHTS, "deep/a+b.json": b"{}", "empty.json": b""}
    async with serving(files=files) as server:
        with pytest.raises(ModelError, match=r"list of files .* makes no sense"):
            await fetch(server, tmp_path, Model("base", "x", Words("a", "b"), ("en",), "MIT", 1, hub=hub))
        server.commits[server.head] = {"model.bin": WEIGHTS, "deep/a_b.json": b"{}", "empty.json": b""}
        paths = await fetch(server, tmp_path, Model("base", "x", Words("a", "b"), ("en",), "MIT", 1, hub=hub))
    assert [path.relative_to(tmp_path / "x/base").as_posix() for path in paths] == [
        "model.bin", "deep/a_b.json", "empty.json"
    ]  # fmt: skip
    assert paths[2].read_bytes() == b""


async def test_what_was_fetched_is_known_with_no_network(tmp_path: Path) -> None:
    assert not installed(MODEL, tmp_path)
    assert arrived(MODEL, tmp_path) == 0
    assert await verify(MODEL, tmp_path) == Missing(HUB.files)
    assert await remove(MODEL, tmp_path) == 0
    async with serving() as server:
        await fetch(server, tmp_path)
        asked = len(server.requests)
        await fetch(server, tmp_path)
        assert len(server.requests) == asked
    assert installed(MODEL, tmp_path)
    assert await verify(MODEL, tmp_path) == Whole()
    assert arrived(MODEL, tmp_path) == sum(len(FILES[name]) for name in (*TAKEN, "deep/extra_1.json"))


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
async def test_a_file_that_went_bad_is_found_and_one_that_is_gone_fetched(tmp_path: Path, name: str) -> None:
    home = model_folder(tmp_path, MODEL)
    async with serving() as server:
        await fetch(server, tmp_path)
        (home / name).write_bytes(FILES[name][:-1] + b"?")
        assert await verify(MODEL, tmp_path) == Wrong((name,))
        (home / name).unlink()
        assert not installed(MODEL, tmp_path)
        assert await verify(MODEL, tmp_path) == Missing((name,))
        del server.requests[:]
        await fetch(server, tmp_path)
        assert server.asked == [f"a:{name}"]
    assert await verify(MODEL, tmp_path) == Whole()


async def test_removing_frees_all_of_it_and_nothing_else(tmp_path: Path) -> None:
    home = model_folder(tmp_path, MODEL)
    async with serving() as server:
        await fetch(server, tmp_path)
    (home / "model.bin.part").write_bytes(b"12345")
    (home / "notes.txt").write_text("mine")
    here = arrived(MODEL, tmp_path)
    assert await remove(MODEL, tmp_path) == here + 5
    assert names_in(tmp_path) == {"notes.txt"} and not (home / NAME).exists()
    (home / "notes.txt").unlink()
    async with serving() as server:
        await fetch(server, tmp_path)
    await remove(MODEL, tmp_path)
    assert not home.exists()


OUTSIDE = '{"files":[{"filename":"../x","size":1,"digest":"","url":""}]}'


@pytest.mark.parametrize("text", ["", "not JSON", "{}", OUTSIDE])
async def test_what_was_kept_and_cannot_be_read_is_asked_for_again_and_the_files_stay(
    tmp_path: Path, text: str
) -> None:
    home = model_folder(tmp_path, MODEL)
    async with serving() as server:
        await fetch(server, tmp_path)
        (home / NAME).write_text(text)
        assert not installed(MODEL, tmp_path)
        del server.requests[:]
        await fetch(server, tmp_path)
        assert server.asked == ["list"]
        (home / NAME).write_text(text)
        (home / "model.bin").rename(home / "model.bin.part")
    assert await remove(MODEL, tmp_path) > len(WEIGHTS)
    assert not home.exists()


async def test_another_repository_in_the_catalogue_takes_the_place_of_the_old_files(tmp_path: Path) -> None:
    async with serving() as server:
        await fetch(server, tmp_path)
        hub = Hub(REPOSITORY, ("model.bin", "tokenizer.json"), 1)
        newer = Model("base", "faster-whisper", Words("small", "작음"), "multilingual", "MIT", 1, hub=hub)
        assert not installed(newer, tmp_path)
        server.push({"model.bin": OTHER, "tokenizer.json": b"{}"})
        await fetch(server, tmp_path, newer)
    assert names_in(tmp_path) == {"model.bin", "tokenizer.json"}
    assert installed_path(tmp_path, newer).read_bytes() == OTHER


def test_small_files_are_proved_by_what_git_calls_them(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(FILES["config.json"])
    git = subprocess.run(["git", "hash-object", tmp_path / "x"], capture_output=True, text=True, check=True)
    hasher = Wanted("x", len(FILES["config.json"]), "0" * 40, "", "git-blob").hasher()
    hasher.update(FILES["config.json"])
    assert hasher.hexdigest() == git.stdout.strip()


# -- lines that break, and commits that change -----------------------------------------------------------------------

SURVIVED = {
    "the list breaks off": [Reply(drop_after=10), Reply()],
    "the list is busy": [Reply(status=503), Reply()],
    "the list comes in pieces": [Reply(framing="chunked", piece=100), Reply()],
    "the list is elsewhere": [
        Reply(status=307, headers={"Location": f"/api/models/{REPOSITORY}/revision/main?blobs=true"}),
        Reply(),
    ],
    "a file breaks off": [Reply(), Reply(drop_after=HALF), Reply()],
    "the last file breaks off": [Reply(), Reply(), Reply(drop_after=3), Reply()],
}


@pytest.mark.parametrize("replies", SURVIVED.values(), ids=SURVIVED.keys())
async def test_it_ends_in_the_right_files(tmp_path: Path, replies: list[Reply]) -> None:
    async with serving(*replies) as server:
        await fetch(server, tmp_path)
    assert await verify(MODEL, tmp_path) == Whole()


async def broken_off(server: HuggingFace, folder: Path) -> None:
    server.replies = [Reply(), Reply(drop_after=HALF), Reply(status=403)]
    with pytest.raises(ModelError, match="answered 403"):
        await fetch(server, folder)
    assert arrived(MODEL, folder) == HALF
    server.replies = [Reply()]
    del server.requests[:]


async def test_what_was_broken_off_goes_on_with_its_own_commit(tmp_path: Path) -> None:
    async with serving() as server:
        await broken_off(server, tmp_path)
        server.push(FILES | {"model.bin": OTHER})
        await fetch(server, tmp_path)
    assert server.asked[0] == "a:model.bin" and "list" not in server.asked
    assert server.requests[0].headers["range"] == f"bytes={HALF}-"
    assert installed_path(tmp_path, MODEL).read_bytes() == WEIGHTS


async def test_a_commit_that_is_gone_gives_way_to_the_newest(tmp_path: Path) -> None:
    async with serving() as server:
        await fetch(server, tmp_path)
        installed_path(tmp_path, MODEL).unlink()
        server.push({"model.bin": OTHER, "config.json": b"{}", "vocabulary.txt": FILES["vocabulary.txt"]}, forget=True)
        del server.requests[:]
        await fetch(server, tmp_path)
    assert server.asked == ["a:model.bin", "list", "b:model.bin", "b:config.json"]
    assert names_in(tmp_path) == TAKEN
    assert installed_path(tmp_path, MODEL).read_bytes() == OTHER
    assert await verify(MODEL, tmp_path) == Whole()


async def test_the_half_of_a_commit_that_is_gone_is_not_mixed_into_the_next(tmp_path: Path) -> None:
    async with serving() as server:
        await broken_off(server, tmp_path)
        server.push(FILES | {"model.bin": OTHER}, forget=True)
        await fetch(server, tmp_path)
    assert installed_path(tmp_path, MODEL).read_bytes() == OTHER
    assert await verify(MODEL, tmp_path) == Whole()


async def test_a_cancelled_download_closes_the_line_and_keeps_the_part(tmp_path: Path) -> None:
    half = asyncio.Event()

    def watch(progress: Progress) -> None:
        if progress.done == HALF:
            half.set()

    async with serving(Reply(), Reply(hold_after=HALF), Reply()) as server, asyncio.timeout(PATIENT):
        task = asyncio.create_task(download(MODEL, tmp_path, progress=watch, limits=QUICK, mirror=server.url))
        await half.wait()
        with pytest.raises(ModelError, match="it is being downloaded"):
            await remove(MODEL, tmp_path)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.all_lines_closed()
        assert not installed(MODEL, tmp_path) and arrived(MODEL, tmp_path) == HALF
        await fetch(server, tmp_path)
    assert server.requests[2].headers["range"] == f"bytes={HALF}-"


async def test_two_tasks_make_one_download(tmp_path: Path) -> None:
    async with serving() as server:
        first, second = await asyncio.gather(fetch(server, tmp_path), fetch(server, tmp_path))
    assert first == second
    assert server.asked.count("list") == server.asked.count("a:model.bin") == 1


# -- what fails, and what it leaves ----------------------------------------------------------------------------------

NO_SENSE = "the list of files that 127.0.0.1:{port} sent makes no sense"
ODD = {
    "no JSON": ([Reply(body=b"<html>")], NO_SENSE),
    "a list": ([Reply(body=b"[]")], NO_SENSE),
    "a web page": ([Reply(body=b"<html>", headers={"Content-Type": "text/html"})], "a web page instead of the file"),
    "for ever busy": ([Reply(status=503)], "answered 503, 3 times in a row"),
    "no such page": ([Reply(status=404)], f"there is no repository {REPOSITORY}, or not for everybody"),
    "no such repository": ([Reply(status=401)], f"there is no repository {REPOSITORY}, or not for everybody"),
    "no such revision": (
        [Reply(status=404, headers={"X-Error-Code": "RevisionNotFound"})],
        f"{REPOSITORY} has no revision main",
    ),
    "gated": (
        [Reply(status=403, headers={"X-Error-Code": "GatedRepo"})],
        f"{REPOSITORY} is given only to people who signed in and accepted its terms",
    ),
    "forbidden": ([Reply(status=403)], "answered 403"),
}


@pytest.mark.parametrize(("replies", "reason"), ODD.values(), ids=ODD.keys())
async def test_a_list_that_is_not_given_is_told_plainly(tmp_path: Path, replies: list[Reply], reason: str) -> None:
    async with serving(*replies) as server:
        with pytest.raises(ModelError) as raised:
            await fetch(server, tmp_path)
    message = str(raised.value)
    assert reason.format(port=server.port) in message
    assert "faster-whisper:base was not downloaded" in message and raised.value.fix and "\n" not in message
    assert names_in(tmp_path) == set() and not installed(MODEL, tmp_path)


def listed(name: str = "model.bin", **changes: Any) -> dict[str, Any]:
    entry = {"rfilename": name, "size": 5, "blobId": "0" * 40}
    others = [{"rfilename": other, "size": 2, "blobId": "1" * 40} for other in TAKEN - {name}]
    return {"siblings": [entry | changes, *others]}


LISTED = {
    "a commit that is a way out": {"sha": "../../etc"},
    "no size": listed(size=None),
    "a size below nothing": listed(size=-1),
    "no checksum": listed(blobId=""),
    "another checksum": listed(lfs={"size": 5, "sha256": "0" * 63}),
    "a name that leads away": listed("../vocabulary.txt"),
    "a name from the root": {"siblings": [*listed()["siblings"], {"rfilename": "vocabulary./etc", "size": 1}]},
}


@pytest.mark.parametrize("said", LISTED.values(), ids=LISTED.keys())
async def test_a_list_that_makes_no_sense_is_not_followed(tmp_path: Path, said: dict[str, Any]) -> None:
    hub = Hub(REPOSITORY, ("model.bin", "config.json", "*vocabulary.*"), 1)
    model = Model("base", "faster-whisper", Words("small", "작음"), "multilingual", "MIT", 1, hub=hub)
    async with serving() as server:
        server.listed = said
        with pytest.raises(ModelError, match="makes no sense"):
            await fetch(server, tmp_path, model)
    assert len(server.requests) == 1
    assert names_in(tmp_path) == set()


async def test_a_list_without_a_file_says_which(tmp_path: Path) -> None:
    async with serving(files={"model.bin": WEIGHTS, "config.json": b"{}"}) as server:
        with pytest.raises(ModelError, match=rf"{REPOSITORY} does not hold vocabulary\.\*"):
            await fetch(server, tmp_path)
    assert server.asked == ["list"]


async def test_a_list_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST", 1000)
    async with serving(Reply(body=b"[" * 5000, framing="chunked", piece=100)) as server:
        with pytest.raises(ModelError, match="makes no sense"):
            await fetch(server, tmp_path)


async def test_a_list_that_never_comes_is_given_up(tmp_path: Path) -> None:
    async with serving(Reply(hold_after=5)) as server:
        with pytest.raises(ModelError, match=r"sent no list of files for 0\.05 seconds, 2 times in a row"):
            await fetch(server, tmp_path, limits=Limits(listing=0.05, tries=2, first_pause=0, margin=0))


async def test_a_repository_that_is_not_there(tmp_path: Path) -> None:
    hub = Hub("someone/else", ("model.bin",), 1)
    model = Model("base", "faster-whisper", Words("small", "작음"), "multilingual", "MIT", 1, hub=hub)
    async with serving() as server:
        with pytest.raises(ModelError, match="there is no repository someone/else, or not for everybody"):
            await fetch(server, tmp_path, model)


@pytest.mark.parametrize("refusal", [(401, "GatedRepo"), (403, "GatedRepo"), (401, "")])
async def test_files_that_only_some_people_get(tmp_path: Path, refusal: tuple[int, str]) -> None:
    async with serving() as server:
        server.refusal = refusal
        with pytest.raises(ModelError, match="only to people who signed in and accepted its terms") as raised:
            await fetch(server, tmp_path)
    assert raised.value.fix == "Choose another model"
    assert not installed(MODEL, tmp_path)


@pytest.mark.parametrize(("status", "code"), [(404, "EntryNotFound"), (410, ""), (403, "")])
async def test_a_file_that_was_listed_and_is_not_given(tmp_path: Path, status: int, code: str) -> None:
    async with serving() as server:
        server.refusal = (status, code)
        for _ in range(2):  # the second time with what the first was told
            with pytest.raises(ModelError, match=f"answered {status}"):
                await fetch(server, tmp_path)
    assert len(server.requests) <= 5


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
async def test_wrong_bytes_are_never_installed(tmp_path: Path, name: str) -> None:
    async with serving() as server:
        wrong = bytes(len(FILES[name]))
        listing = server._listing()
        server.commits[server.head] = FILES | {name: wrong}
        server.listed = listing
        with pytest.raises(ModelError, match=f"{name} of faster-whisper:base came out wrong"):
            await fetch(server, tmp_path)
    assert name not in names_in(tmp_path) and f"{name}.part" not in names_in(tmp_path)
    assert not installed(MODEL, tmp_path)


async def test_a_disk_without_room_is_found_before_the_first_byte(tmp_path: Path) -> None:
    async with serving() as server:
        with pytest.raises(StorageError, match=r"no room for faster-whisper:base: it takes 200 kB"):
            await download(
                MODEL, tmp_path, progress=lambda _: None, limits=QUICK, mirror=server.url, free_space=lambda _: HALF
            )
    assert server.asked == ["list"]
    assert names_in(tmp_path) == set()


async def test_what_was_kept_names_the_commit(tmp_path: Path) -> None:
    async with serving() as server:
        await fetch(server, tmp_path)
    kept = json.loads((model_folder(tmp_path, MODEL) / NAME).read_text())
    assert (kept["repository"], kept["revision"]) == (REPOSITORY, "main")
    (weights,) = (file for file in kept["files"] if file["filename"] == "model.bin")
    assert weights["url"] == f"https://huggingface.co/{REPOSITORY}/resolve/{'a' * 40}/model.bin"
    assert weights["digest"] == hashlib.sha256(WEIGHTS).hexdigest()
