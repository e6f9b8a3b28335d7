"""Reports: whole HTML that loads nothing, CSV and JSON that can be read back, in both languages."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.lab.trying import Bench, begun, carried_out
from voicebot.audio.files import write_sound
from voicebot.clock import run_virtually
from voicebot.errors import EngineError, EngineUnavailable, StorageError, UsageError
from voicebot.lab import roundtrip, stt, tts
from voicebot.lab.clips import Clip
from voicebot.lab.listening import Listening
from voicebot.lab.plots import Bar, bars, heat_map
from voicebot.lab.report import as_csv, as_html, as_json, write
from voicebot.lab.report.words import ENGLISH, KOREAN, word
from voicebot.lab.runs import Plan, Run
from voicebot.lab.texts import Text
from voicebot.resources import find_home
from voicebot.stt.scripted import Line, ScriptedSpeechToText
from voicebot.tts.scripted import ScriptedTextToSpeech

EVIL = "<script>alert(\"1\")</script> & 'more'"
TEXTS = [Text("I would like to cancel my order", "en"), Text(EVIL, "en"), Text('=1+1, "quoted"', "en")]
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Balance(HTMLParser):
    """Every element that is opened is closed, in its turn; what the page would load, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: set[str] = set()
        self.sources: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)
        loading = ("src", "href", "srcset", "data", "action")
        self.sources += [value or "" for name, value in attributes if name in loading]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def voices_run() -> Run:
    run = begun(tts.plan(["calm <b>", "gone"], TEXTS, "ear", "voices & <more>"))
    ear = ScriptedSpeechToText((Line("I would like to cancel the order please"), Line(EVIL.replace("alert", "alarm"))))
    gone = ScriptedTextToSpeech(fails_at=0, error=EngineUnavailable("the <voice> is gone"))
    bench = Bench({"calm <b>": ScriptedTextToSpeech(), "gone": gone}, {"ear": ear})
    run_virtually(carried_out(run, tts.trials, bench))
    return run


def matrix_run() -> Run:
    run = begun(roundtrip.plan(["one", "two"], ["right", "wrong"], [Text("one two", "en")]))
    bench = Bench(
        {"one": ScriptedTextToSpeech(), "two": ScriptedTextToSpeech()},
        {"right": ScriptedSpeechToText((Line("one two"),)), "wrong": ScriptedSpeechToText((Line("one three"),))},
    )
    run_virtually(carried_out(run, roundtrip.trials, bench))
    return run


def recognisers_run() -> Run:
    home = find_home()
    home.data.mkdir(parents=True, exist_ok=True)
    write_sound(home.data / "a.wav", np.zeros(16_000, dtype=np.float32), 16_000)
    clips = [Clip(str(home.data / "a.wav"), "one <i> two", "en", "a.wav", 1.0)]
    run = begun(stt.plan(["right", "wrong", "gone"], clips, ["telephone"]))
    gone = ScriptedSpeechToText((Line(error=EngineError("the question is empty")),))
    right, wrong = (ScriptedSpeechToText((Line(text, delay=0.0),)) for text in ("one two", "one too & three"))
    asyncio.run(carried_out(run, stt.trials, Bench({}, {"right": right, "wrong": wrong, "gone": gone})))
    return run


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("make", [voices_run, matrix_run, recognisers_run])
def test_a_page_is_whole_and_loads_nothing(make: type[Run], language: str) -> None:
    page = as_html(make(), language=language)  # type: ignore[call-arg]
    found = Balance(page)
    assert "script" not in found.met and f'<html lang="{language}">' in page
    assert all(source.startswith("data:audio/flac;base64,") for source in found.sources)
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page)
    assert "@import" not in page and "url(" not in page
    assert "prefers-color-scheme: dark" in page and "default-src 'none'" in page
    assert ("음성" in found.words) == (language == "ko")


def test_a_page_has_every_figure_and_every_word() -> None:
    run = voices_run()
    page = Balance(as_html(run))
    [calm, _] = tts.summary(run).voices
    assert calm.words is not None and calm.characters is not None and calm.lufs is not None
    for figure in (
        f"{calm.first:.3f} s", f"{calm.real_time_factor:.3f}", f"{calm.lufs:.1f} LUFS", f"{calm.peak:.1f} dBFS",
        f"{calm.words.rate:.1%} ({calm.words.low:.1%}–{calm.words.high:.1%})", f"{calm.characters.rate:.1%}",
    ):  # fmt: skip
        assert figure in page.words, figure
    assert "calm <b>" in page.words and "voices & <more>" in page.words and "The <voice> is gone" in page.words
    assert EVIL in page.words, "what could not be recognised is shown as it was to be said"
    assert {"audio", "svg", "ins", "del"} <= page.met


def test_the_alignment_is_marked_word_by_word() -> None:
    page = as_html(voices_run())
    assert '<span class="s"><del>my</del> <ins>the</ins></span>' in page
    assert '<span class="i"><ins>please</ins></span>' in page


