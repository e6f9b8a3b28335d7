"""The likeliest tokens are the full table's, however the rest is computed."""

from __future__ import annotations

import pytest
import torch

from voicebot.stt import whisper_vocabulary
from voicebot.stt.whisper_vocabulary import NO_TEXT, Vocabulary


@pytest.fixture
def table() -> torch.Tensor:
    return torch.randn(51_865, 64, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("quicker", [True, False])
def test_what_is_in_question_is_computed_in_full(
    table: torch.Tensor, quicker: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper_vocabulary, "_seconds", lambda one: 1.0 if (one is table) == quicker else 0.1)
    vocabulary = Vocabulary(table)
    states = torch.randn(1, 3, 64, generator=torch.Generator().manual_seed(2))
    full = states @ table.T
    with torch.inference_mode():
        found = vocabulary.logits(states)
    assert found.shape == full.shape and found.dtype == torch.float32
    assert (found[..., NO_TEXT:] - full[..., NO_TEXT:]).abs().max() < 1e-4
    best = full[0, -1].topk(100).indices
    assert found[0, -1].topk(100).indices.tolist() == best.tolist()
    assert (found[0, -1, best] - full[0, -1, best]).abs().max() < 1e-4
    assert (found - full).abs().max() < 0.5
    assert (vocabulary._rough is not None) == quicker


def test_some_tokens_alone_are_computed_in_full(table: torch.Tensor) -> None:
    states = torch.randn(1, 1, 64)
    assert torch.allclose(Vocabulary(table).of(states, [5, 7]), (states @ table[[5, 7]].T), atol=1e-4)


def test_a_small_table_is_left_as_it_is() -> None:
    assert Vocabulary(torch.randn(100, 8))._rough is None
