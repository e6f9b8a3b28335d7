"""The files that come out: read back by FFmpeg, not by us; escaped, whole, under names that were free."""

from __future__ import annotations

import json
import os
from pathlib import Path

import av
import pytest

from voicebot.errors import StorageError
from voicebot.stt.base import Segment
from voicebot.transcription import Transcription, formatted, to_file, to_folder
from voicebot.transcription.formats import clock

SEGMENTS = [
    Segment(0.5, 2.25, "Is 3 < 4 & 5 > 4? <i>Yes</i> --> it is."),
    Segment(2.5, 3.9, "그렇습니다."),
    Segment(3725.0, 3727.125, "An hour later."),
]
FOUND = Transcription("talk.mp4", " ".join(s.text for s in SEGMENTS), "en", "whisper:base", 3730.0, 12.5, SEGMENTS)


def read_back(path: Path) -> list[tuple[float, str]]:
    """What FFmpeg finds in a file of subtitles: the time at which each is shown, and its text."""
    with av.open(str(path)) as subtitles:
        return [
            (float(packet.pts * packet.time_base), bytes(packet).decode())
            for packet in subtitles.demux()
            if packet.pts is not None
        ]


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_players_find_the_same_times_and_texts(tmp_path: Path, kind: str) -> None:
    file = to_file(tmp_path / f"talk.{kind}", FOUND, kind)  # type: ignore[arg-type]
    found = read_back(file)
    assert [time for time, _ in found] == [0.5, 2.5, 3725.0]
    assert found[1][1] == "그렇습니다."
    assert found[2][1] == "An hour later."


def test_subrip_as_it_is_written() -> None:
    text = formatted(FOUND, "srt")
    assert text.startswith("1\n00:00:00,500 --> 00:00:02,250\nIs 3 < 4 & 5 > 4? <i>Yes</i> → it is.\n\n2\n")
    assert text.endswith("3\n01:02:05,000 --> 01:02:07,125\nAn hour later.\n")


def test_webvtt_is_escaped() -> None:
    text = formatted(FOUND, "vtt")
    assert text.startswith("WEBVTT\n\n00:00:00.500 --> 00:00:02.250\n")
    assert "Is 3 &lt; 4 &amp; 5 &gt; 4? &lt;i&gt;Yes&lt;/i&gt; --&gt; it is." in text


def test_plain_text_has_paragraphs_and_times_if_they_are_wanted() -> None:
    assert formatted(FOUND, "txt") == f"{SEGMENTS[0].text} 그렇습니다.\nAn hour later.\n"
    assert formatted(FOUND, "txt", times=True).splitlines()[1:] == ["[0:02] 그렇습니다.", "[1:02:05] An hour later."]


def test_json_has_every_field() -> None:
    [found] = json.loads(formatted(FOUND, "json"))
    assert found == {
        "file": "talk.mp4", "text": FOUND.text, "language": "en", "engine": "whisper:base", "duration": 3730.0,
        "seconds": 12.5, "complete": True,
        "segments": [{"start": s.start, "end": s.end, "text": s.text} for s in SEGMENTS],
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [("txt", ""), ("srt", ""), ("vtt", "WEBVTT\n")])
def test_nothing_said_is_a_file_without_words(kind: str, text: str) -> None:
    nothing = Transcription("talk.mp4", "", "en", "sphinx", 3.0, 0.1, [])
    assert formatted(nothing, kind) == text  # type: ignore[arg-type]


def test_clocks() -> None:
    assert [clock(seconds) for seconds in (0, 59.99, 60, 3599, 3600, 36_061)] == [
        "0:00", "0:59", "1:00", "59:59", "1:00:00", "10:01:01",
    ]  # fmt: skip


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    names = [to_folder(tmp_path / "new", FOUND, "srt").name for _ in range(3)]
    assert names == ["talk.srt", "talk (2).srt", "talk (3).srt"]
    assert sorted(one.name for one in (tmp_path / "new").iterdir()) == sorted(names)


def test_a_named_file_is_written_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("old", encoding="utf-8")
    assert to_file(file, FOUND, "txt").read_text("utf-8").startswith("Is 3")
    assert list(tmp_path.iterdir()) == [file]


def test_a_very_long_name_is_shortened(tmp_path: Path) -> None:
    found = Transcription("가" * 84 + ".mp4", "", "ko", "sphinx", 1.0, 0.1, [])
    assert to_folder(tmp_path, found, "srt").name == "가" * 66 + ".srt"


def test_a_folder_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"nowhere/talk\.srt cannot be written"):
        to_file(tmp_path / "nowhere" / "talk.srt", FOUND, "srt")
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        to_folder(tmp_path / "file", FOUND, "srt")


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "talk.srt"
    file.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left on device"):
        to_file(file, FOUND, "srt")
    with pytest.raises(StorageError, match="No space left on device"):
        to_folder(tmp_path, FOUND, "vtt")
    assert (file.read_text("utf-8"), [one.name for one in tmp_path.iterdir()]) == ("old", ["talk.srt"])
