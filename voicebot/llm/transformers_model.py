"""The child's half of `voicebot.llm.transformers`: a chat model in memory, which writes answers token by token.

The loop is our own rather than `generate`: it can be left in the midst of a step, and it keeps what was read of a
conversation for the next turn.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicebot.errors import EngineError
from voicebot.llm.base import Message
from voicebot.llm.transformers_loading import Loaded, Source, load, within_memory
from voicebot.llm.transformers_prompt import Prompts
from voicebot.llm.transformers_text import OPEN, Answer, Pieces

log = logging.getLogger(__name__)

CHUNK, CHUNK_ON_A_CARD = 128, 2048
"""Tokens of the prompt that are read in one step: fewer are slower in all, more are slower to stop."""
LONGEST_READING = 10.0
"""Seconds to read a conversation before the answer begins: more of it is left out where the processor is slower."""
MEASURED = 32
"""Tokens from which on the time to read them says something."""
SPINS = "3000"
"""How often one of torch's threads looks for work before it sleeps (libgomp's GOMP_SPINCOUNT).

Measured on 2 cores with a model of 494 million parameters, while other programs work: looking for long, as is usual,
10 to 11 tokens written a second, but the prompt read at a tenth of its speed now and then, when the others have the
cores; sleeping at once 6 to 9; this 10, and the prompt always read at speed.
"""
KILLED_FIRST = 500
"""Added to this process's badness (of 1000) where Linux looks for one to end when memory is short: proc(5)."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to answer: see the settings of the same names. Temperature 0 takes the likeliest token each time."""

    temperature: float = 0.7
    top_p: float = 1.0
    max_tokens: int = 800
    context_tokens: int = 8192


