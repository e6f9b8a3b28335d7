"""The sound system's thread: what comes too late is taken back, also when the card was closed meanwhile."""

from __future__ import annotations

import asyncio
import threading

import pytest

from voicebot.audio import card_thread
from voicebot.audio.card_thread import CardThread
from voicebot.errors import DeviceError


@pytest.mark.parametrize("closed", [False, True])
async def test_what_comes_too_late_is_taken_back(monkeypatch: pytest.MonkeyPatch, closed: bool) -> None:
    monkeypatch.setattr(card_thread, "CALL_LIMIT", 0.1)
    thread, answers, undone = CardThread(), threading.Event(), threading.Event()
    never: list[str] = []
    try:
        first = thread.call(lambda: answers.wait(60), undo=lambda _: undone.set())
        second = thread.call(lambda: never.append("begun"), undo=lambda _: never.append("undone"))
        for failure in await asyncio.gather(first, second, return_exceptions=True):
            assert isinstance(failure, DeviceError)
        if closed:
            thread.close()
    finally:
        answers.set()
    assert await asyncio.to_thread(undone.wait, 60)
    thread.close()
    assert never == []


async def test_what_fails_is_raised_where_it_is_waited_for() -> None:
    thread = CardThread()
    with pytest.raises(ZeroDivisionError):
        await thread.call(lambda: 1 // 0)
    assert await thread.call(lambda: 5) == 5
    thread.close()
