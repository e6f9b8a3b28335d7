"""What several subcommands share: the options that name engines, and lines for the person."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from voicebot.engines import Names, Workshop
from voicebot.errors import UsageError
from voicebot.events import Citation
from voicebot.settings import replaced

if TYPE_CHECKING:
    from voicebot.assistant import Assistant

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


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """`--collection` and `--only-documents`: what the answer may rest on."""
    parser.add_argument("--collection", metavar="NAME", help="your documents to look in; see voicebot docs")
    parser.add_argument(
        "--only-documents", action="store_true", help="answer from them alone, or say that nothing was found"
    )


def use_documents(args: argparse.Namespace, workshop: Workshop) -> None:
    """What the options say of documents, above the settings."""
    settings = workshop.settings
    if args.collection is not None:
        settings = replaced(settings, "documents.collection", args.collection)
    if args.only_documents:
        settings = replaced(settings, "documents.only", True)
    workshop.settings = settings


async def check_documents(args: argparse.Namespace, assistant: Assistant) -> None:
    """Raises UsageError where the options name a collection that is not there, or none to answer from."""
    assert assistant.documents is not None  # whoever builds an assistant by the settings gives it some
    if args.collection:
        await assistant.documents.find(args.collection)
    if args.only_documents and not assistant.documents.on:
        raise UsageError("there is no collection to answer from", fix="name one with --collection")


def sources(citations: Iterable[Citation]) -> Iterator[str]:
    """The documents of an answer, a line each."""
    for citation in citations:
        where = ", ".join(filter(None, (citation.title, citation.place)))
        yield printable(f"[{citation.number}] {where} ({citation.path})")


def printable(text: str) -> str:
    """A text for one line of a terminal: what would move or colour anything there is a mark instead."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def say_to_person(line: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    print(line, file=sys.stderr, flush=True)
