"""Clips out of every layout that people have; bad entries are named with their place, and left out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from voicebot.audio.files import write_sound
from voicebot.errors import UsageError
from voicebot.history import History
from voicebot.lab.clips import Clip, checked, read_clips, recorded

RATE = 16_000


def sound(file: Path, seconds: float = 0.5) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_sound(file, np.full(round(seconds * RATE), 0.1, np.float32), RATE)
    return file


def written(file: Path, *lines: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def told(source: Path, language: str = "en") -> list[tuple[str, str, str]]:
    """Of each clip its name, text and language; all can be used."""
    found = read_clips(source, language)
    assert not found.skipped
    assert all(Path(clip.path).is_file() and Path(clip.path).is_absolute() for clip in found.clips)
    return [(clip.name, clip.text, clip.language) for clip in found.clips]


def test_texts_beside_sounds(tmp_path: Path) -> None:
    for name in ("b.wav", "a.flac", "deep/c.wav"):
        written(sound(tmp_path / name).with_suffix(".txt"), f"\ufeffthis is {name} ")
    assert told(tmp_path) == [(name, f"this is {name}", "en") for name in ("a.flac", "b.wav", "deep/c.wav")]


@pytest.mark.parametrize("name", ["transcripts.tsv", "manifest.tsv"])
def test_a_tsv_without_names_of_columns(tmp_path: Path, name: str) -> None:
    sound(tmp_path / "a.wav"), sound(tmp_path / "나.wav")
    written(tmp_path / name, 'a.wav\the said "no', "나.wav\t안녕하세요\tko")
    assert told(tmp_path) == told(tmp_path / name) == [("a.wav", 'he said "no', "en"), ("나.wav", "안녕하세요", "ko")]


@pytest.mark.parametrize(("audio", "text"), [
    ("audio", "text"), ("path", "sentence"), ("File", "Transcript"), ("filename", "transcription"),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["tsv", "csv", "jsonl"])
def test_manifests_with_named_columns(tmp_path: Path, kind: str, audio: str, text: str) -> None:
    sound(tmp_path / "one.wav"), sound(tmp_path / "two.wav")
    rows = [("ko-KR", "한 번, 두 번", "one.wav"), ("", "two", "two.wav")]
    if kind == "jsonl":
        lines = [json.dumps({"language": lang, text: said, audio: name, "n": 3}) for lang, said, name in rows]
    else:
        mark = "\t" if kind == "tsv" else ","
        quote = '"' if kind == "csv" else ""
        lines = [mark.join(["language", text, audio])]
        lines += [mark.join([lang, f"{quote}{said}{quote}", name]) for lang, said, name in rows]
    manifest = written(tmp_path / f"list.{kind}", *lines)
    assert told(manifest) == [("one.wav", "한 번, 두 번", "ko"), ("two.wav", "two", "en")]


def test_librispeech(tmp_path: Path) -> None:
    for number in ("0000", "0001"):
        sound(tmp_path / "84" / "121123" / f"84-121123-{number}.flac")
    written(tmp_path / "84" / "121123" / "84-121123.trans.txt", "84-121123-0000 GO DO YOU HEAR", "84-121123-0001 BUT")
    assert told(tmp_path, "ko") == [
        ("84/121123/84-121123-0000.flac", "GO DO YOU HEAR", "en"),
        ("84/121123/84-121123-0001.flac", "BUT", "en"),
    ]


def test_common_voice(tmp_path: Path) -> None:
    sound(tmp_path / "clips" / "common_voice_ko_1.wav")
    header = "client_id\tpath\tsentence\tup_votes\tlocale"
    for name in ("train.tsv", "test.tsv"):
        written(tmp_path / name, header, f"x\tcommon_voice_ko_1.wav\t{name} 안녕\t2\tko")
    assert told(tmp_path) == [("common_voice_ko_1.wav", "test.tsv 안녕", "ko")], "the test set is taken unless named"
    assert told(tmp_path / "train.tsv") == [("common_voice_ko_1.wav", "train.tsv 안녕", "ko")]


def test_bad_entries_are_named_and_left_out(tmp_path: Path) -> None:
    sound(tmp_path / "good.wav"), sound(tmp_path / "long.wav", 31.0), sound(tmp_path / "click.wav", 0.05)
    (tmp_path / "empty.wav").touch()
    written(tmp_path / "noise.wav", "this is no sound")
    rows = ["missing.wav\thello", "empty.wav\thello", "noise.wav\thello", "long.wav\thello", "click.wav\thello",
            "good.wav\t ", "\thello", "good.wav\thello"]  # fmt: skip
    manifest = written(tmp_path / "list.tsv", *rows)
    found = read_clips(manifest, "en")
    assert found.clips == (Clip(str(tmp_path / "good.wav"), "hello", "en", "good.wav", 0.5),)
    reasons = ["there is no file", "is empty", "noise.wav", "more than the 30", "hold no word", "no words for it"]
    reasons.append("names no sound file")
    for number, (line, reason) in enumerate(zip(found.skipped, reasons, strict=True), start=1):
        assert line.startswith(f"{manifest} line {number}: ") and reason in line


def test_bad_json_is_named(tmp_path: Path) -> None:
    sound(tmp_path / "a.wav")
    manifest = written(tmp_path / "list.jsonl", '{"audio": "a.wav", "text": "a"}', "{", "", "[1]", '{"text": "b"}')
    assert read_clips(manifest, "en").skipped == (
        f"{manifest} line 2: it is not JSON",
        f"{manifest} line 4: it is no JSON object",
        f"{manifest} line 5: it names no sound file",
    )


def test_sounds_and_texts_without_the_other_are_named(tmp_path: Path) -> None:
    written(sound(tmp_path / "a.wav").with_suffix(".txt"), "a")
    sound(tmp_path / "b.wav")
    written(tmp_path / "c.txt", "c")
    found = read_clips(tmp_path, "en")
    assert [clip.name for clip in found.clips] == ["a.wav"]
    assert ["b.txt" in found.skipped[0], "c.txt" in found.skipped[1]] == [True, True]


def test_none_left_is_one_error(tmp_path: Path) -> None:
    manifest = written(tmp_path / "list.tsv", "a.wav\ta", "b.wav\tb")
    with pytest.raises(UsageError, match=r"list\.tsv line 1: there is no file .*\(and 1 more\)"):
        read_clips(manifest, "en")
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "empty", tmp_path / "nowhere", written(tmp_path / "notes.docx", "a")):
        with pytest.raises(UsageError, match=source.name) as caught:
            read_clips(source, "en")
        assert "\n" not in str(caught.value)


def test_a_list_in_another_encoding_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_bytes("a.wav\t안녕".encode("cp949"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_clips(tmp_path / "list.tsv", "en")


async def test_the_apps_own_recordings(tmp_path: Path) -> None:
    history = History(None)
    await history.open()
    await history.begin(1, sound(tmp_path / "one.flac"))
    await history.question(1, "지금 몇 시야?", "ko", "whisper:base")
    await history.begin(2, tmp_path / "gone.flac")
    await history.question(2, "what time is it", "en", "sphinx")
    await history.begin(3)
    await history.question(3, "typed", "en", "typed")
    found = checked(await recorded(history), "en", "the app's recordings")
    await history.close()
    assert [(clip.name, clip.text, clip.language) for clip in found.clips] == [("one.flac", "지금 몇 시야?", "ko")]
    assert len(found.skipped) == 1 and "gone.flac" in found.skipped[0]
