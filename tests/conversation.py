"""A whole conversation on the virtual clock, with scripted engines and the simulated card, every event noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from voicebot.assistant import Assistant, Setup
from voicebot.audio.simulated import RATE, SimulatedCard
from voicebot.audio.vad import Loudness, Probability
from voicebot.bus import Bus
from voicebot.clock import run_virtually
from voicebot.events import Event, Level, Samples, TurnEnded
from voicebot.history import History
from voicebot.listener import Hearing
from voicebot.llm.scripted import ScriptedLanguageModel
from voicebot.stt.scripted import ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech


def voice(seconds: float, level: float = 0.2) -> Samples:
    """Something as loud as speech."""
    times = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 180 * times)).astype(np.float32)


@dataclass
class Noted:
    """An event with the loop's time at which it was published."""

    at: float
    event: Event


@dataclass
class Scene:
    """A conversation under test. `hook` is called with each event, in the order of publication, and its index."""

    stt: ScriptedSpeechToText = field(default_factory=ScriptedSpeechToText)
    llm: ScriptedLanguageModel = field(default_factory=ScriptedLanguageModel)
    tts: ScriptedTextToSpeech = field(default_factory=ScriptedTextToSpeech)
    hearing: Hearing = field(default_factory=Hearing)
    card: SimulatedCard = field(default_factory=SimulatedCard)
    history: History = field(default_factory=lambda: History(None, now=lambda: 0.0))
    probability: Probability | None = None
    options: dict[str, Any] = field(default_factory=dict)
    hook: Callable[[int, Event], None] | None = None
    noted: list[Noted] = field(default_factory=list)
    assistant: Assistant = field(init=False)

    def run(self, script: Callable[[Scene], Coroutine[Any, Any, None]]) -> Scene:
        """Play `script` from start to close on a virtual clock, and check that nothing is left over."""
        run_virtually(self._play(script))
        return self

    async def _play(self, script: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
        before = asyncio.all_tasks()
        self.assistant = Assistant(
            Setup(
                self.stt,
                self.llm,
                self.tts,
                self.card,
                self.history,
                hearing=self.hearing,
                probability=self.probability or Loudness(),
                **self.options,
            )
        )
        self._tap(self.assistant.bus)
        async with self.assistant:
            await script(self)
        assert asyncio.all_tasks() == before, "tasks are left over"

    def of(self, *kinds: type[Event]) -> list[Any]:
        """The noted events of some types."""
        return [noted.event for noted in self.noted if isinstance(noted.event, kinds)]

    def when(self, kind: type[Event]) -> list[float]:
        return [noted.at for noted in self.noted if isinstance(noted.event, kind)]

    @property
    def outcomes(self) -> list[str]:
        return [event.outcome for event in self.of(TurnEnded)]

    def _tap(self, bus: Bus) -> None:
        publish, signal, show = bus.publish, bus.signal, bus.show

        async def noting_publish(event: Event) -> None:
            self._note(event)
            await publish(event)

        def noting_signal(event: Any) -> None:
            self._note(event)
            signal(event)

        def noting_show(event: Event) -> None:
            self._note(event)
            show(event)

        bus.publish, bus.signal, bus.show = noting_publish, noting_signal, noting_show  # type: ignore[method-assign]

    def _note(self, event: Event) -> None:
        if isinstance(event, Level):
            return
        self.noted.append(Noted(asyncio.get_running_loop().time(), event))
        if self.hook is not None:
            self.hook(len(self.noted) - 1, event)


def is_silent(samples: Samples) -> bool:
    return len(samples) == 0 or float(np.abs(samples).max()) < 1e-4
