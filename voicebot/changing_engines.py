"""Engines that take the place of others while the assistant runs, and are made ready in the background.

One is used at once, or only when it is ready; the one before is closed once no turn can be using it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from voicebot.bus import Bus
from voicebot.errors import VoicebotError
from voicebot.events import NO_TURN, Notice, Preparing
from voicebot.llm.base import LanguageModel
from voicebot.readiness import demand
from voicebot.stt.base import SpeechToText
from voicebot.tts.base import TextToSpeech
from voicebot.turn import Turns

Engine = SpeechToText | LanguageModel | TextToSpeech
Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


class ChangingEngines:
    """`used` tells which engines the stages have now; `spawn` runs work until the assistant closes."""

    def __init__(self, bus: Bus, turns: Turns, spawn: Spawn, used: Callable[[], list[Engine]]) -> None:
        self._bus = bus
        self._turns = turns
        self._spawn = spawn
        self._used = used
        self._retired: list[Engine] = []
        self._warmings: dict[int, asyncio.Task[None]] = {}
        """By the id() of the engine that is made ready."""
        self._coming: dict[str, asyncio.Task[None]] = {}
        """By stage: an engine that takes the place of the one before once it is ready."""

    @property
    def all(self) -> list[Engine]:
        """Everything that is to be closed in the end."""
        return [*self._retired, *self._used()]

    def change(self, stage: str, engine: Engine, use: Callable[[], Engine | None], once_ready: bool) -> None:
        """Call `use`, which hands back the engine before, at once or when `engine` is ready.

        Another one that is chosen for the stage meanwhile takes its place.
        """
        if (coming := self._coming.pop(stage, None)) is not None:
            coming.cancel()
        if once_ready:
            self._coming[stage] = self._spawn(self._use_once_ready(stage, engine, use))
        else:
            self._retire(use())
            self.warm(stage, engine)

    def warm(self, stage: str, engine: Engine) -> None:
        """Begin to make an engine ready; what fails is a Notice."""
        task = self._warmings[id(engine)] = self._spawn(self._warm(stage, engine))
        task.add_done_callback(lambda done: self._forget_warming(id(engine), done))

    async def _use_once_ready(self, stage: str, engine: Engine, use: Callable[[], Engine | None]) -> None:
        self._tell_prepared(stage, engine, None)
        used = False
        try:
            demand(engine.name, await asyncio.to_thread(engine.ready))
            await self._warmed(stage, engine)
            self._retire(use())
            used = True
        except VoicebotError as error:
            self._bus.signal(Notice(NO_TURN, error.what, error.why, error.fix))
        finally:
            self._tell_prepared(stage, engine, 1.0)
            if not used and not any(engine is one for one in self.all):
                await engine.close()

    def _retire(self, engine: Engine | None) -> None:
        """Close an engine once the turn that may be using it is over."""
        if engine is None:
            return
        if not any(engine is retired for retired in self._retired):
            self._retired.append(engine)
        self._spawn(self._close_retired())

    async def _close_retired(self) -> None:
        await self._turns.idle()
        while self._retired:
            engine = self._retired.pop()
            if any(engine is used for used in self._used()):
                continue
            try:
                await self._end_warming(engine)
                await engine.close()
            except asyncio.CancelledError:
                self._retired.append(engine)
                raise

    def _forget_warming(self, engine: int, task: asyncio.Task[None]) -> None:
        if self._warmings.get(engine) is task:
            del self._warmings[engine]

    async def _end_warming(self, engine: Engine) -> None:
        """One that is not used any more need not get ready."""
        if (task := self._warmings.get(id(engine))) is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _warm(self, stage: str, engine: Engine) -> None:
        self._tell_prepared(stage, engine, None)
        try:
            await self._warmed(stage, engine)
        except VoicebotError as error:
            self._bus.signal(Notice(NO_TURN, error.what, error.why, error.fix))
        finally:
            self._tell_prepared(stage, engine, 1.0)

    async def _warmed(self, stage: str, engine: Engine) -> None:
        """Make an engine ready, telling how far it is; raises EngineError or ModelError."""
        if stage == "stt":
            await engine.warm(lambda done: self._tell_prepared(stage, engine, done))  # type: ignore[call-arg]
        else:
            await engine.warm()  # type: ignore[call-arg]

    def _tell_prepared(self, stage: str, engine: Engine, done: float | None) -> None:
        self._bus.signal(Preparing(NO_TURN, stage, engine.name, done))
