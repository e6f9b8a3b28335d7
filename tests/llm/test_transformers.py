"""The engine that runs a model of its own: streaming, stopping, adapters, memory, and folders that are no model."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from tests.llm.tiny_model import SENTENCE, make_adapter, make_model, without
from voicebot.errors import EngineError, EngineUnavailable, ModelError
from voicebot.llm import transformers_loading
from voicebot.llm.base import Message, Request, conversation
from voicebot.llm.transformers import Transformers
from voicebot.llm.transformers_loading import Source, within_memory
from voicebot.llm.transformers_model import Manner
from voicebot.readiness import NotReady, Ready

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = Request(conversation([("user", "What is this?")]), "ko")
ENDLESS = 100_000
"""Tokens of an answer that takes minutes unless it is stopped."""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models that recite: "once", "again" without end, "thoughtful", and "wide", of other dimensions."""
    folder = tmp_path_factory.mktemp("models")
    make_model(folder / "once")
    make_model(folder / "again", after="again")
    make_model(folder / "thoughtful", after="<think>yz</think>")
    make_model(folder / "wide", hidden=400)
    make_adapter(folder / "adapter", folder / "once")
    make_adapter(folder / "wide-adapter", folder / "wide")
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(models: Path) -> AsyncIterator[Transformers]:
    """One child for all tests, since it takes seconds to import torch; `use` gives it another model."""
    made = Transformers(models / "once", "transformers:once")
    yield made
    await made.close()


def use(engine: Transformers, folder: Path, adapter: Path | None = None, **manner: float) -> Transformers:
    """An engine of another model that goes on with the child of this one."""
    chosen = Transformers(folder, f"transformers:{folder.name}", "You recite.", Manner(**manner), adapter)
    chosen._child = engine._child
    return chosen


async def pieces(engine: Transformers, request: Request = QUESTION) -> list[str]:
    return [piece async for piece in engine.reply(request)]


async def test_it_streams_whole_characters_and_only_the_child_loads_torch(engine: Transformers) -> None:
    assert isinstance(engine.ready(), Ready)
    loaded = sorted(library for library in ("torch", "transformers") if library in sys.modules)
    said = await pieces(engine)
    assert said == ["한", "글", " ", "f", "u", "n", "."]
    assert "".join(said) == SENTENCE
    assert sorted(library for library in ("torch", "transformers") if library in sys.modules) == loaded
    assert (engine.name, engine.local) == ("transformers:once", True)


async def test_nothing_of_it_is_loaded_by_importing_the_engine() -> None:
    heavy = "{'torch', 'transformers', 'peft', 'huggingface_hub'}"
    program = f"import sys, voicebot.llm.transformers; print({heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


async def test_the_model_stays_warm(engine: Transformers) -> None:
    await engine.warm()
    child = engine._child.pid
    await engine.warm()
    await pieces(engine)
    assert engine._child.pid == child


async def test_thoughts_are_left_out(engine: Transformers, models: Path) -> None:
    assert "".join(await pieces(use(engine, models / "thoughtful"))) == SENTENCE


async def test_nothing_but_thoughts_says_what_to_raise(engine: Transformers, models: Path) -> None:
    with pytest.raises(EngineError, match="thought until its tokens were used up") as caught:
        await pieces(use(engine, models / "thoughtful", max_tokens=2))
    assert caught.value.fix == "Raise llm.max_tokens"


async def test_an_answer_that_is_cut_short_shows_it(engine: Transformers, models: Path) -> None:
    said = await pieces(use(engine, models / "again", max_tokens=15))
    assert "".join(said) == f"{SENTENCE}한…"  # 15 tokens of one byte each, without the half of a syllable


