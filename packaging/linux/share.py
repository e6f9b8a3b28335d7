"""The `share` folder of an installed Voicebot: menu entries, icons, AppStream, the man page, completions."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from linux import icons
from linux.command_line import SHELLS, command_line, completion, man_page

ROOT = Path(__file__).resolve().parents[2]
MENU = Path(__file__).parent / "menu"
COMPLETIONS = {
    "bash": "bash-completion/completions", "zsh": "zsh/vendor-completions", "fish": "fish/vendor_completions.d",
}  # fmt: skip
RELEASES = "<!-- made from CHANGELOG.md when it is packaged -->"
MOST_POINTS = 12
"""Points of a release that a software centre is given; it shows few."""


def write(share: Path, app_id: str, version: str) -> None:
    """Everything, into the folder `share`; needs PySide6, for the icons."""
    put(share / "applications", {file.name: file.read_text("utf-8") for file in sorted(MENU.glob("*.desktop"))})
    put(share / "metainfo", {f"{app_id}.metainfo.xml": metainfo(app_id)})
    icons.write(share, app_id)
    root = command_line()
    put(share / "man" / "man1", {"voicebot.1.gz": man_page(root, version, released(version))})
    for shell, name in SHELLS.items():
        put(share / COMPLETIONS[shell], {name: completion(root, shell)})


def put(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        content = text.encode()
        (folder / name).write_bytes(gzip.compress(content, mtime=0) if name.endswith(".gz") else content)


def metainfo(app_id: str) -> str:
    """AppStream's file, with the releases of the changelog."""
    return (MENU / f"{app_id}.metainfo.xml").read_text("utf-8").replace(RELEASES, "\n    ".join(releases()))


def changelog() -> list[tuple[str, str, str]]:
    """Version, date (YYYY-MM-DD) and text of each release, the newest first."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    heads = list(re.finditer(r"^## \[(\d[^\]]*)\] - (\S+)$", text, re.MULTILINE))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [(head[1], head[2], text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def released(version: str) -> str:
    """The day of a release."""
    return next((date for number, date, _ in changelog() if number == version), changelog()[0][1])


def releases() -> Iterator[str]:
    for version, date, text in changelog():
        points = re.findall(r"^- (.*(?:\n  .*)*)", text, re.MULTILINE)[:MOST_POINTS]
        items = "".join(f"<li>{escape(plain(point), quote=False)}</li>" for point in points)
        yield f'<release version="{version}" date="{date}"><description><ul>{items}</ul></description></release>'


def plain(point: str) -> str:
    """Without Markdown's marks and line ends."""
    return " ".join(re.sub(r"[`*]", "", point).split())
