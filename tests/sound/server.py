"""A real sound server with a virtual microphone and a virtual speaker, for the tests that need one."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from voicebot.events import Samples

RATE = 16_000
NEEDED = ("pulseaudio", "pactl", "paplay", "parec")
START_LIMIT = 10.0


def missing() -> list[str]:
    return [program for program in NEEDED if shutil.which(program) is None]


class SoundServer:
    """PulseAudio with `mic` as its default source and `speaker` as its default sink, in a folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="voicebot-sound-"))
        self.folder.chmod(0o700)
        asound = self.folder / "asound.conf"
        asound.write_text("</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n")
        self.environment = {
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "ALSA_CONFIG_PATH": str(asound),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._recorders: list[subprocess.Popen[bytes]] = []
        self._begin = 0
        self._recording = self.folder / "speaker.raw"

    def start(self) -> None:
        log = (self.folder / "pulse.log").open("wb")
        self._process = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--log-target=stderr",
                f"--load=module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native",
                "--load=module-null-sink sink_name=speaker",
                "--load=module-null-sink sink_name=mic_in",
                "--load=module-remap-source master=mic_in.monitor source_name=mic",
            ],
            env={**os.environ, "XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)},
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )  # fmt: skip
        log.close()
        deadline = time.monotonic() + START_LIMIT
        while subprocess.run(["pactl", "info"], env=self.full_environment(), capture_output=True).returncode != 0:
            assert time.monotonic() < deadline, (self.folder / "pulse.log").read_text()
            time.sleep(0.05)
        self.pactl("set-default-sink", "speaker")
        self.pactl("set-default-source", "mic")
        self._recorders = [self._listen("speaker", self._recording), self._listen("mic_in", self.folder / "mic.raw")]
        self._begin = 0

    def full_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words], env=self.full_environment(), capture_output=True, text=True, timeout=10
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def speak(self, sound: Path) -> None:
        """Play a sound file into the microphone, and wait for its end."""
        subprocess.run(["paplay", "--device=mic_in", str(sound)], env=self.full_environment(), check=True, timeout=120)

    def _listen(self, device: str, target: Path) -> subprocess.Popen[bytes]:
        """Record a device all the time: a virtual sink that nobody listens to works in chunks of two seconds."""
        command = ["parec", f"--device={device}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        with target.open("wb") as out:
            recorder = subprocess.Popen([*command, "--latency-msec=20"], env=self.full_environment(), stdout=out)
        deadline = time.monotonic() + START_LIMIT
        while target.stat().st_size == 0:
            assert time.monotonic() < deadline, "the recorder records nothing"
            time.sleep(0.02)
        return recorder

    def begin(self) -> None:
        """What comes out of the speaker is `recorded` from here on."""
        self._begin = self._recording.stat().st_size // 2 * 2

    def recorded(self) -> Samples:
        """What came out of the speaker so far: mono float32 at `RATE` Hz."""
        data = np.fromfile(self._recording, dtype="<i2", offset=self._begin)
        return data.astype(np.float32) / 32768.0

    def microphone_is_open(self) -> bool:
        """Somebody records, besides the recorders of these tests."""
        listed = self.pactl("list", "source-outputs")
        return listed.count("application.process.binary") > listed.count('application.process.binary = "pacat"')

    def recorded_sources(self) -> set[str]:
        """What somebody records, besides the recorders of these tests."""
        sources = {one["index"]: one["name"] for one in self._listed("sources")}
        outputs = [one for one in self._listed("source-outputs") if one["client"] is not None]
        return {
            sources[one["source"]] for one in outputs if one["properties"].get("application.process.binary") != "pacat"
        }

    def _listed(self, what: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.pactl("--format=json", "list", what))
        return found

    def hang(self) -> None:
        """Answer nobody, until `wake`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        for process in (*self._recorders, self._process):
            _end(process)
        self._recorders, self._process = [], None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()