def test_the_matrix_is_a_heat_map() -> None:
    page = as_html(matrix_run())
    assert page.count(">50.0%</text>") == 2 and page.count(">0.0%</text>") >= 2
    assert "WER (en)" in Balance(page).words or "word error rate (WER) (en)" in Balance(page).words


def test_recognisers_by_stress_and_in_korean() -> None:
    run = recognisers_run()
    page = Balance(as_html(run, [run], "ko"))
    rows = stt.summary(run).rows
    assert [(row.engine, row.stress) for row in rows[:2]] == [("right", ""), ("right", "telephone")]
    for row in rows:
        assert row.words is None or f"{row.words.rate:.1%} ({row.words.low:.1%}" in page.words
    assert "원본 그대로" in page.words and "telephone" in page.words
    assert "질문이 비어 있어요" in page.words and "question is empty" not in page.words
    assert "<i>" not in as_html(run)
    found = list(csv.DictReader(io.StringIO(as_csv([run]), newline="")))
    assert [row["heard"] for row in found if row["engine"] == "wrong"] == ["one too & three"] * 2
    [whole] = json.loads(as_json([run]))["runs"]
    assert len(whole["summary"]["rows"]) == 6 and whole["summary"]["clips"][0]["said"] == "one <i> two"


def test_a_listening_test_stands_in_the_report() -> None:
    run = matrix_run()
    test = Listening(run)
    test.answer(test.pairs[0], "a")
    assert "listening test" in Balance(as_html(run)).words
    [listened] = json.loads(as_json([run]))["runs"][0]["listening"]
    assert listened["first_preferred"] + listened["second_preferred"] == 1 and listened["p"] == 1.0


def test_two_runs_side_by_side() -> None:
    one, other = matrix_run(), matrix_run()
    page = Balance(as_html(one, [other]))
    assert other.id in page.words and page.words.count("earlier") >= 4
    with pytest.raises(UsageError, match="one kind"):
        write([one, voices_run()], one.folder)


def test_csv_can_be_read_back() -> None:
    run = voices_run()
    text = as_csv([run])
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["key"] for row in rows] == [result.key for result in run.results()]
    assert [row["text"] for row in rows[:3]] == [text.text for text in TEXTS]
    assert float(rows[0]["wer"]) == pytest.approx(2 / 7)
    assert rows[0]["words_hits"] == "6" and rows[5]["error"] == "The <voice> is gone"
    assert all(None not in row for row in rows)


def test_json_can_be_read_back() -> None:
    run = voices_run()
    [found] = json.loads(as_json([run]))["runs"]
    assert msgspec.convert(found["plan"], Plan) == run.plan
    assert msgspec.convert(found["summary"], tts.TtsSummary) == tts.summary(run)
    assert found["results"] == msgspec.to_builtins(run.results())


def test_a_run_that_has_not_begun_has_a_report() -> None:
    run = begun(tts.plan(["calm"], TEXTS))
    Balance(as_html(run, language="ko"))
    assert as_csv([run]) == "run,key,error\r\n"


def test_written_to_a_file_and_into_a_folder(tmp_path: Path) -> None:
    run = matrix_run()
    assert write([run], tmp_path, "csv") == tmp_path / f"{run.id}.csv"
    assert write([run], tmp_path / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(StorageError, match="cannot be written"):
        write([run], tmp_path / "nowhere" / "report.html")


def test_a_sample_that_is_gone_leaves_the_figures() -> None:
    run = voices_run()
    for file in (run.folder / tts.FOLDER).iterdir():
        file.unlink()
    assert "audio" not in Balance(as_html(run)).met


def test_plots_without_anything_and_with_what_is_beyond() -> None:
    Balance(bars("none", []))
    Balance(bars("zero", [Bar("a" * 80, 0.0, "0", 0.0, 0.0)]))
    drawn = heat_map("<map>", ["r"], ["c", "d"], {("r", "c"): 2.5})
    Balance(drawn)
    assert "250.0%" in drawn and "–" in drawn and 'fill-opacity="0.70"' in drawn


def test_every_word_of_a_page_has_its_korean() -> None:
    from voicebot.lab.report import contents, page, recognisers

    sources = "".join(Path(module.__file__ or "").read_text("utf-8") for module in (contents, page, recognisers))
    run = voices_run()
    tables = contents.contents(run).tables + contents.contents(matrix_run()).tables
    tables += contents.contents(recognisers_run()).tables
    used = {title for table in tables for title in (table.title, *table.columns)}
    used |= set(re.findall(r"_word\('([^']+)'\)", sources)) | set(page.HEADINGS.values())
    used |= {name for name, _ in page.MARKS.values()} | set(ENGLISH)
    assert used <= set(KOREAN)
    assert word("WER (en)", "ko") == "단어 오류율 (WER) (en)"
    assert all(re.search("[가-힣]", korean) for korean in KOREAN.values())
