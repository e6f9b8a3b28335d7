"""A Piper voice of the usual size that never learnt to speak: what it costs to compute is what any other costs.

It is built and exported by piper-tts's own training code (`piper.train`), in its medium quality, with the weights that
the network has before its training. Nobody understands it.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

MEDIUM: dict[str, Any] = {
    "n_vocab": 256,
    "spec_channels": 513,
    "segment_size": 32,
    "inter_channels": 192,
    "hidden_channels": 192,
    "filter_channels": 768,
    "n_heads": 2,
    "n_layers": 6,
    "kernel_size": 3,
    "p_dropout": 0.1,
    "resblock": "2",
    "resblock_kernel_sizes": (3, 5, 7),
    "resblock_dilation_sizes": ((1, 2), (2, 6), (3, 12)),
    "upsample_rates": (8, 8, 4),
    "upsample_initial_channel": 256,
    "upsample_kernel_sizes": (16, 16, 8),
    "use_sdp": True,
}
"""The defaults of `piper.train.vits.lightning.VitsModel`: 63 MB, as the voices called "medium" are."""
LENGTH_SCALE = 1.4
"""Brings it to some 15 characters a second, the pace of somebody who reads aloud."""
OPSET = 15
INPUTS = ["input", "input_lengths", "scales", "sid"]


def make_untrained_voice(path: Path) -> Path:
    """Write the graph, and its description beside it; takes some seconds, and torch."""
    import torch
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP
    from piper.train.vits.models import SynthesizerTrn

    torch.manual_seed(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network = SynthesizerTrn(**MEDIUM)
        network.dec.remove_weight_norm()
    network.eval()

    def forward(text: Any, lengths: Any, scales: Any, sid: Any = None) -> Any:
        noise, length, width = scales
        found = network.infer(text, lengths, noise_scale=noise, length_scale=length, noise_scale_w=width, sid=sid)
        return found[0].unsqueeze(1)

    network.forward = forward
    example = (torch.randint(0, 256, (1, 50)), torch.tensor([50]), torch.tensor([0.667, 1.0, 0.8]), None)
    variable = {"input": {0: "batch", 1: "phonemes"}, "input_lengths": {0: "batch"}, "output": {0: "batch", 2: "time"}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network, example, path, opset_version=OPSET, input_names=INPUTS, output_names=["output"],
            dynamic_axes=variable, dynamo=False,
        )  # fmt: skip
    description = {
        "audio": {"sample_rate": 22_050, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "inference": {"length_scale": LENGTH_SCALE},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(description))
    return path
