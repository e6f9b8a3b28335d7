"""The first sign of a pause: soon after the last sound, in a quiet room and a noisy one, loud and soft."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.sound.speech import flite
from voicebot.audio.files import read_sound
from voicebot.audio.pause import STEP_SECONDS, Pause
from voicebot.audio.vad import BLOCK, BLOCK_SECONDS, SAMPLE_RATE, Silero, Thresholds, VoiceActivity
from voicebot.events import Samples

SENTENCES = (
    "What is the weather going to be tomorrow?", "How many people live in Seoul?", "Play the next track.",
    "Remind me to call my mother at six.",
)  # fmt: skip


def noise(seconds: float, level: float) -> Samples:
    random = np.random.default_rng(1).standard_normal(round(seconds * SAMPLE_RATE))
    return (random * 10 ** (level / 20)).astype(np.float32)


def followed(sound: Samples) -> list[float]:
    """The quiet after each block, in seconds."""
    activity, pause, found = VoiceActivity(Silero(), Thresholds()), Pause(), []
    for start in range(0, len(sound) - BLOCK + 1, BLOCK):
        block = sound[start : start + BLOCK]
        activity.feed(block)
        pause.feed(block, voiced=activity.voiced)
        found.append(pause.quiet)
    return found


@pytest.mark.parametrize("gain", [1.0, 0.1])
@pytest.mark.parametrize("room", [-66.0, -55.0])
@pytest.mark.parametrize("text", SENTENCES)
def test_it_knows_when_the_last_sound_was(text: str, room: float, gain: float, tmp_path: Path) -> None:
    speech = read_sound(flite(text, tmp_path / "speech.wav", "slt"), SAMPLE_RATE)
    loud = np.flatnonzero(np.abs(speech) > 0.02)
    speech = speech[loud[0] : loud[-1]] * np.float32(gain)
    sound = np.concatenate([np.zeros(SAMPLE_RATE, np.float32), speech, np.zeros(SAMPLE_RATE // 2, np.float32)])
    quiet = followed(sound + noise(len(sound) / SAMPLE_RATE, room - (20.0 if gain < 1 else 0.0))[: len(sound)])
    ended = len(quiet) * BLOCK_SECONDS - quiet[-1]
    assert ended == pytest.approx(1.0 + len(speech) / SAMPLE_RATE, abs=0.12)


def test_it_grows_with_the_silence_and_a_sound_ends_it() -> None:
    tone = (0.2 * np.sin(2 * np.pi * 180 * np.arange(BLOCK) / SAMPLE_RATE)).astype(np.float32)
    pause = Pause()
    for _ in range(4):
        pause.feed(np.zeros(BLOCK, np.float32), voiced=False)
    pause.feed(tone, voiced=True)
    assert pause.quiet == 0.0
    for count in range(1, 6):
        pause.feed(np.zeros(BLOCK, np.float32), voiced=False)
        assert pause.quiet == pytest.approx(count * BLOCK_SECONDS)
    half = np.concatenate([tone[: BLOCK // 2], np.zeros(BLOCK // 2, np.float32)])
    pause.feed(half, voiced=True)
    assert pause.quiet == pytest.approx(BLOCK_SECONDS / 2, abs=STEP_SECONDS)

