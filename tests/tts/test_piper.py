"""Piper for real, espeak-ng's phonemes included, on voices that the tests make: `tests.tts.piper_model`."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import pytest_asyncio

from tests.cli.program import voicebot
from tests.tts.piper_model import HERTZ, SAMPLE_RATE, graph, make_voice
from tests.tts.test_pyttsx3 import HOSTILE, seconds
from voicebot.engines import Workshop
from voicebot.errors import EngineError, EngineTimedOut, EngineUnavailable, ModelError
from voicebot.readiness import NotReady, Ready
from voicebot.resources import find_home
from voicebot.secrets import Secrets
from voicebot.settings import Settings, replaced
from voicebot.tts import piper as piper_module
from voicebot.tts.base import Manner, Sound, TextToSpeech, Voice
from voicebot.tts.by_language import ByLanguage
from voicebot.tts.piper import Piper
from voicebot.tts.piper_speech import LONGEST, Speech, parts
from voicebot.tts.piper_voices import voices_below, voices_of
from voicebot.tts.pyttsx3 import Pyttsx3

pytestmark = pytest.mark.asyncio(loop_scope="module")

SENTENCE = "This sentence takes a while to say at any pace."
TWO = "The first one is here. And this is the second."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One voice as the catalogue's lie, one of the person's own with two speakers."""
    folder = tmp_path_factory.mktemp("voices")
    make_voice(folder / "en_US-tone-medium" / "en" / "en_US" / "en_US-tone-medium.onnx")
    make_voice(folder / "duet.onnx", code="en_GB", espeak="en-gb-x-rp", speakers=("low", "high"))
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(folder: Path) -> AsyncIterator[Piper]:
    """One for most tests, for its process takes a second to start."""
    piper = Piper(folder, preferred=("en_US-tone-medium",))
    yield piper
    await piper.close()


@pytest_asyncio.fixture(loop_scope="module")
async def other(folder: Path) -> AsyncIterator[Piper]:
    """One that a test may break; the folder is its own to choose."""
    piper = Piper(folder)
    yield piper
    await piper.close()


async def spoken(engine: TextToSpeech, text: str = SENTENCE, manner: Manner | None = None) -> list[Sound]:
    return [sound async for sound in engine.synthesise(text, manner or Manner())]


def hertz(sounds: list[Sound]) -> float:
    """The pitch of a tone."""
    samples = np.concatenate([sound.samples for sound in sounds])
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * sounds[0].sample_rate / len(samples))


# -- speaking --------------------------------------------------------------------------------------------------------


async def test_it_speaks_in_small_pieces(engine: Piper) -> None:
    sounds = await spoken(engine)
    assert {sound.sample_rate for sound in sounds} == {SAMPLE_RATE} == {engine.sample_rate}
    assert all(sound.samples.dtype == np.float32 and sound.samples.ndim == 1 for sound in sounds)
    assert all(0 < len(sound.samples) <= 0.1 * SAMPLE_RATE for sound in sounds)
    assert 1.0 < seconds(sounds) < 4.0
    assert max(float(np.abs(sound.samples).max()) for sound in sounds) == pytest.approx(1.0)
    assert hertz(sounds) == pytest.approx(HERTZ, abs=2.0)


async def test_longer_text_is_longer(engine: Piper) -> None:
    assert seconds(await spoken(engine, TWO)) > 3 * seconds(await spoken(engine, "Yes."))


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
async def test_the_rate_is_relative_to_the_voices_own(engine: Piper, rate: float) -> None:
    own = seconds(await spoken(engine))
    assert seconds(await spoken(engine, manner=Manner(rate=rate))) == pytest.approx(own / rate, rel=0.001)


async def test_a_voices_own_pace_counts(tmp_path: Path, engine: Piper, other: Piper) -> None:
    make_voice(tmp_path / "slow.onnx", inference={"length_scale": 1.5})
    other._folder = tmp_path
    own = seconds(await spoken(engine, manner=Manner(rate=2.0)))
    assert seconds(await spoken(other, manner=Manner(rate=2.0))) == pytest.approx(1.5 * own, rel=0.001)


async def test_the_first_sentence_is_heard_before_the_second_is_synthesised(folder: Path) -> None:
    runs: list[None] = []
    pieces = Speech(lambda: runs.append(None)).speak(str(folder / "duet.onnx"), 0, TWO, 1.0)
    next(pieces)
    assert len(runs) == 1
    assert len(list(pieces)) > 5
    assert len(runs) == 2


