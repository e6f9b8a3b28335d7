"""Muon (Jordan et al., 2024, https://kellerjordan.github.io/posts/muon), over all matrices of one shape at once.

`torch.optim.Muon` turns one matrix after another, in bfloat16: on a CPU, with matrices as small as these, that takes
longer than the rest of the step. Its rate is scaled to move a matrix as far as AdamW would (Liu et al., 2025).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
ITERATIONS = 5
LIKE_ADAMW = 0.2


class Muon(torch.optim.Optimizer):
    """For matrices only."""

    def __init__(self, matrices: Iterable[Tensor], momentum: float = 0.95, weight_decay: float = 0.05) -> None:
        super().__init__(matrices, {"lr": 0.0, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            shapes: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for matrix in group["params"]:
                shapes[matrix.shape].append(matrix)
            for shape, matrices in shapes.items():
                turned = orthogonal(torch.stack([self._pushed(matrix, group["momentum"]) for matrix in matrices]))
                rate = group["lr"] * LIKE_ADAMW * max(shape) ** 0.5
                for matrix, direction in zip(matrices, turned, strict=True):
                    matrix.mul_(1 - group["lr"] * group["weight_decay"]).add_(direction, alpha=-rate)

    def _pushed(self, matrix: Tensor, momentum: float) -> Tensor:
        """Nesterov's momentum of its gradient."""
        assert matrix.grad is not None
        state = self.state[matrix]
        kept = state.setdefault("momentum", torch.zeros_like(matrix))
        kept.lerp_(matrix.grad, 1 - momentum)
        return matrix.grad.lerp(kept, momentum)


def orthogonal(matrices: Tensor) -> Tensor:
    """The nearest orthogonal matrix to each, nearly (Newton and Schulz): (count, rows, columns)."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.mT if tall else matrices
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x
