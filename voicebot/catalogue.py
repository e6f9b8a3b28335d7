"""The models that can be downloaded: what each is, needs and may be used for, and where its files come from.

The catalogue is data, in `models/*.toml`. A model is named as the user names it, engine first: "whisper:base".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voicebot.errors import ModelError
from voicebot.resources import data_root

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
RelativePath = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*\Z")]
"""A file's place inside its model's folder; it cannot lead out of there."""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in the languages that the program speaks."""

    en: str
    ko: str


class ModelFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One file to download. The checksum proves it; `size` in bytes is what is expected, for the disk and the eye."""

    filename: RelativePath
    size: Annotated[int, Meta(gt=0)]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    url: Annotated[str, Meta(pattern=r"^https://")]


class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """A model that one engine can use. The first of its files is the one the engine is given."""

    id: Name
    engine: Name
    description: Words
    languages: tuple[str, ...] | Literal["multilingual"]
    """ISO 639-1."""
    licence: str
    memory: Annotated[int, Meta(gt=0)]
    """Roughly the bytes of RAM it takes once loaded."""
    files: Annotated[tuple[ModelFile, ...], Meta(min_length=1)]
    aliases: tuple[Name, ...] = ()
    remark: Words | None = None

    @property
    def name(self) -> str:
        """As the user names it: "whisper:base"."""
        return f"{self.engine}:{self.id}"

    @property
    def size(self) -> int:
        """Bytes to download, all files together."""
        return sum(file.size for file in self.files)

    def speaks(self, language: str) -> bool:
        """Whether it is meant for `language`, in ISO 639-1."""
        return self.languages == "multilingual" or language in self.languages


class Catalogue(Struct, frozen=True):
    """Every model that the program knows how to fetch."""

    models: tuple[Model, ...]

    @classmethod
    def load(cls, root: Path | None = None) -> Catalogue:
        """Read `models/*.toml` below `root`, the program's own data unless told otherwise. Raises ModelError."""
        folder = (data_root() if root is None else root) / "models"
        models = tuple(model for path in sorted(folder.glob("*.toml")) for model in _read(path))
        if not models:
            raise ModelError("There is no model catalogue", why=f"{folder} holds none", fix="Install Voicebot again")
        _demand_distinct_names(models)
        return cls(models)

    def find(self, name: str) -> Model:
        """The model called `name`: "whisper:base", or "base" where only one engine has such a model.

        Aliases count. Raises ModelError, which suggests the names that are near.
        """
        found = [model for model in self.models if name in _names(model)]
        found = found or [model for model in self.models if name in (model.id, *model.aliases)]
        if len(found) == 1:
            return found[0]
        what = f"More than one model is called {name!r}" if found else f"There is no model called {name!r}"
        near = [model.name for model in found] or self._near(name)
        fix = f"Did you mean {' or '.join(near)}?" if near else "`voicebot models list` shows them all"
        raise ModelError(what, fix=fix)

    def for_engine(self, engine: str) -> tuple[Model, ...]:
        """The engine's models, in the catalogue's order: smallest first; none for an engine that needs none."""
        return tuple(model for model in self.models if model.engine == engine)

    def _near(self, name: str) -> list[str]:
        """Up to three model names that look like `name`, most alike first; an engine's first when it is one's name."""
        engine, _, own = name.partition(":")
        candidates = self.for_engine(engine) or self.models
        if not own and candidates is not self.models:
            return [model.name for model in candidates[:3]]
        everything = {called: model.name for model in candidates for called in (model.id, *model.aliases)}
        close = difflib.get_close_matches(own or name, everything, n=3, cutoff=0.6)
        return list(dict.fromkeys(everything[called] for called in close))


def model_folder(models: Path, model: Model) -> Path:
    """The model's own folder below `models`, which is `Home.models`."""
    return models / model.engine / model.id


def installed_path(models: Path, model: Model) -> Path:
    """Where the file that the engine is given lies, or will lie; further files are beside it. No look at the disk."""
    return model_folder(models, model) / model.files[0].filename


def in_units(count: int) -> str:
    """A number of bytes for people, in decimal units: "75.6 MB"."""
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 999.5:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"


class _Page(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the catalogue."""

    model: tuple[Model, ...]


def _read(path: Path) -> tuple[Model, ...]:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_Page).model
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"{path} cannot be read", why=str(error), fix="Install Voicebot again") from error


def _names(model: Model) -> Iterator[str]:
    yield model.name
    yield from (f"{model.engine}:{alias}" for alias in model.aliases)


def _demand_distinct_names(models: tuple[Model, ...]) -> None:
    taken: set[str] = set()
    for model in models:
        for name in _names(model):
            if name in taken:
                raise ModelError("The model catalogue contradicts itself", why=f"{name} stands in it twice")
            taken.add(name)
