"""The child's half of `voicebot.tts.piper`: voices in memory, and what they say.

Here, and nowhere else, are piper-tts and the espeak-ng inside it loaded, which are GPL-3.0-or-later.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voicebot.errors import EngineError, ModelError
from voicebot.events import Samples

KEPT = 2
"""Voices that stay loaded, 100 to 200 MB each: a conversation may be in two languages."""
LONGEST = 200
"""Phonemes synthesised in one go, some 15 seconds of speech. The graph runs without a stop, and its attention takes
memory with the square of them."""
CLAUSE_ENDS = frozenset(",;:—")
CHUNK_SECONDS = 0.1
SILENT = 1e-8
"""The peak below which piper-tts, too, takes the sound for silence."""


class Speech:
    """Up to `KEPT` voices. `alive` is called between two pieces of a sentence, and may raise to leave the call."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._voices: dict[str, Any] = {}

    def load(self, path: str) -> None:
        """Read a voice, and have it say a syllable: the first run of a graph is slower. Raises ModelError."""
        for _ in self.speak(path, None, "a", 1.0):
            pass

    def speak(self, path: str, speaker: int | None, text: str, rate: float) -> Iterator[tuple[Samples, int]]:
        """The sound of a sentence in pieces of 0.1 s: samples and their rate in Hz. Raises ModelError, EngineError.

        As piper-tts does, the loudest sample of each stretch of speech is brought to 1.
        """
        import numpy as np
        from piper.config import SynthesisConfig

        voice = self._loaded(path)
        manner = SynthesisConfig(speaker_id=speaker, length_scale=voice.config.length_scale / rate)
        step = int(CHUNK_SECONDS * voice.config.sample_rate)
        with _told(path):
            sentences = voice.phonemize(_plain(text))
        for phonemes in (part for sentence in sentences for part in parts(sentence)):
            self._alive()
            with _told(path):
                sound = np.atleast_1d(voice.phoneme_ids_to_audio(voice.phonemes_to_ids(phonemes), manner))
            peak = float(np.abs(sound).max(initial=0.0))
            if not peak > SILENT:  # also where it is not a number
                raise EngineError(f"{Path(path).stem} made no sound", fix="try another voice")
            sound = (sound / peak).astype(np.float32)
            yield from ((sound[start : start + step], voice.config.sample_rate) for start in range(0, len(sound), step))

    def _loaded(self, path: str) -> Any:
        voice = self._voices.pop(path, None)
        if voice is None:
            with _told(path):
                voice = read(path)
        self._voices[path] = voice
        while len(self._voices) > KEPT:
            del self._voices[next(iter(self._voices))]
        return voice


def read(path: str) -> Any:
    """As `PiperVoice.load` does, but with threads that sleep while they wait for one another.

    By default they spin. With a voice of medium quality on two cores, sleeping took 0.050 instead of 0.045 of real time
    while the cores had little else to do, and 0.26 instead of 0.34 while they had: recognition, or a language model.
    """
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors: what it warns of is how the graph was exported
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    description = json.loads(Path(f"{path}.json").read_text("utf-8"))
    return PiperVoice(session=session, config=PiperConfig.from_dict(description))


def parts(phonemes: Sequence[str]) -> Iterator[list[str]]:
    """A sentence's phonemes, in stretches of at most `LONGEST`, cut behind a clause or a word where there is one."""
    rest = list(phonemes)
    while len(rest) > LONGEST:
        end = next((end for marks in (CLAUSE_ENDS, {" "}) if (end := _last(rest[:LONGEST], marks))), LONGEST)
        yield rest[:end]
        rest = rest[end:]
    if rest:
        yield rest


def _last(phonemes: Sequence[str], marks: frozenset[str] | set[str]) -> int:
    """Just behind the last of the marks in the second half; 0 when there is none."""
    half = len(phonemes) // 2
    return next((place + 1 for place in range(len(phonemes) - 1, half, -1) if phonemes[place] in marks), 0)


def _plain(text: str) -> str:
    """Without control characters, which end a C string, and without the brackets in which Piper takes raw phonemes."""
    return "".join(mark if mark.isprintable() else " " for mark in text).replace("[[", "[").replace("]]", "]")


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What libraries raise at a file that is no voice (onnxruntime has a dozen exceptions of its own) as ModelError."""
    try:
        yield
    except Exception as error:
        reason = f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')}"
        fix = "Download it again, or use another voice"
        raise ModelError(f"{Path(path).name} is no Piper voice", reason[:160], fix) from error
