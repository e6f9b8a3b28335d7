"""How much memory is free on this machine, to tell whether a model fits."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

MEMINFO = Path("/proc/meminfo")


def free_memory(meminfo: Path = MEMINFO) -> int | None:
    """Bytes that programs can still take without swapping; None where the system does not say.

    Linux estimates them itself (MemAvailable, proc_meminfo(5)), Windows counts them (MEMORYSTATUSEX). macOS tells all
    that there is, for it frees what is wanted.
    """
    with suppress(OSError, ValueError, AttributeError):
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "darwin":
            return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        for line in meminfo.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of kernel32."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("free", ctypes.c_uint64),
        *((name, ctypes.c_uint64) for name in ("page_total", "page_free", "own_total", "own_free", "extended")),
    )


def _of_windows() -> int:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]
        raise OSError("the memory cannot be asked for")
    return int(status.free)
