"""What several subcommands share: the options that name engines, and lines for the person."""

from __future__ import annotations

import argparse
import sys

from voicebot.engines import Names

RECOGNISERS = "sphinx, whisper, whisper:base, whisper:./my.pt, faster-whisper, google, openai"
MODELS = "offline, transformers, transformers:./folder, openai, openai:MODEL"
VOICES = "pyttsx3, piper, piper:./voice.onnx, gtts, edge, elevenlabs, openai"


def names(args: argparse.Namespace) -> Names:
    """The engines that the options name."""
    return Names(args.stt, args.llm, args.tts)


def add_engine_options(parser: argparse.ArgumentParser, *stages: str) -> None:
    """`--stt`, `--llm`, `--tts`: an engine by name, alone or with a model."""
    meanings = {
        "stt": f"recogniser: {RECOGNISERS}",
        "llm": f"language model: {MODELS}",
        "tts": f"voice: {VOICES}",
    }
    for stage in stages:
        parser.add_argument(f"--{stage}", default="", metavar="ENGINE", help=meanings[stage])


def say_to_person(line: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    print(line, file=sys.stderr, flush=True)
