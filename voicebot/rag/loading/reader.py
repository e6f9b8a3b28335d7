"""Reads documents in a child process: a file from anywhere may hang a library, crash it, or fill the memory."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

from voicebot.child.process import Child
from voicebot.errors import EngineError, EngineTimedOut, Unreadable
from voicebot.rag.loading.failing import SUSPECT, unreadable
from voicebot.rag.loading.limits import PATIENCE
from voicebot.rag.passages import Loaded, Piece

TARGET = "voicebot.rag.loading.reading:Reading"
RECYCLED = 500
"""Files after which the process is replaced, for what libraries leave behind; starting one takes 0.1 s."""


class Reader:
    """One file at a time; a call that is cancelled ends the child's work. The process starts with the first call."""

    def __init__(self, patience: float = PATIENCE, target: str = TARGET) -> None:
        self._patience = patience
        self._child = Child(target, "the reader of documents")
        self._reading = asyncio.Lock()
        self._read = 0

    async def read(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
        """The document and its passages, which hold its text: `Loaded.sections` is empty. Raises Unreadable."""
        async with self._reading:
            if self._read >= RECYCLED:
                await self.close()
            self._read += 1
            try:
                return await self._passages(path)
            except Unreadable:
                raise
            except EngineTimedOut:
                why = f"it kept the program waiting for more than {self._patience:g} seconds"
                raise unreadable(path, why, SUSPECT) from None
            except EngineError:
                raise unreadable(path, "it broke the program that reads it", SUSPECT) from None

    async def close(self) -> None:
        """End the process and give its memory back; the next call starts one."""
        self._read = 0
        await self._child.kill()

    async def _passages(self, path: Path) -> tuple[Loaded, tuple[Piece, ...]]:
        loaded: Loaded | None = None
        pieces: list[Piece] = []
        async with aclosing(self._child.stream("read", str(path), patience=self._patience)) as answers:
            async for answer in answers:
                if isinstance(answer, Unreadable):
                    await self.close()
                    raise answer
                if isinstance(answer, Loaded):
                    loaded = answer
                else:
                    pieces += answer
        assert loaded is not None
        return loaded, tuple(pieces)
