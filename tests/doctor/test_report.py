"""The report: everything that was found, and nothing that is nobody's business."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.doctor.cases import ZEROS, evidence, with_source
from voicebot import __version__
from voicebot.doctor import report
from voicebot.doctor.evidence import MicrophoneFacts
from voicebot.errors import DeviceError


def test_it_tells_what_was_found() -> None:
    text = report(evidence(levels=ZEROS, server=with_source(muted=True, volume=0.4)))
    for words in (
        f"Voicebot {__version__}, Python ",
        "cause: muted at the source",
        "microphone: the microphone is muted: the sound server lets nothing of Desk Microphone through",
        "    fix: switch its sound on in the system's sound settings",
        "speaker: Desk Speaker, 60 ms latency",
        "    peak -120.0 dBFS, RMS -120.0 dBFS",
        "    exact zeros 100.00%, clipped 0.00%",
        "    16000 samples, 16000 a second (asked for 16000)",
        "sandbox: none",
        "sound server: pulseaudio 16.1",
        "    source: Desk Microphone, 48000 Hz, volume 40%, muted (in use)",
        "    sink: Desk Speaker, 48000 Hz, volume 100% (in use)",
        "    default: 32 in, 32 out (default)",
    ):
        assert any(line.startswith(words) for line in text.splitlines()), words


def test_it_holds_no_secret_and_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    error = DeviceError("the microphone cannot be opened", f"{tmp_path}/asound.conf: api_key=abcdef123456 is wrong")
    facts = replace(evidence(), microphone=MicrophoneFacts(str(tmp_path / "mic"), error))
    text = report(facts)
    assert str(tmp_path) not in text
    assert "abcdef123456" not in text
    assert "~/asound.conf" in text
    assert "microphone chosen: ~/mic" in text
