"""What a reply says is data: showing it fetches nothing, and only a click opens a link, and only one for a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtQuick", exc_type=ImportError)

from tests.desktop.app import App, Screen, app

REPLY = """
![a picture]({site}/markdown.png) and [![a linked picture]({site}/linked.png)]({site}/around)

<img src="{site}/html.png"> <img src="file://{file}"> <body background="{site}/background.png">
<style>@import url({site}/style.css); p {{ background-image: url({site}/css.png); }}</style>
<iframe src="{site}/frame"></iframe> <script src="{site}/script.js"></script>
<object data="{site}/object"></object> <link rel="stylesheet" href="{site}/sheet.css">

| ![in a table]({site}/table.png) | `<img src="{site}/code.png">` |
|---|---|
| ![a file](file://{file}) | ![data](data:image/png;base64,AAAA) |

> ![in a quotation]({site}/quotation.png)

[a page]({site}/page) [a file](file://{file}) [a program](javascript:alert(1)) [a mail](mailto:a@example.com)
<{site}/automatic> [[a reference]] [named][named] ![named image][named]

[named]: {site}/named.png "![title]({site}/title.png)"

```html
<img src="{site}/fenced.png">
```

{filling}

the end
===
[one more page]({site}/clicked) and no more
"""
OPENERS = ("xdg-open", "gio", "sensible-browser", "x-www-browser", "firefox", "google-chrome", "chromium")


class Site:
    """An HTTP server on the loopback; `asked` are the paths that were fetched."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        thread.join()
        made.server.server_close()


def openers(folder: Path) -> Path:
    """Programs that would open a link, first on the path: they write down what they were given. The file they write."""
    folder.mkdir()
    opened = folder / "opened.txt"
    for name in OPENERS:
        program = folder / name
        program.write_text(f'#!/bin/sh\necho "$@" >> {opened}\n')
        program.chmod(0o755)
    return opened


def test_a_reply_fetches_nothing_and_opens_nothing_by_itself(
    display: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = openers(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(opened.parent), prepend=":")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not a picture")
    script = tmp_path / "replies.md"
    with site() as web:
        filling = "\n\n".join(f"Paragraph {number}." for number in range(15))
        script.write_text(REPLY.format(site=web.address, file=secret, filling=filling))
        plain = {"VOICEBOT_DESKTOP_REDUCED_MOTION": "true"}
        with app(display, "window", "--llm", f"scripted:{script}", "--tts", "scripted", **plain) as running:
            running.ask("show me")
            running.wait_until(lambda: [one for one in running.names() if one.endswith("the end")], "the reply")
            running.wait_for("Hold or tap to talk")
            _scroll_and_hover(running)
            assert not opened.exists()
            for refused in (f"file://{secret}", "javascript:alert(1)", "mailto:a@example.com"):
                assert running.do("link", address=refused) is None
            running.ask("one more")
            running.wait_until(lambda: [one for one in running.names() if one.endswith("no more")], "a link")
            running.wait_for("Hold or tap to talk")
            _click(running, f"{web.address}/clicked")
            running.wait_until(lambda: opened.exists() and opened.read_text().strip(), "the browser")
            assert opened.read_text().split() == [f"{web.address}/clicked"]
        assert web.asked == []


def _scroll_and_hover(running: App) -> None:
    for key in ("Prior", "Prior", "Next", "Next"):
        running.screen.xdotool("key", key)
        for y in range(80, 640, 40):
            running.screen.xdotool("mousemove", 400, y, "mousemove", 700, y)
        running.nodes()


def _click(running: App, address: str) -> None:
    seen: list[object] = [None]

    def stands() -> bool:
        seen.append(running.do("link", address=address))
        return seen[-1] is not None and seen[-1] == seen[-2]

    running.wait_until(stands, address)
    running.screen.xdotool("mousemove", *running.do("link", address=address), "sleep", 0.3, "click", 1)
