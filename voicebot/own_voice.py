"""What was spoken lately, against what the recogniser hears: the assistant's own voice is no turn."""

from __future__ import annotations

import asyncio

from voicebot.bus import Bus
from voicebot.echoed import Spoken
from voicebot.events import Sentence, SentenceStarted, TurnEnded
from voicebot.stt.base import Heard


class OwnVoice:
    """A stage beside the others: `run` follows the sentences, `is_echo` judges what was heard."""

    def __init__(self, bus: Bus) -> None:
        self._events = bus.subscribe(Sentence, SentenceStarted, TurnEnded, capacity=64)
        self._sentences: dict[tuple[int, int], str] = {}
        self._spoken = Spoken()

    async def run(self) -> None:
        async for event in self._events:
            if isinstance(event, Sentence):
                self._sentences[event.turn, event.index] = event.speakable
            elif isinstance(event, SentenceStarted):
                self._spoken.begin(self._sentences.pop((event.turn, event.index), ""), event.at)
            elif isinstance(event, TurnEnded):
                self._sentences = {key: text for key, text in self._sentences.items() if key[0] != event.turn}
                if not self._sentences:
                    self._spoken.end(asyncio.get_running_loop().time())

    def is_echo(self, heard: Heard, began: float, ended: float) -> bool:
        """Whether what was recorded between two loop times only repeats what was spoken meanwhile."""
        return self._spoken.is_echo(heard.text, heard.language, began, ended)
