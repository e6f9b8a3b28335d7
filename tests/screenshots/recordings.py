"""What is heard in the pictures: recordings, a film and clips, with words that the tests' own Whisper knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.sound.speech import espeak, flite
from tests.transcription.media import RATE, make, speech
from voicebot.events import Samples

PAUSE = np.zeros(round(1.2 * RATE), dtype=np.float32)
SAID = {
    "en": {
        "Kitchen, Sunday.m4a": ("Set a timer for five minutes.", "What is seven plus five?"),
        "London.mp4": (
            "What time is it in London?",
            "Thank you.",
            "Set a timer for five minutes.",
            "What time is it in London?",
        ),
    },
    "ko": {
        "일요일 부엌.m4a": ("불 켜 줘.", "안녕하세요."),
        "부산 여행.mp4": ("안녕하세요.", "오늘 날씨 어때?", "불 켜 줘.", "안녕하세요."),
    },
}


def recordings(folder: Path, language: str) -> list[Path]:
    return [
        make(folder / name, spoken(folder, sentences, language), picture=name.endswith(".mp4"))
        for name, sentences in SAID[language].items()
    ]


def clips(folder: Path, language: str) -> Path:
    """A folder of clips for the Lab, each with its words beside it."""
    sentences = dict.fromkeys(sentence for spoken in SAID[language].values() for sentence in spoken)
    for number, sentence in enumerate(sentences, start=1):
        file = folder / f"{number}.wav"
        espeak(sentence, file, "ko") if language == "ko" else flite(sentence, file)
        file.with_suffix(".txt").write_text(sentence, "utf-8")
    return folder


def spoken(folder: Path, sentences: tuple[str, ...], language: str) -> Samples:
    file = folder / "sentence.wav"
    parts = [PAUSE]
    for sentence in sentences:
        parts += [speech(espeak(sentence, file, "ko") if language == "ko" else flite(sentence, file)), PAUSE]
    return np.concatenate(parts)
