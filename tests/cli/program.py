"""The command line as a person runs it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VOICEBOT = str(Path(sys.executable).with_name("voicebot"))
SCRIPTED = ("--stt", "scripted", "--llm", "scripted", "--tts", "scripted")
LIMIT = 120.0


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must hold one JSON value and nothing else."""
        return json.loads(self.out)

    def complained(self, status: int, *words: str) -> None:
        """It ended with `status` and one line that holds `words`, and no traceback."""
        assert self.status == status, self
        lines = [line for line in self.err.splitlines() if line.startswith("voicebot: ")]
        assert lines, self.err
        assert "Traceback" not in self.out + self.err
        for word in words:
            assert word in lines[-1], lines


def voicebot(*words: str, stdin: str = "", **environment: str) -> Done:
    """Run `voicebot` with these words and this standard input to its end."""
    done = subprocess.run(
        [VOICEBOT, *words],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        env={**os.environ, **environment},
    )
    return Done(done.returncode, done.stdout, done.stderr)
