"""Train the checkpoint: `python -m tests.checkpoint` speaks the corpus, trains, evaluates, and writes it with its card.

Stopped with Ctrl-C at any time, the same command goes on from where it was. What is made on the way lies in
build/checkpoint. There are two courses: a long one, and a gentler one on the same phrases. `--steps` and `--further`
make them longer or shorter, `--clips` speaks more or fewer phrases, and `--begin-with` takes a checkpoint through the
second course alone.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import torch

from tests.checkpoint import CARD, CHECKPOINT
from tests.checkpoint.card import written
from tests.checkpoint.corpus import Corpus
from tests.checkpoint.evaluation import evaluate
from tests.checkpoint.export import export
from tests.checkpoint.scenes import Scenery, noise_bank
from tests.checkpoint.targets import Targets
from tests.checkpoint.training import Plan, Training

WORK = Path("build/checkpoint")


def main() -> None:
    arguments = wanted()
    torch.set_num_threads(os.cpu_count() or 1)
    corpus = Corpus(arguments.work).extend(arguments.clips, os.cpu_count() or 1)
    targets = Targets(corpus.texts())
    further = arguments.work / "further.pt"
    begun = arguments.begin_with
    if begun is None:
        begun = arguments.work / "first.pt"
        first = Training(targets, Plan(arguments.steps), arguments.work / "state.pt")
        if train(first, corpus) or not begun.exists():
            export(first.network, targets.used, begun)
            further.unlink(missing_ok=True)
    second = Training(targets, Plan.of_a_further_course(arguments.further), further)
    second.begin_with(begun)
    train(second, corpus)
    export(second.network, targets.used, arguments.checkpoint)
    if not arguments.test_clips:
        print(f"{arguments.checkpoint} is written; how well it hears was not looked at.")
        return
    scores = evaluate(arguments.checkpoint, arguments.test_clips)
    arguments.card.write_text(written(scores, corpus, arguments.steps, second.step), encoding="utf-8")
    print(f"{arguments.checkpoint} is written; {arguments.card} says how well it hears.")


def train(training: Training, corpus: Corpus) -> int:
    """Go on to the end of the course; the steps that this took."""
    scenery = Scenery(corpus, noise_bank(), np.random.default_rng(training.step + 1))
    return sum(1 for _ in training.steps(scenery))


def wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.checkpoint", description="Train the tests' Whisper.")
    parser.add_argument("--steps", type=int, default=7700, help="of the first course")
    parser.add_argument("--further", type=int, default=1500, help="steps of the further course")
    parser.add_argument("--clips", type=int, default=40_000)
    parser.add_argument("--begin-with", type=Path, metavar="CHECKPOINT", help="instead of a first course")
    parser.add_argument("--test-clips", type=int, default=300)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--card", type=Path, default=CARD)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.")
