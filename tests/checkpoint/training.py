"""The training: scenes into batches, steps with a warm-up and a cosine, a state on disk from which it goes on."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm
from whisper.audio import log_mel_spectrogram

from tests.checkpoint.muon import Muon
from tests.checkpoint.network import FRAMES, Network
from tests.checkpoint.scenes import Scene, Scenery
from tests.checkpoint.targets import MASKED, Targets

EMBEDDING = "decoder.token_embedding.weight"
SAMPLES_A_FRAME = 320
ALL_TOKENS = 51_865
SAVED_EVERY = 250
EMPTY = 0.25
"""The share of scenes in which nothing is said: with 0.15 of it, one clip of music in a hundred was given words."""
CLIPPED_AT = 1.0
HALVES = "AVX512" in torch.backends.cpu.get_cpu_capability()
"""Sixteen bits halve a step's time where the processor multiplies them, and cost forty times it where it does not."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. `peak` is the highest learning rate."""

    steps: int
    batch: int = 48
    peak: float = 2e-3
    warm_up: int = 400
    spelling: float = 1.0

    @classmethod
    def of_a_further_course(cls, steps: int) -> Plan:
        """For a network that hears already: gentler, and without the spelling, whose head no checkpoint keeps."""
        return cls(steps, peak=6e-4, warm_up=100, spelling=0.0)

    def rate(self, step: int) -> float:
        if step < self.warm_up:
            return self.peak * (step + 1) / self.warm_up
        done = (step - self.warm_up) / max(1, self.steps - self.warm_up)
        return self.peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


@dataclass(frozen=True, slots=True)
class Batch:
    spectrogram: Tensor
    padding: Tensor
    frames: Tensor
    given: Tensor
    wanted: Tensor
    letters: Tensor
    spelt: Tensor


