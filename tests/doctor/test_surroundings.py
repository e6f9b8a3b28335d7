"""Sandboxes made of files, sockets and environment variables; a real one cannot be had in a test."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicebot.audio.soundserver import is_expected
from voicebot.doctor.surroundings import Sandbox, Surroundings, look


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A socket that answers; named from its own folder, since a socket's path may not be long."""
    path = tmp_path / "run" / "pulse" / "native"
    path.parent.mkdir(parents=True)
    monkeypatch.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("native")
        listening.listen()
        yield path


def flatpak(root: Path, sockets: str) -> None:
    (root / ".flatpak-info").write_text(f"[Application]\nname=org.example.Bot\n\n[Context]\nshared=ipc;\n{sockets}\n")


def test_outside_a_sandbox_nothing_is_closed(tmp_path: Path) -> None:
    assert look(tmp_path, {}) == Surroundings()


def test_a_flatpak_without_the_socket(tmp_path: Path) -> None:
    flatpak(tmp_path, "sockets=x11;wayland;")
    found = look(tmp_path, {"FLATPAK_ID": "org.example.Bot"})
    assert found == Surroundings(Sandbox.FLATPAK, "org.example.Bot", closed=("microphone", "speaker"))
    assert look(tmp_path, {}).app == "io.github.voicebot.Voicebot"


def test_a_flatpak_with_the_socket(tmp_path: Path, server: Path) -> None:
    flatpak(tmp_path, "sockets=x11;")
    found = look(tmp_path, {"PULSE_SERVER": f"unix:{server}"})
    assert (found.sandbox, found.socket, found.closed) == (Sandbox.FLATPAK, True, ())


@pytest.mark.parametrize("sockets", ["sockets=x11;pulseaudio;", "sockets=pulseaudio"])
def test_a_flatpak_whose_server_is_gone_is_not_closed(tmp_path: Path, sockets: str) -> None:
    flatpak(tmp_path, sockets)
    found = look(tmp_path, {"FLATPAK_ID": "org.example.Bot"})
    assert (found.socket, found.closed) == (False, ())


def test_what_cannot_be_read_of_a_flatpak_counts_as_no_permission(tmp_path: Path) -> None:
    (tmp_path / ".flatpak-info").write_bytes(b"\xff\xfe no section")
    assert look(tmp_path, {}).closed == ("microphone", "speaker")


def test_a_snap_asks_which_plugs_are_connected(
    tmp_path: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after its installation: it may play, and may not record until the person connects that."""
    program = tmp_path / "bin" / "snapctl"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\n[ "$1 $2" = "is-connected audio-playback" ]\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    own = tmp_path / "run" / "snap.voicebot"  # its runtime folder lies inside the session's
    found = look(tmp_path, {"SNAP": "/snap/voicebot/1", "SNAP_INSTANCE_NAME": "bot", "XDG_RUNTIME_DIR": str(own)})
    assert found == Surroundings(Sandbox.SNAP, "bot", socket=True, closed=("microphone",))


def test_a_snap_that_cannot_ask_goes_by_the_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert look(tmp_path, {"SNAP": "/snap/voicebot/1"}).closed == ("microphone", "speaker")


def test_sound_cards_that_are_not_ours_to_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, who may open everything: the system's answer is put in its place."""
    folder = tmp_path / "dev" / "snd"
    folder.mkdir(parents=True)
    (folder / "seq").touch()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert not look(tmp_path, {}).devices_refused
    (folder / "pcmC0D0c").touch()
    assert look(tmp_path, {}).devices_refused
    monkeypatch.setattr(os, "access", lambda path, mode: True)
    assert not look(tmp_path, {}).devices_refused


def test_a_sound_server_is_expected_where_there_are_signs_of_one(tmp_path: Path) -> None:
    assert not is_expected({})
    assert not is_expected({"XDG_RUNTIME_DIR": str(tmp_path)})
    assert is_expected({"PULSE_SERVER": "unix:/nowhere"})
    (tmp_path / "pulse").mkdir()
    assert is_expected({"XDG_RUNTIME_DIR": str(tmp_path)})
