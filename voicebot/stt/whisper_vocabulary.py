"""How likely each token is to come next: on a small model most of a step's time, for its table has 52,000 rows.

Processors that multiply bfloat16 read half as much, in a quarter of the time. The two or three digits that bfloat16
keeps tell which tokens are in question; those, and all that are no text (times, languages, the end), are computed in
full. So the choice is the full one's, and only the sum of the improbable rest is rounded.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

LIKELIEST = 256
"""Tokens that are computed in full, likeliest first: some ninety are then suppressed by Whisper's rules."""
NO_TEXT = 50_256
"""From this token on there is no text in any of Whisper's vocabularies (whisper/tokenizer.py)."""
TRIES = 3


class Vocabulary:
    """Of one model. `weight` is its decoder's table of tokens (vocabulary, states)."""

    def __init__(self, weight: Tensor) -> None:
        self._weight = weight
        self._rough = _rough(weight)

    def logits(self, states: Tensor) -> Tensor:
        """Of `states` (1, new, states) the logits (1, new, vocabulary), float32; in full, the last one's likeliest."""
        if self._rough is None:
            return self.of(states)
        found = (states.to(self._rough.dtype) @ self._rough.T).float()
        found[..., NO_TEXT:] = states @ self._weight[NO_TEXT:].T
        likeliest = found[0, -1, :NO_TEXT].topk(LIKELIEST).indices
        found[0, -1, likeliest] = self._weight[likeliest] @ states[0, -1]
        return found

    def of(self, states: Tensor, tokens: list[int] | None = None) -> Tensor:
        """The logits of some tokens alone, or of all, in full; float32."""
        rows = self._weight if tokens is None else self._weight[tokens]
        return (states @ rows.to(states.dtype).T).float()


def _rough(weight: Tensor) -> Tensor | None:
    """The table in bfloat16, where that is quicker here: some processors only pretend to know it."""
    import torch

    if weight.device.type != "cpu" or weight.dtype != torch.float32 or len(weight) <= NO_TEXT:
        return None
    with torch.inference_mode():
        rough = weight.to(torch.bfloat16)
        return rough if 2 * _seconds(rough) < _seconds(weight) else None


def _seconds(table: Any) -> float:
    """How long one look-up takes, at best."""
    state, found = table[:1], []
    for _ in range(TRIES):
        began = time.perf_counter()
        (state @ table.T).float()
        found.append(time.perf_counter() - began)
    return min(found)
