"""What Voicebot is made of: each library with its version and licence, as the libraries themselves say.

Beside Python's packages a packaged program brings libraries of the system; when it is built they are written down in
`components.json`, with where each comes from (packaging/frozen/inventory.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from voicebot.resources import data_root

LONGEST = 60
"""Characters of a licence's name: some packages put the whole text there."""
CLASSIFIER = "License :: OSI Approved :: "
UNKNOWN = "?"
POINTS = 12


@dataclass(frozen=True, slots=True)
class Component:
    """`licence` as an SPDX expression where the package has one; `source` is where it comes from."""

    name: str
    version: str
    licence: str
    source: str = ""


def components(root: Path | None = None) -> list[Component]:
    """Everything that is inside, by name. Reads hundreds of small files: not for the thread of the screen."""
    found = {_key(one.name): one for one in (*_of_the_system(root or data_root()), *_of_python(distributions()))}
    return [found[key] for key in sorted(found)]


def licence_texts(root: Path | None = None) -> Path | None:
    """The folder with every licence's text, in a packaged program."""
    folder = (root or data_root()) / "licences"
    return folder if folder.is_dir() else None


def changes(root: Path | None = None) -> list[str]:
    """What is new, by the first section of CHANGELOG.md: its first `POINTS`, a line each; none where there is none."""
    file = (root or data_root()) / "CHANGELOG.md"
    text = file.read_text("utf-8") if file.is_file() else ""
    newest = text.partition("\n## ")[2].partition("\n## ")[0]
    points = re.findall(r"^- (.*(?:\n  .*)*)", newest, re.MULTILINE)
    return [" ".join(re.sub("[`*]", "", point).split()) for point in points[:POINTS]]


def licence_of(one: Distribution) -> str:
    """What a package says its licence is: the expression, else the short field, else its classifiers."""
    said = one.metadata
    if "License-Expression" in said:
        return said["License-Expression"]
    classifiers = [text.removeprefix(CLASSIFIER) for text in said.get_all("Classifier") or [] if CLASSIFIER in text]
    field = said["License"].strip() if "License" in said else ""
    if field and len(field) <= LONGEST and "\n" not in field and field.upper() != "UNKNOWN":
        return field
    return ", ".join(classifiers) or UNKNOWN


def _of_python(found: Iterable[Distribution]) -> Iterator[Component]:
    for one in found:
        if one.metadata["Name"]:
            yield Component(one.metadata["Name"], one.version, licence_of(one), "PyPI")


def _of_the_system(root: Path) -> list[Component]:
    file = root / "components.json"
    return [Component(**one) for one in json.loads(file.read_text("utf-8"))] if file.is_file() else []


def _key(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
