"""Which engines there are, and which one is used: by name, or the best local one that is ready.

An engine is named alone or with a model: "whisper", "whisper:base", "whisper:./small.pt". Left to itself ("auto") the
program never takes one that sends anything off the machine.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from voicebot.catalogue import Catalogue, Model, installed_path
from voicebot.errors import UsageError, VoicebotError
from voicebot.llm.base import LanguageModel
from voicebot.readiness import NotReady, Readiness
from voicebot.resources import Home
from voicebot.secrets import Secrets
from voicebot.settings import Settings
from voicebot.stt.base import SpeechToText
from voicebot.tts.base import TextToSpeech

if TYPE_CHECKING:
    from voicebot.llm.timers import Timers

Engine = TypeVar("Engine", SpeechToText, LanguageModel, TextToSpeech)

BEST_WHISPER = ("small", "base", "medium", "tiny", "large-v3-turbo", "large-v3")
"""The order in which installed Whisper models are taken without being asked: the best that keeps up on a plain CPU."""


@dataclass(frozen=True, slots=True)
class Names:
    """Engines by name; an empty one is the settings'."""

    stt: str = ""
    llm: str = ""
    tts: str = ""


@dataclass(slots=True)
class Workshop:
    """Makes engines out of the person's settings. `timers` ring in a conversation that stays open."""

    settings: Settings
    home: Home
    secrets: Secrets
    catalogue: Catalogue = field(default_factory=Catalogue.load)
    timers: Timers | None = None

    def stt(self, name: str = "") -> SpeechToText:
        """The recogniser called `name`, or the one in the settings; raises UsageError or ModelError."""
        return _make("recogniser", STT, name or self.settings.stt.engine, self, self.best_stt)

    def llm(self, name: str = "") -> LanguageModel:
        """The language model called `name`, or the one in the settings; raises UsageError."""
        return _make("language model", LLM, name or self.settings.llm.engine, self, lambda: "offline")

    def tts(self, name: str = "") -> TextToSpeech:
        """The voice engine called `name`, or the one in the settings; raises UsageError."""
        return _make("voice", TTS, name or self.settings.tts.engine, self, lambda: "pyttsx3")

    def best_stt(self) -> str:
        """The best local recogniser that is ready: an installed Whisper, or PocketSphinx."""
        installed = {model.id: model.name for model in self.installed("whisper")}
        return next((installed[id_] for id_ in BEST_WHISPER if id_ in installed), "sphinx")

    def installed(self, engine: str) -> list[Model]:
        """The models of an engine that lie on this machine."""
        models = self.catalogue.for_engine(engine)
        return [model for model in models if installed_path(self.home.models, model).is_file()]

    def key(self, name: str) -> Callable[[], str | None]:
        """Gets a key when it is needed: it is never kept here."""

        def reveal() -> str | None:
            secret = self.secrets.get(name)
            return secret.reveal() if secret is not None else None

        return reveal

    def voices(self) -> dict[str, str]:
        """The voices that the person chose, by language."""
        chosen = {"en": self.settings.tts.voice, "ko": self.settings.tts.voice_ko}
        return {language: voice for language, voice in chosen.items() if voice}


Maker = Callable[[Workshop, str], Engine]


def _make(
    kind: str, makers: Mapping[str, Maker[Engine]], name: str, workshop: Workshop, best: Callable[[], str]
) -> Engine:
    engine, _, model = (best() if name == "auto" else name).partition(":")
    if engine not in makers:
        near = difflib.get_close_matches(engine, makers, n=1)
        fix = f"did you mean {near[0]}?" if near else f"there are: auto, {', '.join(makers)}"
        raise UsageError(f"there is no {kind} called {engine!r}", fix=fix)
    return makers[engine](workshop, model)


def usable(workshop: Workshop, names: Names) -> tuple[Names, list[VoicebotError]]:
    """The engines to take when those of the settings cannot be made (a typing error, a model that is not known).

    The best local one stands in for each such engine; what was wrong with it is told. An engine that was named
    beside the settings is left as it is.
    """
    wrong: list[VoicebotError] = []
    taken = {}
    for stage in ("stt", "llm", "tts"):
        taken[stage] = getattr(names, stage)
        try:
            getattr(workshop, stage)(taken[stage])
        except VoicebotError as error:
            if not taken[stage]:
                taken[stage] = "auto"
                wrong.append(error)
    return Names(**taken), wrong


