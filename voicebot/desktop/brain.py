"""What may think besides the built-in assistant: small models to download, and servers on this machine."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from voicebot.catalogue import Catalogue, Model
from voicebot.desktop.core import Core
from voicebot.desktop.models import Models
from voicebot.desktop.offers import Offers
from voicebot.desktop.preferences import Preferences
from voicebot.desktop.words import Words
from voicebot.llm.local_servers import KNOWN, LocalServer, find_local_servers

ENGINE = "transformers"
"""Runs the catalogue's language models."""


class Brain(QObject):
    """`servers` lists {name, address, models, model, gone}; `looking` while they are asked.

    `model` is the one in use, "" for none of this server's. A server in use that does not answer is listed as `gone`.
    `offers` are the models to download.
    """

    changed = Signal()
    _found = Signal(object)

    def __init__(
        self,
        core: Core,
        preferences: Preferences,
        models: Models,
        catalogue: Catalogue,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._preferences = preferences
        self._servers: list[LocalServer] = []
        self._looking = self._looked = False
        self._offers = Offers(ENGINE, models, catalogue, words, self._think_with, self._thinks_with, self)
        self._found.connect(self._take)
        preferences.changed.connect(self._follow)

    @Slot()
    def refresh(self) -> None:
        """Ask the ports of this machine at which such servers listen."""
        if not self._looking:
            self._looking = True
            self.changed.emit()
            self._core.run(self._look)

    @Slot(str, str)
    def use(self, address: str, model: str) -> None:
        """Think with a model of a server that was found."""
        self._preferences.set("llm.base_url", address)
        self._preferences.set("llm.engine", f"openai:{model}")

    async def _look(self) -> None:
        self._found.emit(await find_local_servers())

    def _think_with(self, model: Model) -> None:
        self._preferences.set("llm.engine", model.name)

    def _thinks_with(self, model: Model) -> bool:
        return self._preferences.settings.llm.engine == model.name

    def _follow(self, name: str) -> None:
        if name == "llm.engine":
            self._offers.forget()
        if name in ("llm.engine", "llm.base_url"):
            self.changed.emit()

    def _take(self, servers: list[LocalServer]) -> None:
        self._servers, self._looking, self._looked = servers, False, True
        self.changed.emit()

    def _rows(self) -> list[dict[str, Any]]:
        rows = [
            {
                "name": one.name,
                "address": one.base_url,
                "models": list(one.models),
                "model": self._model_of(one.base_url),
                "gone": False,
            }
            for one in self._servers
        ]
        return [*rows, *self._gone()]

    def _gone(self) -> list[dict[str, Any]]:
        """The server in use, once it was looked for and did not answer."""
        if not self._looked:
            return []
        answering = {one.base_url for one in self._servers}
        return [
            {"name": name, "address": address, "models": [model], "model": model, "gone": True}
            for name, address in KNOWN
            if (model := self._model_of(address)) and address not in answering
        ]

    def _model_of(self, address: str) -> str:
        """The model of the server at `address` that is chosen; "" when none of it is."""
        settings = self._preferences.settings.llm
        engine, _, model = settings.engine.partition(":")
        return (model or settings.openai_model) if engine == "openai" and settings.base_url == address else ""

    servers = Property(list, lambda self: self._rows(), notify=changed)
    looking = Property(bool, lambda self: self._looking, notify=changed)
    offers = Property(QObject, lambda self: self._offers, constant=True)
