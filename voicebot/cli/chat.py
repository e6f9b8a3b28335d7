"""`voicebot chat`: a conversation in the terminal, by voice or typed."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from voicebot import __version__
from voicebot.assistant import Assistant
from voicebot.audio.portaudio import PortAudioCard
from voicebot.audio.wake_word import PHRASES
from voicebot.building import build
from voicebot.cli.keyboard import Keyboard
from voicebot.cli.options import add_document_options, add_engine_options, check_documents, names, use_documents
from voicebot.cli.terminal import SHOWN, Terminal
from voicebot.errors import DeviceError, UsageError, VoicebotError
from voicebot.events import NO_TURN, State, Transcript, TurnId
from voicebot.llm.timers import Timers
from voicebot.readiness import NotReady
from voicebot.session import Session, session

HELP = """\
Enter                talk; Enter again when you have finished; Enter while it speaks stops it
any text, Enter      ask by typing
/retry [ENGINE]      recognise your last recording again, with another recogniser if you name one
/replay              play your last recording
/stt, /llm, /tts X   use another engine from now on
/hands-free on|off   just speak, or use Enter
/quit                leave; Ctrl-C does too"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("chat", help="talk in the terminal: Enter to talk, hands-free, or typed")
    parser.add_argument("--hands-free", action="store_true", help="listen all the time; no key is needed")
    parser.add_argument("--barge-in", action="store_true", help="your speech interrupts the answer: for headphones")
    parser.add_argument(
        "--speculate",
        choices=("local", "always", "never"),
        help="begin the answer before you are known to have finished: with engines on this computer, or all of them",
    )
    parser.add_argument("--silent", action="store_true", help="show answers, do not speak them")
    parser.add_argument("--timings", action="store_true", help="show how long each stage of a turn took")
    add_engine_options(parser, "stt", "llm", "tts")
    add_document_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with session() as opened:
        args.hands_free = args.hands_free or opened.settings.listening.mode == "hands-free"
        with suppress(asyncio.CancelledError):
            asyncio.run(_chat(args, opened))
    return 0


async def _chat(args: argparse.Namespace, opened: Session) -> None:
    card = PortAudioCard()
    terminal = Terminal(timings=args.timings)
    holder: list[Assistant] = []
    opened.workshop.timers = Timers(lambda text, language: holder[0].announce(text, language))
    silent = args.silent or not await _has_speaker(card)
    use_documents(args, opened.workshop)
    assistant = build(
        names(args), opened, card=card, barge_in=args.barge_in, speculate=args.speculate, silent=silent, indexes=True
    )
    holder.append(assistant)
    showing = asyncio.create_task(_show(assistant, terminal))
    try:
        async with assistant:
            await check_documents(args, assistant)
            await Conversation(args, opened, assistant, terminal).run()
    finally:
        opened.workshop.timers.close()
        await asyncio.wait([showing], timeout=1.0)
        showing.cancel()
        terminal.close()


async def _has_speaker(card: PortAudioCard) -> bool:
    """Whether anything can be spoken here; without a speaker answers are shown, and count as heard."""
    try:
        return any(device.outputs for device in await card.devices())
    except DeviceError:
        return False


async def _show(assistant: Assistant, terminal: Terminal) -> None:
    async for event in assistant.bus.subscribe(*SHOWN, capacity=2048, lossy=True):
        terminal.show(event)


