"""Anyone can train it again: it speaks, trains, is stopped, goes on, and writes a checkpoint and its card."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.checkpoint.card import written
from tests.checkpoint.corpus import Corpus, spoken
from tests.checkpoint.evaluation import Score
from tests.checkpoint.muon import orthogonal

pytestmark = pytest.mark.skipif(not (shutil.which("flite") and shutil.which("espeak-ng")), reason="no voices")


def train(folder: Path, steps: int) -> str:
    command = [
        *(sys.executable, "-m", "tests.checkpoint", "--clips", "60", "--steps", str(steps), "--test-clips", "0"),
        *("--further", "1"),
        *("--work", str(folder), "--checkpoint", str(folder / "small.pt")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.timeout(600)
def test_it_trains_and_goes_on_where_it_was(tmp_path: Path) -> None:
    train(tmp_path, 1)
    first = torch.load(tmp_path / "state.pt", weights_only=True)
    size = (tmp_path / "clips.i16").stat().st_size
    assert "is written" in train(tmp_path, 2)
    second = torch.load(tmp_path / "state.pt", weights_only=True)
    assert (first["step"], second["step"]) == (1, 2)
    assert (tmp_path / "clips.i16").stat().st_size == size, "phrases were spoken again"
    assert torch.load(tmp_path / "further.pt", weights_only=True)["step"] == 1
    stored = torch.load(tmp_path / "small.pt", weights_only=True)
    assert stored["dims"]["n_vocab"] == 51_865


def test_the_card_is_written_from_the_scores(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path).extend(5, 1)
    card = written([Score("held-out phrases", 7, 0.016), Score("words in silence", 9, 0.0)], corpus, 123, 45)
    assert "| held-out phrases | 7 | 1.6% |" in card
    assert "123\nsteps" in card
    assert "then 45 gentler" in card


def test_a_clip_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    clip, samples = spoken(3)
    corpus = Corpus(tmp_path).extend(5, 1)
    assert corpus[3][0] == clip
    assert (corpus[3][1] == samples).all()


@pytest.mark.parametrize("shape", [(3, 8, 8), (2, 8, 32), (2, 32, 8)])
def test_orthogonal_matrices(shape: tuple[int, int, int]) -> None:
    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert ((values > 0.3) & (values < 1.4)).all()
