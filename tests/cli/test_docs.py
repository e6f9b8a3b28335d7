"""`voicebot docs`, as a person uses it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.program import VOICEBOT, voicebot
from tests.rag.files import pdf

FACT = "Every employee gets fifteen days of paid leave in a year."


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    return pdf(tmp_path / "handbook.pdf", ["Welcome to the company.", FACT], "Handbook")


def test_documents_are_added_listed_searched_and_removed(handbook: Path) -> None:
    assert voicebot("docs", "list").out.startswith("No documents yet")
    assert voicebot("docs", "add", "work", str(handbook)).out == "work: 1 document, 2 passages\n"
    assert voicebot("docs", "list").out == f"work: 1 document, 2 passages\n    {handbook}\n"
    assert voicebot("docs", "list", "work").out == f"{handbook}: Handbook, 2 passages\n"
    found = voicebot("docs", "search", "how many days of leave").out
    assert found == f"[1] Handbook, page 2 ({handbook})\n    {FACT}\n"
    assert "gone" in voicebot("docs", "remove", "work").out
    assert voicebot("docs", "search", "leave").out == "Nothing was found on that.\n"
    assert handbook.is_file()


def test_json_is_one_object_and_nothing_else(handbook: Path) -> None:
    added = voicebot("docs", "add", "work", str(handbook), "--json").json
    assert (added["name"], added["passages"], added["documents"][0]["title"]) == ("work", 2, "Handbook")
    [listed] = voicebot("docs", "list", "--json").json
    assert listed == added
    [passage] = voicebot("docs", "search", "days of leave", "--json").json["passages"]
    assert (passage["text"], passage["page"], passage["path"]) == (FACT, 2, str(handbook))
    assert voicebot("docs", "remove", "work", "--json").json == {"name": "work", "passages": 0, "gone": True}


def test_an_answer_rests_on_a_collection(handbook: Path, tmp_path: Path) -> None:
    voicebot("docs", "add", "work", str(handbook))
    sound = str(tmp_path / "a.wav")
    words = ("ask", "how many days of leave do I get?", "--collection", "work", "--reply-audio", sound)
    answer = voicebot(*words, "--json").json
    assert answer["reply"] == f'The Handbook says on page 2: "{FACT}" [1]'
    assert answer["citations"][0]["path"] == str(handbook)
    assert "[1]" not in answer["spoken"]
    assert voicebot(*words).out.splitlines()[1] == f"[1] Handbook, page 2 ({handbook})"


def test_only_documents_says_that_nothing_was_found(handbook: Path, tmp_path: Path) -> None:
    voicebot("docs", "add", "work", str(handbook))
    words = ("--collection", "work", "--only-documents", "--reply-audio", str(tmp_path / "a.wav"))
    asked = voicebot("ask", "how tall is the Eiffel tower?", *words)
    assert asked.out == "I found nothing on that in your documents.\n"
    assert voicebot("ask", "에펠탑은 얼마나 높아?", *words).out == "문서에서 그에 대한 내용을 찾지 못했어요.\n"


@pytest.mark.parametrize("words", [("ask", "hello?"), ("chat", "--silent")], ids=["ask", "chat"])
def test_a_collection_that_is_not_there_is_said_at_once(words: tuple[str, ...], tmp_path: Path) -> None:
    more = ("--reply-audio", str(tmp_path / "a.wav")) if words[0] == "ask" else ()
    voicebot(*words, *more, "--collection", "nope").complained(2, "There is no collection called 'nope'")
    voicebot(*words, *more, "--only-documents").complained(2, "There is no collection to answer from")


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(handbook: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    done = voicebot("docs", "add", "work", str(handbook), str(broken))
    assert done.status == 0
    assert done.out == "work: 2 documents, 2 passages, 1 not readable\n"
    done.complained(0, "roken.pdf was left out")
    assert voicebot("docs", "add", "bad", str(broken)).status == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("add", "work", "nowhere.pdf"), "is not there"),
        (("list", "work"), "There is no collection called 'work'"),
        (("remove", "work"), "There is no collection called 'work'"),
        (("search", "leave", "--collection", "work"), "There is no collection called 'work'"),
        (("search", " "), "Words are needed"),
        (("search", "leave", "--count", "0"), "a number of passages from 1"),
        (("add", "two\nlines", "."), "letters and spaces on one line"),
    ],
)
def test_what_makes_no_sense_is_one_line(words: tuple[str, ...], complaint: str) -> None:
    voicebot("docs", *words).complained(2, complaint)


def test_control_c_keeps_what_was_read_and_the_next_call_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"Note {number} is about number {number}.\n" * 20)
    adding = subprocess.Popen([VOICEBOT, "docs", "add", "work", str(folder)], stderr=subprocess.PIPE, env=os.environ)
    deadline = time.monotonic() + 60
    while read_so_far() < 20:
        assert time.monotonic() < deadline
        assert adding.poll() is None
        time.sleep(0.05)
    adding.send_signal(signal.SIGINT)
    _, complaint = adding.communicate(timeout=30)
    assert adding.returncode == 130
    assert b"goes on where this stopped" in complaint
    assert b"Traceback" not in complaint
    before = read_so_far()
    assert 20 <= before < 300
    assert voicebot("docs", "add", "work").out == "work: 300 documents, 300 passages\n"


def read_so_far() -> int:
    """How many documents of "work" are read."""
    done = voicebot("docs", "list", "work", "--json")
    documents = done.json["documents"] if done.status == 0 else []
    return sum(document["state"] == "indexed" for document in documents)
