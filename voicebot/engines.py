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

from voicebot.catalogue import Catalogue, Model, installed_path, model_folder
from voicebot.errors import UsageError, VoicebotError
from voicebot.llm.base import LanguageModel
from voicebot.readiness import NotReady, Readiness
from voicebot.resources import Home
from voicebot.secrets import Secrets
from voicebot.settings import Settings
from voicebot.spending import Account
from voicebot.stt.base import SpeechToText
from voicebot.tts.base import TextToSpeech

if TYPE_CHECKING:
    from voicebot.llm.timers import Timers
    from voicebot.tts.piper import Piper

Engine = TypeVar("Engine", SpeechToText, LanguageModel, TextToSpeech)

BEST_WHISPER = ("small", "base", "medium", "tiny", "large-v3-turbo", "large-v3")
"""The order in which installed Whisper models are taken without being asked: the best that keeps up on a plain CPU."""

BEST_BRAIN = ("kanana-1.5-2.1b", "qwen3-1.7b", "qwen2.5-0.5b")
"""The order in which installed language models are taken without being asked: who fetched the larger wants it."""


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
    meter: Account = field(init=False)
    """Counts what paid engines use; each of them is handed it."""

    def __post_init__(self) -> None:
        self.meter = Account(self.home.spending_file, lambda: self.settings.spending.cap)

    def stt(self, name: str = "") -> SpeechToText:
        """The recogniser called `name`, or the one in the settings; raises UsageError or ModelError."""
        return _make("recogniser", STT, name or self.settings.stt.engine, self, self.best_stt)

    def llm(self, name: str = "") -> LanguageModel:
        """The language model called `name`, or the one in the settings; raises UsageError."""
        return _make("language model", LLM, name or self.settings.llm.engine, self, self.best_llm)

    def tts(self, name: str = "") -> TextToSpeech:
        """The voice engine called `name`, or the one in the settings; raises UsageError or ModelError."""
        asked_for = name or self.settings.tts.engine
        return self.best_tts() if asked_for == "auto" else _make("voice", TTS, asked_for, self, lambda: "pyttsx3")

    def best_stt(self) -> str:
        """The best local recogniser that is ready: an installed Whisper, or PocketSphinx.

        Of two of one size openai-whisper's: it is the quicker for an utterance (docs/decisions/0007).
        """
        from voicebot.stt.faster_whisper import library_is_installed

        engines = ("whisper", "faster-whisper") if library_is_installed() else ("whisper",)
        names = [f"{engine}:{id_}" for id_ in BEST_WHISPER for engine in engines]
        installed = {model.name for engine in engines for model in self.installed(engine)}
        return next((name for name in names if name in installed), "sphinx")

    def best_tts(self) -> TextToSpeech:
        """Piper in the languages for which it has a voice here, the system's voice in the others, or in all."""
        from voicebot.tts.by_language import ByLanguage

        piper, system, languages = _piper(self, ""), _pyttsx3(self, ""), self.settings.stt.languages
        return ByLanguage(piper, system, tuple(languages)) if piper.languages() & set(languages) else system

    def best_llm(self) -> str:
        """The best local language model that is ready: one that is installed, or the assistant's own skills."""
        from voicebot.llm.transformers import library_is_installed

        best = self.installed_brain()
        return best.name if best is not None and library_is_installed() else "offline"

    def installed_brain(self) -> Model | None:
        """The best of the installed models for the engine transformers."""
        installed = {model.id: model for model in self.installed("transformers")}
        return next((installed[id_] for id_ in BEST_BRAIN if id_ in installed), None)

    def installed(self, engine: str) -> list[Model]:
        """The models of an engine that lie on this machine."""
        from voicebot.downloads import installed

        return [model for model in self.catalogue.for_engine(engine) if installed(model, self.home.models)]

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
                found.append((stage, name, *_readiness(makers[name], workshop)))
    return found


def _readiness(
    make: Callable[[Workshop, str], SpeechToText | LanguageModel | TextToSpeech], workshop: Workshop
) -> tuple[bool, Readiness]:
    """Whether an engine is local and can run; one that cannot even be made keeps no other out of the list."""
    try:
        engine = make(workshop, "")
    except VoicebotError as error:
        return True, NotReady(error.what, error.fix)
    return engine.local, engine.ready()


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


