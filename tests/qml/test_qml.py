"""Lints the QML, and runs every tst_*.qml in a process of its own; a warning of the QML engine is a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtQuickTest", exc_type=ImportError)

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("tst_*.qml"))


def test_the_linter_finds_nothing() -> None:
    # The linter takes a singleton for undeclared when it is named by a relative path.
    ui = HERE.parents[1] / "ui"
    ours = [*ui.rglob("*.qml")]
    files = [str(file) for file in (*ours, *(HERE / "gallery").glob("[A-Z]*.qml"))]
    linter = shutil.which("pyside6-qmllint", path=str(Path(sys.executable).parent))
    assert linter
    run = subprocess.run([linter, "-I", str(ui), *files], capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_file(file: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
        "QT_FORCE_STDERR_LOGGING": "1",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, str(HERE / "runner.py"), "-input", str(file)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    report = run.stdout + run.stderr
    assert run.returncode == 0, report
    assert "Totals:" in report, report
    warnings = [line for line in report.splitlines() if line.startswith(("QWARN", "QCRITICAL", "Warning:"))]
    assert not warnings, report