class Training:
    """A network, its optimiser and its state file. Use: `for step, loss in training.steps(scenery): ...`."""

    def __init__(self, targets: Targets, plan: Plan, state: Path) -> None:
        torch.manual_seed(1)
        self.network = Network(len(targets.used), targets.letters)
        self._targets = targets
        self._plan = plan
        self._state = state
        self._optimisers = optimisers(self.network)
        self.step = 0
        if state.exists():
            self._load()

    def begin_with(self, checkpoint: Path) -> None:
        """Take the weights of an exported checkpoint, unless this training has begun already."""
        if self.step == 0:
            weights = torch.load(checkpoint, weights_only=True)["model_state_dict"]
            weights[EMBEDDING] = weights[EMBEDDING][torch.tensor(self._targets.used)]
            self.network.whisper.load_state_dict(weights)

    def steps(self, scenery: Scenery) -> Iterator[tuple[int, dict[str, float]]]:
        chance = random.Random(self.step)
        groups = of_like_length(scenery, self._plan.batch, chance)
        with tqdm(total=self._plan.steps, initial=self.step, desc="training") as bar:
            while self.step < self._plan.steps:
                losses = self._one(batch(next(groups), self._targets, chance))
                self.step += 1
                bar.update()
                bar.set_postfix({name: f"{loss:.3f}" for name, loss in losses.items()})
                if self.step % SAVED_EVERY == 0 or self.step == self._plan.steps:
                    self._save()
                yield self.step, losses

    def _one(self, one: Batch) -> dict[str, float]:
        for optimiser in self._optimisers:
            for group in optimiser.param_groups:
                group["lr"] = self._plan.rate(self.step)
        with torch.autocast("cpu", torch.bfloat16, enabled=HALVES):
            tokens, letters = self.network(masked(one.spectrogram), one.padding, one.given)
        said = token_loss(tokens.float(), one.wanted)
        log_letters = letters.float().log_softmax(-1).transpose(0, 1)
        spelt = F.ctc_loss(log_letters, one.letters, one.frames, one.spelt, zero_infinity=True)
        self.network.zero_grad(set_to_none=True)
        (said + self._plan.spelling * spelt).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIPPED_AT)
        for optimiser in self._optimisers:
            optimiser.step()
        return {"tokens": said.item(), "letters": spelt.item()}

    def _save(self) -> None:
        optimisers = [optimiser.state_dict() for optimiser in self._optimisers]
        state = {"network": self.network.state_dict(), "optimisers": optimisers, "step": self.step}
        torch.save(state, self._state.with_suffix(".part"))
        self._state.with_suffix(".part").replace(self._state)

    def _load(self) -> None:
        state = torch.load(self._state, weights_only=True)
        self.network.load_state_dict(state["network"])
        for optimiser, stored in zip(self._optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(stored)
        self.step = state["step"]


def optimisers(network: Network) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the blocks, which needs fewer steps, and AdamW for everything else."""
    inside = [p for name, p in network.named_parameters() if ".blocks." in name and p.dim() == 2]
    chosen = {id(p) for p in inside}
    rest = [p for p in network.parameters() if id(p) not in chosen]
    return [
        Muon(inside),
        torch.optim.AdamW(rest, betas=(0.9, 0.98), weight_decay=0.0),
    ]


def of_like_length(scenery: Scenery, size: int, chance: random.Random) -> Iterator[list[Scene]]:
    """Scenes in groups for one step each: most of one sentence, some of several, some a whole window long."""
    while True:
        pool = [scenery.emptiness() if chance.random() < EMPTY else scenery.sentence() for _ in range(4 * size)]
        pool.sort(key=lambda scene: len(scene.samples))
        groups = [pool[start : start + size] for start in range(0, len(pool), size)]
        if chance.random() < 0.4:
            groups.append([scenery.several() for _ in range(size // 3)])
        if chance.random() < 0.12:
            groups.append([scenery.window() for _ in range(max(2, size // 16))])
        chance.shuffle(groups)
        yield from groups


def token_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy over all of Whisper's tokens: each that is not used has a row of zeros, and so the logit 0."""
    rest = torch.full_like(logits[..., :1], math.log(ALL_TOKENS - logits.shape[-1]))
    whole = torch.cat([logits, rest], dim=-1)
    return F.cross_entropy(whole.flatten(0, 1), wanted.flatten(), ignore_index=MASKED)


def batch(scenes: list[Scene], targets: Targets, chance: random.Random) -> Batch:
    frames = [min(FRAMES, math.ceil(len(scene.samples) / SAMPLES_A_FRAME)) for scene in scenes]
    longest = min(FRAMES, max(frames) + chance.randrange(4))
    spectra, padding = zip(*(spectrum(scene, longest, chance) for scene in scenes), strict=True)
    written = [targets.of(scene, chance) for scene in scenes]
    return Batch(
        torch.stack(spectra),
        torch.tensor(padding),
        torch.tensor(frames),
        _filled([one.given for one in written], 0),
        _filled([one.wanted for one in written], MASKED),
        torch.tensor([letter for one in written for letter in one.letters], dtype=torch.long),
        torch.tensor([len(one.letters) for one in written]),
    )


def spectrum(scene: Scene, frames: int, chance: random.Random) -> tuple[Tensor, float]:
    """Whisper's spectrogram of `frames`, filled up as Whisper does it: with 0.0, or with silence (`pad_or_trim`)."""
    samples = np.append(scene.samples, np.zeros(-len(scene.samples) % SAMPLES_A_FRAME, np.float32))
    mel = log_mel_spectrogram(samples)[:, : 2 * frames]
    padding = 0.0 if chance.random() < 0.75 else (mel.max().item() * 4 - 4 - 8 + 4) / 4
    return F.pad(mel, (0, 2 * frames - mel.shape[1]), value=padding), padding


def masked(spectrogram: Tensor) -> Tensor:
    """Two bands of pitches and a moment of each are taken away (SpecAugment, Park et al., 2019)."""
    spectrogram = spectrogram.clone()
    for one in spectrogram:
        for _ in range(2):
            low, width = random.randrange(72), random.randrange(10)
            one[low : low + width] = one.mean()
        start, length = random.randrange(one.shape[1]), random.randrange(16)
        one[:, start : start + length] = one.mean()
    return spectrogram


def _filled(rows: list[list[int]], value: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [value] * (longest - len(row)) for row in rows])