class ChatModel:
    """One model. `alive` is called before every multiplication of a step, and may raise to leave the call."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._source: Source | None = None
        self._writer: Writer | None = None

    def load(self, source: Source, opening: Sequence[Message]) -> Iterator[float]:
        """Read a model, and how every conversation with it begins, telling how far it is.

        Raises ModelError, and EngineError where memory runs out.
        """
        yield 0.0
        os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
        os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "TRANSFORMERS_VERBOSITY": "error"}
        _be_killed_first()
        self._source, self._writer = None, None
        import torch
        import transformers

        log.debug("torch %s, transformers %s", torch.__version__, transformers.__version__)
        yield 0.5
        loaded = load(source)
        for module in loaded.model.modules():
            if isinstance(module, torch.nn.Linear):
                module.register_forward_pre_hook(lambda *_: self._alive())
        yield 0.9
        self._writer = Writer(loaded, source.name)
        with within_memory(source, self._writer.device.type):
            self._writer.begin(opening)
        self._source = source
        yield 1.0

    def reply(self, source: Source, messages: Sequence[Message], manner: Manner) -> Iterator[str]:
        """The answer in pieces. Raises EngineError: too long a question, no memory, nothing but thoughts."""
        if self._source != source:
            for _ in self.load(source, messages):  # the process that had loaded it may have been lost
                self._alive()
        assert self._writer is not None
        try:
            with within_memory(source, self._writer.device.type):
                yield from self._writer.answer(messages, manner)
        except EngineError:
            self._writer.forget()
            raise


class Writer:
    """Writes with one model that is loaded."""

    def __init__(self, loaded: Loaded, name: str) -> None:
        import inspect

        self._name = name
        self._model = loaded.model
        self._tokenizer = loaded.tokenizer
        self._prompts = Prompts(loaded.tokenizer, name)
        self._cache: Any = None
        self._read: list[int] = []
        self._pace: float | None = None
        self._ends = _ends(loaded)
        config = loaded.model.config.get_text_config()
        self._longest: int = getattr(config, "max_position_embeddings", None) or sys.maxsize
        takes = inspect.signature(loaded.model.forward).parameters
        self._options = {"logits_to_keep": 1} if "logits_to_keep" in takes else {}

    @property
    def device(self) -> Any:
        return self._model.device

    def begin(self, messages: Sequence[Message]) -> None:
        """Read a conversation without answering it: what the next one has in common with it is known then."""
        prompt = self._prompts.tokens(messages, self._longest)
        self._learn(prompt, self._keep(prompt))

    def answer(self, messages: Sequence[Message], manner: Manner) -> Iterator[str]:
        """See `ChatModel.reply`."""
        window = min(manner.context_tokens, self._longest)
        most = min(manner.max_tokens, window // 2)
        prompt = self._prompt(messages, window - most)
        answer = Answer(thinking=self._decode(prompt[-8:]).rstrip().endswith(OPEN))
        pieces = Pieces(self._decode)
        ended = False
        for token in self._tokens(prompt, most, manner):
            if ended := token in self._ends:
                break
            if text := answer.take(pieces.take(token)):
                yield text
        if rest := answer.rest():
            yield rest
        if not ended:
            yield self._cut_short(answer, most)

    def forget(self) -> None:
        """Free what was read of the conversation."""
        self._cache, self._read = None, []

    def _prompt(self, messages: Sequence[Message], window: int) -> list[int]:
        """The conversation, or as much of its end as is read in time."""
        prompt = self._prompts.tokens(messages, window)
        readable = int((self._pace or sys.maxsize) * LONGEST_READING)
        if len(prompt) - _shared(self._read, prompt) > readable:
            with contextlib.suppress(EngineError):  # the question alone is longer: it takes the time it takes
                return self._prompts.tokens(messages, readable)
        return prompt

    def _cut_short(self, answer: Answer, most: int) -> str:
        if answer.thinking:
            why = "it thought until its tokens were used up"
            raise EngineError(f"{self._name} sent no words", why, "Raise llm.max_tokens")
        log.info("the answer was cut short at its %d tokens; raise llm.max_tokens", most)
        return "…"

    def _tokens(self, prompt: list[int], most: int, manner: Manner) -> Iterator[int]:
        """Up to `most` tokens, the last of which may be one that ends the answer."""
        choose = _chooser(self._model.generation_config, manner)
        scores = self._learn(prompt, self._keep(prompt))
        read = time.perf_counter()
        tokens = list(prompt)
        try:
            for _ in range(most):
                tokens.append(choose(tokens, scores))
                yield tokens[-1]
                if tokens[-1] in self._ends:
                    break
                scores = self._scores(tokens[-1:])
        finally:
            written, took = len(tokens) - len(prompt), time.perf_counter() - read
            log.info("%d tokens written in %.2f s: %.1f a second", written, took, written / max(took, 1e-9))

    def _learn(self, prompt: list[int], known: int) -> Any:
        """Read what of the prompt is not known; the scores of what may come after it."""
        began = time.perf_counter()
        scores = self._scores(prompt[known:])
        count, took = len(prompt) - known, time.perf_counter() - began
        if count >= MEASURED:
            self._pace = count / took
        log.info("%d tokens read in %.2f s, %d were known", count, took, known)
        return scores

    def _keep(self, prompt: list[int]) -> int:
        """How many tokens of the prompt need not be read: they stand at the beginning of what was read last.

        The last one is always read, for what comes after it. What was begun and left is cut off in each layer.
        """
        from transformers import DynamicCache

        known = _shared(self._read, prompt[:-1])
        if self._cache is None or not known or not all(map(_can_be_cut, self._cache.layers)):
            self._cache, known = DynamicCache(config=self._model.config), 0
        for layer in self._cache.layers if known else ():
            layer.crop(known - layer.get_seq_length())
        self._read = prompt[:known]
        return known

    def _scores(self, tokens: list[int]) -> Any:
        """What may come after these tokens and all before: a score for each of the vocabulary, (1, vocabulary)."""
        import torch

        step = CHUNK if self.device.type == "cpu" else CHUNK_ON_A_CARD
        for begin in range(0, len(tokens), step):
            part = tokens[begin : begin + step]
            with torch.inference_mode():
                shown = torch.tensor([part], device=self.device)
                result = self._model(input_ids=shown, past_key_values=self._cache, use_cache=True, **self._options)
            self._read += part
        return result.logits[:, -1]

    def _decode(self, tokens: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text


def _chooser(config: Any, manner: Manner) -> Callable[[list[int], Any], int]:
    """Picks a token by its score: the person's temperature and top_p, and what else the model's own makers advise."""
    import torch
    from transformers import (
        LogitsProcessorList,
        RepetitionPenaltyLogitsProcessor,
        TemperatureLogitsWarper,
        TopKLogitsWarper,
        TopPLogitsWarper,
    )

    steps = LogitsProcessorList()
    if (config.repetition_penalty or 1.0) != 1.0:
        steps.append(RepetitionPenaltyLogitsProcessor(config.repetition_penalty))
    if manner.temperature > 0:
        steps.append(TemperatureLogitsWarper(manner.temperature))
        if config.top_k:
            steps.append(TopKLogitsWarper(config.top_k))
        if manner.top_p < 1:
            steps.append(TopPLogitsWarper(manner.top_p))

    def choose(tokens: list[int], scores: Any) -> int:
        scores = steps(torch.tensor([tokens], device=scores.device), scores.float())
        if manner.temperature == 0:
            return int(scores.argmax())
        return int(torch.multinomial(scores.softmax(-1), 1))

    return choose


def _ends(loaded: Loaded) -> frozenset[int]:
    """The tokens that end an answer, by the model's own files."""
    named = loaded.model.generation_config.eos_token_id
    ends = [*(named if isinstance(named, list) else [named]), loaded.tokenizer.eos_token_id]
    return frozenset(end for end in ends if end is not None)


def _can_be_cut(layer: Any) -> bool:
    """Not one that keeps a sliding window, or a state instead of tokens."""
    return bool(getattr(layer, "is_croppable", False)) and not getattr(layer, "is_sliding", False)


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens the two have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _be_killed_first() -> None:
    """Rather than the rest of the program, or the person's work."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(KILLED_FIRST))
