"""The steps by their names, and the plans made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from voicebot.errors import UsageError
from voicebot.rag.retrieval.budget import fit
from voicebot.rag.retrieval.fusion import fuse
from voicebot.rag.retrieval.inquiry import Step
from voicebot.rag.retrieval.langchain import langchain
from voicebot.rag.retrieval.meaning import meaning
from voicebot.rag.retrieval.narrowing import narrow
from voicebot.rag.retrieval.neighbours import merge
from voicebot.rag.retrieval.questions import rewrite
from voicebot.rag.retrieval.ranking import rerank
from voicebot.rag.retrieval.words import words

LANGCHAIN = "langchain:"
SEARCHES: Mapping[str, Step] = {"words": words, "meaning": meaning}
BEFORE: Mapping[str, Step] = {"rewrite": rewrite, "filter": narrow}
AFTER: Mapping[str, Step] = {"fuse": fuse, "rerank": rerank, "merge": merge, "fit": fit}
STEPS = (*BEFORE, *SEARCHES, *AFTER)
"""All there are, but for LangChain's retrievers."""
PRESETS: Mapping[str, tuple[str, ...]] = {
    "naive": ("meaning", "fit"),
    "advanced": ("rewrite", "words", "meaning", "fuse", "rerank", "merge", "fit"),
    "modular": (),
}
"""After Gao et al. (arXiv:2312.10997); `modular` has the steps of the settings."""


def plan(preset: str, steps: Sequence[str] = ()) -> tuple[str, ...]:
    """The steps of a preset, for "modular" `steps`; raises UsageError where they cannot be a plan, saying why.

    What every plan needs is put in where it is left out: `fuse` behind the searches, and `fit` at the end.
    """
    named = _preset(preset) or tuple(steps)
    for name in named:
        _demand_step(name)
    searches = [place for place, name in enumerate(named) if is_search(name)]
    if not searches:
        raise UsageError(
            "these steps of retrieval search nothing", fix="add words, meaning or langchain:MODULE.CLASS to them"
        )
    early = next((name for name in named[: searches[-1]] if name in AFTER), None)
    if early is not None:
        raise UsageError(f"the step {early} of retrieval stands before a search", fix="put it behind the searches")
    return _completed(named, searches[-1] + 1)


def step(name: str) -> Step:
    """The step of that name."""
    if name.startswith(LANGCHAIN):
        return partial(langchain, name=name)
    return {**BEFORE, **SEARCHES, **AFTER}[name]


def is_search(name: str) -> bool:
    return name in SEARCHES or name.startswith(LANGCHAIN)


def at_once(named: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The steps in their order, searches that stand together as one."""
    for search, names in groupby(named, is_search):
        if search:
            yield tuple(dict.fromkeys(names))
        else:
            yield from ((name,) for name in names)


def _preset(name: str) -> tuple[str, ...]:
    if name not in PRESETS:
        raise UsageError(f"there is no retrieval called {name!r}", fix=f"there are: {', '.join(PRESETS)}")
    return PRESETS[name]


def _demand_step(name: str) -> None:
    module, _, of_it = name.removeprefix(LANGCHAIN).rpartition(".")
    if name not in STEPS and not (name.startswith(LANGCHAIN) and module and of_it):
        there = ", ".join((*STEPS, f"{LANGCHAIN}MODULE.CLASS"))
        raise UsageError(f"there is no step of retrieval called {name!r}", fix=f"there are: {there}")


def _completed(named: tuple[str, ...], after: int) -> tuple[str, ...]:
    rest = tuple(name for name in named[after:] if name not in ("fuse", "fit"))
    return (*named[:after], "fuse", *rest, "fit")
