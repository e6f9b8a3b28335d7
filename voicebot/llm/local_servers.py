"""Language model servers on this machine, found by asking: each speaks OpenAI's protocol at a port of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds for a server on this machine to list its models."""
MOST_MODELS = 100


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that answered: `base_url` is what `llm.base_url` takes."""

    name: str
    base_url: str
    models: tuple[str, ...]


KNOWN = (
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)
"""The ports at which they listen unless told otherwise (each one's own documentation)."""


async def find_local_servers(known: Sequence[tuple[str, str]] = KNOWN) -> list[LocalServer]:
    """Those of `known` (name and base URL) that answer now with at least one model. Never raises; about 1 s at most."""
    import httpx2

    async with httpx2.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        asked = [_ask(client, name, base_url) for name, base_url in known]
        return [server for server in await asyncio.gather(*asked) if server is not None]


async def _ask(client: httpx2.AsyncClient, name: str, base_url: str) -> LocalServer | None:
    import httpx2

    try:
        async with asyncio.timeout(PATIENCE):
            response = await client.get(f"{base_url}/models")
        models = _models(response.json()) if response.status_code == 200 else ()
    except (httpx2.HTTPError, TimeoutError, ValueError) as error:
        log.debug("%s is not at %s: %s", name, base_url, error)
        return None
    return LocalServer(name, base_url, models) if models else None


def _models(listed: Any) -> tuple[str, ...]:
    """The ids in a list of models; whatever else answers at the port is no such list."""
    entries = listed.get("data") if isinstance(listed, dict) else None
    ids = (entry.get("id") for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    return tuple(one for one in ids if isinstance(one, str) and one.strip())[:MOST_MODELS]
