"""The models that can be downloaded: what each is, needs and may be used for, and where its files come from.

The catalogue is data, in `models/*.toml`. A model is named as the user names it, engine first: "whisper:base".
"""

from __future__ import annotations

import difflib
import fnmatch
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voicebot.errors import ModelError
from voicebot.resources import data_root

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
RelativePath = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*\Z")]
"""A file's place inside its model's folder; it cannot lead out of there."""
Pattern = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_*?][A-Za-z0-9._*?-]*(/[A-Za-z0-9_*?][A-Za-z0-9._*?-]*)*\Z")]
"""A relative path in which `*` stands for any characters, slashes too, and `?` for one, as for huggingface_hub."""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in the languages that the program speaks."""

    en: str
    ko: str


class Prompts(Struct, frozen=True, forbid_unknown_fields=True):
    """What an embedding model wants to read before a question, and before a passage: "query: ", say."""

    query: str = ""
    passage: str = ""


class ModelFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One file to download. The checksum proves it; `size` in bytes is what is expected, for the disk and the eye."""

    filename: RelativePath
    size: Annotated[int, Meta(gt=0)]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    url: Annotated[str, Meta(pattern=r"^https://")]


class Hub(Struct, frozen=True, forbid_unknown_fields=True):
    """A model in a Hugging Face repository. What its files weigh and prove to be, the hub is asked at the download."""

    repository: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
    files: Annotated[tuple[Pattern, ...], Meta(min_length=1)]
    """Each must be there. The first is a name; others may be patterns, such as "*.safetensors"."""
    size: Annotated[int, Meta(gt=0)]
    """Bytes of all of them together, roughly, for the eye before the hub was asked."""
    optional: tuple[Pattern, ...] = ()
    """Taken as well where the repository has them."""
    revision: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*\Z")] = "main"
    """A branch, a tag or a commit."""

    def __post_init__(self) -> None:
        if set("*?") & set(self.files[0]):
            raise ValueError("the first of the hub's files must be a name, not a pattern")

    def wants(self, filename: str) -> bool:
        """Whether the file of this name in the repository belongs to the model."""
        return any(fnmatch.fnmatchcase(filename, pattern) for pattern in (*self.files, *self.optional))

    def lacking(self, filenames: Iterable[str]) -> tuple[str, ...]:
        """Which of `files` none of these is."""
        there = tuple(filenames)
        return tuple(one for one in self.files if not fnmatch.filter(there, one))


class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """A model that one engine can use: from the web address of each file, or from a `hub`.

    The first of its files is the one the engine is given.
    """

    id: Name
    engine: Name
    description: Words
    languages: tuple[str, ...] | Literal["multilingual"]
    """ISO 639-1."""
    licence: str
    memory: Annotated[int, Meta(gt=0)]
    """Roughly the bytes of RAM it takes once loaded."""
    files: tuple[ModelFile, ...] = ()
    aliases: tuple[Name, ...] = ()
    remark: Words | None = None
    hub: Hub | None = None
    prompts: Prompts | None = None
    """Of an embedding model whose files do not say it themselves."""

    def __post_init__(self) -> None:
        if bool(self.files) is (self.hub is not None):
            raise ValueError("a model has either files or a hub")

    @property
    def name(self) -> str:
        """As the user names it: "whisper:base"."""
        return f"{self.engine}:{self.id}"

    @property
    def size(self) -> int:
        """Bytes to download, all files together; roughly, where a hub has them."""
        return self.hub.size if self.hub is not None else sum(file.size for file in self.files)

    @property
    def first_file(self) -> str:
        """The name of the file that the engine is given."""
        return self.hub.files[0] if self.hub is not None else self.files[0].filename

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
    """The model's own folder below `models`, which is `Home.models`: its files lie there under their own names."""
    return models / model.engine / model.id


def installed_path(models: Path, model: Model) -> Path:
    """Where the file that the engine is given lies, or will lie; further files are beside it. No look at the disk."""
    return model_folder(models, model) / model.first_file


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
