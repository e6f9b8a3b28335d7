"""A checkpoint of openai-whisper's as the folder that faster-whisper loads: CTranslate2's file, tokenizer beside it.

    python -m tests.checkpoint.convert small.pt folder

CTranslate2's own converter reads Hugging Face's format only, and through a library of 100 MB; the names differ, the
weights do not (https://opennmt.net/CTranslate2/guides/transformers.html#whisper).
"""

from __future__ import annotations

import sys
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
import torch
from ctranslate2.specs import common_spec, whisper_spec
from ctranslate2.specs.model_spec import LayerSpec
from whisper.tokenizer import LANGUAGES, Tokenizer, get_tokenizer

Weights = dict[str, Any]


def convert(checkpoint: Path, folder: Path) -> Path:
    """Write `folder` (made, or filled anew) from a multilingual checkpoint of openai-whisper's; returns it."""
    stored = torch.load(checkpoint, map_location="cpu", weights_only=True)
    weights = {name: value.float().numpy() for name, value in stored["model_state_dict"].items()}
    tokenizer = get_tokenizer(True, num_languages=len(LANGUAGES) - 1, language="en", task="transcribe")
    folder.mkdir(parents=True, exist_ok=True)
    spec = specification(stored["dims"], weights)
    spec.register_vocabulary(vocabulary(tokenizer))
    for name, value in configuration(stored["dims"], tokenizer).items():
        setattr(spec.config, name, value)
    spec.validate()
    spec.optimize(quantization=None)
    spec.save(str(folder))
    hugging_face(tokenizer).save(str(folder / "tokenizer.json"))
    return folder


# -- weights ----------------------------------------------------------------------------------------------------------


def specification(dims: dict[str, int], weights: Weights) -> whisper_spec.WhisperSpec:
    spec = whisper_spec.WhisperSpec(
        dims["n_audio_layer"], dims["n_audio_head"], dims["n_text_layer"], dims["n_text_head"]
    )
    for number in (1, 2):
        layer = getattr(spec.encoder, f"conv{number}")
        layer.weight, layer.bias = weights[f"encoder.conv{number}.weight"], weights[f"encoder.conv{number}.bias"]
    _norm(spec.encoder.layer_norm, weights, "encoder.ln_post")
    _norm(spec.decoder.layer_norm, weights, "decoder.ln")
    for side, stack in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        stack.position_encodings.encodings = weights[f"{side}.positional_embedding"]
        for number, layer in enumerate(stack.layer):
            _block(layer, weights, f"{side}.blocks.{number}", crossing=side == "decoder")
    spec.decoder.embeddings.weight = weights["decoder.token_embedding.weight"]
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    return spec


def _block(layer: LayerSpec, weights: Weights, name: str, *, crossing: bool) -> None:
    attention = layer.self_attention
    _norm(attention.layer_norm, weights, f"{name}.attn_ln")
    _join(attention.linear[0], weights, [f"{name}.attn.{part}" for part in ("query", "key", "value")])
    _join(attention.linear[1], weights, [f"{name}.attn.out"])
    if crossing:
        _norm(layer.attention.layer_norm, weights, f"{name}.cross_attn_ln")
        _join(layer.attention.linear[0], weights, [f"{name}.cross_attn.query"])
        _join(layer.attention.linear[1], weights, [f"{name}.cross_attn.{part}" for part in ("key", "value")])
        _join(layer.attention.linear[2], weights, [f"{name}.cross_attn.out"])
    _norm(layer.ffn.layer_norm, weights, f"{name}.mlp_ln")
    _join(layer.ffn.linear_0, weights, [f"{name}.mlp.0"])
    _join(layer.ffn.linear_1, weights, [f"{name}.mlp.2"])


def _norm(layer: common_spec.LayerNormSpec, weights: Weights, name: str) -> None:
    layer.gamma, layer.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _join(layer: common_spec.LinearSpec, weights: Weights, names: list[str]) -> None:
    """Several projections of one input as one; a key has no bias in Whisper, which is a bias of zero."""
    layer.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    biases = [weights.get(f"{name}.bias", np.zeros(len(weights[f"{name}.weight"]), np.float32)) for name in names]
    layer.bias = np.concatenate(biases)


# -- words ------------------------------------------------------------------------------------------------------------


def vocabulary(tokenizer: Tokenizer) -> list[str]:
    names = {number: name for name, number in tokenizer.special_tokens.items()}
    printable = _printable_bytes()
    plain = (tokenizer.encoding.decode_single_token_bytes(number) for number in range(tokenizer.eot))
    words = ["".join(printable[byte] for byte in token) for token in plain]
    return words + [names[number] for number in range(tokenizer.eot, tokenizer.encoding.n_vocab)]


def configuration(dims: dict[str, int], tokenizer: Tokenizer) -> dict[str, Any]:
    """What Hugging Face's `generation_config.json` says of the published models, from Whisper's own tokenizer."""
    task = (tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm)
    layers = range(dims["n_text_layer"] // 2, dims["n_text_layer"])
    return {
        "suppress_ids": sorted({*tokenizer.non_speech_tokens, *task, tokenizer.no_speech}),
        "suppress_ids_begin": [*tokenizer.encode(" "), tokenizer.eot],
        "lang_ids": sorted(tokenizer.all_language_tokens),
        "alignment_heads": list(product(layers, range(dims["n_text_head"]))),
    }


def hugging_face(tokenizer: Tokenizer) -> tokenizers.Tokenizer:
    """The same tokenizer in the format of the `tokenizers` library."""
    ranks = tokenizer.encoding._mergeable_ranks
    printable = _printable_bytes()
    text = {token: "".join(printable[byte] for byte in token) for token in ranks}
    merges = [_halves(token, ranks) for token in sorted(ranks, key=ranks.__getitem__) if len(token) > 1]
    model = tokenizers.models.BPE(
        {text[token]: rank for token, rank in ranks.items()},
        [(text[left], text[right]) for left, right in merges],
    )
    made = tokenizers.Tokenizer(model)
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    special = sorted(tokenizer.special_tokens.items(), key=lambda item: item[1])
    made.add_special_tokens([name for name, _ in special])
    return made


def _halves(token: bytes, ranks: dict[bytes, int]) -> tuple[bytes, bytes]:
    """The two tokens that were merged into this one: what is left when every earlier merge has been made."""
    parts = [bytes([byte]) for byte in token]
    while len(parts) > 2:
        pairs = [ranks.get(left + right, len(ranks)) for left, right in pairwise(parts)]
        first = min(range(len(pairs)), key=pairs.__getitem__)
        parts[first : first + 2] = [parts[first] + parts[first + 1]]
    return parts[0], parts[1]


def _printable_bytes() -> dict[int, str]:
    """GPT-2's way to write any byte as a letter, which the `tokenizers` library shares."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + place) for place, byte in enumerate(others)}


if __name__ == "__main__":
    print(convert(Path(sys.argv[1]), Path(sys.argv[2])))
