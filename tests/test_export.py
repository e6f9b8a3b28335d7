"""A conversation taken away: what stands in the files, and that nothing of the person's is overwritten."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voicebot.errors import StorageError
from voicebot.events import Citation
from voicebot.export import as_json, as_markdown, export, to_file, to_folder
from voicebot.export.files import safe_name
from voicebot.history import History, Summary, TurnOnPath

SEOUL = timezone(timedelta(hours=9))
SUMMARY = Summary(1, "서울 날씨", 1_760_000_000.0, 1_760_000_060.0, False, "Sunny.", 1)
TURN = TurnOnPath(
    turn=1,
    started=1_760_000_000.0,
    question="서울 날씨는?",
    question_language="ko",
    heard="맑습니다.",
    written="맑습니다. 기온은 21도입니다.",
    answer_language="ko",
    interrupted=True,
    recording=None,
    outcome="interrupted",
    failure=None,
    engines={"stt": "whisper", "llm": "offline"},
    timings={"total": 1.5},
    citations=(Citation(1, "기상청", "p. 3", "/docs/날씨.pdf", "맑음", 3, 17),),
    version=1,
    versions=(1, 2),
)


def markdown_of(turn: TurnOnPath, language: str = "en") -> str:
    return as_markdown(SUMMARY, [turn], language, SEOUL)


def test_markdown_says_who_said_what_and_what_was_not_heard() -> None:
    assert markdown_of(TURN) == (
        "# 서울 날씨\n\n2025-10-09 17:53\n\n"
        "**You**, 17:53\n\n> 서울 날씨는?\n\n"
        "**Voicebot**\n\n> 맑습니다.\n\n*Not heard:*\n\n> 기온은 21도입니다.\n\n1. 기상청 p. 3\n"
    )


def test_markdown_in_korean() -> None:
    text = markdown_of(TURN, "ko")
    assert "**나**, 17:53" in text
    assert "*듣지 못한 부분:*" in text
    assert as_markdown(replace(SUMMARY, title=""), [], "ko", UTC) == "# 대화\n\n2025-10-09 08:53\n"


def test_an_answer_that_was_heard_whole_is_marked_nowhere() -> None:
    assert "Not heard" not in markdown_of(replace(TURN, heard=TURN.written))


def test_an_answer_of_which_nothing_was_heard_is_there_as_such() -> None:
    assert "**Voicebot**\n\n*Not heard:*\n\n> 맑습니다. 기온은" in markdown_of(replace(TURN, heard=""))


def test_where_what_was_heard_is_not_how_the_answer_begins_both_are_there() -> None:
    assert "> 흐립니다.\n\n*Written in full:*\n\n> 맑습니다." in markdown_of(replace(TURN, heard="흐립니다."))


def test_a_turn_that_failed_says_why() -> None:
    unheard = replace(TURN, question="", heard="", written="", citations=())
    failed = replace(unheard, recording=Path("a.flac"), failure="it broke")
    assert markdown_of(failed).endswith("**You**, 17:53\n\n*(no words)*\n\n*Failed:*\n\n> it broke\n")


def test_an_announcement_has_no_question() -> None:
    assert "You" not in markdown_of(replace(TURN, question="", failure=None))


def test_no_markdown_of_a_turn_reaches_beyond_it() -> None:
    hostile = replace(TURN, question="# mine\n```\nopen", written="```python\nprint()\n\n# not a heading", heard="")
    lines = as_markdown(replace(SUMMARY, title="a *b* # [c](d) <e>"), [hostile, TURN], zone=SEOUL).splitlines()
    assert lines[0] == r"# a \*b\* \# \[c\](d) \<e\>"
    assert not [line for line in lines[1:] if line.startswith(("#", "`", " "))]
    assert [line for line in lines if line.startswith("**")] == ["**You**, 17:53", "**Voicebot**"] * 2


def test_json_holds_everything_under_its_names() -> None:
    assert json.loads(as_json(SUMMARY, [TURN], SEOUL)) == {
        "format": "voicebot.conversation",
        "version": 1,
        "title": "서울 날씨",
        "started": "2025-10-09T17:53:20+09:00",
        "changed": "2025-10-09T17:54:20+09:00",
        "turns": [
            {
                "started": "2025-10-09T17:53:20+09:00",
                "question": "서울 날씨는?",
                "question_language": "ko",
                "heard": "맑습니다.",
                "written": "맑습니다. 기온은 21도입니다.",
                "answer_language": "ko",
                "interrupted": True,
                "recording": None,
                "outcome": "interrupted",
                "failure": None,
                "engines": {"stt": "whisper", "llm": "offline"},
                "timings": {"total": 1.5},
                "citations": [
                    {
                        "number": 1,
                        "title": "기상청",
                        "place": "p. 3",
                        "path": "/docs/날씨.pdf",
                        "quote": "맑음",
                        "page": 3,
                        "passage": 17,
                    }
                ],
                "version": 2,
                "versions": 2,
            }
        ],
    }


def test_json_is_readable_korean_and_times_carry_their_zone() -> None:
    text = as_json(SUMMARY, [TURN])
    assert "서울 날씨는?" in text
    assert json.loads(text)["started"][-6] in "+-"


def test_a_recording_that_is_not_beside_the_file_is_not_named() -> None:
    """The path would tell where somebody lives."""
    turn = replace(TURN, recording=Path("/home/kim/one.flac"))
    assert "kim" not in as_json(SUMMARY, [turn]) + as_markdown(SUMMARY, [turn])


# -- folders ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "suffix"), [("markdown", ".md"), ("json", ".json"), ("folder", "")])
async def test_a_conversation_longer_than_a_page_is_exported_whole(tmp_path: Path, kind: str, suffix: str) -> None:
    history = History(None, now=lambda: 1_760_000_000.0)
    await history.open()
    for turn in range(1, 151):
        await history.begin(turn)
        await history.question(turn, f"질문 {turn}.", "ko", "typed")
    await history.rename(1, "긴 대화")
    written = await export(history, 1, kind, tmp_path / "out", "ko")
    await history.close()
    assert written.parent == tmp_path / "out"
    assert written.name.endswith("긴 대화" + suffix)
    contents = [path.read_text("utf-8") for path in ([written] if suffix else written.iterdir())]
    assert len(contents) == (1 if suffix else 2)
    for content in contents:
        assert "질문 1." in content
        assert "질문 150." in content


async def test_a_conversation_that_is_not_there_cannot_be_exported(tmp_path: Path) -> None:
    history = History(None)
    await history.open()
    with pytest.raises(StorageError, match="conversation is not in the history"):
        await export(history, 7, "json", tmp_path / "out")
    await history.close()
    assert not (tmp_path / "out").exists()


async def test_a_folder_holds_words_and_sounds(tmp_path: Path) -> None:
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    (sounds / "one.flac").write_bytes(b"fLaC as it is")
    history = History(None, now=lambda: 1_760_000_000.0)
    await history.open()
    for turn, recording in ((1, "one.flac"), (2, "gone.flac"), (3, "one.flac")):
        await history.begin(turn, sounds / recording)
        await history.question(turn, f"질문 {turn}", "ko", "whisper")
    [summary] = await history.conversations()
    folder = to_folder(tmp_path / "out", summary, await history.path(summary.id, limit=-1), "ko", SEOUL)
    await history.close()
    assert folder == tmp_path / "out" / "2025-10-09 질문 1"
    assert files(folder) == ["conversation.json", "conversation.md", "recordings/one.flac"]
    assert (folder / "recordings" / "one.flac").read_bytes() == b"fLaC as it is"
    kept = json.loads((folder / "conversation.json").read_text("utf-8"))
    assert [turn["recording"] for turn in kept["turns"]] == ["recordings/one.flac", None, "recordings/one.flac"]
    assert "([녹음](<recordings/one.flac>))\n\n> 질문 1" in (folder / "conversation.md").read_text("utf-8")


def test_recordings_of_the_same_name_are_both_there(tmp_path: Path) -> None:
    turns = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.flac").write_text(name)
        turns.append(replace(TURN, recording=tmp_path / name / "one.flac"))
    folder = to_folder(tmp_path, SUMMARY, turns)
    assert sorted(path.read_text() for path in (folder / "recordings").iterdir()) == ["a", "b"]


def test_a_folder_without_recordings_has_none(tmp_path: Path) -> None:
    assert files(to_folder(tmp_path, SUMMARY, [TURN])) == ["conversation.json", "conversation.md"]


def test_no_folder_or_file_is_overwritten(tmp_path: Path) -> None:
    first = to_folder(tmp_path, SUMMARY, [TURN], zone=UTC)
    (first / "conversation.md").write_text("my notes")
    (tmp_path / "2025-10-09 서울 날씨 (2)").write_text("a file")
    (tmp_path / "2025-10-09 서울 날씨 (3).part").mkdir()  # another program is at it
    second = to_folder(tmp_path, SUMMARY, [TURN], zone=UTC)
    assert second.name == "2025-10-09 서울 날씨 (4)"
    assert (first / "conversation.md").read_text() == "my notes"
    assert (tmp_path / "2025-10-09 서울 날씨 (2)").read_text() == "a file"


def test_what_fails_leaves_nothing_and_says_why(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(StorageError, match="conversation could not be exported"):
        to_folder(blocked, SUMMARY, [TURN])
    with pytest.raises(StorageError, match="conversation could not be exported"):
        to_file(blocked, SUMMARY, [TURN], ".md")
    assert files(tmp_path) == ["file"]


def test_a_copy_that_fails_takes_the_folder_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.flac").touch()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(StorageError, match="No space left on device"):
        to_folder(tmp_path / "out", SUMMARY, [replace(TURN, recording=tmp_path / "one.flac")])
    assert files(tmp_path / "out") == []


def test_a_file_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(StorageError, match="No space left on device"):
        to_file(tmp_path, SUMMARY, [TURN], ".json")
    assert files(tmp_path) == []


def test_a_file_takes_a_free_name(tmp_path: Path) -> None:
    written = [to_file(tmp_path, SUMMARY, [TURN], suffix, zone=SEOUL) for suffix in (".md", ".md", ".json")]
    assert [file.name for file in written] == [
        "2025-10-09 서울 날씨.md", "2025-10-09 서울 날씨 (2).md", "2025-10-09 서울 날씨.json"
    ]  # fmt: skip
    assert written[1].read_bytes() == as_markdown(SUMMARY, [TURN], zone=SEOUL).encode()
    assert written[2].read_bytes() == as_json(SUMMARY, [TURN], SEOUL).encode()
    assert files(tmp_path) == sorted(file.name for file in written)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("서울의 날씨는 어때요?", "서울의 날씨는 어때요"),
        ("../../etc/passwd", "etc passwd"),
        ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j"),
        ("tab\tand\nline", "tab and line"),
        ("ends with dots...", "ends with dots"),
        ("\u202egnp.exe", "gnp.exe"),
        ("가", "가"),
        ("가" * 100, "가" * 40),
        ("...", ""),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(st.text(max_size=200))
@example("\ud800")
@example(".")
@example("한" * 200)
def test_every_name_is_safe_on_every_file_system(title: str) -> None:
    name = safe_name(title)
    assert not set(name) & set('<>:"/\\|?*') and name.isprintable()
    assert len(name.encode()) <= 120
    assert name == name.strip(" .")


@pytest.mark.parametrize("title", ["", "...", "CON", "가" * 300, "a/b"])
def test_a_folder_can_be_made_of_every_title(tmp_path: Path, title: str) -> None:
    folder = to_folder(tmp_path, replace(SUMMARY, title=title), [TURN], zone=UTC)
    assert folder.parent == tmp_path
    assert folder.name.startswith("2025-10-09 ")
    assert len(os.fsencode(folder.name)) < 200
