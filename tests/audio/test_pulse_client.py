"""What libpulse is told, read as libpulse reads it: what the person chose stays, and no memory is shared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from voicebot.audio.pulse_client import VARIABLE, forgo_shared_memory

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is Linux's")


def told(environment: dict[str, str]) -> list[str]:
    forgo_shared_memory(environment)
    return Path(environment[VARIABLE]).read_text("utf-8").splitlines()


def written(file: Path, text: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_what_the_person_chose_is_kept(tmp_path: Path) -> None:
    own = written(tmp_path / ".config" / "pulse" / "client.conf")
    beside = [written(own.with_suffix(".conf.d") / name) for name in ("a.conf", "b.conf")]
    includes = [f".include {file}" for file in (own, *beside)]
    assert told({"HOME": str(tmp_path)}) == [*includes, "enable-shm = no"]


def test_a_file_that_was_named_comes_first(tmp_path: Path) -> None:
    written(tmp_path / ".config" / "pulse" / "client.conf")
    named = written(tmp_path / "mine.conf")
    assert told({"HOME": str(tmp_path), VARIABLE: str(named)}) == [f".include {named}", "enable-shm = no"]


def test_nothing_chosen_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.audio.pulse_client.GLOBAL", tmp_path / "none.conf")
    assert told({"HOME": str(tmp_path)}) == ["enable-shm = no"]
