"""`voicebot say`: a text, spoken aloud or into a file."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

from voicebot.cli.options import VOICES
from voicebot.errors import EngineError, UsageError
from voicebot.languages import language_of
from voicebot.patience import patient
from voicebot.sentences import split
from voicebot.session import Session, session
from voicebot.speakable import speakable
from voicebot.tts.base import Manner, Sound, TextToSpeech


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("say", help="speak a text, aloud or into a file")
    parser.add_argument("text", nargs="?", help="the text; - reads it from standard input")
    parser.add_argument("--engine", dest="tts", default="", help=f"the voice engine: {VOICES}")
    parser.add_argument("--voice", help="a voice of that engine: --voices lists them")
    parser.add_argument("--voices", action="store_true", help="list the engine's voices")
    parser.add_argument("--language", metavar="L", help="the text's language, such as en or ko")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write a sound file (.wav, .flac, .ogg), do not play")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    text = sys.stdin.read() if args.text == "-" else args.text
    if not args.voices and not (text or "").strip():
        raise UsageError("there is nothing to say", fix="see voicebot say --help")
    with session() as opened:
        engine = opened.workshop.tts(args.tts)
        asyncio.run(_list_voices(engine) if args.voices else _say(args, opened, engine, text))
    return 0


async def _list_voices(engine: TextToSpeech) -> None:
    try:
        for voice in await engine.voices():
            print(f"{voice.id}\t{voice.name}\t{' '.join(voice.languages)}")
    finally:
        await engine.close()


async def _say(args: argparse.Namespace, opened: Session, engine: TextToSpeech, text: str) -> None:
    language = args.language or language_of(text, opened.settings.stt.languages)
    voice = args.voice or opened.workshop.voices().get(language)
    sounds = _sounds(engine, text, Manner(language, voice, opened.settings.tts.rate))
    try:
        await _play(args, opened, engine, sounds)
    finally:
        await sounds.aclose()  # type: ignore[attr-defined]
        await engine.close()


async def _play(args: argparse.Namespace, opened: Session, engine: TextToSpeech, sounds: AsyncIterator[Sound]) -> None:
    from voicebot.audio.playback import Playback
    from voicebot.audio.portaudio import PortAudioCard
    from voicebot.audio.recorder import Recorder

    card = PortAudioCard()
    settings = opened.settings
    playback = Recorder() if args.out else Playback(card, settings.audio.speaker or None, settings.speaking.buffer)
    try:
        clip = None
        async for sound in sounds:
            if clip is None:
                await playback.open(sound.sample_rate)
                clip = playback.begin(1, 0)
            await clip.write(sound.samples, sound.sample_rate)
        if clip is None:
            raise EngineError(f"{engine.name} made no sound", why="nothing in the text can be spoken")
        clip.end()
        while not clip.finished:
            await playback.progress()
        await asyncio.sleep(playback.latency)
        if isinstance(playback, Recorder):
            await asyncio.to_thread(playback.save, args.out)
    finally:
        await playback.close()
        await card.close()


async def _sounds(engine: TextToSpeech, text: str, manner: Manner) -> AsyncIterator[Sound]:
    for piece in split(text):
        words = speakable(piece, manner.language)
        if not words:
            continue
        source = engine.synthesise(words, manner)
        async with aclosing(
            patient(source, engine.patience, engine.patience, f"{engine.name} made no sound")
        ) as sounds:
            async for sound in sounds:
                yield sound
