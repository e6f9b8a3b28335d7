"""Sound out of films and of every format that libsndfile does not know."""

from __future__ import annotations

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from tests.transcription.media import RATE, encoders, hertz, make, tone
from voicebot.audio import files
from voicebot.audio.ffmpeg import FfmpegMedia
from voicebot.audio.files import open_media, read_excerpt, read_sound, sound_seconds
from voicebot.errors import AudioError
from voicebot.events import Samples

KINDS = [
    ("film.mp4", "aac", True), ("film.mkv", "libopus", True), ("talk.m4a", "aac", False),
    ("talk.webm", "libopus", False),
    ("film.avi", "libmp3lame", True), ("film.mov", "pcm_s16le", True), ("talk.aac", "aac", False),
    ("film.ts", "aac", True), ("talk.wma", "wmav2", False), ("talk.ac3", "ac3", False), ("talk.mka", "pcm_u8", False),
    ("talk.caf", "alac", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "codec", "picture"), KINDS)
def test_every_kind_of_film_and_recording_is_read(tmp_path: Path, name: str, codec: str, picture: bool) -> None:
    if codec not in encoders():
        pytest.skip(f"this build of FFmpeg cannot write {codec}")
    rate = 48_000 if codec in ("libopus", "ac3") else 44_100
    path = make(tmp_path / name, tone(3.0, rate=rate), codec, rate=rate, picture=picture)
    samples = read_sound(path, RATE)
    media = open_media(path)
    assert isinstance(media, FfmpegMedia)
    media.close()
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert len(samples) / RATE == pytest.approx(3.0, abs=0.12)
    assert hertz(samples[RATE:-RATE]) == pytest.approx(440.0, abs=2.0)
    assert np.abs(samples[RATE:-RATE]).max() == pytest.approx(0.5, abs=0.06)
    assert sound_seconds(path) == pytest.approx(3.0, abs=0.12)


def test_the_first_of_several_tracks_is_read(tmp_path: Path) -> None:
    path = make(tmp_path / "film.mkv", tone(2.0), tracks=3)
    media = open_media(path)
    assert media.tracks == 3
    assert hertz(np.concatenate(list(media.blocks(RATE)))) == pytest.approx(440.0, abs=2.0)
    media.close()


def two_tones() -> Samples:
    return np.concatenate([tone(2.0, 440.0), tone(2.0, 900.0)])


