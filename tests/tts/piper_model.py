"""A Piper voice of a few hundred bytes: a real graph, whose sound is a tone as long as what it is given to say.

It has the inputs and the output of the graphs that piper-tts runs (`piper.voice`, `piper.train.export_onnx`): phoneme
ids, their number, three scales, and the speaker where there are several.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SAMPLE_RATE = 22_050
SAMPLES_PER_ID = 441
"""20 ms of sound for each phoneme id, of which there are about two a phoneme."""
HERTZ = 200.0
"""The pitch of the first speaker; the second's is twice as high, the third's three times, and so on."""


def make_voice(
    path: Path,
    code: str = "en_US",
    espeak: str = "en-us",
    speakers: tuple[str, ...] = (),
    loudness: float = 0.5,
    **described: Any,
) -> Path:
    """Write a voice, and its description beside it; `described` goes into the description as it is."""
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(graph(speakers=bool(speakers), loudness=loudness))
    description = {
        "audio": {"sample_rate": SAMPLE_RATE, "quality": "medium"},
        "espeak": {"voice": espeak},
        "language": {"code": code},
        "dataset": "tone",
        "num_symbols": 256,
        "num_speakers": max(1, len(speakers)),
        "speaker_id_map": {speaker: number for number, speaker in enumerate(speakers)},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(description | described))
    return path


def graph(*, speakers: bool = False, loudness: float = 0.5) -> bytes:
    """`sin(2π · hertz · t)` for `SAMPLES_PER_ID` samples an id, times the second of the scales."""
    from onnx import TensorProto, helper

    def constant(name: str, kind: int, *values: float) -> Any:
        return helper.make_tensor(name, kind, [len(values)] if len(values) > 1 else [], values)

    angle = 2 * 3.141592653589793 * HERTZ / SAMPLE_RATE
    node = helper.make_node
    nodes = [
        node("Shape", ["input"], ["shape"]),
        node("Gather", ["shape", "one"], ["ids"]),
        node("Cast", ["ids"], ["ids_f"], to=TensorProto.FLOAT),
        node("Gather", ["scales", "one"], ["length_scale"]),
        node("Mul", ["ids_f", "samples_per_id"], ["own_length"]),
        node("Mul", ["own_length", "length_scale"], ["length_f"]),
        node("Cast", ["length_f"], ["length"], to=TensorProto.INT64),
        node("Range", ["zero", "length", "one"], ["times"]),
        node("Cast", ["times"], ["times_f"], to=TensorProto.FLOAT),
        node("Mul", ["times_f", "angle"], ["phase"]),
        *_pitched(speakers),
        node("Sin", ["pitched"], ["wave"]),
        node("Mul", ["wave", "loudness"], ["sound"]),
        node("Unsqueeze", ["sound", "axes"], ["output"]),
    ]
    constants = [
        constant("zero", TensorProto.INT64, 0),
        constant("one", TensorProto.INT64, 1),
        constant("one_f", TensorProto.FLOAT, 1.0),
        constant("axes", TensorProto.INT64, 0, 1),
        constant("samples_per_id", TensorProto.FLOAT, SAMPLES_PER_ID),
        constant("angle", TensorProto.FLOAT, angle),
        constant("loudness", TensorProto.FLOAT, loudness),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, ["batch"]))
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 1, "time"])
    opset = [helper.make_opsetid("", 15)]
    model = helper.make_model(helper.make_graph(nodes, "tone", inputs, [output], constants), opset_imports=opset)
    model.ir_version = 8  # older than onnx's own, so that any onnxruntime reads it
    serialised: bytes = model.SerializeToString()
    return serialised


def _pitched(speakers: bool) -> list[Any]:
    """The phase as it is, or times the speaker's number, counted from one."""
    from onnx import TensorProto, helper

    if not speakers:
        return [helper.make_node("Identity", ["phase"], ["pitched"])]
    return [
        helper.make_node("Cast", ["sid"], ["sid_f"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["sid_f", "one_f"], ["number"]),
        helper.make_node("Mul", ["phase", "number"], ["pitched"]),
    ]