@dataclass(slots=True)
class Conversation:
    """Turns lines of the keyboard into commands to the assistant."""

    args: argparse.Namespace
    opened: Session
    assistant: Assistant
    terminal: Terminal
    last_spoken: TurnId = NO_TURN
    _lines: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(1000))

    async def run(self) -> None:
        hears = await self._open_microphone()
        self._greet(hears)
        helping = [asyncio.create_task(self._note_recordings()), asyncio.create_task(self._hint())]
        Keyboard(self._take)
        try:
            while (line := await self._lines.get()) is not None:
                if not await self._obey(line.strip()):
                    return
            await self._after_the_last_line(hears)
        finally:
            for task in helping:
                task.cancel()

    def _take(self, line: str | None) -> None:
        if not self._lines.full():
            self._lines.put_nowait(line)

    async def _after_the_last_line(self, hears: bool) -> None:
        """No more can be typed: answer what was asked; hands-free goes on for ever."""
        if self.args.hands_free and hears:
            await asyncio.Event().wait()
        self.assistant.release()
        await self.assistant.idle()

    async def _open_microphone(self) -> bool:
        try:
            if self.args.hands_free or self.opened.settings.listening.armed:
                await self.assistant.open_microphone(hands_free=self.args.hands_free)
            return True
        except DeviceError as error:
            self.terminal.line(f"! {error}. Until then, type")
            return False

    def _greet(self, hears: bool) -> None:
        setup = self.assistant.setup
        voice = setup.tts.name if setup.tts is not None else "no voice: answers are shown"
        self.terminal.line(
            f"Voicebot {__version__}: hears with {setup.stt.name}, thinks with {setup.llm.name}, speaks with {voice}"
        )
        how = f"{self._invitation()}, or type" if self.args.hands_free else "Press Enter to talk, or type"
        if setup.speculate == "always" and not (setup.stt.local and setup.llm.local):
            self.terminal.line("Answers are begun early with paid engines too: two recognitions in three are in vain")
        self.terminal.line(f"{how if hears else 'Type a question'}; /help shows more, Ctrl-C leaves.")

    def _invitation(self) -> str:
        listening = self.opened.settings.listening
        return f'Say "{PHRASES[listening.wake_word]}"' if listening.attention == "wake word" else "Just speak"

    async def _hint(self) -> None:
        """Say what more would add; in a thread, for the keyring may take its time."""
        for hint in await asyncio.to_thread(missing, self.opened):
            self.terminal.aside(f"  {hint}")

    async def _obey(self, line: str) -> bool:
        """One line from the person; False to leave."""
        command, _, rest = line.partition(" ")
        try:
            if command in ("/quit", "/exit"):
                return False
            if command.startswith("/"):
                await self._command(command, rest.strip())
            elif line:
                self.assistant.ask(line)
            else:
                await self._talk_key()
        except VoicebotError as error:
            self.terminal.line(f"! {error}")
        return True

    async def _talk_key(self) -> None:
        """Enter is the talk key: it begins, ends, or stops the answer."""
        state = self.assistant.turns.state
        if state is State.LISTENING:
            self.assistant.release()
        elif state is State.IDLE and not self.args.hands_free:
            await self.assistant.press()
        else:
            self.assistant.interrupt()

    async def _command(self, command: str, rest: str) -> None:
        switches: dict[str, Callable[[str], None]] = {
            "/stt": self._use_stt,
            "/llm": self._use_llm,
            "/tts": self._use_tts,
        }
        if command == "/help":
            self.terminal.line(HELP)
        elif command == "/retry":
            if rest:
                self._use_stt(rest)
            await self.assistant.retry(self.last_spoken)
        elif command == "/replay":
            await self.assistant.replay(self.last_spoken)
        elif command == "/hands-free" and rest in ("on", "off"):
            self.args.hands_free = rest == "on"
            await self.assistant.open_microphone(hands_free=self.args.hands_free)
        elif command in switches:
            switches[command](rest)
        else:
            raise UsageError(f"there is no command {command} {rest}".rstrip(), fix="/help lists them")

    def _use_stt(self, name: str) -> None:
        self.assistant.use_stt(self.opened.workshop.stt(name))

    def _use_llm(self, name: str) -> None:
        self.assistant.use_llm(self.opened.workshop.llm(name))

    def _use_tts(self, name: str) -> None:
        self.assistant.use_tts(self.opened.workshop.tts(name))

    async def _note_recordings(self) -> None:
        async for event in self.assistant.bus.subscribe(Transcript, capacity=256, lossy=True):
            if isinstance(event, Transcript) and event.engine != "typed":
                self.last_spoken = event.turn


def missing(opened: Session) -> list[str]:
    """One line for each thing that would make it better, saying what it would add."""
    hints = []
    for engine in (opened.workshop.stt("whisper"), opened.workshop.llm("openai"), opened.workshop.tts("pyttsx3")):
        readiness = engine.ready()
        if isinstance(readiness, NotReady) and readiness.adds:
            hints.append(f"{readiness.fix}: adds {readiness.adds}")
    return hints
