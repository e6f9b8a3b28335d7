"""The catalogue's models of one engine as an offer: one click fetches a model, and puts it to use once it is here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot

from voicebot.catalogue import Catalogue, Model
from voicebot.desktop.memory import free_memory
from voicebot.desktop.models import ROLES, Models
from voicebot.desktop.words import Words

ROOMY = 2
"""A model is recommended where it takes at most this part of the free memory: other programs run too."""


class Offers(QObject):
    """`rows` lists the models of `engine`: what `Models` tells of each, and besides

    - `title`: its name without the engine's
    - `recommended`, `fits`: it is the one to take here; it fits the free memory
    - `wanted`, `chosen`: it is put to use when it is here, or was

    `best_first` when the catalogue has the best before the others: of language models the last is the most able.
    `use` puts a model to use, at once or after a download; `is_chosen` says whether that was done.
    """

    changed = Signal()

    def __init__(
        self,
        engine: str,
        models: Models,
        catalogue: Catalogue,
        words: Words,
        use: Callable[[Model], None],
        is_chosen: Callable[[Model], bool],
        parent: QObject | None = None,
        *,
        best_first: bool = False,
        free: Callable[[], int | None] = free_memory,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._words = words
        self._use = use
        self._is_chosen = is_chosen
        self._best_first = best_first
        self._measure = free
        self._free: int | None = None
        self._wanted = ""
        self._offered = {row: model for row, model in enumerate(catalogue.models) if model.engine == engine}
        models.dataChanged.connect(self.changed)
        models.installedChanged.connect(self._came_or_went)
        words.changed.connect(self.changed)

    @Slot()
    def refresh(self) -> None:
        """Look again at the disk and at the free memory."""
        self._free = self._measure()
        self._models.refresh()
        self.changed.emit()

    @Slot(str)
    def take(self, name: str) -> None:
        """Put a model to use; one that is not here is fetched before, or gone on with."""
        model = next(one for one in self._offered.values() if one.name == name)
        if self._state(name) == "installed":
            self.forget()
            self._use(model)
        else:
            self._wanted = name
            self._models.download(name)
            self.changed.emit()

    @Slot(str)
    def pause(self, name: str) -> None:
        """Stop a download; what has arrived stays."""
        self._models.pause(name)

    def forget(self) -> None:
        """Put nothing to use any more when its download ends: the person chose otherwise."""
        self._wanted = ""
        self.changed.emit()

    def _came_or_went(self, name: str) -> None:
        if name == self._wanted and self._state(name) == "installed":
            self.take(name)

    def _state(self, name: str) -> str:
        row = next(row for row, model in self._offered.items() if model.name == name)
        state: str = self._told(row)["state"]
        return state

    def _told(self, row: int) -> dict[str, Any]:
        index, first = self._models.index(row), Qt.ItemDataRole.UserRole
        return {role: self._models.data(index, first + number) for number, role in enumerate(ROLES)}

    def _rows(self) -> list[dict[str, Any]]:
        recommended = self._recommended()
        return [
            {
                **self._told(row),
                "title": model.id,
                "recommended": model.name == recommended,
                "fits": self._free is None or model.memory <= self._free,
                "wanted": model.name == self._wanted,
                "chosen": self._is_chosen(model),
            }
            for row, model in self._offered.items()
        ]

    def _recommended(self) -> str:
        """Of those that leave room, the best at the screen's language, and of these the best of all."""
        free = self._free
        fitting = [one for one in self._offered.values() if free is None or one.memory * ROOMY <= free]
        in_order = fitting if self._best_first else fitting[::-1]
        best = max(in_order, key=lambda model: _fluency(model, self._words.language), default=None)
        return best.name if best is not None and best.speaks(self._words.language) else ""

    rows = Property(list, lambda self: self._rows(), notify=changed)


def _fluency(model: Model, language: str) -> int:
    """How well a model knows a language: made for it, or for all, or for others before it, or not at all."""
    if not model.speaks(language):
        return 0
    if model.languages == "multilingual":
        return 2
    return 3 if model.languages[0] == language else 1
