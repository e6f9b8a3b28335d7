import asyncio
import copy
import json
import logging
import os
import pickle
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from textwrap import dedent

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from voicebot import redaction
from voicebot.clock import run_virtually
from voicebot.errors import StorageError, UsageError
from voicebot.logs import redact, set_up
from voicebot.readiness import NotReady, Ready
from voicebot.resources import Home
from voicebot.secrets import VARIABLES, WAITING, Secret, Secrets

KEY = "9f8e7d6c5b4a39281706"

DEFAULT = keyring.get_keyring()
"""Chosen before the keyrings below exist: every class that was ever defined is one that keyring may choose."""


class MemoryKeyring(KeyringBackend):
    """Keeps keys in memory; can be locked, and can hang until it is let go."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.answers = threading.Event()
        self.answers.set()
        self.asked = 0

    def _answer(self) -> None:
        self.asked += 1
        self.answers.wait()
        if self.error is not None:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("No such password!")
        del self.kept[service, username]


class PlaintextKeyring(MemoryKeyring):
    pass


class EncryptedKeyring(MemoryKeyring):
    __module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def nothing_concealed(monkeypatch):
    monkeypatch.setattr(redaction, "_values", set())
    monkeypatch.setattr(redaction, "_registered", None)


@pytest.fixture(autouse=True)
def the_default_again():
    yield
    keyring.set_keyring(DEFAULT)


def keyring_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "keyring"]


@pytest.fixture
def store():
    store = MemoryKeyring()
    keyring.set_keyring(store)
    yield store
    store.answers.set()
    for thread in keyring_threads():
        thread.join()


# -- a secret --------------------------------------------------------------------------------------------------------


def test_a_secret_shows_itself_only_when_it_is_asked_to():
    secret = Secret(KEY, "keyring")
    assert secret.reveal() == KEY
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>20}", f"{secret!r:.99}"]
    shown += [str([secret]), str({"key": secret}), str(vars(type(secret))), repr(RuntimeError(secret))]
    assert not any(KEY in text for text in shown)
    assert "***" in repr(secret)


def test_a_secret_cannot_leave_the_process_by_accident():
    secret = Secret(KEY, "keyring")
    for leave in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            leave(secret)


def test_secrets_compare_by_value():
    assert Secret(KEY, "keyring") == Secret(KEY, "environment")
    assert hash(Secret(KEY, "keyring")) == hash(Secret(KEY, "environment"))
    assert Secret(KEY, "keyring") != Secret(KEY + "0", "keyring")
    assert Secret("열쇠열쇠", "keyring") == Secret("열쇠열쇠", "keyring")
    assert Secret(KEY, "keyring") != KEY
    assert hash(Secret(KEY, "keyring")) != hash(KEY)


# -- where keys come from --------------------------------------------------------------------------------------------


def test_keys_are_kept_in_the_keyring_and_forgotten(store):
    secrets = Secrets({})
    assert secrets.get("openai") is None
    assert secrets.source("openai") is None
    secrets.set("openai", f" {KEY}\n")
    assert store.kept == {("voicebot", "openai"): KEY}
    assert secrets.get("openai").reveal() == KEY
    assert secrets.source("openai") == "keyring"
    assert Secrets({}).get("openai") == Secret(KEY, "keyring")
    assert secrets.get("elevenlabs") is None
    assert secrets.forget("openai") is True
    assert secrets.forget("openai") is False
    assert secrets.get("openai") is None
    assert store.kept == {}


@pytest.mark.parametrize(("name", "variable"), VARIABLES.items())
def test_the_environment_stands_above_the_keyring_and_does_not_ask_it(store, name, variable):
    store.kept["voicebot", name] = "from-the-keyring"
    secrets = Secrets({variable: f"{KEY}\n"})
    assert secrets.get(name).reveal() == KEY
    assert secrets.source(name) == "environment"
    assert store.asked == 0
    assert Secrets({variable: "  "}).get(name).reveal() == "from-the-keyring"
    assert Secrets({variable: "  "}).source(name) == "keyring"


def test_the_real_environment_is_the_default(store, monkeypatch):
    monkeypatch.setenv("PINECONE_API_KEY", KEY)
    assert Secrets().get("pinecone").reveal() == KEY


def test_a_blank_key_in_the_keyring_counts_as_absent(store):
    store.kept["voicebot", "openai"] = " \n"
    assert Secrets({}).get("openai") is None


@pytest.mark.parametrize("value", ["", "  \n", "two words", f"{KEY}\n{KEY}"])
def test_what_is_no_key_is_refused_and_not_shown(store, value):
    with pytest.raises(UsageError, match="This is no key for openai: a key is one word") as raised:
        Secrets({}).set("openai", value)
    assert KEY not in str(raised.value)
    assert store.kept == {}


def test_an_unknown_name_is_an_error(store):
    secrets = Secrets({})
    for ask in (secrets.get, secrets.known, secrets.source, secrets.forget, lambda name: secrets.set(name, KEY)):
        with pytest.raises(UsageError, match=rf"There is no key 'opnai'\. The names are {', '.join(VARIABLES)}"):
            ask("opnai")
    assert store.asked == 0


def test_what_is_known_is_known_without_asking(store):
    store.kept["voicebot", "openai"] = KEY
    secrets = Secrets({"PINECONE_API_KEY": "from-outside"})
    assert secrets.known("openai") is None
    assert secrets.known("pinecone").reveal() == "from-outside"
    assert store.asked == 0
    secrets.get("openai")
    assert secrets.known("openai").reveal() == KEY
    secrets.forget("openai")
    assert secrets.known("openai") is None
    secrets.set("elevenlabs", KEY)
    assert secrets.known("elevenlabs").source == "keyring"


async def test_the_event_loop_asks_in_the_same_words(store):
    secrets = Secrets({"PINECONE_API_KEY": "from-outside"})
    assert await secrets.store_available_async() == Ready(str(store.name))
    assert await secrets.get_async("openai") is None
    await secrets.set_async("openai", KEY)
    await secrets.set_async("elevenlabs", KEY[::-1])
    found = await asyncio.gather(*(secrets.get_async(name) for name in VARIABLES))
    assert [secret and secret.reveal() for secret in found] == [KEY, KEY[::-1], "from-outside", None]
    assert await secrets.source_async("openai") == "keyring"
    assert await secrets.source_async("pinecone") == "environment"
    assert await secrets.forget_async("openai") is True
    assert await secrets.source_async("openai") is None


# -- no keyring, or none that is safe --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FailKeyring, NullKeyring, PlaintextKeyring, EncryptedKeyring])
def test_without_a_safe_keyring_only_the_environment_counts(kind):
    backend = kind()
    keyring.set_keyring(backend)
    secrets = Secrets({"PINECONE_API_KEY": KEY})
    assert secrets.get("openai") is None
    assert secrets.get("pinecone").reveal() == KEY
    assert secrets.forget("openai") is False
    plain = kind in (PlaintextKeyring, EncryptedKeyring)
    why = "the only keyring here keeps keys in a plain file" if plain else "this system offers no keyring"
    fix = "Keys come from the environment only: set OPENAI_API_KEY, for one"
    assert secrets.store_available() == NotReady(why, fix)
    with pytest.raises(StorageError) as raised:
        secrets.set("openai", KEY)
    assert str(raised.value) == f"The key cannot be kept: {why}. {fix}"
    assert getattr(backend, "kept", {}) == {}


@pytest.mark.parametrize(
    ("kinds", "available"), [([PlaintextKeyring, MemoryKeyring], True), ([EncryptedKeyring], False)]
)
def test_in_a_chain_of_keyrings_the_unsafe_ones_are_passed_over(monkeypatch, kinds, available):
    backends = [kind() for kind in kinds]
    monkeypatch.setattr(ChainerBackend, "backends", backends)
    keyring.set_keyring(ChainerBackend())
    secrets = Secrets({})
    assert isinstance(secrets.store_available(), Ready) is available
    if available:
        secrets.set("openai", KEY)
        assert [backend.kept for backend in backends] == [{}, {("voicebot", "openai"): KEY}]
    else:
        assert secrets.store_available().why == "the only keyring here keeps keys in a plain file"


# -- a keyring that fails or hangs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (KeyringLocked("Failed to unlock!"), "is locked: Failed to unlock. Unlock it, and try again"),
        (OSError("the bus\nis gone"), "failed: the bus is gone. Keys come from the environment only: "),
        (ZeroDivisionError(), "failed: ZeroDivisionError. Keys come from the environment only: "),
    ],
)
async def test_a_keyring_that_fails_is_an_error_in_plain_words(store, error, line):
    store.error = error
    secrets = Secrets({"PINECONE_API_KEY": KEY})
    for ask in (secrets.get, secrets.source, secrets.forget, lambda name: secrets.set(name, KEY)):
        with pytest.raises(StorageError) as raised:
            ask("openai")
        assert str(raised.value).startswith(f"The system keyring {line}")
    with pytest.raises(StorageError):
        await secrets.get_async("openai")
    assert secrets.get("pinecone").reveal() == KEY


def test_an_error_of_the_keyring_does_not_show_the_key(store):
    store.error = ValueError(f"cannot keep {KEY} here")
    with pytest.raises(StorageError, match=r"cannot keep \*\*\* here"):
        Secrets({}).set("openai", KEY)


def test_a_question_that_was_given_up_is_not_asked_afterwards(store):
    store.kept["voicebot", "openai"] = KEY
    store.answers.clear()
    secrets = Secrets({}, patience=0.01)
    secrets._keyring.submit(store.answers.wait)
    with pytest.raises(StorageError, match=r"does not answer: nothing came within 0\.01 s; it may be waiting"):
        secrets.get("openai")
    with pytest.raises(StorageError, match="does not answer"):
        secrets.set("openai", "another-key")
    assert secrets.store_available() == NotReady(
        "the system keyring does not answer: nothing came within 0.01 s; it may be waiting to be unlocked",
        "Unlock it, and try again",
    )
    store.answers.set()
    for thread in keyring_threads():
        thread.join()
    assert store.asked == 0
    assert Secrets({}).get("openai").reveal() == KEY


async def test_a_hanging_keyring_does_not_hold_up_the_event_loop(store):
    store.answers.clear()
    secrets = Secrets({}, patience=0.01)
    with pytest.raises(StorageError, match="does not answer"):
        await secrets.get_async("openai")
    store.answers.set()


def test_questions_to_a_hanging_keyring_are_bounded(store):
    store.answers.clear()
    secrets = Secrets({}, patience=0.001)
    busy = threading.Event()
    secrets._keyring.submit(lambda: busy.set() or store.answers.wait())
    busy.wait()
    for _ in range(WAITING):
        with pytest.raises(StorageError, match="nothing came within"):
            secrets.get("openai")
    with pytest.raises(StorageError, match="earlier questions still wait"):
        secrets.get("openai")
    (thread,) = keyring_threads()
    assert thread.daemon
    store.answers.set()
    thread.join()
    assert store.asked == 0
    assert keyring_threads() == []


def test_asking_holds_a_virtual_clock_still(store):
    store.kept["voicebot", "openai"] = KEY

    async def ask() -> tuple[str, float]:
        secret = await Secrets({}).get_async("openai")
        return secret.reveal(), asyncio.get_running_loop().time()

    assert run_virtually(ask()) == (KEY, 0.0)


# -- the log ---------------------------------------------------------------------------------------------------------


def test_every_key_that_was_met_is_kept_out_of_the_log(store, tmp_path):
    store.kept["voicebot", "openai"] = "kept-before-0123"
    secrets = Secrets({"ELEVENLABS_API_KEY": "from-outside-4567"})
    assert redact("from-outside-4567") == "***"
    secrets.get("openai")
    secrets.set("pinecone", "set-by-hand-89ab")
    home = Home(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "log")
    opened = set_up(home, verbose=True)
    logging.getLogger("test").info("%s %s %s", "kept-before-0123", "from-outside-4567", "set-by-hand-89ab")
    opened.close()
    text = home.log_file.read_text()
    assert "*** *** ***" in text
    assert not any(part in text for part in ("0123", "4567", "89ab"))


def test_importing_does_not_load_keyring():
    program = "import sys, voicebot.secrets; voicebot.secrets.Secrets(); print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


# -- the real one ----------------------------------------------------------------------------------------------------

ROUND_TRIP = """
    import asyncio
    from voicebot.secrets import Secrets
    secrets = Secrets({})
    print(secrets.store_available())
    print(secrets.get("openai"))
    secrets.set("openai", "sk-real-0123456789")
    print(asyncio.run(Secrets({}).get_async("openai")).reveal(), secrets.source("openai"))
    print(secrets.forget("openai"), secrets.forget("openai"), secrets.get("openai"))