def _faster_whisper(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.faster_whisper import FasterWhisper

    if "/" in model or "\\" in model:
        return FasterWhisper(Path(model).expanduser(), f"faster-whisper:{Path(model).name}", is_own=True)
    if not model:
        installed = {one.id for one in workshop.installed("faster-whisper")}
        model = next((id_ for id_ in BEST_WHISPER if id_ in installed), "base")
    entry = workshop.catalogue.find(f"faster-whisper:{model}")
    return FasterWhisper(model_folder(workshop.home.models, entry), entry.name)


def _stt_openai(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.openai import OpenAiRecogniser

    settings = workshop.settings.stt
    return OpenAiRecogniser(
        workshop.key("openai"), settings.base_url or None, model or settings.openai_model, meter=workshop.meter
    )


def _google(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.google import Google

    return Google()


def _stt_scripted(workshop: Workshop, model: str) -> SpeechToText:
    from voicebot.stt.scripted import ScriptedSpeechToText

    return ScriptedSpeechToText()


def _offline(workshop: Workshop, model: str) -> LanguageModel:
    from voicebot.llm.offline import Offline

    return Offline(timers=workshop.timers)


def _transformers(workshop: Workshop, model: str) -> LanguageModel:
    from voicebot.llm.offline import Offline
    from voicebot.llm.skilled import Skilled
    from voicebot.llm.transformers import Transformers
    from voicebot.llm.transformers_model import Manner

    settings = workshop.settings.llm
    if "/" in model or "\\" in model:
        folder, name, download = Path(model).expanduser(), f"transformers:{Path(model).name}", ""
    else:
        best = workshop.installed_brain()
        entry = workshop.catalogue.find(f"transformers:{model or (best.id if best else BEST_BRAIN[-1])}")
        folder, name = model_folder(workshop.home.models, entry), entry.name
        download = f"voicebot models download {name}"
    manner = Manner(settings.temperature, settings.top_p, settings.max_tokens, settings.context_tokens)
    adapter = Path(settings.adapter).expanduser() if settings.adapter else None
    prompt = settings.system_prompt or PERSONA
    brain = Transformers(folder, name, prompt, manner, adapter, settings.device, download)
    return Skilled(brain, Offline(timers=workshop.timers))


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
        meter=workshop.meter,
    )


def _llm_scripted(workshop: Workshop, model: str) -> LanguageModel:
    from voicebot.llm.scripted import ScriptedLanguageModel, replies_in

    return ScriptedLanguageModel(replies_in(Path(model))) if model else ScriptedLanguageModel()


def _pyttsx3(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.pyttsx3 import Pyttsx3

    return Pyttsx3()


def _piper(workshop: Workshop, model: str) -> Piper:
    from voicebot.tts.piper import Piper

    folder = workshop.home.models / "piper"
    if not model:
        preferred = [one.id for one in workshop.catalogue.for_engine("piper")]
        return Piper(folder, preferred=preferred, language=workshop.settings.stt.languages[0])
    only = folder / f"{model}.onnx"  # one that the person put there
    if model.endswith(".onnx") or "/" in model or "\\" in model:
        only = Path(model).expanduser()
    elif not only.is_file():
        only = installed_path(workshop.home.models, workshop.catalogue.find(f"piper:{model}"))
    return Piper(folder, only, f"piper:{only.stem}")


def _gtts(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.gtts import Gtts

    return Gtts()


def _tts_openai(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.openai import OpenAiVoice

    settings = workshop.settings.tts
    return OpenAiVoice(
        workshop.key("openai"),
        settings.base_url or None,
        model or settings.openai_model,
        settings.openai_voice,
        meter=workshop.meter,
    )


def _edge(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.edge import Edge

    return Edge()


def _elevenlabs(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.elevenlabs import ElevenLabs

    settings = workshop.settings.tts
    return ElevenLabs(
        workshop.key("elevenlabs"),
        model or settings.elevenlabs_model,
        settings.elevenlabs_voice,
        meter=workshop.meter,
    )


def _tts_scripted(workshop: Workshop, model: str) -> TextToSpeech:
    from voicebot.tts.scripted import ScriptedTextToSpeech

    return ScriptedTextToSpeech()


PERSONA = (
    "You are Voicebot, a voice assistant on the user's desktop. Your words are spoken aloud: answer in short, plain"
    " sentences, without lists, tables or markup unless they are asked for. Answer in the language of the question."
)

STT: dict[str, Maker[SpeechToText]] = {
    "sphinx": _sphinx, "whisper": _whisper, "faster-whisper": _faster_whisper, "google": _google,
    "openai": _stt_openai, "scripted": _stt_scripted,
}  # fmt: skip
LLM: dict[str, Maker[LanguageModel]] = {
    "offline": _offline, "transformers": _transformers, "openai": _llm_openai, "scripted": _llm_scripted,
}  # fmt: skip
TTS: dict[str, Maker[TextToSpeech]] = {
    "piper": _piper, "pyttsx3": _pyttsx3, "gtts": _gtts, "edge": _edge, "elevenlabs": _elevenlabs,
    "openai": _tts_openai, "scripted": _tts_scripted,
}  # fmt: skip
