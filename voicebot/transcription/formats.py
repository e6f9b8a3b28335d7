"""A transcription as text for a file: plain, with times, as SubRip or WebVTT subtitles, or as JSON.

They are written here and not by a library: each is a few lines, and nothing here has to read or edit them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal, get_args

from voicebot.stt.base import Segment
from voicebot.transcription.job import Transcription
from voicebot.transcription.subtitles import subtitles

Format = Literal["txt", "srt", "vtt", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

PARAGRAPH = 2.0
"""Seconds of silence that begin a paragraph: Netflix's guides call so much a pause."""


def formatted(found: Transcription, kind: Format, *, times: bool = False) -> str:
    """The whole text of the file; `times` puts the time before every line of "txt"."""
    match kind:
        case "srt":
            return as_srt(found.segments)
        case "vtt":
            return as_vtt(found.segments)
        case "json":
            return as_json([found])
    lines = (f"[{clock(one.start)}] {one.text}" for one in found.segments) if times else paragraphs(found.segments)
    return "".join(f"{line}\n" for line in lines)


def as_json(found: Sequence[Transcription]) -> str:
    """A JSON list of {file, text, language, engine, duration, seconds, segments: [{start, end, text}], complete}."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False) + "\n"


def as_srt(segments: Sequence[Segment]) -> str:
    """SubRip, which has no way to write the arrow of its own times, nor a line that is empty."""
    blocks = []
    for number, one in enumerate(subtitles(segments), 1):
        lines = "\n".join(line.replace("-->", "→") for line in one.lines)
        blocks.append(f"{number}\n{_time(one.start, ',')} --> {_time(one.end, ',')}\n{lines}\n")
    return "\n".join(blocks)


def as_vtt(segments: Sequence[Segment]) -> str:
    """WebVTT (https://www.w3.org/TR/webvtt1/), with its three characters escaped."""
    blocks = ["WEBVTT\n"]
    for one in subtitles(segments):
        lines = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in one.lines)
        blocks.append(f"{_time(one.start, '.')} --> {_time(one.end, '.')}\n{lines}\n")
    return "\n".join(blocks)


def paragraphs(segments: Sequence[Segment]) -> Iterator[str]:
    """The text, a paragraph behind every longer silence."""
    texts: list[str] = []
    end = 0.0
    for one in segments:
        if texts and one.start - end >= PARAGRAPH:
            yield " ".join(texts)
            texts = []
        texts.append(one.text)
        end = one.end
    if texts:
        yield " ".join(texts)


def clock(seconds: float) -> str:
    """1:02:03, without hours 2:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _time(seconds: float, mark: str) -> str:
    """01:02:03,456"""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{thousandths:03}"
