"""The chime: short, audible, without a click, at every rate."""

from __future__ import annotations

import numpy as np
import pytest

from voicebot.audio.chime import chime


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 48_000])
def test_it_is_short_audible_and_does_not_click(rate: int) -> None:
    sound = chime(rate)
    assert sound.dtype == np.float32
    assert 1.0 < len(sound) / rate < 1.6
    assert 0.2 < np.abs(sound).max() <= 0.4
    assert abs(float(sound[0])) < 0.01
    assert abs(float(sound[-1])) < 0.01
    pauses = np.abs(sound).reshape(3, -1)[:, -round(0.1 * rate) :]
    assert not pauses.any()
