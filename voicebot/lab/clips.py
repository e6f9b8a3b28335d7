"""Recordings with what is said in them: out of a folder, a list of some usual kind, or the app's own history.

Of a bad entry it is said where it stands and what is wrong with it, and it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from voicebot.audio.files import sound_seconds
from voicebot.errors import AudioError, UsageError
from voicebot.history import History
from voicebot.history.tree import ALL
from voicebot.lab.manifests import Entry, entries_of

LONGEST, SHORTEST = 30.0, 0.1
"""Seconds that a recogniser takes at once (see `SpeechToText.transcribe`)."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording: its file, what is said in it, in which language (ISO 639-1), its name in the list, its length."""

    path: str
    text: str
    language: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Clips:
    """Those that can be used; `skipped` tells of each other one where it stands and why."""

    clips: tuple[Clip, ...]
    skipped: tuple[str, ...]


def read_clips(source: Path, language: str) -> Clips:
    """What a folder or a list holds; `language` is that of entries which do not say theirs. Blocks.

    See `manifests` for the kinds that are understood. Raises UsageError when no clip is left.
    """
    return checked(entries_of(source), language, str(source))


def checked(entries: Iterable[Entry], language: str, source: str) -> Clips:
    """The entries whose sound can be recognised; raises UsageError when none is left."""
    clips, skipped = [], []
    for entry in entries:
        why = entry.wrong or _wrong(entry)
        if why:
            skipped.append(f"{entry.place}: {why}")
        else:
            seconds = sound_seconds(entry.path)
            told = _code(entry.language) or language
            clips.append(Clip(str(entry.path.absolute()), entry.text.strip(), told, entry.name, round(seconds, 3)))
    if not clips:
        why = skipped[0] if skipped else "it holds no recordings with transcripts"
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        fix = "put NAME.txt beside each NAME.wav, or name a list of files and texts"
        raise UsageError(f"there is no clip to be used in {source}", f"{why}{more}", fix)
    return Clips(tuple(clips), tuple(skipped))


async def recorded(history: History) -> list[Entry]:
    """What was said to the assistant and is still there, newest conversation first.

    Their words are those that the recogniser of the time heard. Raises StorageError.
    """
    found = []
    for conversation in await history.conversations():
        for turn in await history.path(conversation.id, limit=ALL):
            if turn.recording is not None and turn.question.strip():
                place = f"the recording {turn.recording.name}"
                found.append(
                    Entry(place, turn.recording.name, turn.recording, turn.question, turn.question_language)
                )
    return found


def _wrong(entry: Entry) -> str:
    """Why an entry cannot be used, "" when it can."""
    if not entry.text.strip():
        return "there are no words for it"
    try:
        seconds = sound_seconds(entry.path)
    except AudioError as error:
        return ": ".join(filter(None, (error.what, error.why)))
    if seconds > LONGEST:
        return f"{entry.path.name} lasts {seconds:.1f} seconds, more than the {LONGEST:g} that are recognised at once"
    return f"{entry.path.name} lasts {seconds:.2f} seconds, which hold no word" if seconds < SHORTEST else ""


def _code(language: str) -> str:
    """ISO 639-1 out of "en-US", "ko_KR" or "EN"."""
    return language.strip().lower().replace("_", "-").partition("-")[0]


__all__ = ["LONGEST", "Clip", "Clips", "Entry", "checked", "read_clips", "recorded"]
