"""What the window says beside the conversation, in the language of now."""

from __future__ import annotations

import pytest

from voicebot.desktop.notices import Notices
from voicebot.desktop.words import Words
from voicebot.events import DeviceFound, DeviceLost, Failed, Notice

pytestmark = pytest.mark.usefixtures("qt")


def test_failures_of_no_turn_and_notices_pass_by() -> None:
    notices = Notices(Words("en"))
    said: list[tuple[str, str]] = []
    notices.said.connect(lambda *pair: said.append(pair))
    notices.apply(Failed(0, "command", "it broke", "no reason", "mend it"))
    notices.apply(Failed(3, "llm", "the conversation says so"))
    notices.apply(Notice(3, "an utterance may last 30 seconds; what came after was not taken"))
    assert [kind for _, kind in said] == ["failure", "notice"]
    assert all(word in said[0][0].lower() for word in ("it broke", "no reason", "mend it"))


def test_the_banner_stays_until_the_device_is_back_and_follows_the_language() -> None:
    words = Words("en")
    notices = Notices(words)
    changes: list[str] = []
    notices.bannerChanged.connect(lambda: changes.append(notices.property("banner")))
    lost = "the microphone stopped working", "plug it in again, or choose another"
    notices.apply(DeviceLost(0, "microphone", *lost))
    notices.apply(DeviceLost(0, "speaker", "the speaker stopped working"))
    english = notices.property("banner")
    assert "microphone stopped working" in english
    words.use("ko")
    assert notices.property("banner") not in ("", english)
    words.use("en")
    notices.apply(DeviceFound(0, "microphone"))
    assert "speaker" in notices.property("banner")
    notices.apply(DeviceFound(0, "a device that was not lost"))
    notices.dismiss()
    assert notices.property("banner") == ""
    assert changes[-1] == ""