async def test_leaving_a_sentence_stops_it_and_the_next_one_works(engine: Piper) -> None:
    await spoken(engine, "Yes.")
    child = engine._child.pid
    long = engine.synthesise(f"{SENTENCE} " * 40, Manner())
    await anext(long)
    await long.aclose()  # type: ignore[attr-defined]
    assert seconds(await spoken(engine, "Yes.")) < 1.0
    assert engine._child.pid == child, "it was killed, though it could be told to stop"


@pytest.mark.parametrize("text", [*HOSTILE, "[[not]] phonemes [[", "1" * 500], ids=range(len(HOSTILE) + 2))
async def test_hostile_text_neither_hangs_nor_crashes(engine: Piper, text: str) -> None:
    await spoken(engine, text.replace("안녕", ""))
    assert await spoken(engine, "still here")


async def test_a_voice_that_hangs_is_killed_within_its_patience(other: Piper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent.parent))
    monkeypatch.setattr(piper_module, "LOADING", 1.0)
    other._child.target = "tests.tts.test_pyttsx3:Hangs"
    with pytest.raises(EngineTimedOut):
        await spoken(other)
    assert other._child.pid is None


# -- voices ----------------------------------------------------------------------------------------------------------


async def test_every_speaker_is_a_voice(engine: Piper) -> None:
    assert await engine.voices() == [
        Voice("en_US-tone-medium", "Tone (en_US, medium)", ("en",)),
        Voice("duet#low", "Tone low (en_GB, medium)", ("en",)),
        Voice("duet#high", "Tone high (en_GB, medium)", ("en",)),
    ]
    assert engine.languages() == {"en"}


@pytest.mark.parametrize(("voice", "times"), [("duet#low", 1), ("Duet#HIGH", 2), ("duet", 1), ("en_US-tone-medium", 1)])
async def test_a_voice_is_chosen_by_name(engine: Piper, voice: str, times: int) -> None:
    assert hertz(await spoken(engine, manner=Manner(voice=voice))) == pytest.approx(times * HERTZ, abs=3.0)


async def test_a_voice_that_is_not_there_is_named(engine: Piper) -> None:
    assert not await engine.speaks("hello", Manner(voice="Nobody"))
    with pytest.raises(EngineError, match="no voice called Nobody: it has en_US-tone-medium, duet#low"):
        await spoken(engine, manner=Manner(voice="Nobody"))


@pytest.mark.parametrize("manner", [Manner("ko"), Manner("ko", voice="duet#low"), Manner("en", voice="duet")])
async def test_an_english_voice_never_reads_korean(engine: Piper, manner: Manner) -> None:
    assert not await engine.speaks("칠 더하기 오는 십이예요.", manner)
    with pytest.raises(EngineError, match="Piper has no Korean voice here"):
        await spoken(engine, "칠 더하기 오는 십이예요.", manner)


async def test_a_korean_name_keeps_no_english_sentence_back(engine: Piper) -> None:
    assert await engine.speaks("Her name is 지은, and she plays the cello.", Manner())
    assert await spoken(engine, "Her name is 지은, and she plays the cello.")


async def test_a_language_that_no_voice_speaks_is_named(tmp_path: Path, other: Piper) -> None:
    with pytest.raises(EngineError, match="no voice for de here"):
        await spoken(other, "Guten Tag", Manner("de"))
    make_voice(tmp_path / "german.onnx", code="de_DE", espeak="de")
    other._folder = tmp_path
    with pytest.raises(EngineError, match=r"no English voice here. voicebot models download piper:en_US-"):
        await spoken(other)


async def test_a_korean_voice_reads_korean(tmp_path: Path, other: Piper) -> None:
    make_voice(tmp_path / "korean.onnx", code="ko_KR", espeak="ko")
    other._folder = tmp_path
    assert seconds(await spoken(other, "칠 더하기 오는 십이예요.", Manner("ko"))) > 1.0
    assert other.ready() == Ready("korean")


async def test_a_named_model_reads_whatever_has_its_letters(folder: Path, engine: Piper) -> None:
    piper = Piper(folder, folder / "duet.onnx", "piper:duet")
    assert [voice.id for voice in await piper.voices()] == ["duet#low", "duet#high"]
    try:
        assert await spoken(piper, "Guten Tag", Manner("de"))
    finally:
        await piper.close()


