"""Whisper, as OpenAI published it (https://github.com/openai/whisper, MIT): many languages, in a child process.

The main process never loads torch: the child's half is `whisper_checkpoint`. Decoding follows `whisper.transcribe` with
`condition_on_previous_text=False`, for an utterance has no text before it (whisper.cpp#1724), but without computing
the silence that fills up its window (`whisper_window`).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.stt.whisper_family import WhisperInChild


class Whisper(WhisperInChild):
    """A `SpeechToText` on one checkpoint. `path` is its file; `name` what the person calls it: "whisper:base"."""

    def __init__(self, path: Path, name: str, patience: float = 10.0) -> None:
        super().__init__("voicebot.stt.whisper_checkpoint:Checkpoint", path, name, patience)

    def ready(self) -> Readiness:
        adds = "far better recognition, in Korean too"
        if find_spec("whisper") is None or find_spec("torch") is None:
            return NotReady("its library is not installed", "pip install openai-whisper", adds)
        if not self.path.is_file():
            fix = f"voicebot models download {self.name}"
            return NotReady(
                f"{self.name} is not downloaded", fix if self.path.suffix == ".pt" else "name a .pt file", adds
            )
        return Ready(f"{self.name}, {self.path.stat().st_size / 1e6:.0f} MB")
