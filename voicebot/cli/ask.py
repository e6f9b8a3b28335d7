"""`voicebot ask`: one question, typed or recorded; one answer, shown and spoken."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.cli.options import (
    add_document_options,
    add_engine_options,
    check_documents,
    names,
    say_to_person,
    sources,
    use_documents,
)
from voicebot.errors import UsageError, one_line
from voicebot.events import (
    FREE,
    Citation,
    Cost,
    Event,
    Failed,
    NoSpeech,
    Notice,
    ReplyDelta,
    ReplyEnded,
    Sentence,
    Transcript,
    TurnEnded,
)
from voicebot.session import Session, session

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.audio.playback import Playback
    from voicebot.bus import Subscription
    from voicebot.events import Samples

LONGEST_QUESTION = 28.0


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("ask", help="ask one question, typed or recorded")
    parser.add_argument("text", nargs="?", help="the question; - reads it from standard input")
    parser.add_argument("--audio", type=Path, metavar="IN", help="a recording of the question")
    parser.add_argument("--reply-audio", type=Path, metavar="OUT", help="write the spoken answer here, do not play it")
    parser.add_argument("--language", metavar="L", help="the question's language, such as en or ko")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_engine_options(parser, "stt", "llm", "tts")
    add_document_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if (args.text is None) == (args.audio is None):
        raise UsageError("a question is needed: typed, or with --audio", fix="see voicebot ask --help")
    if args.text == "-":
        args.text = sys.stdin.read()
    with session() as opened:
        use_documents(args, opened.workshop)
        answer = asyncio.run(_ask(args, opened))
    if answer.failure is not None:
        if args.json:
            print(json.dumps(answer.as_json(), ensure_ascii=False))
        say_to_person(f"voicebot: {answer.failure}")
        return 1
    if args.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        print("\n".join([answer.reply, *sources(answer.citations)]))
    return 1 if answer.notices else 0


@dataclass(slots=True)
class Answer:
    """What came of the question."""

    transcript: str = ""
    language: str = ""
    reply: str = ""
    spoken: str = ""
    engines: dict[str, str] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    cost: Cost = FREE
    citations: list[Citation] = field(default_factory=list)
    failure: str | None = None
    notices: list[str] = field(default_factory=list)

    def take(self, event: Event) -> None:
        match event:
            case Transcript():
                self.transcript, self.language = event.text, event.language
            case ReplyDelta():
                self.reply += event.text
            case ReplyEnded():
                self.reply, self.citations = event.text, list(event.citations)
            case Sentence():
                self.spoken = f"{self.spoken} {event.speakable}".strip()
            case NoSpeech():
                self.failure = event.reason
            case Failed() | Notice():
                line = one_line(event.what, event.why, event.fix)
                if isinstance(event, Failed):
                    self.failure = line
                else:
                    self.notices.append(line)
                    say_to_person(f"voicebot: {line}")
            case TurnEnded():
                self.timings, self.cost = named(event.timings), event.cost

    def as_json(self) -> dict[str, Any]:
        """For `--json`: what `asdict` gives, with the failure only when there is one."""
        cost = self.cost
        found = asdict(self) | {
            "cost": {"usd": cost.usd, "estimate": cost.estimate, "wasted": cost.wasted, **asdict(cost)}
        }
        return {key: value for key, value in found.items() if key not in ("failure", "notices") or value}


def named(timings: Any) -> dict[str, float]:
    """The stages of a turn under the names that the command line promises, in seconds."""
    names = {
        "speech_end_to_first_audio": "speech_end_to_first_audio",
        "stt": "transcript",
        "llm_first_token": "first_token",
        "tts_first_audio": "first_audio",
        "total": "total",
    }
    return {name: timings[stage] for name, stage in names.items() if stage in timings}


async def _ask(args: argparse.Namespace, opened: Session) -> Answer:
    from voicebot.audio.recorder import Recorder
    from voicebot.building import build

    samples = await asyncio.to_thread(read_question, args.audio) if args.audio is not None else None
    answer = Answer()
    languages = (args.language,) if args.language else ()
    assistant = build(names(args), opened, playback=await _loudspeaker(args, opened), languages=languages)
    setup = assistant.setup
    events = assistant.bus.subscribe(Event, capacity=1024)
    async with assistant:
        await check_documents(args, assistant)
        answer.engines = {"stt": setup.stt.name if samples is not None else "typed", "llm": setup.llm.name}
        answer.engines["tts"] = setup.tts.name if setup.tts is not None else "none"
        await _one_turn(assistant, events, answer, args, samples)
    if args.reply_audio is not None and answer.failure is None and isinstance(setup.playback, Recorder):
        await asyncio.to_thread(setup.playback.save, args.reply_audio)
    return answer


async def _one_turn(
    assistant: Assistant, events: Subscription, answer: Answer, args: argparse.Namespace, samples: Samples | None
) -> None:
    if assistant.documents is not None and assistant.documents.on:
        await assistant.documents.opened()  # there is one question only: it gets the whole search
    if samples is not None:
        assistant.hear(samples, args.audio.absolute())
    else:
        assistant.ask(args.text, args.language)
    async for event in events:
        answer.take(event)
        if isinstance(event, TurnEnded):
            events.close()  # what is still queued is given, then the iteration ends


async def _loudspeaker(args: argparse.Namespace, opened: Session) -> Playback:
    """The speaker, or a file, or nothing but the counting of samples where there is no speaker."""
    from voicebot.audio.playback import Playback
    from voicebot.audio.portaudio import PortAudioCard
    from voicebot.audio.recorder import Recorder
    from voicebot.errors import DeviceError

    if args.reply_audio is not None:
        return Recorder()
    playback = Playback(PortAudioCard(), opened.settings.audio.speaker or None, opened.settings.speaking.buffer)
    try:
        await playback.open(24_000)
    except DeviceError as error:
        say_to_person(f"voicebot: the answer is only shown: {error}")
        return Recorder()
    return playback


def read_question(path: Path) -> Samples:
    """The speech in a recording, mono float32 at 16 kHz, silence left out; raises AudioError."""
    import numpy as np

    from voicebot.audio.files import read_blocks
    from voicebot.audio.segments import speech_pieces
    from voicebot.audio.vad import SAMPLE_RATE, best_probability
    from voicebot.errors import AudioError

    pieces, seconds = [], 0.0
    for piece in speech_pieces(read_blocks(path, SAMPLE_RATE), best_probability()):
        if piece is None:
            continue
        seconds += len(piece.samples) / SAMPLE_RATE
        if seconds > LONGEST_QUESTION:
            what = f"{path} holds more than {LONGEST_QUESTION:g} seconds of speech"
            raise AudioError(what, why="that is too long for one question", fix="use `voicebot transcribe`")
        pieces.append(piece.samples)
    if not pieces:
        raise AudioError(f"no speech was heard in {path}")
    return np.concatenate(pieces)
