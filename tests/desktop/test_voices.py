"""The voices on the screen: asked for over a network, of another engine, and fetched to be used."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.desktop.model_site import Site, serving
from tests.desktop.running import Engines, Window, until, window
from voicebot.assistant import Assistant
from voicebot.catalogue import Catalogue, Model, ModelFile
from voicebot.catalogue import Words as Text
from voicebot.desktop.models import Models
from voicebot.desktop.voices import Voices
from voicebot.errors import Unreachable
from voicebot.settings import TtsSettings
from voicebot.tts.base import Voice
from voicebot.tts.scripted import ScriptedTextToSpeech

pytestmark = pytest.mark.usefixtures("qt")
OFFLINE = Unreachable("The service cannot be reached", "nothing answers there", "Check the network connection")


@dataclass(slots=True)
class Service(ScriptedTextToSpeech):
    """Lists its voices when the gate is open: it is far away."""

    has: tuple[Voice, ...] = (Voice("ann", "Ann", ("en",)), Voice("bo", "보", ("ko",)), Voice("any", "Any"))
    failure: Unreachable | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def voices(self) -> list[Voice]:
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        return list(self.has)


class Shown:
    def __init__(self, app: Window, service: Service) -> None:
        self.app = app
        self.service = service
        self.voices = app.root.voices

    def let(self, *, open_: bool, failure: Unreachable | None = None) -> None:
        """Have the service answer from now on, or not yet; or fail."""
        self.service.failure = failure
        gate = self.service.gate
        done: list[object] = []
        self.app.core.ask(lambda _: gate.set() if open_ else gate.clear(), done.append)
        until(lambda: done)

    def english(self) -> list[str]:
        return [one["id"] for one in self.voices.property("english")]

    def korean(self) -> list[str]:
        return [one["id"] for one in self.voices.property("korean")]

    def answered(self) -> None:
        until(lambda: not self.voices.property("looking"), "the voices")

    def use(self, engine: Service) -> None:
        def change(assistant: Assistant) -> None:
            assistant.use_tts(engine)

        self.app.core.do(change)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    service = Service()
    with window(Engines(tts=service, file=tmp_path / "history.db")) as app:
        yield Shown(app, service)


def test_they_are_waited_for_without_a_fault(shown: Shown) -> None:
    shown.voices.refresh()
    assert shown.voices.property("looking")
    assert (shown.english(), shown.voices.property("fault")) == ([""], "")
    shown.let(open_=True)
    shown.answered()
    assert (shown.english(), shown.korean()) == (["", "ann", "any"], ["", "bo", "any"])


def test_a_service_that_fails_is_told_in_one_line_and_asked_again(shown: Shown) -> None:
    shown.let(open_=True, failure=OFFLINE)
    shown.voices.refresh()
    shown.answered()
    assert shown.voices.property("fault") == (
        "The service cannot be reached: nothing answers there. Check the network connection"
    )
    shown.app.root.words.use("ko")
    assert "네트워크" in shown.voices.property("fault")
    assert not shown.app.said, "it stands where it was asked for, and nowhere else"
    shown.let(open_=True)
    shown.voices.refresh()
    shown.answered()
    assert (shown.english()[1], shown.voices.property("fault")) == ("ann", "")


def test_an_answer_of_the_engine_before_is_too_late(shown: Shown) -> None:
    shown.voices.refresh()
    quick = Service(has=(Voice("cy", "Cy", ("en",)),))
    quick.gate.set()
    shown.use(quick)
    shown.voices.refresh()
    shown.answered()
    shown.let(open_=True)
    asked: list[int] = []
    shown.app.core.ask(lambda _: 0, asked.append)
    until(lambda: asked)
    assert shown.english() == ["", "cy"]


def test_each_engine_has_its_own_voice_and_finds_it_again(shown: Shown) -> None:
    set_, settings = shown.app.root.preferences.set, shown.app.root.preferences
    set_("tts.engine", "pyttsx3")
    set_("tts.voice", "theirs")
    set_("tts.voice_ko", "그들의")
    set_("tts.engine", "gtts")
    assert (settings.settings.tts.voice, settings.settings.tts.voice_ko) == ("", "")
    set_("tts.voice", "google's")
    set_("tts.engine", "pyttsx3")
    assert (settings.settings.tts.voice, settings.settings.tts.voice_ko) == ("theirs", "그들의")
    set_("tts.engine", "gtts")
    assert settings.settings.tts.voice == "google's"


def test_a_voice_that_the_environment_gives_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEBOT_TTS_VOICE", "given")
    with window(Engines(file=tmp_path / "history.db")) as app:
        app.root.preferences.set("tts.engine", "gtts")
        assert app.root.preferences.settings.tts.voice == "given"


# -- voices to download ------------------------------------------------------------------------------------------------


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(b"a voice" * 1000) as made:
        yield made


class Fetching:
    """The voices over a catalogue of two. Which engine speaks is said by the test: only its name matters here."""

    def __init__(self, app: Window, site: Site) -> None:
        self.preferences = app.root.preferences
        home, words, catalogue = app.root._opened.home.models, app.root.words, _catalogue(site)
        models = Models(app.core, home, lambda: site.url, words, catalogue, app.root)
        self.voices = Voices(app.core, self.preferences, models, catalogue, words, app.root)
        self.offers = self.voices.property("offers")

    @property
    def tts(self) -> TtsSettings:
        return self.preferences.settings.tts

    def chosen(self) -> list[str]:
        return [row["title"] for row in self.offers.property("rows") if row["chosen"]]


def _catalogue(site: Site) -> Catalogue:
    sha256 = hashlib.sha256(site.file).hexdigest()

    def voice(id_: str) -> Model:
        file = ModelFile(f"{id_}.onnx", len(site.file), sha256, f"https://voices.invalid/{id_}.onnx")
        return Model(id_, "piper", Text("A voice", "음성"), ("en",), "CC0", 1, (file,))

    return Catalogue((voice("amy"), voice("bob")))


@pytest.fixture
def fetching(tmp_path: Path, site: Site) -> Iterator[Fetching]:
    with window(Engines(file=tmp_path / "history.db")) as app:
        yield Fetching(app, site)


def test_a_voice_is_fetched_and_chosen_once_its_engine_speaks(fetching: Fetching) -> None:
    fetching.preferences.set("tts.engine", "gtts")
    fetching.offers.take("piper:amy")
    until(lambda: fetching.tts.engine == "auto", "the engine")
    assert fetching.tts.voice == "", "the engine before does not know it"
    fetching.voices.follow_engine("pyttsx3")
    assert fetching.tts.voice == ""
    fetching.voices.follow_engine("piper+pyttsx3")
    assert (fetching.tts.voice, fetching.tts.voice_ko) == ("amy", "")
    assert fetching.chosen() == ["amy"]
    fetching.offers.take("piper:bob")
    until(lambda: fetching.tts.voice == "bob", "the other")
    assert fetching.chosen() == ["bob"]


def test_another_engine_that_is_chosen_meanwhile_stays(fetching: Fetching) -> None:
    fetching.offers.take("piper:amy")
    until(lambda: fetching.voices._awaited is not None, "the voice")
    fetching.preferences.set("tts.engine", "gtts")
    fetching.voices.follow_engine("piper+pyttsx3")
    assert (fetching.tts.engine, fetching.tts.voice) == ("gtts", "")
