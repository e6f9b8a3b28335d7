"""Keys go into the system's keyring, and are never shown."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import SCRIPTED, voicebot

KEY = "sk-test-0123456789abcdef"


def test_a_key_of_the_environment_is_named_and_not_shown() -> None:
    done = voicebot("keys", "list", OPENAI_API_KEY=KEY)
    assert done.status == 0
    assert "environment" in done.out
    assert KEY not in done.out + done.err


def test_without_a_keyring_it_says_so_in_one_line() -> None:
    voicebot("keys", "set", "openai", stdin=f"{KEY}\n").complained(1, "keyring")


def test_no_key_given_is_wrong_usage() -> None:
    voicebot("keys", "set", "openai", stdin="\n").complained(2, "No key was given")
    voicebot("keys", "set").complained(2, "openai")


def test_a_key_is_found_in_no_file_and_no_log(own_home: Path, tmp_path: Path) -> None:
    reply = str(tmp_path / "r.wav")
    done = voicebot(
        "ask", "hello", *SCRIPTED[:2], "--llm", "openai", "--tts", "scripted", "--reply-audio", reply,
        OPENAI_API_KEY=KEY, OPENAI_BASE_URL="http://127.0.0.1:9/v1",
    )  # fmt: skip
    assert done.status == 1
    assert KEY not in done.out + done.err
    files = [path for path in own_home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]
    shown = voicebot("doctor", "--json", OPENAI_API_KEY=KEY)
    assert any(check["check"] == "key openai" for check in shown.json)
    assert KEY not in shown.out
