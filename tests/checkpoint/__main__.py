"""Train the checkpoint: `python -m tests.checkpoint` speaks the corpus, trains, evaluates, and writes it with its card.

Stopped with Ctrl-C at any time, the same command goes on from where it was. What is made on the way lies in
build/checkpoint. `--steps` trains longer or shorter, `--clips` speaks more or fewer phrases, and `--begin-with` takes a
checkpoint through a further course.
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
    plan = Plan.of_a_further_course if arguments.begin_with else Plan
    training = Training(targets, plan(arguments.steps), arguments.work / "state.pt")
    if arguments.begin_with:
        training.begin_with(arguments.begin_with)
    scenery = Scenery(corpus, noise_bank(), np.random.default_rng(training.step + 1))
    for _ in training.steps(scenery):
        pass
    export(training.network, targets.used, arguments.checkpoint)
    if not arguments.test_clips:
        print(f"{arguments.checkpoint} is written; how well it hears was not looked at.")
        return
    scores = evaluate(arguments.checkpoint, arguments.test_clips)
    arguments.card.write_text(written(scores, corpus, training.step), encoding="utf-8")
    print(f"{arguments.checkpoint} is written; {arguments.card} says how well it hears.")


def wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.checkpoint", description="Train the tests' Whisper.")
    parser.add_argument("--steps", type=int, default=7700)
    parser.add_argument("--clips", type=int, default=40_000)
    parser.add_argument("--begin-with", type=Path, metavar="CHECKPOINT", help="go on with the weights of this one")
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