"""

LOCKED = """
    from voicebot.errors import StorageError
    from voicebot.secrets import Secrets
    try:
        Secrets({}).get("openai")
    except StorageError as error:
        print(error)
"""

needs_gnome_keyring = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="dbus-run-session and gnome-keyring-daemon are not installed",
)


NOT_THEIRS = ("DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND")


def in_a_session(folder: Path, start: str, program: str) -> str:
    """What `program` prints in a desktop session of its own, with gnome-keyring started by the command `start`."""
    variables = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_RUNTIME_DIR": folder, "XDG_CONFIG_HOME": folder}
    environ = {name: value for name, value in os.environ.items() if name not in NOT_THEIRS}
    script = f'{start} >/dev/null 2>&1; exec "$0" -W error -c "$1"'
    command = ["dbus-run-session", "--", "bash", "-c", script, sys.executable, dedent(program)]
    environ |= {name: str(value) for name, value in variables.items()}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_gnome_keyring
def test_gnome_keyring_keeps_keys_and_says_when_it_is_locked(tmp_path):
    tmp_path.chmod(0o700)
    unlocked = "printf word | gnome-keyring-daemon --unlock --components=secrets"
    assert in_a_session(tmp_path, unlocked, ROUND_TRIP).splitlines() == [
        "Ready(detail='SecretService Keyring')",
        "None",
        "sk-real-0123456789 keyring",
        "True False None",
    ]
    locked = in_a_session(tmp_path, "gnome-keyring-daemon --start --components=secrets", LOCKED)
    assert locked.startswith("The system keyring is locked: ")
    assert b"sk-real-0123456789" not in b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
