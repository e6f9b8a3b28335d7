"""What several subcommands share: the options that name engines, and lines for the person."""

from __future__ import annotations

import argparse
import sys

from voicebot.engines import Names


def names(args: argparse.Namespace) -> Names:
    """The engines that the options name."""
    return Names(args.stt, args.llm, args.tts)


def add_engine_options(parser: argparse.ArgumentParser, *stages: str) -> None:
    """`--stt`, `--llm`, `--tts`: an engine by name, alone or with a model."""
    meanings = {
        "stt": "recogniser: sphinx, whisper, whisper:base, whisper:./my.pt, openai",
        "llm": "language model: offline, openai, openai:MODEL",
        "tts": "voice: pyttsx3, gtts, openai",
    }
    for stage in stages:
        parser.add_argument(f"--{stage}", default="", metavar="ENGINE", help=meanings[stage])


def say_to_person(line: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    print(line, file=sys.stderr, flush=True)
