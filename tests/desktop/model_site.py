"""A loopback server that models are fetched from: with ranges, and slow when a test wants to look at the half of it."""

from __future__ import annotations

import hashlib
import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FILE = random.Random(5).randbytes(3_000_000)


class Site:
    """Serves `file` at every path, with ranges. `gate` holds the second half of an answer back until it is set.

    As a Hugging Face hub it says of every repository that it holds `file` alone, as "model.bin".
    """

    def __init__(self, file: bytes) -> None:
        self.file = file
        self.ranges: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/api/models/"):
                    self.tell_of_the_repository()
                    return
                wanted = self.headers.get("Range", "")
                site.ranges.append(wanted)
                start = int(wanted[6:].split("-")[0]) if wanted else 0
                self.send_response(206 if wanted else 200)
                self.send_header("Content-Length", str(len(site.file) - start))
                self.send_header("ETag", '"one"')
                if wanted:
                    self.send_header("Content-Range", f"bytes {start}-{len(site.file) - 1}/{len(site.file)}")
                self.end_headers()
                middle = max(start, len(site.file) // 2)
                self.wfile.write(site.file[start:middle])
                self.wfile.flush()
                site.gate.wait(60)
                self.wfile.write(site.file[middle:])

            def tell_of_the_repository(self) -> None:
                large = {"sha256": hashlib.sha256(site.file).hexdigest(), "size": len(site.file)}
                listing = {"sha": "a" * 40, "siblings": [{"rfilename": "model.bin", "lfs": large}]}
                body = json.dumps(listing).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that went away is what these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def serving(file: bytes = FILE) -> Iterator[Site]:
    made = Site(file)
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.gate.set()
    made.server.shutdown()
    made.server.server_close()
    thread.join()
