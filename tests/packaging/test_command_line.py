"""The man page and the completions know every command and option, and the shells themselves understand them."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaging.scripts import script
from voicebot.cli.main import COMMANDS

command_line = script("linux.command_line")
ROOT_COMMAND = command_line.command_line()
MODELS = ["list", "download", "verify", "remove"]


def completed(shell: str, program: str, tmp_path: Path) -> list[str]:
    """What a shell prints that has read our completions as the file `c`."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "c").write_text(command_line.completion(ROOT_COMMAND, shell))
    options = ["--noprofile", "--norc"] if shell == "bash" else ["--no-config"] if shell == "fish" else ["-f"]
    done = subprocess.run([shell, *options, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert not done.stderr
    return done.stdout.split("\n")


def test_every_command_is_read() -> None:
    assert [one.words[0] for one in ROOT_COMMAND.below] == list(COMMANDS)
    models = next(one for one in ROOT_COMMAND.below if one.words == ("models",))
    assert [one.words[1] for one in models.below] == MODELS


def test_the_page_tells_every_command_and_option() -> None:
    page = command_line.man_page(ROOT_COMMAND, "1.2.3", "2026-01-02").replace(r"\-", "-")
    for command in ROOT_COMMAND.all():
        assert " ".join(("voicebot", *command.words)) in page
        assert all(name in page for option in command.options for name in option.names)
    assert ".TH VOICEBOT 1 2026-01-02" in page


def test_a_help_text_cannot_break_the_page() -> None:
    parser = argparse.ArgumentParser(prog="voicebot", description="'starts \\fIoddly")
    parser.add_argument("--odd", help=".TH is no request here, 100%% of it")
    page = command_line.man_page(command_line.read(parser), "1", "2026-01-02")
    assert r"\&.TH is no request here, 100% of it" in page
    assert r"\&'starts \efIoddly" in page


def test_man_finds_nothing_wrong(tmp_path: Path) -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    page = tmp_path / "voicebot.1"
    page.write_text(command_line.man_page(ROOT_COMMAND, "1", "2026-01-02"), "utf-8")
    command = ["mandoc", "-T", "lint", "-W", "error", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (0, "")


def test_bash_completes(tmp_path: Path) -> None:
    ask = 'source ./c; COMP_WORDS=({}); COMP_CWORD={}; _voicebot; printf "%s\\n" "${{COMPREPLY[@]}}"'
    assert completed("bash", ask.format('voicebot models ""', 2), tmp_path)[:4] == MODELS
    assert completed("bash", ask.format("voicebot mod", 1), tmp_path)[0] == "models"
    assert "--stress" in completed("bash", ask.format("voicebot lab stt --", 3), tmp_path)
    speculating = completed("bash", ask.format('voicebot chat --speculate ""', 3), tmp_path)
    assert speculating[:3] == ["local", "always", "never"]


def test_fish_completes(tmp_path: Path) -> None:
    told = completed("fish", 'source c; complete -C "voicebot models "', tmp_path)
    assert sorted(line.partition("\t")[0] for line in told if line and not line.startswith("-")) == sorted(MODELS)
    options = completed("fish", 'source c; complete -C "voicebot doctor --"', tmp_path)
    assert any(line.startswith("--report\t") for line in options)


def test_zsh_reads_it(tmp_path: Path) -> None:
    assert completed("zsh", "zsh -n c && echo read", tmp_path)[0] == "read"
    text = (tmp_path / "c").read_text()
    assert text.startswith("#compdef voicebot\n")
    assert all(f"_voicebot_models_{action}()" in text for action in MODELS)
