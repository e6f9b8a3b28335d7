"""Who draws the window: the graphics device, or where Linux has none, Qt itself instead of an emulated OpenGL."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

CHOSEN = ("QT_QUICK_BACKEND", "QSG_RHI_BACKEND", "QMLSCENE_DEVICE")
"""The person's own choice (https://doc.qt.io/qt-6/qtquick-visualcanvas-adaptations.html)."""
DEVICES = ("dri/renderD*", "nvidiactl", "dxg")
"""A graphics device for programs: the kernel's, NVIDIA's own, and that of Windows' Linux."""


def choose_renderer() -> None:
    """Before the first window is made."""
    if sys.platform.startswith("linux") and draws_by_itself(Path("/dev"), os.environ):
        QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)


def draws_by_itself(devices: Path, environment: Mapping[str, str]) -> bool:
    return not any(map(environment.get, CHOSEN)) and not any(any(devices.glob(one)) for one in DEVICES)
