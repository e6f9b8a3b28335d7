"""The child's half of `voicebot.stt.faster_whisper`: a CTranslate2 model in memory, and the ways to decode with it.

An utterance is encoded once, for its language too, and decoded greedily; what is doubtful is decoded again at higher
temperatures. The whole window of thirty seconds is computed: to cut off its silence changes words, and CTranslate2 has
no way to thin it out (docs/decisions/0006-whisper-short-utterances.md). It calls nothing back while it works, so that
it works in a thread of its own: a call that is cancelled is left at once, and the next one waits until the step that
was under way is over.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from voicebot.errors import ModelError
from voicebot.events import Samples
from voicebot.stt.base import SAMPLE_RATE
from voicebot.stt.gate import COMPRESSION, LOGPROB, NO_SPEECH
from voicebot.stt.whisper_tokens import Doubted, Found, Glimpse, timed, words

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Temperatures, one after another while the words go round in circles or are doubtful (Whisper's own)."""
LONGEST = 30.0
"""Seconds of a window: what is longer, `WhisperModel.transcribe` hears piece by piece."""
FRAMES = 3000
"""Of the spectrogram in a window."""
HALF_CONTEXT = 224
"""Tokens of a decoder's 448: Whisper keeps the other half for what was said before."""
TOKENS_A_SECOND, TOKENS_AT_LEAST = 20, 16
"""As many as speech comes to: fast Korean is 8 syllables a second, of up to two each. More goes round in circles."""
BEYOND = 0.5
"""Seconds behind the end of the sound at which words may end: Whisper's times are about as exact."""
SIGN = 0.02
"""Seconds between two looks at whether anybody still waits."""
STEP = 60.0
"""Seconds for one step of CTranslate2, after which there are no signs of life any more: it hangs."""