async def test_numbered_speakers_and_bare_descriptions(tmp_path: Path) -> None:
    path = make_voice(tmp_path / "own.onnx", speakers=("a", "b"), speaker_id_map={}, language=None, dataset="")
    assert [(voice.id, voice.name, voice.language) for voice in voices_of(path)] == [
        ("own#0", "own 0 (en-us, medium)", "en"),
        ("own#1", "own 1 (en-us, medium)", "en"),
    ]


# -- what is missing or broken ---------------------------------------------------------------------------------------


async def test_without_its_library_it_says_so(engine: Piper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_module, "find_spec", lambda _: None)
    readiness = engine.ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "pip install 'voicebot[piper]'"
    assert not engine.languages()
    assert not await engine.speaks("hello", Manner())
    with pytest.raises(EngineUnavailable, match="library is not installed"):
        await spoken(engine)


async def test_without_a_voice_it_names_a_download(tmp_path: Path) -> None:
    for piper in (Piper(tmp_path / "nothing"), Piper(tmp_path, tmp_path / "x" / "x.onnx", "piper:x")):
        readiness = piper.ready()
        assert isinstance(readiness, NotReady)
        assert readiness.fix.startswith("voicebot models download piper:")
        with pytest.raises(EngineUnavailable):
            await piper.warm()


async def test_it_says_that_it_has_no_korean_voice(engine: Piper) -> None:
    assert engine.ready() == Ready("en_US-tone-medium, duet; no Korean voice, for none has a clear licence")


def incomplete(folder: Path) -> Iterator[tuple[Path, str]]:
    missing = make_voice(folder / "missing.onnx")
    missing.with_name("missing.onnx.json").unlink()
    yield missing, "missing.onnx.json is missing"
    broken = make_voice(folder / "broken.onnx")
    broken.with_name("broken.onnx.json").write_text('{"audio": ')
    yield broken, "broken.onnx.json does not describe a Piper voice"
    yield make_voice(folder / "foreign.onnx", phoneme_type="pinyin"), "it wants phonemes by pinyin"
    yield folder / "nowhere.onnx", "there is no file"


async def test_a_voice_without_its_description_is_told_and_left_out(tmp_path: Path) -> None:
    make_voice(tmp_path / "whole.onnx")
    for path, says in incomplete(tmp_path):
        readiness = Piper(Path("elsewhere"), path, "piper:x").ready()
        assert isinstance(readiness, NotReady)
        assert says in readiness.why
        assert readiness.fix
    assert [voice.id for voice in voices_below(tmp_path)] == ["whole"]


async def test_a_damaged_model_is_one_plain_line_and_the_next_voice_works(tmp_path: Path, other: Piper) -> None:
    make_voice(tmp_path / "whole.onnx")
    make_voice(tmp_path / "text.onnx").write_text("no graph at all")
    make_voice(tmp_path / "cut.onnx").write_bytes(graph()[:300])
    make_voice(tmp_path / "other.onnx").write_bytes(graph(speakers=True))  # asks for a speaker, which it is not given
    make_voice(tmp_path / "accent.onnx", espeak="en-moon")
    other._folder = tmp_path
    for name in ("text", "cut", "other", "accent"):
        with pytest.raises(ModelError, match=f"{name}.onnx is no Piper voice") as caught:
            await spoken(other, manner=Manner(voice=name))
        assert "\n" not in str(caught.value)
        assert str(tmp_path) not in caught.value.fix
    assert await spoken(other, manner=Manner(voice="whole"))


async def test_silence_instead_of_sound_is_an_error(tmp_path: Path, other: Piper) -> None:
    make_voice(tmp_path / "mute.onnx", loudness=0.0)
    make_voice(tmp_path / "void.onnx", loudness=float("nan"))
    other._folder = tmp_path
    for name in ("mute", "void"):
        with pytest.raises(EngineError, match=f"(?i){name} made no sound"):
            await spoken(other, manner=Manner(voice=name))


# -- its process -----------------------------------------------------------------------------------------------------


async def test_it_is_warm_and_gives_its_memory_back(other: Piper) -> None:
    assert other._child.pid is None
    await other.warm()
    child = other._child.pid
    assert child is not None
    assert await spoken(other)
    assert other._child.pid == child
    await other.close()
    assert not psutil.pid_exists(child)
    assert await spoken(other), "it starts again when it is needed"


async def test_its_library_stays_in_its_process(folder: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path; from voicebot.tts.piper import Piper\n"
        "async def main():\n"
        "    piper = Piper(Path(sys.argv[1])); await piper.warm(); await piper.close()\n"
        "asyncio.run(main()); print({'piper', 'onnxruntime'} & set(sys.modules))"
    )
    process = await _python(program, str(folder))
    assert process == "set()"


