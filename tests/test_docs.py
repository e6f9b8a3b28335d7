"""What the documents say is so: commands parse and run, links lead somewhere, tables are as the code is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.program import voicebot
from tests.settings_table import PAGE, page
from voicebot.cli.main import _parser

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "README.ko.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
READMES = [ROOT / "README.md", ROOT / "README.ko.md"]


def commands(document: Path) -> list[list[str]]:
    """The `voicebot` commands of a document: indented lines, and those in back-ticks, without their comments."""
    text = document.read_text("utf-8")
    found = re.findall(r"^ {4}(?:[A-Z_]+=\S+ )*(voicebot\b.*)$", text, re.MULTILINE) + re.findall(
        r"`(voicebot [a-z][^`]*)`", text
    )
    return [shlex.split(line, comments=True) for line in found]


@pytest.mark.parametrize("document", READMES, ids=lambda path: path.name)
def test_the_commands_of_the_readme_are_understood(document: Path) -> None:
    found = commands(document)
    assert len(found) >= 8
    for words in found:
        given = words[1:] or ["chat"]
        assert _parser(given).parse_args(given).run, words


def test_the_first_commands_of_the_readme_do_what_it_says(tmp_path: Path) -> None:
    assert "twelve" in voicebot("ask", "what is seven plus five", "--reply-audio", str(tmp_path / "a.wav")).out
    assert "십이" in voicebot("ask", "칠 더하기 오는 얼마야", "--reply-audio", str(tmp_path / "k.wav")).out
    assert voicebot("say", "Good morning", "--engine", "pyttsx3", "--out", str(tmp_path / "morning.wav")).status == 0
    assert (tmp_path / "morning.wav").stat().st_size > 10_000
    assert any(line.split("\t")[2] == "ko" for line in voicebot("say", "--voices").out.splitlines())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8"))
    missing = [link for link in links if not (document.parent / link).exists()]
    assert not missing


def test_the_two_readmes_show_the_same_make_targets() -> None:
    targets = [set(re.findall(r"\bmake (\w+)", readme.read_text("utf-8"))) for readme in READMES]
    assert targets[0] == targets[1] >= {"run", "test", "check", "bench"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets[0])


def test_the_readmes_are_under_two_screens() -> None:
    assert all(len(readme.read_text("utf-8").splitlines()) <= 90 for readme in READMES)


def test_the_page_of_settings_is_as_the_settings_are() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.settings_table"
