"""Language model servers on this machine are found, and whatever else answers at their ports is not taken for one."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from voicebot.llm.local_servers import MOST_MODELS, LocalServer, find_local_servers

MODELS = {"object": "list", "data": [{"id": "gemma3:4b"}, {"id": "qwen3:8b"}, {"id": 5}, {"id": ""}]}


def application(answer: object, status: int = 200, delay: float = 0.0) -> web.Application:
    async def models(_: web.Request) -> web.Response:
        await asyncio.sleep(delay)
        return web.json_response(answer, status=status)

    made = web.Application()
    made.router.add_get("/v1/models", models)
    return made


async def asked(application: web.Application) -> list[LocalServer]:
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        return await find_local_servers([("Nobody", "http://127.0.0.1:9/v1"), ("Ollama", f"http://127.0.0.1:{port}/v1")])
    finally:
        await runner.cleanup()


async def test_a_server_is_found_with_its_models() -> None:
    (found,) = await asked(application(MODELS))
    assert found.name == "Ollama"
    assert found.base_url.startswith("http://127.0.0.1:")
    assert found.models == ("gemma3:4b", "qwen3:8b")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        *(({}, 200), ([], 200), ({"data": None}, 200), ({"data": [1, None]}, 200), ("hello", 200)),
        *((MODELS, 401), (MODELS, 500)),
    ],
)
async def test_what_is_no_list_of_models_is_no_server(answer: object, status: int) -> None:
    assert await asked(application(answer, status)) == []


async def test_a_server_that_does_not_answer_is_not_waited_for() -> None:
    assert await asked(application(MODELS, delay=600)) == []


async def test_a_long_list_is_cut() -> None:
    (found,) = await asked(application({"data": [{"id": f"m{n}"} for n in range(1000)]}))
    assert len(found.models) == MOST_MODELS
