"""Lists of recordings with their transcripts, in the kinds that people have.

A folder with NAME.txt beside each NAME.wav, or with transcripts.tsv (a file and its words a line), a manifest of its
own (manifest.tsv, .csv, .jsonl, or metadata.csv), LibriSpeech's layout (*.trans.txt, https://www.openslr.org/12) or
Common Voice's (a TSV beside the folder clips, https://commonvoice.mozilla.org); or a TSV, CSV or JSONL by its name.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from voicebot.errors import UsageError

AUDIO = ("audio", "path", "file", "filename", "file_name", "audio_filepath")
TEXT = ("text", "sentence", "transcript", "transcription")
LANGUAGE = ("language", "locale", "lang")
"""What columns are called; the first that is there counts."""
SOUNDS = (".wav", ".flac", ".ogg", ".mp3", ".m4a", ".opus", ".aac")
LISTS = (".tsv", ".csv", ".jsonl")
OWN = ("transcripts.tsv", "manifest.tsv", "manifest.csv", "manifest.jsonl", "metadata.csv", "metadata.jsonl")
COMMON_VOICE = ("test.tsv", "dev.tsv", "validated.tsv", "train.tsv")
"""The lists of Common Voice that are taken unless one is named, the best checked first."""
LONGEST_FIELD = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording of a list: where it stands there, what it is called, and what the list says of it.

    `wrong` says in a few words why it cannot be used, and is "" where nothing is known against it.
    """

    place: str
    name: str
    path: Path
    text: str
    language: str = ""
    wrong: str = ""


def entries_of(source: Path) -> Iterator[Entry]:
    """All entries of a folder or a list; raises UsageError when it is neither, or cannot be read."""
    try:
        if source.is_file():
            return iter(list(_listed(source)))
        if source.is_dir():
            return iter(list(_in_folder(source)))
    except UnicodeDecodeError:
        raise UsageError(f"{source} cannot be read", "it is not UTF-8") from None
    except OSError as error:
        raise UsageError(f"{source} cannot be read", os.strerror(error.errno) if error.errno else "") from None
    raise UsageError(f"there is no folder or list {source}")


def _in_folder(folder: Path) -> Iterator[Entry]:
    names = (*OWN, *(COMMON_VOICE if (folder / "clips").is_dir() else ()))
    if (found := next((folder / name for name in names if (folder / name).is_file()), None)) is not None:
        return _listed(found)
    librispeech = sorted(folder.rglob("*.trans.txt"))
    if librispeech:
        return chain.from_iterable(_librispeech(one, folder) for one in librispeech)
    return _side_by_side(folder)


def _side_by_side(folder: Path) -> Iterator[Entry]:
    sounds = {path.with_suffix(""): path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SOUNDS}
    texts = {path.with_suffix(""): path for path in sorted(folder.rglob("*.txt"))}
    for stem in sorted(sounds.keys() | texts.keys()):
        if stem not in texts and len(texts) == 0:
            continue
        path = sounds.get(stem, stem.with_suffix(".wav"))
        name, place = str(path.relative_to(folder)), str(path if stem in sounds else texts[stem])
        if stem not in texts:
            yield Entry(place, name, path, "", wrong=f"there is no {stem.name}.txt beside it")
        elif stem not in sounds:
            yield Entry(place, name, path, "", wrong="there is no sound file of that name")
        else:
            yield Entry(place, name, path, texts[stem].read_text("utf-8-sig"))


def _librispeech(file: Path, root: Path) -> Iterator[Entry]:
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), start=1):
        if line.strip():
            name, _, text = line.strip().partition(" ")
            found = [file.with_name(name + suffix) for suffix in (".flac", *SOUNDS)]
            path = next((one for one in found if one.is_file()), found[0])
            yield Entry(_place(file, number), _name(path, root), path, text, "en")


def _listed(file: Path) -> Iterator[Entry]:
    if file.suffix.lower() not in LISTS:
        raise UsageError(f"{file} is no list of clips", fix="name a folder, or a .tsv, .csv or .jsonl file")
    rows = _json_rows(file) if file.suffix.lower() == ".jsonl" else _table_rows(file)
    for number, row in rows:
        yield _entry(file, number, row) if isinstance(row, Mapping) else _bad(file, number, row)


def _entry(file: Path, number: int, row: Mapping[str, str]) -> Entry:
    audio, text, language = (_first(row, names) for names in (AUDIO, TEXT, LANGUAGE))
    if not audio:
        return _bad(file, number, "it names no sound file")
    folders = (file.parent, file.parent / "clips")
    path = next((one for folder in folders if (one := folder / audio).is_file()), file.parent / audio)
    return Entry(_place(file, number), audio, path, text, language)


def _bad(file: Path, number: int, why: str) -> Entry:
    return Entry(_place(file, number), "", file, "", wrong=why)


def _json_rows(file: Path) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                yield number, "it is not JSON"
                continue
            is_object = isinstance(row, dict)
            yield number, {k: v for k, v in row.items() if isinstance(v, str)} if is_object else "it is no JSON object"


def _table_rows(file: Path) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    """By the names in the first line, or where it has none: the file, its words, and its language."""
    csv.field_size_limit(LONGEST_FIELD)
    is_tsv = file.suffix.lower() == ".tsv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, delimiter="\t" if is_tsv else ",", quoting=csv.QUOTE_NONE if is_tsv else 0)
        header: Sequence[str] = ()
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield reader.line_num, f"it cannot be read ({error})"
                continue
            if not header:
                header = _header(cells)
                if header is not ORDER:
                    continue
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(header, cells, strict=False))


ORDER = ("audio", "text", "language")


def _header(cells: Sequence[str]) -> Sequence[str]:
    names = [cell.strip().lower() for cell in cells]
    return names if set(names) & set(AUDIO) and set(names) & set(TEXT) else ORDER


def _first(row: Mapping[str, str], names: Sequence[str]) -> str:
    lowered = {key.lower(): value for key, value in row.items()}
    return next((lowered[name].strip() for name in names if lowered.get(name)), "")


def _place(file: Path, number: int) -> str:
    return f"{file} line {number}"


def _name(path: Path, root: Path) -> str:
    return str(path.relative_to(root))
