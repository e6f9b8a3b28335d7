"""Chroma beyond what every store keeps to: nothing leaves the machine, broken files, servers that are none."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from tests.openai_server import free_port
from voicebot.errors import EngineError, EngineTimedOut, StorageError, Unreachable
from voicebot.rag.passages import Tags, Where
from voicebot.rag.stores import chroma
from voicebot.rag.stores.chroma import ChromaStore
from voicebot.readiness import NotReady

VECTORS = np.eye(4, dtype=np.float32)
TAGS = [Tags("work", 1, "en", "pdf", 1e9)] * 4

WATCHED = """
import json, psutil, socket, sys, threading
from pathlib import Path
asked = []
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        asked.append(str(args[1] if event != "socket.getaddrinfo" else args[0]))
sys.addaudithook(watch)
import numpy as np
from voicebot.rag.passages import Tags, Where
from voicebot.rag.stores.chroma import ChromaStore
store = ChromaStore(Path(sys.argv[1]), "", "space")
store.open(4)
store.add(range(4), np.eye(4, dtype=np.float32), [Tags("work", 1, "en", "pdf", 1e9)] * 4)
assert store.search(np.eye(4, dtype=np.float32)[0], 1, Where())
sockets = [str(each.laddr) for each in psutil.Process().net_connections("inet")]
store.close()
threads = [each.name for each in threading.enumerate() if each is not threading.main_thread()]
seen = list(asked)
with socket.create_server(("127.0.0.1", 0)) as known, socket.create_connection(known.getsockname()):
    pass
assert len(asked) > len(seen), "nothing would have been noticed"
print(json.dumps([seen, sockets, threads]))
"""


def test_no_socket_is_opened_and_nothing_of_the_working_directory_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "ANONYMIZED_TELEMETRY=True\nCHROMA_OTEL_COLLECTION_ENDPOINT=http://192.0.2.1:4317\nCHROMA_OTEL_GRANULARITY=all\n"
    )
    command = [sys.executable, "-W", "error", "-c", WATCHED, str(tmp_path / "vectors")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    asked, sockets, threads = json.loads(done.stdout.splitlines()[-1])
    assert asked == [] and sockets == [] and threads == []


def test_files_that_cannot_be_read_are_put_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "vectors"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database at all" * 1000)
    store = ChromaStore(folder, "", "space")
    store.open(4)
    assert store.ids() == set()
    store.add(range(4), VECTORS, TAGS)
    store.close()
    (kept,) = tmp_path.glob("vectors.broken-*")
    assert (kept / "chroma.sqlite3").read_bytes().startswith(b"no database")
    assert str(kept) in caplog.text
    caplog.clear()


def test_spaces_are_apart_in_the_same_files(tmp_path: Path) -> None:
    one, other = ChromaStore(tmp_path, "", "space one"), ChromaStore(tmp_path, "", "space-one")
    one.open(4)
    one.add(range(4), VECTORS, TAGS)
    one.close()
    other.open(3)
    assert other.ids() == set()
    other.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Chroma's files cannot be used"):
        ChromaStore(tmp_path / "file" / "vectors", "", "space").open(4)


def test_what_is_not_open_says_so() -> None:
    store = ChromaStore(None, "http://localhost:8000", "space")
    with pytest.raises(StorageError, match="not open"):
        store.add([1], VECTORS[:1], TAGS[:1])
    with pytest.raises(StorageError, match="not open"):
        store.search(VECTORS[0], 1, Where())
    store.close()


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("https://chroma.example.org", False),
        ("http://192.0.2.1:8000", False),
    ],
)
def test_what_stays_on_this_machine(tmp_path: Path, address: str, local: bool) -> None:
    assert ChromaStore(tmp_path, address, "space").local is local


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://localhost", "http://", "http://[::1"])
def test_an_address_that_is_none(address: str) -> None:
    readiness = ChromaStore(None, address, "space").ready()
    assert isinstance(readiness, NotReady) and readiness.why == "its address is not one"


def test_a_server_that_is_not_there() -> None:
    store = ChromaStore(None, f"http://someone:s3cret@127.0.0.1:{free_port()}", "space")
    with pytest.raises(Unreachable, match="chroma run") as raised:
        store.open(4)
    assert "s3cret" not in str(raised.value) + str(store.ready())
    store.close()


@contextmanager
def answering(status: int, body: bytes, stalls: threading.Event | None = None) -> Iterator[str]:
    """Another server than Chroma's; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if stalls is not None:
                stalls.wait()
            with suppress(ConnectionError):  # whoever asked may have gone
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield "http://{}:{}".format(*server.server_address[:2])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("status", "body"), [(404, b"not found"), (200, b"<html>"), (200, b"[]"), (500, b"")])
def test_a_server_that_is_no_chroma(status: int, body: bytes) -> None:
    with answering(status, body) as address:
        store = ChromaStore(None, address, "space")
        with pytest.raises((EngineError, StorageError)) as raised:
            store.open(4)
        assert "\n" not in str(raised.value) and "documents.chroma_address" in raised.value.fix
        store.close()


def test_a_server_that_says_nothing_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma, "PATIENCE", 0.05)
    stalls = threading.Event()
    with answering(200, b"{}", stalls) as address:
        store = ChromaStore(None, address, "space")
        with pytest.raises(EngineTimedOut):
            store.open(4)
        store.close()
        stalls.set()
