"""Every word of the window is there in Korean, and nothing else is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
KOREAN = ROOT / "ui" / "i18n" / "ko.ts"
ALIKE: dict[str, str] = {
    "Voicebot: %1": "the name of the program",
    "%1, %2": "a title and a date",
    "%1: %2": "what is done, and to what",
    "%1: %2, %3": "what is done, to which run, and its number",
    "%1, %2: %3": "a model, how much of it, and its price",
}
"""Korean that is written as the English is, and why."""

Key = tuple[str, str]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """What the sources say now, by context and English."""
    updater = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    assert updater
    file = tmp_path_factory.mktemp("words") / "ko.ts"
    sources = [str(ROOT / "ui"), *map(str, sorted((ROOT / "voicebot" / "desktop").glob("*.py")))]
    subprocess.run([updater, *sources, "-ts", str(file)], check=True, capture_output=True, timeout=120)
    words = {key for key, _ in messages(file)}
    assert len(words) > 100
    return words


def messages(file: Path) -> Iterator[tuple[Key, ElementTree.Element]]:
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield (context.findtext("name", ""), message.findtext("source", "")), translation


def korean() -> dict[Key, ElementTree.Element]:
    return dict(messages(KOREAN))


def test_every_string_is_in_korean(found: set[Key]) -> None:
    assert found - korean().keys() == set()
    unfinished = [key for key, text in korean().items() if not (text.text or "").strip() or text.get("type")]
    assert not unfinished


def test_no_string_is_left_over(found: set[Key]) -> None:
    assert korean().keys() - found == set()


def test_korean_is_not_english() -> None:
    assert {source for (_, source), text in korean().items() if text.text == source} == ALIKE.keys()


def test_the_same_places_are_filled_in() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%(?:L?\d+|n)|\{\w*\}", text))

    differing = [source for (_, source), text in korean().items() if places(source) != places(text.text or "")]
    assert not differing
