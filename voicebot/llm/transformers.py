"""A small chat model on this machine, by Hugging Face's transformers (Apache-2.0), in a child process.

The main process never loads torch, and `close` gives the memory back: the child's half is `transformers_model`. A
model is a folder in Hugging Face's layout with safetensors, a chat template and, by choice, a LoRA adapter.
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path

from voicebot.child.process import Child
from voicebot.errors import EngineError
from voicebot.llm.base import Message, Request
from voicebot.llm.context import instructed
from voicebot.llm.grounding import answer_without_a_model
from voicebot.llm.transformers_files import missing, missing_of_adapter, size
from voicebot.llm.transformers_loading import Device, Source, out_of_memory
from voicebot.llm.transformers_model import Manner
from voicebot.readiness import NotReady, Readiness, Ready, demand

STOPPING = 3.0
"""Seconds that one multiplication of a large model may take on a slow processor before a stopped call is killed."""
LOADING = 180.0
"""Seconds without a sign of life while torch and the weights are read, from a slow disk."""
ADDS = "answers to any question, on this computer"
EXTRA = "pip install 'voicebot[transformers]'"


def library_is_installed() -> bool:
    """Whether transformers and torch are there. A quick look; neither is loaded."""
    return all(find_spec(library) is not None for library in ("transformers", "torch"))


class Transformers:
    """A `LanguageModel` in `folder`; `name` is what the person calls it: "transformers:qwen2.5-0.5b".

    `adapter` is the folder of a LoRA adapter for it. `device` "auto" takes the graphics card where there is one.
    `download` is the command that fetches the model, empty for a folder of the person's own.
    """

    local = True

    def __init__(
        self,
        folder: Path,
        name: str,
        system_prompt: str = "",
        manner: Manner | None = None,
        adapter: Path | None = None,
        device: Device = "auto",
        download: str = "",
        patience: float = 30.0,
    ) -> None:
        self.folder = folder
        self._download = download
        self.name = name
        self.patience = patience
        self._adapter = adapter
        self._system_prompt = system_prompt
        self._manner = manner or Manner()
        self._source = Source(name, str(folder), str(adapter or ""), device)
        self._child = Child("voicebot.llm.transformers_model:ChatModel", name, STOPPING)
        self._loaded_in: int | None = None

    def ready(self) -> Readiness:
        if not library_is_installed():
            return NotReady("its library is not installed", EXTRA, ADDS)
        lacking = missing(self.folder)
        if lacking and self._download:
            return NotReady(f"{self.name} is not downloaded", self._download, ADDS)
        if lacking:
            return NotReady(f"{self.folder.name} has no file {lacking}", "Name the folder of a whole chat model", ADDS)
        if self._adapter is not None:
            return self._ready_to_adapt(self._adapter)
        return Ready(f"{self.name}, {size(self.folder) / 1e6:.0f} MB")

    async def warm(self) -> None:
        """Load the model, unless it is; raises EngineError, and ModelError for a folder that is none."""
        demand(self.name, self.ready())
        if self._loaded_in is not None and self._loaded_in == self._child.pid:
            return
        try:
            opening = instructed(Request((Message("user", ""),)), self._system_prompt)
            await self._child.call("load", self._source, opening, patience=LOADING)
        except EngineError as error:
            raise self._plain(error) from None
        self._loaded_in = self._child.pid

    def acts_on(self, request: Request) -> bool:
        return False

    async def reply(self, request: Request) -> AsyncIterator[str]:
        """See `LanguageModel.reply`. Of a long conversation the oldest is left out, by the model's own count."""
        if (nothing := answer_without_a_model(request)) is not None:
            yield nothing
            return
        await self.warm()
        messages = instructed(request, self._system_prompt, self._manner.context_tokens)
        written = self._child.stream("reply", self._source, messages, self._manner, patience=self.patience)
        try:
            async with aclosing(written) as pieces:
                async for piece in pieces:
                    yield piece
        except EngineError as error:
            raise self._plain(error) from None

    async def close(self) -> None:
        """End the child process: its memory is free when this returns."""
        self._loaded_in = None
        await self._child.kill()

    def _ready_to_adapt(self, adapter: Path) -> Readiness:
        if lacking := missing_of_adapter(adapter):
            why = f"the adapter {adapter.name} has no file {lacking}"
            return NotReady(why, "Set llm.adapter to the folder of a LoRA adapter, or empty it", ADDS)
        if find_spec("peft") is None:
            return NotReady("the library for adapters is not installed", EXTRA, ADDS)
        return Ready(f"{self.name} + {adapter.name}, {size(self.folder) / 1e6:.0f} MB")

    def _plain(self, error: EngineError) -> EngineError:
        """A child that the system has killed was too large for it: nothing else does that unasked."""
        killed = getattr(signal, "SIGKILL", None)
        if killed is not None and error.why.endswith(f"({signal.strsignal(killed)})"):
            return out_of_memory(self._source)
        return error
