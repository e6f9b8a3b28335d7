"""Which steps there are, and what a plan must be."""

from __future__ import annotations

import pytest

from voicebot.errors import UsageError
from voicebot.rag.retrieval import PRESETS, STEPS, plan
from voicebot.rag.retrieval.plans import at_once
from voicebot.setting_groups import DocumentSettings


def test_the_presets() -> None:
    assert plan("naive") == ("meaning", "fuse", "fit")
    assert plan("advanced") == ("rewrite", "words", "meaning", "fuse", "rerank", "merge", "fit")
    assert plan("modular", ("words", "langchain:a.B", "merge")) == ("words", "langchain:a.B", "fuse", "merge", "fit")


def test_the_steps_of_the_settings_are_a_plan() -> None:
    settings = DocumentSettings()
    assert plan(settings.retrieval, settings.steps) == plan("advanced") == plan("modular", settings.steps)


@pytest.mark.parametrize("name", ["wrods", "langchain:", "langchain:Retriever", ""])
def test_an_unknown_step_is_named_with_all_there_are(name: str) -> None:
    with pytest.raises(UsageError) as error:
        plan("modular", ("words", name))
    assert repr(name) in error.value.what
    assert all(step in error.value.fix for step in (*STEPS, "langchain:MODULE.CLASS"))


def test_an_unknown_preset_is_named_with_all_there_are() -> None:
    with pytest.raises(UsageError) as error:
        plan("clever")
    assert "'clever'" in error.value.what
    assert all(preset in error.value.fix for preset in PRESETS)


@pytest.mark.parametrize("steps", [(), ("rewrite", "filter"), ("fuse", "fit")])
def test_a_plan_must_search(steps: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="search nothing"):
        plan("modular", steps)


def test_what_orders_stands_behind_the_searches() -> None:
    with pytest.raises(UsageError, match="The step rerank of retrieval stands before a search"):
        plan("modular", ("words", "rerank", "meaning"))


def test_searches_that_stand_together_are_done_at_once() -> None:
    steps = list(at_once(("rewrite", "words", "meaning", "langchain:a.B", "fuse", "fit")))
    assert steps == [("rewrite",), ("words", "meaning", "langchain:a.B"), ("fuse",), ("fit",)]