@pytest.mark.parametrize("name", ["film.mp4", "talk.wav"])
def test_an_excerpt_begins_where_it_is_wanted_and_is_as_long(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, two_tones(), "aac" if name == "film.mp4" else "pcm_s16le")
    excerpt = read_excerpt(path, RATE, 1.5, 1.0)
    assert len(excerpt) == RATE
    assert hertz(excerpt[: RATE // 2 - 800]) == pytest.approx(440.0, abs=4.0)
    assert hertz(excerpt[RATE // 2 + 800 :]) == pytest.approx(900.0, abs=4.0)
    assert len(read_excerpt(path, RATE, 3.0, 60.0)) / RATE == pytest.approx(1.0, abs=0.07)
    assert len(read_excerpt(path, RATE, 99.0, 60.0)) == 0


def spoilt(path: Path, start: float, end: float) -> Path:
    """A copy whose bytes between two shares of it are noise."""
    data = bytearray(path.read_bytes())
    first, last = (int(len(data) * share) for share in (start, end))
    data[first:last] = np.random.default_rng(0).bytes(last - first)
    other = path.with_stem("spoilt")
    other.write_bytes(data)
    return other


@pytest.mark.parametrize(("name", "codec"), [("talk.flac", "flac"), ("talk.mkv", "aac"), ("talk.aac", "aac")])
def test_a_damaged_middle_is_silence_and_times_stay_right(tmp_path: Path, name: str, codec: str) -> None:
    path = spoilt(make(tmp_path / name, np.concatenate([tone(10.0), tone(10.0, 900.0)]), codec), 0.4, 0.44)
    media = open_media(path)
    samples = np.concatenate(list(media.blocks_past_damage(RATE)))
    media.close()
    assert len(samples) / RATE == pytest.approx(20.0, abs=1.0)
    assert hertz(samples[: 6 * RATE]) == pytest.approx(440.0, abs=2.0)
    assert hertz(samples[-6 * RATE :]) == pytest.approx(900.0, abs=2.0)
    assert 0.05 < media.lost < 6.0


def pictures_only(path: Path) -> None:
    import av

    with av.open(str(path), "w") as out:
        film = out.add_stream("mpeg4", rate=1)
        film.width = film.height = 64
        film.pix_fmt = "yuv420p"
        out.mux(film.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(film.encode(None))


BAD = {
    "has no sound in it": pictures_only,
    "is not a sound file that can be read": lambda path: path.write_bytes(np.random.default_rng(0).bytes(50_000)),
    "is a folder": lambda path: path.mkdir(),
    "is empty": lambda path: path.touch(),
    "there is no file": lambda path: None,
}


@pytest.mark.parametrize("complaint", BAD)
def test_what_has_no_sound_says_so_in_one_plain_line(tmp_path: Path, complaint: str) -> None:
    path = tmp_path / "film.mp4"
    BAD[complaint](path)
    with pytest.raises(AudioError) as failure:
        read_sound(path, RATE)
    assert complaint.casefold() in str(failure.value).casefold()
    assert "\n" not in str(failure.value)


def test_text_and_pictures_are_no_sound_files_whatever_ffmpeg_takes_them_for(tmp_path: Path) -> None:
    for name in ("diary.txt", "diary.raw", "diary.mp4"):
        (tmp_path / name).write_text("Dear diary,\n" * 100, encoding="utf-8")
        with pytest.raises(AudioError, match="is not a sound file"):
            read_sound(tmp_path / name, RATE)


@pytest.mark.parametrize("name", ["한국어 영화.mp4", "http:name.mp4", "100%d.mp4", "quote'\"s.mp4", "concat:a|b.mp4"])
def test_names_in_any_letters_are_names_and_not_addresses(tmp_path: Path, name: str) -> None:
    make(tmp_path / "plain.mp4", tone(1.0)).rename(tmp_path / name)
    assert len(read_sound(tmp_path / name, RATE)) / RATE == pytest.approx(1.0, abs=0.1)


def test_a_playlist_fetches_nothing(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/part.ts"
    lists = {
        "list.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n",
        "list.ffconcat": f"ffconcat version 1.0\nfile '{address}'\n",
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(AudioError):
            read_sound(tmp_path / name, RATE)
    server.shutdown()
    server.server_close()
    thread.join()
    assert asked == []


def test_a_sound_that_begins_later_than_the_picture_begins_with_silence(tmp_path: Path) -> None:
    import av

    from tests.transcription.media import blocks, encode

    path = tmp_path / "late.mkv"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=RATE, layout="mono")
        other = out.add_stream("pcm_s16le", rate=RATE, layout="mono")
        encode(out, other, blocks(tone(4.0)), RATE)
        frame = av.AudioFrame.from_ndarray(np.ones((1, RATE), np.int16) * 9000, "s16", "mono")
        frame.rate, frame.pts = RATE, 2 * RATE
        out.mux(stream.encode(frame))
    samples = read_sound(path, RATE)
    assert not samples[: 2 * RATE - 800].any()
    assert samples[2 * RATE + 800 : 3 * RATE - 800].min() == pytest.approx(9000 / 32768, abs=0.01)


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "film.mp4", tone(1.0))
    monkeypatch.setattr(files, "installed", lambda: False)
    with pytest.raises(AudioError, match=r"pip install 'voicebot\[media\]'"):
        read_sound(path, RATE)


def test_the_library_is_loaded_only_for_what_needs_it(tmp_path: Path) -> None:
    path = make(tmp_path / "plain.wav", tone(1.0), "pcm_s16le")
    program = (
        "import sys; from pathlib import Path; from voicebot.audio.files import read_sound;"
        " read_sound(Path(sys.argv[1]), 16000); print('av' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
