"""Whisper's thirty-second window at the cost of the sound in it: its silence is thinned out.

Whisper hears thirty seconds always, and two seconds of speech are padded with silence: 1,500 frames, of which 100 are
speech. To cut the window short (`-ac` of whisper.cpp) shows the network what it never saw in its training, and makes
it repeat itself or invent words. But behind the end of the sound every frame is the same but for its place. So the
frames of the sound are kept, `DRAWN` places stand for all of the silence, and each counts in every attention as often
as the places that it stands for (log of their number on its score): an estimate of the same sums over all 1,500.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from voicebot.events import Samples

if TYPE_CHECKING:
    from torch import Tensor

SAMPLES_A_FRAME = 320
"""20 ms: two hops of the spectrogram, as the second convolution takes every other one (Radford et al. 2022, 2.2)."""
EDGE = 3
"""Frames behind the sound that the spectrogram's window and the convolutions make different from silence further on."""
DRAWN = 48
"""Places that stand for the silence: more changed no fewer words (docs/decisions/0006-whisper-short-utterances.md)."""
GOLDEN = 0.6180339887
"""Where within its stretch a place is drawn goes round by the golden section: places at equal distances would see the
fast waves among Whisper's sinusoids all at the same phase.
"""


@dataclass(frozen=True, slots=True)
class Places:
    """Of a window's frames those that are computed, and how many frames each stands for."""

    numbers: tuple[int, ...]
    weights: tuple[int, ...]


def places(kept: int, window: int, drawn: int = DRAWN) -> Places:
    """The first `kept` frames of a window, and `drawn` of the rest (all of it, if it is no longer)."""
    rest = window - kept
    drawn = min(drawn, rest)
    edges = [kept + rest * number // max(1, drawn) for number in range(drawn + 1)]
    sizes = [end - start for start, end in pairwise(edges)]
    chosen = [edges[number] + int(GOLDEN * number % 1.0 * size) for number, size in enumerate(sizes)]
    return Places((*range(kept), *chosen), (*(1 for _ in range(kept)), *sizes))


@dataclass(frozen=True, slots=True)
class Window:
    """An utterance as the decoder attends to it: encoded frames (1, places, state), and the bias on each (places)."""

    frames: Tensor
    bias: Tensor


def encoded(model: Any, samples: Samples, alive: Callable[[], None]) -> Window:
    """At most 30 s of sound (mono float32 at 16 kHz) through the encoder of a `whisper.model.Whisper`."""
    import torch
    import torch.nn.functional as F

    encoder = model.encoder
    total = model.dims.n_audio_ctx
    samples = samples[: total * SAMPLES_A_FRAME]
    kept = min(total, -(-len(samples) // SAMPLES_A_FRAME) + EDGE)
    spectrogram = _spectrogram(model, samples, kept + EDGE)
    x = F.gelu(encoder.conv2(F.gelu(encoder.conv1(spectrogram)))).transpose(1, 2)
    chosen = places(kept, total)
    silence = x[:, kept : kept + 1].expand(-1, len(chosen.numbers) - kept, -1)
    x = torch.cat([x[:, :kept], silence], dim=1)
    x = (x + encoder.positional_embedding[list(chosen.numbers)]).to(x.dtype)
    bias = torch.tensor(chosen.weights, device=x.device).log().to(x.dtype)
    for block in encoder.blocks:
        alive()
        known = block.attn_ln(x)
        x = x + attended(block.attn, known, *keys_and_values(block.attn, known), bias=bias)
        x = x + block.mlp(block.mlp_ln(x))
    return Window(encoder.ln_post(x), bias)


def keys_and_values(layer: Any, source: Tensor) -> tuple[Tensor, Tensor]:
    """What a layer of attention looks up in `source` (1, places, state): two of (1, heads, places, state / heads)."""
    return _heads(layer, layer.key(source)), _heads(layer, layer.value(source))


def attended(
    layer: Any, x: Tensor, keys: Tensor, values: Tensor, *, bias: Tensor | None = None, causal: bool = False
) -> Tensor:
    """Whisper's attention (`whisper.model.MultiHeadAttention`) with a bias on each place that is attended to."""
    from torch.nn.functional import scaled_dot_product_attention

    queries = _heads(layer, layer.query(x))
    mask = None if bias is None else bias.expand(1, 1, queries.shape[2], -1)
    mixed = scaled_dot_product_attention(queries, keys, values, attn_mask=mask, is_causal=causal)
    out: Tensor = layer.out(mixed.transpose(1, 2).flatten(2))
    return out


def _heads(layer: Any, x: Tensor) -> Tensor:
    return x.view(*x.shape[:2], layer.n_head, -1).transpose(1, 2)


def _spectrogram(model: Any, samples: Samples, frames: int) -> Tensor:
    """The same values as in a window of thirty seconds (1, mels, 2 * frames): silence is never the loudest in it."""
    import torch
    import whisper

    padding = frames * SAMPLES_A_FRAME - len(samples)
    spectrogram: Tensor = whisper.log_mel_spectrogram(samples, model.dims.n_mels, padding, device=model.device)
    return spectrogram[None].to(torch.float16 if model.device.type == "cuda" else torch.float32)
