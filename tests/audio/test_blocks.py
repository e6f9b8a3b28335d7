"""The pieces of a microphone, whatever their size and rate, come out as blocks of 512 samples, and nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest

from voicebot.audio.blocks import Blocks
from voicebot.events import Samples


@pytest.mark.parametrize(
    ("rate", "piece"), [(48_000, 480), (48_000, 1024), (16_000, 512), (16_000, 160), (44_100, 441)]
)
def test_every_block_is_whole_and_the_sound_is_the_same(rate: int, piece: int) -> None:
    def tone(hertz_rate: int) -> Samples:
        return np.sin(2 * np.pi * 440 * np.arange(2 * hertz_rate) / hertz_rate).astype(np.float32)

    found: list[Samples] = []
    blocks, sound = Blocks(rate, 16_000, found.append), tone(rate)
    for start in range(0, len(sound), piece):
        blocks.feed(sound[start : start + piece])
    assert {len(block) for block in found} == {512}
    heard = np.concatenate(found)
    assert len(heard) >= 32_000 - 512 - 320, "what is held back is less than a block and 20 ms"
    lag = int(
        np.argmax([float(np.dot(heard[4000:20_000], tone(16_000)[4000 - lag : 20_000 - lag])) for lag in range(36)])
    )
    shifted = tone(16_000)[4000 - lag : 20_000 - lag]
    assert np.abs(heard[4000:20_000] - shifted).max() < 0.2


def test_a_piece_is_the_cards_own_and_is_copied() -> None:
    found: list[Samples] = []
    piece = np.ones(512, dtype=np.float32)
    Blocks(16_000, 16_000, found.append).feed(piece)
    piece[:] = 0
    assert found[0].all()
