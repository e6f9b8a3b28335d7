"""Sound files of every kind that people have, and the plain words for those that are none."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.rights import AS_NOBODY, let_others_in
from voicebot.audio.files import read_blocks, read_sound, sound_seconds, write_sound
from voicebot.errors import AudioError, StorageError
from voicebot.events import Samples

RATE = 16_000
ROOT = Path(__file__).parent.parent.parent


def tone(seconds: float = 1.0, rate: int = RATE, level: float = 0.5, hertz: float = 440.0) -> Samples:
    times = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def loudest_hertz(samples: Samples, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[spectrum.argmax()])


KINDS = [
    ("wav", 16_000, 1, "PCM_16"), ("wav", 8_000, 2, "PCM_24"), ("wav", 48_000, 1, "FLOAT"),
    ("wav", 44_100, 2, "PCM_U8"), ("wav", 8_000, 1, "ULAW"), ("wav", 96_000, 6, "PCM_32"),
    ("flac", 44_100, 2, "PCM_24"), ("ogg", 48_000, 2, "VORBIS"), ("ogg", 48_000, 1, "OPUS"),
    ("mp3", 44_100, 2, "MPEG_LAYER_III"), ("mp3", 22_050, 1, "MPEG_LAYER_III"), ("aiff", 44_100, 1, "PCM_16"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "rate", "channels", "subtype"), KINDS)
def test_every_rate_depth_and_number_of_channels_is_read(
    tmp_path: Path, ending: str, rate: int, channels: int, subtype: str
) -> None:
    path = tmp_path / f"sound.{ending}"
    soundfile.write(path, np.repeat(tone(2.0, rate)[:, None], channels, axis=1), rate, subtype=subtype)
    samples = read_sound(path, RATE)
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.06)
    middle = samples[RATE // 2 : -RATE // 2]
    assert loudest_hertz(middle, RATE) == pytest.approx(440.0, abs=2.0)
    assert np.abs(middle).max() == pytest.approx(0.5, abs=0.05)
    assert sound_seconds(path) == pytest.approx(2.0, abs=0.06)


def test_the_channels_are_averaged(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.array([[0.5, 0.0], [0.25, 0.25], [-1.0, 0.5]]), RATE, subtype="FLOAT")
    assert np.allclose(read_sound(path, RATE), [0.25, 0.25, -0.25])


@pytest.mark.parametrize("name", ["한국어 이름.wav", "two  spaces .wav", "quote'\"s.wav", "no ending", "100%.wav"])
def test_names_in_any_letters_are_read_and_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / "폴더 이름" / name
    path.parent.mkdir()
    write_sound(path, tone(), RATE)
    assert np.allclose(read_sound(path, RATE), tone(), atol=1e-4)


def test_samples_that_are_no_numbers_or_too_loud_become_sound(tmp_path: Path) -> None:
    """Float files may hold anything; one sample that is no number would spoil all after it."""
    path = tmp_path / "odd.wav"
    odd = np.array([0.5, np.nan, np.inf, -np.inf, 3.0, -1e30, 0.25], dtype=np.float32)
    soundfile.write(path, odd, RATE, subtype="FLOAT")
    assert read_sound(path, RATE).tolist() == [0.5, 0.0, 1.0, -1.0, 1.0, -1.0, 0.25]
    soundfile.write(path, np.tile(odd, 5000), 48_000, subtype="FLOAT")
    samples = read_sound(path, RATE)
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1.0


def header_only(path: Path) -> None:
    soundfile.write(path, np.zeros(0), RATE, format="WAV")


def damaged(path: Path, kind: str) -> None:
    soundfile.write(path, np.random.default_rng(0).uniform(-0.5, 0.5, 10 * RATE), RATE, format=kind)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 5000] = b"\xff" * 5000
    path.write_bytes(data)


BAD = {
    "is empty": lambda path: path.touch(),
    "a header and nothing after it": header_only,
    "is not a sound file": lambda path: path.write_text("Dear diary,\n" * 100, encoding="utf-8"),
    "is a folder": lambda path: path.mkdir(),
    "there is no file": lambda path: None,
    "is not a file": lambda path: os.mkfifo(path),
    "is damaged": lambda path: damaged(path, "FLAC"),
}


@pytest.mark.parametrize("complaint", BAD)
def test_what_is_no_sound_says_so_in_one_plain_line(tmp_path: Path, complaint: str) -> None:
    if complaint == "is not a file" and not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    path = tmp_path / "sound.wav"
    BAD[complaint](path)
    with pytest.raises(AudioError) as failure:
        read_sound(path, RATE)
    assert complaint.casefold() in str(failure.value).casefold()
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("name", ["a" * 400 + ".wav", "a\0b.wav", "file.wav/below.wav"])
def test_names_that_no_file_can_have_say_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.wav").write_bytes(b"x")
    with pytest.raises(AudioError):
        read_sound(tmp_path / name, RATE)


def test_a_damaged_mp3_is_an_audio_error(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp3"
    damaged(path, "MP3")
    with pytest.raises(AudioError, match="damaged"):
        read_sound(path, RATE)


def test_a_file_whose_ending_promises_bare_samples_is_no_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "sound.raw"
    path.write_bytes(b"\0" * 1000)
    with pytest.raises(AudioError, match="is not a sound file"):
        read_sound(path, RATE)


def test_a_recording_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    soundfile.write(path, tone(2.0), RATE)
    path.write_bytes(path.read_bytes()[: RATE * 2 + 44])
    assert np.allclose(read_sound(path, RATE), tone(2.0)[:RATE], atol=1e-4)


NOBODY = f"""
import sys
from pathlib import Path
from voicebot.audio.files import read_sound, write_sound
from voicebot.errors import VoicebotError
import numpy, soundfile, soxr
{AS_NOBODY}
for use in (lambda path: read_sound(path, 16000), lambda path: write_sound(path, numpy.zeros(9, "f4"), 16000)):
    for path in map(Path, sys.argv[1:]):
        try:
            use(path)
        except VoicebotError as error:
            print(type(error).__name__, error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_files_without_permission_say_so(tmp_path: Path) -> None:
    """A file that may not be read, and one in a folder that may not be entered; written no better."""
    closed, hidden = tmp_path / "closed.wav", tmp_path / "folder" / "hidden.wav"
    hidden.parent.mkdir()
    for path in (closed, hidden):
        write_sound(path, tone(), RATE)
    let_others_in(tmp_path)
    closed.chmod(0o000)
    hidden.parent.chmod(0o000)
    try:
        command = [sys.executable, "-c", NOBODY, str(closed), str(hidden)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    finally:
        hidden.parent.chmod(0o755)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["AudioError", "AudioError", "StorageError", "StorageError"]
    assert all("ermission" in line for line in lines)


def test_two_hours_are_read_in_memory_that_does_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    seconds = 2 * 3600
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.setnframes(seconds * 8_000)
        file.writeframes(b"")
    with path.open("r+b") as raw:  # a hole, not a quarter of a gigabyte
        raw.seek(4)
        raw.write((36 + seconds * 16_000).to_bytes(4, "little"))
        raw.seek(40)
        raw.write((seconds * 16_000).to_bytes(4, "little"))
        raw.truncate(44 + seconds * 16_000)
    tracemalloc.start()
    try:
        heard = sum(len(block) for block in read_blocks(path, 8_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert heard == seconds * 8_000
    assert peak < 5_000_000, "all of it would be 230 MB"


# -- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "exact"), [("wav", True), ("flac", True), ("ogg", False), ("WAV", True)])
def test_what_was_written_is_read_again(tmp_path: Path, ending: str, exact: bool) -> None:
    path = tmp_path / f"out.{ending}"
    write_sound(path, tone(), RATE)
    samples = read_sound(path, RATE)
    assert len(samples) == RATE
    assert np.abs(samples - tone()).max() < (1 / 32_000 if exact else 0.1)


def test_what_is_too_loud_is_clipped_and_does_not_wrap(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    write_sound(path, np.array([1.5, -1.5, 1.0, -1.0], dtype=np.float32), RATE)
    assert np.allclose(read_sound(path, RATE), [1.0, -1.0, 1.0, -1.0], atol=1e-3)


LONG_OGG = """
import sys
from pathlib import Path
import numpy
from voicebot.audio.files import write_sound
write_sound(Path(sys.argv[1]), numpy.random.default_rng(0).uniform(-0.3, 0.3, 24000 * 120).astype("f4"), 24000)
"""


def test_a_long_ogg_is_written(tmp_path: Path) -> None:
    """Given two minutes at once, libsndfile's Vorbis overflows its stack: the process would die."""
    path = tmp_path / "out.ogg"
    done = subprocess.run([sys.executable, "-c", LONG_OGG, str(path)], cwd=ROOT, check=False)
    assert done.returncode == 0
    assert sound_seconds(path) == pytest.approx(120.0, abs=0.1)


@pytest.mark.parametrize("name", ["letter.doc", "sound.mp3", "sound.exe"])
def test_a_kind_that_cannot_be_written_leaves_the_file_of_that_name_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(AudioError, match=r"\.wav, \.flac or \.ogg"):
        write_sound(path, tone(), RATE)
    assert path.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("place", ["nowhere/out.wav", "folder", "a" * 300 + ".wav"])
def test_places_that_cannot_be_written_say_so(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError) as failure:
        write_sound(tmp_path / place, tone(), RATE)
    assert failure.value.why


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_one_line_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StorageError, match="No space left"):
        write_sound(Path("/dev/full"), tone(60.0), RATE)
    assert capfd.readouterr() == ("", "")