class Checkpoint:
    """One model. `alive` is called while a step lasts, and may raise to leave the call."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._worker = ThreadPoolExecutor(1, "ctranslate2")
        self._model: Any = None
        self._path = ""

    def load(self, path: str) -> Iterator[float]:
        """Read the folder of a converted model, telling how far it is. Raises ModelError for anything else.

        The threads are told to sleep while they wait for one another, as in `whisper_checkpoint`.
        """
        yield 0.0
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import faster_whisper  # noqa: F401 - the long part

        yield 0.5
        try:
            self._model = self._step(_loaded, path)
        except Exception as error:
            reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'unreadable'}"
            fix = "download it again, or name the folder of a CTranslate2 model"
            raise ModelError(f"{Path(path).name} is no Whisper model", reason[:160], fix) from error
        self._path = path
        yield 1.0

    def recognise(self, path: str, samples: Samples, languages: tuple[str, ...]) -> Found:
        """The words of an utterance, with Whisper's doubt about each segment."""
        self._load_again(path)
        if len(samples) / SAMPLE_RATE > LONGEST:
            return self._at_length(samples, languages)
        heard = self._hear(samples, languages)
        return Found(heard.language, self._best(heard).segments)

    def glimpse(self, path: str, samples: Samples, languages: tuple[str, ...], fixed: tuple[int, ...]) -> Glimpse:
        """The words behind the `fixed` tokens: one try, without times."""
        self._load_again(path)
        heard = self._hear(samples, languages)
        tokenizer = heard.tokenizer
        said = self._say(heard, [*tokenizer.sot_sequence, tokenizer.no_timestamps, *fixed], fixed=len(fixed))
        doubt = (said.no_speech, said.logprob, said.compression)
        return Glimpse(heard.language, words(tokenizer, said.tokens), *doubt, said.ended)

    def _load_again(self, path: str) -> None:
        """The process that had loaded it may have been lost."""
        if self._path != path:
            for _ in self.load(path):
                self._alive()

    def _best(self, heard: _Heard) -> _Said:
        """The first that is certain, or silence, at one temperature after another; or the least doubtful."""
        tries: list[_Said] = []
        for temperature in TRIES:
            tries.append(self._say(heard, heard.tokenizer.sot_sequence, temperature))
            if tries[-1].is_certain or tries[-1].is_silence:
                return tries[-1]
        return max(tries, key=lambda one: one.worth)

    def _hear(self, samples: Samples, languages: Sequence[str]) -> _Heard:
        from faster_whisper.tokenizer import Tokenizer

        encoded = self._step(self._encoded, samples)
        language = self._language(encoded, languages)
        tokenizer = Tokenizer(self._model.hf_tokenizer, self._model.model.is_multilingual, "transcribe", language)
        return _Heard(encoded, language, tokenizer, len(samples) / SAMPLE_RATE)

    def _encoded(self, samples: Samples) -> Any:
        """Behind the sound stands what silence gives: never the loudest, always the lowest value."""
        frames = self._model.feature_extractor(samples)[:, :FRAMES]
        rest = FRAMES - frames.shape[1]
        return self._model.encode(np.pad(frames, ((0, 0), (0, rest)), constant_values=frames.min()))

    def _language(self, encoded: Any, languages: Sequence[str]) -> str:
        """The likeliest of the person's languages: not a guess among ninety-nine on two seconds of sound."""
        known = [language for language in languages if language in self._model.supported_languages]
        if not self._model.model.is_multilingual or len(known) == 1:
            return known[0] if known else "en"
        likely = self._step(self._model.model.detect_language, encoded)[0]
        ranked: list[str] = [token.strip("<|>") for token, _ in likely]
        return next((one for one in ranked if one in known), ranked[0])

    def _say(self, heard: _Heard, prompt: list[int], temperature: float = 0.0, fixed: int = 0) -> _Said:
        """Tokens to follow the prompt, which ends with `fixed` ones of the text."""
        most = min(TOKENS_AT_LEAST + round(TOKENS_A_SECOND * heard.seconds), max(1, HALF_CONTEXT - fixed - 1))
        sampling = {"sampling_topk": 0, "sampling_temperature": temperature} if temperature else {}
        result = self._step(
            self._model.model.generate,
            heard.encoded,
            [prompt],
            beam_size=1,
            max_length=len(prompt) + most,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=not fixed,  # behind fixed words there may be no more to say
            **sampling,
        )[0]
        tokens = result.sequences_ids[0][fixed:]
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return _said(heard, tokens, float(result.no_speech_prob), float(logprob), len(tokens) < most)

    def _at_length(self, samples: Samples, languages: Sequence[str]) -> Found:
        """By `WhisperModel.transcribe`, piece by piece."""
        language = self._hear(samples[: round(LONGEST * SAMPLE_RATE)], languages).language
        segments, _ = self._step(
            self._model.transcribe,
            samples,
            language=language,
            beam_size=1,
            best_of=1,
            temperature=TRIES,
            condition_on_previous_text=False,
        )
        found = []
        while (one := self._step(next, segments, None)) is not None:
            found.append(
                Doubted(one.start, one.end, one.text, one.no_speech_prob, one.avg_logprob, one.compression_ratio)
            )
        return Found(language, tuple(found))

    def _step(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Work that never calls back, in the one thread for it. Signs of life are given while it is not hanging."""
        running = self._worker.submit(work, *args, **kwargs)
        until = time.monotonic() + STEP
        while not running.done():
            if time.monotonic() < until:
                self._alive()
            wait([running], SIGN)
        return running.result()


@dataclass(frozen=True, slots=True)
class _Heard:
    """An utterance as the decoder gets it: CTranslate2's encoder output, and faster-whisper's tokenizer for it."""

    encoded: Any
    language: str
    tokenizer: Any
    seconds: float


@dataclass(frozen=True, slots=True)
class _Said:
    """One try, with Whisper's doubt about it; `ended`: before the tokens ran out."""

    tokens: list[int]
    segments: tuple[Doubted, ...]
    no_speech: float
    logprob: float
    compression: float
    ended: bool
    has_times: bool

    @property
    def is_certain(self) -> bool:
        return self.ended and self.has_times and self.compression <= COMPRESSION and self.logprob >= LOGPROB

    @property
    def is_silence(self) -> bool:
        return self.no_speech > NO_SPEECH and self.logprob < LOGPROB

    @property
    def worth(self) -> tuple[bool, float]:
        """To choose among tries that are all doubtful."""
        return self.compression <= COMPRESSION, self.logprob


def _said(heard: _Heard, tokens: list[int], no_speech: float, logprob: float, ended: bool) -> _Said:
    from faster_whisper.transcribe import get_compression_ratio

    text = heard.tokenizer.decode(tokens)
    doubt = (no_speech, logprob, float(get_compression_ratio(text)))
    found = timed(heard.tokenizer, tokens)
    if not found or found[-1].end > heard.seconds + BEYOND:
        return _Said(tokens, (Doubted(0.0, heard.seconds, text, *doubt),), *doubt, ended, has_times=False)
    segments = tuple(Doubted(one.start, one.end, one.text, *doubt) for one in found)
    return _Said(tokens, segments, *doubt, ended, has_times=True)


def _loaded(path: str) -> Any:
    """On a graphics card where CTranslate2 can use one: it finds out when it first computes, not when it loads."""
    import ctranslate2
    from faster_whisper import WhisperModel

    if ctranslate2.get_cuda_device_count() and "float16" in ctranslate2.get_supported_compute_types("cuda"):
        try:
            model = WhisperModel(path, device="cuda", compute_type="float16", local_files_only=True)
            model.encode(np.zeros((model.model.n_mels, FRAMES), np.float32))
            return model
        except RuntimeError as error:
            log.warning("the graphics card is left alone: %s", error)
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return WhisperModel(path, device="cpu", compute_type="int8", cpu_threads=min(4, threads), local_files_only=True)
