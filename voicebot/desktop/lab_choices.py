"""What can be compared in the Lab: the recognisers and voices that can run here, and plans made of those chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicebot.engines import Workshop, readiness_of_all
from voicebot.errors import VoicebotError
from voicebot.readiness import Ready

if TYPE_CHECKING:
    from voicebot.lab.manifests import Entry
    from voicebot.lab.runs import Plan
    from voicebot.lab.texts import Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recogniser or a voice by the name that a plan takes; `engine` alone, `detail` the model or the voice of it."""

    name: str
    engine: str
    detail: str
    local: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    recognisers: tuple[Candidate, ...] = ()
    voices: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a run. `source` is a folder or a file, "" for the recordings or the built-in texts."""

    kind: str
    source: str = ""
    language: str = "en"
    recognisers: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    stresses: tuple[str, ...] = ()


async def candidates(workshop: Workshop) -> Candidates:
    """Those that are ready; no service is asked for anything, so of one there is its own best voice alone."""
    import asyncio

    ready = await asyncio.to_thread(_ready, workshop)
    recognisers = [one for stage, name, local in ready if stage == "stt" for one in _models(workshop, name, local)]
    voices: list[Candidate] = []
    for name, local in [(name, local) for stage, name, local in ready if stage == "tts"]:
        voices += await _voices(workshop, name) if local else [Candidate(name, name, "", local)]
    return Candidates(tuple(recognisers), tuple(voices))


def _ready(workshop: Workshop) -> list[tuple[str, str, bool]]:
    found = [(stage, name, local) for stage, name, local, is_ready in readiness_of_all(workshop)
             if isinstance(is_ready, Ready)]  # fmt: skip
    for stage in ("stt", "tts"):  # one with a model of the person's own, which no list has
        chosen = getattr(workshop.settings, stage).engine
        plain = {name for of, name, _ in found if of == stage}
        if chosen != "auto" and chosen not in plain:
            found += _own(workshop, stage, chosen)
    return found


def _own(workshop: Workshop, stage: str, name: str) -> list[tuple[str, str, bool]]:
    try:
        engine = getattr(workshop, stage)(name)
    except VoicebotError:
        return []
    return [(stage, name, engine.local)] if isinstance(engine.ready(), Ready) else []


def _models(workshop: Workshop, name: str, local: bool) -> list[Candidate]:
    """A recogniser once for each of its models that are here."""
    engine, _, model = name.partition(":")
    names = [name] if model else [one.name for one in workshop.installed(name)] or [name]
    return [Candidate(one, engine, one.partition(":")[2], local) for one in names]


async def _voices(workshop: Workshop, name: str) -> list[Candidate]:
    """The voices of an engine on this machine that speak a language of the settings'."""
    languages = set(workshop.settings.stt.languages)
    try:
        engine = workshop.tts(name)
        try:
            found = [one for one in await engine.voices() if not one.languages or languages & set(one.languages)]
        finally:
            await engine.close()
    except VoicebotError:
        found = []
    if not found or ":" in name:
        return [Candidate(name, name.partition(":")[0], name.partition(":")[2], True)]
    return [Candidate(f"{name}/{one.id}", name, one.name, True) for one in found]


def planned(choices: Choices, entries: Iterable[Entry] = ()) -> Plan:
    """The plan of a run; `entries` are the app's recordings. Blocks. Raises UsageError or EngineUnavailable."""
    from voicebot.lab import roundtrip, stt, tts
    from voicebot.lab.clips import checked, read_clips

    if choices.kind == "stt":
        source, language = Path(choices.source).expanduser(), choices.language
        found = read_clips(source, language) if choices.source else checked(entries, language, "the app's recordings")
        return stt.plan(choices.recognisers, found.clips, choices.stresses, skipped=found.skipped)
    texts = _texts(choices)
    if choices.kind == "tts":
        return tts.plan(choices.voices, texts, next(iter(choices.recognisers), ""))
    return roundtrip.plan(choices.voices, choices.recognisers, texts)


def _texts(choices: Choices) -> list[Text]:
    from voicebot.lab.texts import built_in, read_texts

    languages = (choices.language,)
    return read_texts(Path(choices.source).expanduser(), languages) if choices.source else built_in(languages)


def senders(workshop: Workshop, plan: Plan) -> list[dict[str, str]]:
    """What of a plan sends anything off the machine, as {stage, name}; an engine that is unknown sends nothing."""
    options: dict[str, Any] = plan.options
    recognisers = options.get("engines", []) or options.get("recognisers", []) or [options.get("recogniser", "")]
    named = [("stt", one) for one in recognisers if one]
    named += [("tts", one) for one in options.get("voices", [])]
    return [{"stage": stage, "name": name} for stage, name in named if _sends(workshop, stage, name)]


def _sends(workshop: Workshop, stage: str, name: str) -> bool:
    from voicebot.lab.speaking import VoiceName, make_voice

    try:
        if stage == "tts":
            return not make_voice(workshop, VoiceName.parse(name).engine).local
        return not workshop.stt(name).local
    except VoicebotError:
        return False
