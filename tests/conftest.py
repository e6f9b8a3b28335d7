"""What every test has: a home of its own, no keys, no warning that nobody expected."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.sound.server import SoundServer, missing

if TYPE_CHECKING:
    from tests.openai_server import Server

KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ELEVENLABS_API_KEY", "PINECONE_API_KEY", "MONGODB_URI")
NEVER_SKIPPED_IN_CI = ("sound", "qml", "desktop", "screenshots")


settings.register_profile("steady", deadline=None, print_blob=True)
settings.load_profile("steady")  # a busy machine is no defect


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_warnings: warnings may be logged in this test")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything the program writes goes to a folder of the test's own, and no key is found."""
    for name in (*KEYS, *(name for name in os.environ if name.startswith("VOICEBOT_") and name != "VOICEBOT_SPEECH")):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    home = tmp_path / "home"
    monkeypatch.setenv("VOICEBOT_HOME", str(home))
    return home


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A service that speaks OpenAI's protocol on this machine; nothing of it is left open in the end."""
    from tests.openai_server import assert_nothing_left, serving

    async with serving() as server:
        yield server
    await assert_nothing_left()


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or an error in the program's log fails the test, unless it is marked `expects_warnings`."""
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    loud = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING and record.name.split(".")[0] in ("voicebot", "asyncio")
    ]
    assert not loud, f"logged unexpectedly: {[record.getMessage() for record in loud]}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a sound, window, QML or screenshot test that was skipped has failed."""
    report = yield
    folders = Path(item.path).relative_to(item.config.rootpath).parts
    if report.skipped and os.environ.get("CI") == "true" and set(folders) & set(NEVER_SKIPPED_IN_CI):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def sound_server() -> Iterator[SoundServer]:
    """One for all tests, since PortAudio finds it when it is loaded."""
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
def own_server() -> Iterator[SoundServer]:
    """One that may be stopped and emptied; the program under test is a process of its own."""
    if absent := missing():
        pytest.skip(f"no virtual sound card: {', '.join(absent)} not installed (`make test` installs them)")
    server = SoundServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def sound(sound_server: SoundServer) -> SoundServer:
    """The server; what the speaker plays in this test is recorded."""
    sound_server.begin()
    return sound_server