async def _python(program: str, *arguments: str) -> str:
    import asyncio

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, *arguments, stdout=asyncio.subprocess.PIPE, cwd=os.fspath(Path.cwd())
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    return out.decode().strip()


# -- long sentences --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phonemes", ["a" * 900, "abc, def " * 90, "ab " * 300, "", "short", "a" * LONGEST])
async def test_parts_lose_nothing_and_are_short(phonemes: str) -> None:
    cut = list(parts(phonemes))
    assert "".join("".join(part) for part in cut) == phonemes
    assert all(0 < len(part) <= LONGEST for part in cut)


async def test_parts_end_where_a_clause_or_a_word_does() -> None:
    assert all(part[-1] == "," for part in list(parts("abc, def " * 90))[:-1])
    assert all(part[-1] == " " for part in list(parts("ab " * 300))[:-1])


# -- which engine is taken -------------------------------------------------------------------------------------------


async def test_auto_takes_piper_for_what_it_speaks_and_leaves_the_rest_to_the_system() -> None:
    home = find_home()
    workshop = Workshop(Settings(), home, Secrets())
    assert isinstance(workshop.tts(), Pyttsx3)
    make_voice(home.models / "piper" / "german.onnx", code="de_DE", espeak="de")
    assert isinstance(workshop.tts(), Pyttsx3), "none of the person's languages"
    make_voice(home.models / "piper" / "en_US-norman-medium" / "x" / "en_US-norman-medium.onnx")
    best = workshop.tts("auto")
    assert isinstance(best, ByLanguage)
    assert (best.name, best.local) == ("piper+pyttsx3", True)
    workshop.settings = replaced(Settings(), "stt.languages", ("ko",))
    assert isinstance(workshop.tts(), Pyttsx3)


async def test_an_engine_is_named_with_a_voice_from_anywhere(tmp_path: Path) -> None:
    home = find_home()
    workshop = Workshop(Settings(), home, Secrets())
    absent = workshop.tts("piper:en_US-ljspeech-medium")
    assert absent.ready() == NotReady(
        "piper:en_US-ljspeech-medium is not downloaded",
        "voicebot models download piper:en_US-ljspeech-medium",
        "natural voices in English, with no network",
    )
    make_voice(home.models / "piper" / "own.onnx")
    assert isinstance(workshop.tts("piper:own").ready(), Ready)
    elsewhere = workshop.tts(f"piper:{make_voice(tmp_path / 'voice.onnx')}")
    assert (elsewhere.name, isinstance(elsewhere.ready(), Ready)) == ("piper:voice", True)
    with pytest.raises(ModelError, match="Did you mean piper:en_US-norman-medium"):
        workshop.tts("piper:en_US-norma-medium")


async def test_the_command_line_speaks_with_a_voice_by_its_path(tmp_path: Path) -> None:
    import soundfile

    engine = f"piper:{make_voice(tmp_path / 'voice.onnx')}"
    done = voicebot("say", SENTENCE, "--engine", engine, "--out", str(tmp_path / "out.wav"))
    assert done.status == 0, done.err
    samples, _ = soundfile.read(tmp_path / "out.wav")
    assert np.abs(samples).max() > 0.5
    korean = voicebot("say", "안녕하세요", "--engine", engine, "--out", str(tmp_path / "ko.wav"))
    korean.complained(1, "Piper has no Korean voice here")


async def test_each_answer_is_spoken_in_its_language(tmp_path: Path) -> None:
    import soundfile

    if isinstance(readiness := Pyttsx3().ready(), NotReady):
        pytest.skip(f"{readiness.why}: {readiness.fix}")
    make_voice(find_home().models / "piper" / "own.onnx")
    pitches = {}
    for language, question in (("en", "what is seven plus five"), ("ko", "칠 더하기 오는 얼마야")):
        out = tmp_path / f"{language}.wav"
        done = voicebot("ask", question, "--llm", "offline", "--reply-audio", str(out), "--json")
        assert done.status == 0, done.err
        assert done.json["engines"]["tts"] == "piper+pyttsx3"
        samples, sample_rate = soundfile.read(out, dtype="float32")
        pitches[language] = hertz([Sound(samples, sample_rate)])
    assert pitches["en"] == pytest.approx(HERTZ, abs=3.0)
    assert pitches["ko"] != pytest.approx(HERTZ, abs=3.0)
