"""Whisper's decoder over a `Window`, step by step: what `whisper.decoding.DecodingTask` calls its inference.

The task's rules (timestamps, suppressed tokens, probabilities) stay openai-whisper's own. Different from its
`PyTorchInference` are the bias on the window's places, and that keys and values are kept without hooks: on a small
model those cost more than the network.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from voicebot.stt.whisper_window import Window, attended, keys_and_values

if TYPE_CHECKING:
    from torch import Tensor

    from voicebot.stt.whisper_vocabulary import Vocabulary

Pair = tuple["Tensor", "Tensor"]


class CachedDecoder:
    """One window's: each step takes the tokens that are new. Follows `whisper.decoding.Inference`."""

    def __init__(self, model: Any, vocabulary: Vocabulary, window: Window, alive: Callable[[], None]) -> None:
        self._decoder = model.decoder
        self._vocabulary = vocabulary
        self._window = window
        self._alive = alive
        self._heard: list[Pair] = [keys_and_values(one.cross_attn, window.frames) for one in self._decoder.blocks]
        self._said: list[Pair | None] = [None] * len(self._decoder.blocks)
        self._done = 0

    def logits(self, tokens: Tensor, audio_features: Tensor) -> Tensor:
        """Of `tokens` (1, all so far) the logits of those that are new (1, new, vocabulary), float32."""
        return self._vocabulary.logits(self._states(tokens))

    def scores(self, tokens: Tensor, candidates: list[int]) -> Tensor:
        """The logits of some candidates alone to follow `tokens` (1, all so far)."""
        return self._vocabulary.of(self._states(tokens)[:, -1:], candidates)[0, -1]

    def rearrange_kv_cache(self, source_indices: list[int]) -> None:
        """Nothing: there is one sequence."""

    def cleanup_caching(self) -> None:
        """Forget the tokens; the window stays."""
        self._said = [None] * len(self._said)
        self._done = 0

    def _states(self, tokens: Tensor) -> Tensor:
        decoder, new = self._decoder, tokens[:, self._done :]
        places = decoder.positional_embedding[self._done : tokens.shape[1]]
        x = (decoder.token_embedding(new) + places).to(self._window.frames.dtype)
        for number in range(len(decoder.blocks)):
            self._alive()
            x = self._through(number, x)
        self._done = tokens.shape[1]
        states: Tensor = decoder.ln(x)
        return states

    def _through(self, number: int, x: Tensor) -> Tensor:
        block = self._decoder.blocks[number]
        known = block.attn_ln(x)
        pair = self._said[number] = _joined(self._said[number], keys_and_values(block.attn, known))
        x = x + attended(block.attn, known, *pair, causal=x.shape[1] > 1)
        x = x + attended(block.cross_attn, block.cross_attn_ln(x), *self._heard[number], bias=self._window.bias)
        deeper: Tensor = x + block.mlp(block.mlp_ln(x))
        return deeper


def _joined(before: Pair | None, new: Pair) -> Pair:
    import torch

    if before is None:
        return new
    return torch.cat([before[0], new[0]], dim=2), torch.cat([before[1], new[1]], dim=2)