def readiness_of_all(workshop: Workshop) -> list[tuple[str, str, bool, Readiness]]:
    """Every engine but the scripted ones: its stage, name, whether it is local, and whether it can run."""
    found: list[tuple[str, str, bool, Readiness]] = []
    for stage, makers in (("stt", STT), ("llm", LLM), ("tts", TTS)):
        for name in makers:
            if name != "scripted":
                engine = makers[name](workshop, "")
                found.append((stage, name, engine.local, engine.ready()))
    return found


def best_or_none(workshop: Workshop, name: str = "") -> TextToSpeech | None:
    """The voice asked for; or none when it was not asked for by name and cannot run here."""
    engine = workshop.tts(name)
    asked_for = bool(name) or workshop.settings.tts.engine != "auto"
    return None if not asked_for and isinstance(engine.ready(), NotReady) else engine


# -- one maker an engine; each imports its module only when it is wanted ---------------------------------------------


def _sphinx(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.sphinx import Sphinx

    return Sphinx(patience=workshop.settings.limits.stt)


def _whisper(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.whisper import Whisper

    if not model:
        installed = {one.id for one in workshop.installed("whisper")}
        model = next((id_ for id_ in BEST_WHISPER if id_ in installed), "base")
    if model.endswith(".pt") or "/" in model or "\\" in model:
        return Whisper(Path(model).expanduser(), f"whisper:{Path(model).stem}")
    entry = workshop.catalogue.find(f"whisper:{model}")
    return Whisper(installed_path(workshop.home.models, entry), entry.name)


def _stt_openai(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.openai import OpenAiRecogniser

    settings = workshop.settings.stt
    return OpenAiRecogniser(workshop.key("openai"), settings.base_url or None, model or settings.openai_model)


def _stt_scripted(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.scripted import ScriptedSpeechToText

    return ScriptedSpeechToText()


def _offline(workshop: Workshop, model: str) -> LanguageModel:
    from voicebot.llm.offline import Offline

    return Offline(timers=workshop.timers)


def _llm_openai(workshop: Workshop, model: str) -> LanguageModel:
    from voicebot.llm.openai import OpenAiModel

    settings = workshop.settings.llm
    return OpenAiModel(
        workshop.key("openai"),
        settings.base_url or None,
        model or settings.openai_model,
        system_prompt=settings.system_prompt or PERSONA,
        temperature=settings.temperature,
        top_p=settings.top_p,
        max_tokens=settings.max_tokens,
        context_tokens=settings.context_tokens,
    )


def _llm_scripted(workshop: Workshop, model: str) -> LanguageModel:
    from voicebot.llm.scripted import ScriptedLanguageModel, replies_in

    return ScriptedLanguageModel(replies_in(Path(model))) if model else ScriptedLanguageModel()


def _pyttsx3(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.pyttsx3 import Pyttsx3

    return Pyttsx3()


def _gtts(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.gtts import Gtts

    return Gtts()


def _tts_openai(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.openai import OpenAiVoice

    settings = workshop.settings.tts
    return OpenAiVoice(
        workshop.key("openai"), settings.base_url or None, model or settings.openai_model, settings.openai_voice
    )


def _tts_scripted(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.scripted import ScriptedTextToSpeech

    return ScriptedTextToSpeech()


PERSONA = (
    "You are Voicebot, a voice assistant on the user's desktop. Your words are spoken aloud: answer in short, plain"
    " sentences, without lists, tables or markup unless they are asked for. Answer in the language of the question."
)

STT: dict[str, Maker[SpeechToText]] = {
    "sphinx": _sphinx, "whisper": _whisper, "openai": _stt_openai, "scripted": _stt_scripted,
}  # fmt: skip
LLM: dict[str, Maker[LanguageModel]] = {"offline": _offline, "openai": _llm_openai, "scripted": _llm_scripted}
TTS: dict[str, Maker[TextToSpeech]] = {
    "pyttsx3": _pyttsx3, "gtts": _gtts, "openai": _tts_openai, "scripted": _tts_scripted,
}  # fmt: skip
