"""Voicebot's mark as pictures in every size: the window's own drawing, on a sheet of colour.

The drawing is read from where the screens have it (ui/Voicebot/Theme/Icons.qml), so that there is one.
"""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}
"""https://en.wikipedia.org/wiki/Apple_Icon_Image_format: types whose content may be a PNG."""
SHEET, INK = "#3b5bdb", "#ffffff"


def logo() -> str:
    """The path, on a grid of 24 by 24, to be stroked."""
    drawings = (ROOT / "ui" / "Voicebot" / "Theme" / "Icons.qml").read_text("utf-8")
    found = re.search(r'property string logo: "([^"]+)"', drawings)
    if found is None:
        raise LookupError("Icons.qml has no logo")
    return found[1]


def svg() -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">\n'
        f'  <rect x="16" y="16" width="480" height="480" rx="112" fill="{SHEET}"/>\n'
        '  <g transform="translate(76 82) scale(15)">\n'
        f'    <path d="{logo()}" fill="none" stroke="{INK}" stroke-width="1.75" stroke-linecap="round"'
        ' stroke-linejoin="round"/>\n'
        "  </g>\n"
        "</svg>\n"
    )


def symbolic() -> str:
    """In one colour, for panels that give it theirs."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">\n'
        f'  <path d="{logo()}" fill="none" stroke="#2e3436" stroke-width="1.75" stroke-linecap="round"'
        ' stroke-linejoin="round"/>\n'
        "</svg>\n"
    )


def png(size: int) -> bytes:
    """Drawn by Qt, with no screen; needs PySide6."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg().encode())).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(content.data())


def ico() -> bytes:
    """Windows' icon: a table of PNGs."""
    pictures = [png(size) for size in ICO_SIZES]
    offset = 6 + 16 * len(pictures)
    table = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return table + b"".join(pictures)


def icns() -> bytes:
    """macOS's icon."""
    blocks = b"".join(
        kind + struct.pack(">I", len(picture) + 8) + picture
        for kind, picture in ((kind, png(size)) for size, kind in ICNS_TYPES.items())
    )
    return b"icns" + struct.pack(">I", len(blocks) + 8) + blocks


def write(share: Path, name: str) -> None:
    """Into `icons/hicolor` of a share folder."""
    themes = share / "icons" / "hicolor"
    for size in SIZES:
        file = themes / f"{size}x{size}" / "apps" / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(size))
    for folder, ending, drawing in (("scalable", "", svg()), ("symbolic", "-symbolic", symbolic())):
        file = themes / folder / "apps" / f"{name}{ending}.svg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(drawing, "utf-8")
