"""openai-whisper's own network, run in a way that makes its thirty-second window affordable on two cores.

`whisper.transcribe` pads every utterance to 30 s, so the network must know that padding; but 1,500 frames of which 150
are speech cost ten times what they teach. Behind the end of the sound every frame is the same but for its place. So the
training keeps the frames of the sound, draws `SAMPLED` places from the padding, and adds log(padding / SAMPLED) to the
attention that those places get: the attention over all 1,500, estimated.
"""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from whisper.model import ModelDimensions, Whisper

FRAMES = 1500
SAMPLED = 48
EDGE = 3
"""Encoder frames at a seam that the convolutions make different from the padding further on."""


def dimensions(tokens: int) -> ModelDimensions:
    return ModelDimensions(
        n_mels=80, n_audio_ctx=FRAMES, n_audio_state=128, n_audio_head=4, n_audio_layer=3,
        n_vocab=tokens, n_text_ctx=448, n_text_state=128, n_text_head=4, n_text_layer=3,
    )  # fmt: skip


class Network(nn.Module):
    """Whisper with `tokens` tokens, and a second head on its encoder that spells (CTC; Graves et al., 2006).

    The spelling head is what makes the encoder learn to hear: without it the decoder stays a language model for long.
    """

    def __init__(self, tokens: int, letters: int) -> None:
        super().__init__()
        self.whisper = Whisper(dimensions(tokens))
        nn.init.normal_(self.whisper.decoder.positional_embedding, std=0.02)
        nn.init.normal_(self.whisper.decoder.token_embedding.weight, std=0.05)
        self.spelling = nn.Linear(128, letters)

    def forward(self, spectrogram: Tensor, padding: Tensor, given: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the tokens (batch, places, tokens) and of the letters (batch, frames, letters).

        `spectrogram` is (batch, 80, 2 * frames), filled up with `padding` (batch), the value behind each one's end.
        """
        heard, bias, frames = self._encoded(spectrogram, padding)
        return self._decoded(given, heard, bias), self.spelling(heard[:, :frames])

    def _encoded(self, spectrogram: Tensor, padding: Tensor) -> tuple[Tensor, Tensor, int]:
        encoder: Any = self.whisper.encoder
        longer = torch.cat([spectrogram, padding[:, None, None].expand(-1, 80, 4 * EDGE)], dim=2)
        x = F.gelu(encoder.conv2(F.gelu(encoder.conv1(longer)))).transpose(1, 2)
        frames = spectrogram.shape[2] // 2
        kept = min(frames + EDGE, FRAMES)
        places = torch.arange(kept)
        bias = torch.zeros(kept)
        x, silence = x[:, :kept], x[:, -EDGE:-EDGE + 1]
        if kept < FRAMES - SAMPLED:
            drawn = kept + torch.randperm(FRAMES - kept)[:SAMPLED].sort().values
            x = torch.cat([x, silence.expand(-1, SAMPLED, -1)], dim=1)
            places = torch.cat([places, drawn])
            bias = torch.cat([bias, torch.full((SAMPLED,), math.log((FRAMES - kept) / SAMPLED))])
        x = x + encoder.positional_embedding[places]
        for block in encoder.blocks:
            x = x + attention(block.attn, block.attn_ln(x), bias=bias)
            x = x + block.mlp(block.mlp_ln(x))
        return encoder.ln_post(x), bias, frames

    def _decoded(self, given: Tensor, heard: Tensor, bias: Tensor) -> Tensor:
        decoder: Any = self.whisper.decoder
        x = decoder.token_embedding(given) + decoder.positional_embedding[: given.shape[1]]
        for block in decoder.blocks:
            x = x + attention(block.attn, block.attn_ln(x), causal=True)
            x = x + attention(block.cross_attn, block.cross_attn_ln(x), heard, bias=bias)
            x = x + block.mlp(block.mlp_ln(x))
        return decoder.ln(x) @ decoder.token_embedding.weight.T


def attention(
    layer: Any, x: Tensor, memory: Tensor | None = None, *, bias: Tensor | None = None, causal: bool = False
) -> Tensor:
    """Whisper's attention with a bias on each place that is attended to."""
    source = x if memory is None else memory
    q, k, v = (
        y.unflatten(2, (layer.n_head, -1)).transpose(1, 2)
        for y in (layer.query(x), layer.key(source), layer.value(source))
    )
    mask = None if bias is None else bias.expand(1, 1, q.shape[2], -1)
    mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
    return layer.out(mixed.transpose(1, 2).flatten(2))
