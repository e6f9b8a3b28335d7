"""Each cause from the facts that show it, in English and in Korean; and what looks like one but is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.doctor.cases import (
    DEVICES,
    GONE,
    NONE,
    ROOM,
    SERVER,
    WITHOUT_MICROPHONE,
    ZEROS,
    evidence,
    with_sink,
    with_source,
)
from voicebot.doctor import Cause, Diagnosis, Evidence, diagnose, diagnose_microphone, diagnose_speaker
from voicebot.doctor.surroundings import Sandbox, Surroundings
from voicebot.errors import DeviceBusy, DeviceError, DeviceMissing, DeviceRefused
from voicebot.wording import Wording

MISSING = DeviceMissing("there is no microphone", "the system offers none", "plug in a microphone")
BUSY = DeviceBusy("the microphone is busy or gone", "Device unavailable", "close the program that uses it")
REFUSED = DeviceRefused("Voicebot may not use the microphone", "Permission denied", "allow it in the system's settings")
OTHER = DeviceError("the microphone cannot be opened", "Invalid sample rate", "choose another microphone")
FLATPAK = Surroundings(Sandbox.FLATPAK, "io.github.voicebot.Voicebot", closed=("microphone", "speaker"))
SNAP = Surroundings(Sandbox.SNAP, "voicebot", socket=True, closed=("microphone",))
CLOSED = Surroundings(devices_refused=True)

CASES: dict[str, tuple[Evidence, Cause, str, str]] = {
    "flatpak": (
        evidence(error=MISSING, server=GONE, surroundings=FLATPAK, devices=()),
        Cause.SANDBOX,
        "The sandbox keeps the microphone from Voicebot: the Flatpak has no access to the sound server. Run flatpak "
        "override --user --socket=pulseaudio io.github.voicebot.Voicebot, then start Voicebot again",
        "샌드박스 때문에 Voicebot이 마이크를 쓰지 못해요. Flatpak에 사운드 서버를 쓸 권한이 없어요. flatpak "
        "override --user --socket=pulseaudio io.github.voicebot.Voicebot 명령을 실행한 뒤 Voicebot을 다시 시작해 "
        "주세요",
    ),
    "snap": (
        evidence(error=OTHER, surroundings=SNAP),
        Cause.SANDBOX,
        "The sandbox keeps the microphone from Voicebot: the Snap is not connected to audio-record. Run snap connect "
        "voicebot:audio-record",
        "샌드박스 때문에 Voicebot이 마이크를 쓰지 못해요. Snap이 audio-record에 연결되어 있지 않아요. snap connect "
        "voicebot:audio-record를 실행해 주세요",
    ),
    "server gone": (
        evidence(error=MISSING, server=GONE, devices=()),
        Cause.SERVER_GONE,
        "The sound server does not answer: it has stopped, or was never started. Restart PipeWire or PulseAudio, or "
        "log out and in again",
        "사운드 서버가 응답하지 않아요. 멈췄거나 시작되지 않았어요. PipeWire나 PulseAudio를 다시 시작하거나, "
        "로그아웃했다가 다시 로그인해 주세요",
    ),
    "no device": (
        evidence(error=MISSING, server=NONE, devices=()),
        Cause.NO_DEVICE,
        "There is no microphone: the system offers none. Plug in a microphone",
        "마이크가 없어요. 시스템에서 찾을 수 없어요. 마이크를 연결해 주세요",
    ),
    "no device for the server": (
        evidence(levels=ZEROS, server=WITHOUT_MICROPHONE),
        Cause.NO_DEVICE,
        "There is no microphone: the sound server has none. Plug in a microphone",
        "마이크가 없어요. 사운드 서버에 연결된 것이 없어요. 마이크를 연결해 주세요",
    ),
    "permission refused": (
        evidence(error=MISSING, server=NONE, surroundings=CLOSED, devices=()),
        Cause.REFUSED,
        "Voicebot may not use the microphone: the system's sound devices are closed to you. Run sudo usermod -aG "
        "audio $USER, then log out and in again",
        "Voicebot이 마이크를 쓸 권한이 없어요. 이 계정으로는 시스템의 사운드 장치를 열 수 없어요. sudo usermod "
        "-aG audio $USER를 실행한 뒤 로그아웃했다가 다시 로그인해 주세요",
    ),
    "permission refused on Windows": (
        evidence(error=REFUSED, server=NONE, platform="win32"),
        Cause.REFUSED,
        "Voicebot may not use the microphone: Permission denied. Allow it in Settings > Privacy & security > "
        "Microphone",
        "Voicebot이 마이크를 쓸 권한이 없어요. 권한이 없어요. 설정 > 개인 정보 및 보안 > 마이크에서 허용해 주세요",
    ),
    "busy": (
        evidence(error=BUSY),
        Cause.BUSY,
        "Another program is using the microphone: Device unavailable. Close the program that uses it",
        "다른 프로그램이 마이크를 쓰고 있어요. 장치를 쓸 수 없어요. 그 장치를 쓰는 프로그램을 닫아 주세요",
    ),
    "cannot be opened": (
        evidence(error=OTHER),
        Cause.UNOPENED,
        "The microphone cannot be opened: Invalid sample rate. Choose another microphone",
        "마이크를 열 수 없어요: Invalid sample rate. 다른 마이크를 골라 주세요",
    ),
    "muted": (
        evidence(levels=ZEROS, server=with_source(muted=True)),
        Cause.MUTED,
        "The microphone is muted: the sound server lets nothing of Desk Microphone through. Switch its sound on in "
        "the system's sound settings",
        "마이크가 음소거되어 있어요. 사운드 서버가 Desk Microphone의 소리를 막고 있어요. 시스템의 사운드 설정에서 "
        "음소거를 풀어 주세요",
    ),
    "volume at zero": (
        evidence(levels=ZEROS, server=with_source(volume=0.0)),
        Cause.MUTED,
        "The volume of the microphone is at zero: the sound server lets nothing of Desk Microphone through. Turn it "
        "up in the system's sound settings",
        "마이크 음량이 0이에요. 사운드 서버가 Desk Microphone의 소리를 막고 있어요. 시스템의 사운드 설정에서 "
        "음량을 올려 주세요",
    ),
    "gives nothing": (
        evidence(levels=None),
        Cause.NOTHING,
        "Desk Microphone opens but sends nothing. Choose another, or restart the sound server",
        "Desk Microphone이 열리지만 소리가 들어오지 않아요. 다른 장치를 고르거나 사운드 서버를 다시 시작해 주세요",
    ),
    "telephone rate": (
        evidence(server=with_source(sample_rate=8000)),
        Cause.WRONG_RATE,
        "The microphone has the wrong sample rate: it runs at 8000 Hz, and speech needs 16000. Choose another, or a "
        "better profile for it in the system's sound settings",
        "마이크의 샘플레이트가 맞지 않아요. 지금 8000 Hz인데, 음성 인식에는 16000 Hz가 필요해요. 다른 마이크를 "
        "고르거나, 시스템의 사운드 설정에서 더 좋은 프로필로 바꿔 주세요",
    ),
    "half the samples": (
        evidence(levels=replace(ROOM, rate=8010.4)),
        Cause.WRONG_RATE,
        "The microphone has the wrong sample rate: 8010 samples came in a second instead of 16000. Choose another, "
        "or restart the sound server",
        "마이크의 샘플레이트가 맞지 않아요. 1초에 샘플이 16000개 와야 하는데 8010개가 왔어요. 다른 장치를 "
        "고르거나 사운드 서버를 다시 시작해 주세요",
    ),
    "clipping": (
        evidence(levels=replace(ROOM, peak=0.0, rms=-9.0, clipped=0.016)),
        Cause.CLIPPING,
        "The microphone is too loud: 1.6 % of the sound is cut off at its loudest. Turn it down in the system's "
        "sound settings, or move away from it",
        "마이크 소리가 너무 커요. 소리의 1.6%가 가장 큰 곳에서 잘려요. 시스템의 사운드 설정에서 음량을 낮추거나 "
        "마이크에서 조금 떨어져 주세요",
    ),
    "silence": (
        evidence(levels=ZEROS),
        Cause.SILENCE,
        "The microphone gives pure silence: not even the noise of a room comes. Look for a switch on it, or choose "
        "another microphone",
        "마이크에서 아무 소리도 들어오지 않아요. 방 안의 잡음조차 들리지 않아요. 마이크에 스위치가 있는지 "
        "확인하거나 다른 마이크를 골라 주세요",
    ),
    "silence on macOS": (
        evidence(levels=ZEROS, server=NONE, platform="darwin"),
        Cause.SILENCE,
        "The microphone gives pure silence: it is muted, or Voicebot may not use it. Allow it in System Settings > "
        "Privacy & Security > Microphone",
        "마이크에서 아무 소리도 들어오지 않아요. 음소거되어 있거나 Voicebot에 권한이 없어요. 시스템 설정 > "
        "개인정보 보호 및 보안 > 마이크에서 허용해 주세요",
    ),
    "speaker muted": (
        evidence(server=with_sink(muted=True)),
        Cause.SPEAKER_MUTED,
        "The speaker is muted: the sound server lets nothing of Desk Speaker through. Switch its sound on in the "
        "system's sound settings",
        "스피커가 음소거되어 있어요. 사운드 서버가 Desk Speaker의 소리를 막고 있어요. 시스템의 사운드 설정에서 "
        "음소거를 풀어 주세요",
    ),
    "fine": (evidence(), Cause.NONE, "Desk Microphone, -65 dBFS just now", "Desk Microphone, 지금 -65 dBFS"),
}


@pytest.mark.parametrize(("facts", "cause", "english", "korean"), CASES.values(), ids=CASES)
def test_each_cause_is_named_in_both_languages(facts: Evidence, cause: Cause, english: str, korean: str) -> None:
    found = diagnose(facts)
    assert found.cause is cause
    assert found.ok is (cause is Cause.NONE)
    assert said(found, "en") == english
    assert said(found, "ko") == korean


def said(found: Diagnosis, language: str) -> str:
    return Wording(language).line(found.what, found.why, found.fix)


def test_every_cause_has_a_case() -> None:
    assert {cause for _, cause, _, _ in CASES.values()} == set(Cause)


def test_the_detail_is_korean_where_the_window_shows_it() -> None:
    for facts, cause, _, korean in CASES.values():
        if cause is not Cause.UNOPENED:  # PortAudio's own words stay
            assert korean.startswith(Wording("ko").text(diagnose(facts).detail))


# -- which comes first ------------------------------------------------------------------------------------------------


def test_the_more_fundamental_cause_comes_first() -> None:
    worst = {"error": MISSING, "server": GONE, "devices": ()}
    assert diagnose(evidence(**worst, surroundings=FLATPAK)).cause is Cause.SANDBOX  # type: ignore[arg-type]
    assert diagnose(evidence(**worst, surroundings=CLOSED)).cause is Cause.SERVER_GONE  # type: ignore[arg-type]
    assert diagnose(evidence(levels=None, server=with_source(muted=True))).cause is Cause.MUTED
    assert diagnose(evidence(levels=ZEROS, server=with_source(muted=True, sample_rate=8000))).cause is Cause.MUTED
    assert diagnose(evidence(levels=ZEROS, server=with_source(sample_rate=8000))).cause is Cause.WRONG_RATE
    assert diagnose(evidence(levels=ZEROS, server=with_sink(muted=True))).cause is Cause.SILENCE


def test_what_lies_outside_does_not_matter_while_the_microphone_works() -> None:
    for surroundings in (FLATPAK, CLOSED):
        assert diagnose(evidence(server=GONE, surroundings=surroundings)).ok


def test_a_muted_source_that_is_heard_all_the_same_is_not_the_one_in_use() -> None:
    assert diagnose(evidence(server=with_source(muted=True))).ok


def test_a_name_that_is_not_there_is_told_with_those_that_are() -> None:
    error = DeviceMissing("the microphone was not found", "no input device is called Yeti; there are: pulse", "choose")
    found = diagnose(evidence(error=error))
    assert (found.cause, found.what, found.why) == (Cause.NO_DEVICE, error.what, error.why)


# -- thresholds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peak", "cause"),
    [(-120.0, Cause.SILENCE), (-90.3, Cause.SILENCE), (-84.0, Cause.NONE), (-58.0, Cause.NONE), (-1.0, Cause.NONE)],
)
def test_only_what_no_room_has_is_silence(peak: float, cause: Cause) -> None:
    """-90.3 dBFS is the last of 16 bits; a quiet room of -70 dBFS RMS has peaks of -58."""
    assert diagnose(evidence(levels=replace(ROOM, peak=peak, rms=peak - 12.0))).cause is cause


@pytest.mark.parametrize(("clipped", "cause"), [(0.0001, Cause.NONE), (0.002, Cause.CLIPPING)])
def test_a_few_samples_at_full_scale_are_no_clipping(clipped: float, cause: Cause) -> None:
    assert diagnose(evidence(levels=replace(ROOM, peak=0.0, clipped=clipped))).cause is cause


@pytest.mark.parametrize(
    ("rate", "seconds", "cause"),
    [
        (15_500.0, 0.93, Cause.NONE),
        (12_000.0, 0.93, Cause.WRONG_RATE),
        (24_000.0, 0.93, Cause.WRONG_RATE),
        (12_000.0, 0.25, Cause.NONE),  # too short to tell
    ],
)
def test_the_rate_at_which_samples_arrive(rate: float, seconds: float, cause: Cause) -> None:
    assert diagnose(evidence(levels=replace(ROOM, rate=rate, seconds=seconds))).cause is cause


# -- the speaker ------------------------------------------------------------------------------------------------------


def test_the_speaker_has_a_diagnosis_of_its_own() -> None:
    facts = evidence(levels=ZEROS, server=with_sink(volume=0.0))
    assert diagnose(facts) == diagnose_microphone(facts)
    assert diagnose_speaker(facts).what == "the volume of the speaker is at zero"
    assert diagnose_speaker(evidence()).detail == "Desk Speaker, 60 ms latency"


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        (evidence(speaker_error=DeviceMissing("there is no speaker"), server=NONE), Cause.NO_DEVICE),
        (evidence(speaker_error=OTHER, server=replace(SERVER, sinks=(), sink=None)), Cause.NO_DEVICE),
        (evidence(speaker_error=DeviceBusy("the speaker is busy or gone")), Cause.BUSY),
        (evidence(speaker_error=OTHER, server=GONE), Cause.SERVER_GONE),
        (evidence(speaker_error=OTHER, surroundings=FLATPAK), Cause.SANDBOX),
        (evidence(speaker_error=OTHER, surroundings=SNAP), Cause.UNOPENED),
        (evidence(taken=0), Cause.NOTHING),
    ],
)
def test_what_can_be_in_the_speaker_s_way(facts: Evidence, cause: Cause) -> None:
    found = diagnose(facts)
    assert (found.device, found.cause) == ("speaker", cause)


def test_without_a_sound_server_a_device_has_the_system_s_name() -> None:
    assert diagnose(evidence(server=NONE)).what.startswith("default, ")
    assert diagnose(evidence(server=NONE, devices=DEVICES[:1])).what.startswith("the system's default, ")
