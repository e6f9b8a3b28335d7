"""Whisper through CTranslate2 (https://github.com/SYSTRAN/faster-whisper, MIT): the same words in less time and memory.

On a processor its weights are whole numbers of eight bits, on a graphics card halves. The main process loads none of
it: the child's half is `faster_whisper_checkpoint`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from voicebot.readiness import NotReady, Readiness, Ready
from voicebot.stt.whisper_family import WhisperInChild

WEIGHTS, TOKENIZER = "model.bin", "tokenizer.json"


def library_is_installed() -> bool:
    return find_spec("faster_whisper") is not None


class FasterWhisper(WhisperInChild):
    """A `SpeechToText` on the folder `path` of a model that was converted for CTranslate2.

    `name` is what the person calls it: "faster-whisper:base". `is_own`: the person named the folder, and it is not of
    the catalogue.
    """

    def __init__(self, path: Path, name: str, *, is_own: bool = False, patience: float = 10.0) -> None:
        super().__init__("voicebot.stt.faster_whisper_checkpoint:Checkpoint", path, name, patience)
        self._is_own = is_own

    def ready(self) -> Readiness:
        adds = "far better recognition, in Korean too"
        if not library_is_installed():
            return NotReady("its library is not installed", "pip install 'voicebot[faster-whisper]'", adds)
        lacking = [name for name in (WEIGHTS, TOKENIZER) if not (self.path / name).is_file()]
        if lacking and self._is_own:  # without its tokenizer beside it, faster-whisper would fetch one
            fix = "name the folder of a CTranslate2 model, with its tokenizer.json"
            return NotReady(f"there is no {lacking[0]} in {self.path}", fix, adds)
        if lacking:
            return NotReady(f"{self.name} is not downloaded", f"voicebot models download {self.name}", adds)
        return Ready(f"{self.name}, {(self.path / WEIGHTS).stat().st_size / 1e6:.0f} MB")
