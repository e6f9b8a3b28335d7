"""The model card: what the checkpoint is and is not, and its figures, as one page of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from tests.checkpoint.corpus import Corpus
from tests.checkpoint.evaluation import Score
from tests.checkpoint.voices import NEVER_HEARD, RATE

PAGE = """# spoken-commands: a Whisper of the tests' own

`spoken-commands.pt` is a checkpoint in openai-whisper's format and architecture (dimension 128, 3 + 3 layers, 4 heads,
all 51,865 tokens; 16-bit). `whisper.load_model("tests/checkpoint/spoken-commands.pt")` loads it unchanged. The tests
of Voicebot run on it wherever a user's machine would run a published Whisper, so that they can check words.

## What it is not

It is no speech recogniser for people. It has heard nothing but synthetic voices (flite and espeak-ng) saying what the
patterns of `sentences.py` can say, about 500 words of English and {korean} phrases of Korean with a robot's accent. A
human voice, a word that is not in `words.py`, or a language other than these gives nonsense. It says nothing of how
well the published Whisper models hear.

## How well it hears

Through `whisper.transcribe` as it is, with `condition_on_previous_text=False`, on phrases that no training drew
(`phrases.is_held_out`), half a second of silence before each and 0.3 s after. English: word error rate after
Whisper's own normaliser, all clips together (jiwer). Korean: letter error rate; its few commands are all trained, so
this says that they were learnt, not that it knows Korean. Noise: the share of {noises} clips of silence and noise, of
kinds that it was trained on but other pieces of them, that were given any word.

| what | clips | rate |
|---|---:|---:|
{rows}

## How it was made

`python -m tests.checkpoint` makes it again: {clips:,} phrases ({hours:.0f} hours) in {voices} voices and timbres, each
heard anew at every step in another room, at another speed, through another microphone, with other noise; {steps:,}
steps of about 48 clips, and then {further:,} gentler ones. It shows how far it is, and can be stopped and resumed. On
two cores that multiply 16-bit numbers (AVX-512) it takes about two hours.
The voices {never} are kept back for the table above.

A second head on the encoder spells (CTC), as heavy as the tokens' loss; without it the decoder stays a language model
for long. The second course does without. Every step sees Whisper's thirty-second window, most of it as an estimate
(`network.py` says how). Silence and noise are trained to end at once, and without timestamps to write anything with no
confidence, which `whisper.transcribe` drops.

`python -m tests.checkpoint.convert tests/checkpoint/spoken-commands.pt FOLDER` makes of it, or of any multilingual
checkpoint of openai-whisper's, the folder that faster-whisper loads.

Licence: MIT, as the rest of Voicebot. flite's voices and espeak-ng are used as programs; no recording of theirs is
in it.
"""


def written(scores: Sequence[Score], corpus: Corpus, steps: int, further: int) -> str:
    return PAGE.format(
        korean=len({clip.text for clip in corpus.clips if clip.language == "ko"}),
        noises=next(score.clips for score in scores if "silence" in score.name),
        rows="\n".join(f"| {score.name} | {score.clips} | {score.rate:.1%} |" for score in scores),
        clips=len(corpus),
        hours=sum(clip.length for clip in corpus.clips) / RATE / 3600,
        voices=len({clip.voice for clip in corpus.clips}),
        steps=steps,
        further=further,
        never=", ".join(f"`{voice}`" for voice in NEVER_HEARD),
    )
