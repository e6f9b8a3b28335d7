"""The sound server of these tests: one for all of them, since PortAudio finds it when it is loaded."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.sound.server import SoundServer, missing


@pytest.fixture(scope="session")
def sound_server() -> Iterator[SoundServer]:
    if absent := missing():
        pytest.skip(f"no virtual sound card: {', '.join(absent)} not installed (`make test` installs them)")
    server = SoundServer()
    server.start()
    before = {name: os.environ.get(name) for name in server.environment}
    os.environ.update(server.environment)
    yield server
    for name, value in before.items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    server.remove()


@pytest.fixture
def sound(sound_server: SoundServer) -> SoundServer:
    """The server; what the speaker plays in this test is recorded."""
    sound_server.begin()
    return sound_server
