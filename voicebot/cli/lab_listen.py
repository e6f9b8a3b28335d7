"""`voicebot lab listen`: two voices compared by ear, blind."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from typing import TYPE_CHECKING

from voicebot.cli.options import say_to_person
from voicebot.session import Session, session

if TYPE_CHECKING:
    from voicebot.audio.playback import Playback
    from voicebot.events import Samples
    from voicebot.lab.listening import Choice, Listening, Pair, Preference

QUESTION = "Which is better? a, b, = for the same, r to hear both again, q to leave: "


def add_listen(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `listen`."""
    parser = actions.add_parser("listen", help="hear two voices of a run without knowing which is which, and choose")
    parser.add_argument("name", nargs="?", default="", metavar="RUN", help="the newest one with voices if none")
    parser.add_argument("--voices", nargs=2, default=("", ""), metavar="VOICE", help="the first two of them if none")
    parser.add_argument("--json", action="store_true", help="print the result as JSON, for programs")
    parser.set_defaults(run=run_listen)


def run_listen(args: argparse.Namespace) -> int:
    """Raises VoicebotError."""
    from voicebot.lab.listening import Listening
    from voicebot.lab.runs import Run, find, taken

    with session() as opened:
        if args.name:
            run = find(opened.home, args.name)
        else:
            speaking = [one for one in Run.all(opened.home) if one.plan.kind != "stt"]
            run = speaking[0] if speaking else find(opened.home, "", "tts")
        listening = Listening(run, *args.voices)
        with taken(run):
            asyncio.run(_listen(listening, opened))
        _tell_preference(args, listening.result(), len(listening.left))
    return 0


async def _listen(listening: Listening, opened: Session) -> None:
    """Ask at the terminal, or whatever standard input is, and play through the speaker."""
    from voicebot.audio.playback import Playback
    from voicebot.audio.portaudio import PortAudioCard
    from voicebot.cli.keyboard import Keyboard

    lines: asyncio.Queue[str | None] = asyncio.Queue()
    Keyboard(lines.put_nowait)
    card = PortAudioCard()
    playback = Playback(card, opened.settings.audio.speaker or None, opened.settings.speaking.buffer)
    try:
        await ask(listening, playback, lines)
    finally:
        await playback.close()
        await card.close()


async def ask(listening: Listening, playback: Playback, lines: asyncio.Queue[str | None]) -> None:
    """Play each pair that is left and take its answer from `lines`, until one of them is q, or None: their end."""
    left = await asyncio.to_thread(lambda: listening.left)
    for number, pair in enumerate(left, start=1):
        say_to_person(f"{number} of {len(left)}: {pair.text}")
        choice = await _choice(listening, pair, playback, lines)
        if choice is None:
            return
        await asyncio.to_thread(listening.answer, pair, choice)


async def _choice(
    listening: Listening, pair: Pair, playback: Playback, lines: asyncio.Queue[str | None]
) -> Choice | None:
    choices: dict[str, Choice] = {"a": "a", "b": "b", "=": "same"}
    sounds = await asyncio.to_thread(listening.sounds, pair)
    again = True
    while True:
        if again:
            for name, samples in zip("AB", sounds, strict=True):
                say_to_person(name)
                await _play(playback, samples)
        print(QUESTION, end="", file=sys.stderr, flush=True)
        line = await lines.get()
        key = (line or "q").strip().lower() if line is None or line.strip() else ""
        if key in choices or key == "q":
            return choices.get(key)
        again = key == "r"


async def _play(playback: Playback, samples: Samples) -> None:
    from voicebot.lab.listening import RATE

    await playback.open(RATE)
    clip = playback.begin(1, 0)
    await clip.write(samples, RATE)
    clip.end()
    while not clip.finished:
        await playback.progress()
    await asyncio.sleep(playback.latency)


def _tell_preference(args: argparse.Namespace, found: Preference, left: int) -> None:
    from voicebot.lab.report.data import preference_as_object

    if args.json:
        told = {} if left else preference_as_object(found)
        print(json.dumps({**told, "left": left}, ensure_ascii=False, indent=2))
    elif left:
        print(f"{left} pairs are left; which voice is which is told when they are answered")
    else:
        print(f"{found.first}: {found.first_preferred}, {found.second}: {found.second_preferred}, same: {found.same}")
        if found.share is not None:
            interval = f"95 %: {found.low:.0%}–{found.high:.0%}"
            print(f"{found.share:.0%} preferred {found.first} ({interval}), p = {found.p:.3f}")
