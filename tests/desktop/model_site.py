"""A loopback server that models are fetched from: with ranges, and slow when a test wants to look at the half of it."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FILE = random.Random(5).randbytes(3_000_000)


class Site:
    """Serves `file` at every path, with ranges. `gate` holds the second half of an answer back until it is set."""

    def __init__(self, file: bytes) -> None:
        self.file = file
        self.ranges: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
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