async def test_a_stop_ends_the_writing_and_the_child_stays(
    engine: Transformers, models: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    endless = use(engine, models / "again", max_tokens=ENDLESS, context_tokens=10 * ENDLESS)
    await endless.warm()
    child = endless._child.pid
    async with aclosing(endless.reply(QUESTION)) as answer:
        assert [await anext(answer) for _ in range(3)] == ["한", "글", " "]
    assert await pieces(use(engine, models / "once")) == list(SENTENCE)
    assert endless._child.pid == child, "it was killed, though it could be told to stop"
    written = [int(number) for number in re.findall(r"(\d+) tokens written", caplog.text)]
    assert 5 < written[0] < ENDLESS / 10


async def test_what_was_read_in_the_turn_before_is_not_read_again(
    engine: Transformers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    first = Message("user", "What is this?" * 20)
    await pieces(engine, Request((first,)))
    await pieces(engine, Request((first, Message("assistant", SENTENCE), Message("user", "And?"))))
    found = re.findall(r"(\d+) tokens read in .*, (\d+) were known", caplog.text)
    read = [(int(new), int(known)) for new, known in found]
    assert read[0][1] < read[0][0]
    assert read[1][1] >= sum(read[0]), "all of the first question, and more"
    assert read[1][0] < 60


SHORT_OF_MEMORY = """
from voicebot.llm.transformers_model import ChatModel, Writer

faults = [RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"), MemoryError()]
read = Writer._scores

def short(self, tokens):
    if faults:
        raise faults.pop()
    return read(self, tokens)

Writer._scores = short
"""


async def test_where_memory_runs_out_it_says_so_and_the_next_question_works(
    models: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "short_of_memory.py").write_text(SHORT_OF_MEMORY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    manner = Manner(max_tokens=ENDLESS, context_tokens=10 * ENDLESS)
    engine = Transformers(models / "again", "transformers:again", manner=manner)
    engine._child.target = "short_of_memory:ChatModel"
    for _ in range(2):
        with pytest.raises(EngineError, match=r"transformers:again does not fit into memory: it needs at least .* MB"):
            await pieces(engine)
    answer = engine.reply(QUESTION)
    assert await anext(answer) == SENTENCE[0]
    assert engine._child.pid is not None
    os.kill(engine._child.pid, signal.SIGKILL)  # as Linux does where memory is short
    with pytest.raises(EngineError, match=r"does not fit into memory: .* Close other programs"):
        async for _ in answer:
            pass
    await engine.close()


async def test_a_full_graphics_card_has_another_way_out(models: Path) -> None:
    source = Source("transformers:once", str(models / "once"))
    with pytest.raises(EngineError, match="the graphics card's memory") as caught, within_memory(source, "cuda"):
        raise RuntimeError("CUDA error: out of memory")
    assert caught.value.fix == "Set llm.device to cpu, or choose a smaller model"
    with pytest.raises(RuntimeError, match="of another kind"), within_memory(source, "cpu"):
        raise RuntimeError("of another kind")


async def test_an_adapter_changes_the_answer(engine: Transformers, models: Path) -> None:
    adapted = use(engine, models / "once", models / "adapter", max_tokens=5)
    assert adapted.ready() == Ready("transformers:once + adapter, 3 MB")
    assert "".join(await pieces(adapted)) == "fffff…"
    assert "".join(await pieces(use(engine, models / "once"))) == SENTENCE


async def test_an_adapter_for_another_model_is_one_clear_line(engine: Transformers, models: Path) -> None:
    with pytest.raises(ModelError, match="The adapter wide-adapter does not fit transformers:once") as caught:
        await pieces(use(engine, models / "once", models / "wide-adapter"))
    assert "\n" not in str(caught.value)
    assert "llm.adapter" in caught.value.fix


async def test_a_folder_that_is_no_adapter_is_told_before_anything_is_loaded(models: Path) -> None:
    readiness = Transformers(models / "once", "transformers:once", adapter=models).ready()
    assert isinstance(readiness, NotReady)
    assert readiness.why == f"the adapter {models.name} has no file adapter_config.json"


@pytest.fixture
def broken(models: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of a model, to be broken."""
    yield shutil.copytree(models / "once", tmp_path / "broken")


async def test_wrong_folders_are_one_clear_line_each(engine: Transformers, broken: Path) -> None:
    weights = broken / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[: len(whole) // 2])
    await refused(use(engine, broken), "transformers:broken cannot be loaded")
    weights.write_bytes(whole)
    (broken / "chat_template.jinja").unlink()
    await refused(use(engine, broken), "it has no chat template")
    without(broken, "model_type")
    without(broken, "architectures")
    await refused(use(engine, broken), "transformers:broken cannot be loaded")


async def refused(engine: Transformers, why: str) -> None:
    with pytest.raises(ModelError, match=why) as caught:
        await pieces(engine)
    assert "\n" not in str(caught.value)


async def test_no_code_is_taken_from_a_model(engine: Transformers, broken: Path, tmp_path: Path) -> None:
    config = broken / "config.json"
    config.write_text(config.read_text().replace('"model_type": "qwen2"', '"model_type": "evil"'))
    config.write_text(config.read_text().replace("{", '{"auto_map": {"AutoConfig": "evil.Evil"},', 1))
    (broken / "evil.py").write_text(f"open({str(tmp_path / 'evil')!r}, 'w')\n")
    await refused(use(engine, broken), "cannot be loaded")
    assert not (tmp_path / "evil").exists()


async def test_what_is_missing_is_told_with_what_brings_it(models: Path, tmp_path: Path) -> None:
    download = "voicebot models download transformers:small"
    absent = Transformers(tmp_path / "small", "transformers:small", download=download)
    readiness = absent.ready()
    assert isinstance(readiness, NotReady)
    assert (readiness.why, readiness.fix) == ("transformers:small is not downloaded", download)
    with pytest.raises(EngineUnavailable, match="not downloaded"):
        await pieces(absent)
    own = Transformers(tmp_path, "transformers:own").ready()
    assert isinstance(own, NotReady)
    assert own.why == f"{tmp_path.name} has no file config.json"


@pytest.mark.parametrize("library", ["transformers", "torch", "peft"])
async def test_a_missing_library_names_the_extra(models: Path, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicebot.llm.transformers.find_spec", lambda name: None if name == library else object())
    readiness = Transformers(models / "once", "transformers:once", adapter=models / "adapter").ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "pip install 'voicebot[transformers]'"


@pytest.mark.parametrize(("fast", "dtype"), [(True, "torch.bfloat16"), (False, "torch.float32")])
async def test_a_processor_takes_what_it_multiplies_quickly(
    fast: bool, dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transformers_loading, "_multiplies_bfloat16", lambda: fast)
    assert str(transformers_loading._dtype("cpu")) == dtype


async def test_too_long_a_question_says_what_to_do(engine: Transformers, models: Path) -> None:
    asked = Request(conversation([("user", "word " * 200)]))
    with pytest.raises(EngineError, match=r"The question is too long: it takes \d+ tokens"):
        await pieces(use(engine, models / "once", context_tokens=512), asked)


async def test_switching_off_gives_the_memory_back(engine: Transformers) -> None:
    await engine.warm()
    child = engine._child.pid
    assert child is not None
    assert psutil.Process(child).memory_info().rss > 100e6
    await engine.close()
    assert not psutil.pid_exists(child)
