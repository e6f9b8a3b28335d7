"""The voices on this machine: how soon a sentence is heard, and how much faster than speech it is made.

Each is warm, and says sentences of a conversation one after another. Piper's own voice is measured where one is
installed; where none is, one of the same size that never learnt to speak (`untrained_voice`): "piper_untrained".
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.__main__ import CannotRun
from voicebot.readiness import Ready
from voicebot.resources import find_home
from voicebot.tts.base import Manner, TextToSpeech
from voicebot.tts.piper import Piper
from voicebot.tts.piper_voices import voices_below
from voicebot.tts.pyttsx3 import Pyttsx3

SENTENCES = {
    "en": (
        "Sure.",
        "It is half past three.",
        "The timer is set for ten minutes.",
        "Seven plus five is twelve.",
        "The train to London leaves at seven in the morning.",
        "Tomorrow it will be sunny at first, with some rain in the evening.",
        "A kilometre is a thousand metres, which is a little more than six tenths of a mile.",
        "The oldest of the three was built in the year nineteen hundred and twelve, and it is still in use today.",
    ),
    "ko": (
        "네.",
        "지금은 세 시 반이에요.",
        "타이머를 십 분으로 맞췄어요.",
        "칠 더하기 오는 십이예요.",
        "런던으로 가는 기차는 아침 일곱 시에 떠나요.",
        "내일은 처음에는 맑다가 저녁에 비가 조금 오겠어요.",
        "일 킬로미터는 천 미터이고, 약 영 점 육 마일이에요.",
        "셋 가운데 가장 오래된 것은 천구백십이 년에 지어졌고, 지금도 쓰이고 있어요.",
    ),
}
ROUNDS = 5


@dataclass(slots=True)
class Heard:
    """Seconds: to the first sound of each sentence, to make all of them, and how long they last."""

    first: list[float] = field(default_factory=list)
    making: float = 0.0
    lasting: float = 0.0

    def figures(self, name: str) -> Iterator[tuple[str, float]]:
        yield f"voices.{name}_first_audio_ms_p50", 1000 * float(np.percentile(self.first, 50))
        yield f"voices.{name}_first_audio_ms_p95", 1000 * float(np.percentile(self.first, 95))
        yield f"voices.{name}_real_time_factor", self.making / self.lasting


def measure() -> dict[str, float]:
    figures: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        for name, engine, language in _engines(Path(folder)):
            figures.update(asyncio.run(_heard(engine, language)).figures(name))
    if not figures:
        raise CannotRun("there is no voice here: neither espeak-ng nor piper-tts")
    return figures


def _engines(folder: Path) -> Iterator[tuple[str, TextToSpeech, str]]:
    """What can be measured here: its name among the figures, the engine and the language."""
    for language in SENTENCES:
        if isinstance(Pyttsx3().ready(), Ready):
            yield f"system_{language}", Pyttsx3(), language
    if find_spec("piper") is None:
        return
    installed = voices_below(find_home().models / "piper")
    for language in SENTENCES:
        found = next((voice for voice in installed if voice.language == language), None)
        if found is not None:
            yield f"piper_{re.sub(r'[^a-z0-9]+', '_', found.id.lower())}", Piper(folder, found.path), language
    if not installed and find_spec("torch") is not None and find_spec("onnx") is not None:
        from tests.bench.untrained_voice import make_untrained_voice

        yield "piper_untrained", Piper(folder, make_untrained_voice(folder / "untrained.onnx")), "en"


async def _heard(engine: TextToSpeech, language: str) -> Heard:
    heard = Heard()
    try:
        await engine.warm()
        for sentence in SENTENCES[language] * ROUNDS:
            await _say(engine, sentence, language, heard)
    finally:
        await engine.close()
    return heard


async def _say(engine: TextToSpeech, sentence: str, language: str, heard: Heard) -> None:
    began, first = time.perf_counter(), None
    async for sound in engine.synthesise(sentence, Manner(language)):
        first = first or time.perf_counter() - began
        heard.lasting += len(sound.samples) / sound.sample_rate
    heard.making += time.perf_counter() - began
    assert first is not None, f"{engine.name} made no sound"
    heard.first.append(first)
