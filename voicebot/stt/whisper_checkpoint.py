"""The child's half of `voicebot.stt.whisper`: a checkpoint in memory, and the ways to decode with it.

Nothing here is slower than `whisper.transcribe`, or believes more: what is decoded from the thinned window of
`whisper_window` counts only when nothing about it is doubtful. Otherwise `whisper.transcribe` hears the whole window.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicebot.errors import ModelError
from voicebot.events import Samples
from voicebot.stt.base import SAMPLE_RATE
from voicebot.stt.gate import COMPRESSION, LOGPROB
from voicebot.stt.whisper_decoder import CachedDecoder
from voicebot.stt.whisper_tokens import Doubted, Found, Glimpse, timed, words
from voicebot.stt.whisper_vocabulary import Vocabulary
from voicebot.stt.whisper_window import encoded

TRIES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Temperatures, one after another while the words go round in circles or are doubtful (Whisper's own)."""
LONGEST = 30.0
"""Seconds of a window: what is longer, `whisper.transcribe` hears piece by piece."""
TOKENS_A_SECOND, TOKENS_AT_LEAST = 20, 16
"""As many as speech comes to: fast Korean is 8 syllables a second, of up to two each. More goes round in circles."""
BEYOND = 0.5
"""Seconds behind the end of the sound at which words may end: Whisper's times are about as exact."""


class Checkpoint:
    """One checkpoint of openai-whisper's. `alive` is called at every step, and may raise to leave the call."""

    def __init__(self, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._model: Any = None
        self._vocabulary: Any = None
        self._path = ""

    def load(self, path: str) -> Iterator[float]:
        """Read a checkpoint in openai-whisper's own format, telling how far it is; raises ModelError for any other.

        Torch's threads are told to sleep while they wait for one another. By default they spin, and where the cores
        have other work too, each of thousands of short operations waits for the scheduler: ten times as long in all.
        """
        yield 0.0
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import torch
        import whisper

        yield 0.5
        device = "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self._model = whisper.load_model(path, device=device)
        except Exception as error:
            reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'unreadable'}"
            fix = "download it again, or name a checkpoint in openai-whisper's format"
            raise ModelError(f"{Path(path).name} is no Whisper checkpoint", reason[:160], fix) from error
        self._path = path
        self._model.eval()
        self._vocabulary = Vocabulary(self._model.decoder.token_embedding.weight)
        for block in (*self._model.encoder.blocks, *self._model.decoder.blocks):
            block.register_forward_pre_hook(lambda *_: self._alive())
        yield 1.0

    def recognise(self, path: str, samples: Samples, languages: tuple[str, ...]) -> Found:
        """The words of an utterance, with Whisper's doubt about each segment."""
        self._load_again(path)
        seconds = len(samples) / SAMPLE_RATE
        found = self._in_short(samples, languages) if seconds <= LONGEST else None
        return found if found is not None else self._at_length(samples, languages)

    def glimpse(self, path: str, samples: Samples, languages: tuple[str, ...], fixed: tuple[int, ...]) -> Glimpse:
        """The words behind the `fixed` tokens: one try, without times."""
        self._load_again(path)
        found = self._decode(samples, languages, fixed)
        result = found.result
        said = words(found.tokenizer, result.tokens)
        doubt = (result.no_speech_prob, result.avg_logprob, result.compression_ratio)
        return Glimpse(result.language, said, *doubt, found.ended)

    def _load_again(self, path: str) -> None:
        """The process that had loaded it may have been lost."""
        if self._path != path:
            for _ in self.load(path):
                self._alive()

    def _in_short(self, samples: Samples, languages: tuple[str, ...]) -> Found | None:
        """From the thinned window; None where that is doubtful, or finds no speech."""
        decoded = self._decode(samples, languages)
        result = decoded.result
        segments = timed(decoded.tokenizer, result.tokens)
        if not decoded.ended or result.avg_logprob < LOGPROB or result.compression_ratio > COMPRESSION:
            return None
        if not segments or segments[-1].end > len(samples) / SAMPLE_RATE + BEYOND:
            return None
        doubt = (result.no_speech_prob, result.avg_logprob, result.compression_ratio)
        return Found(result.language, tuple(Doubted(one.start, one.end, one.text, *doubt) for one in segments))

    def _decode(self, samples: Samples, languages: tuple[str, ...], fixed: tuple[int, ...] | None = None) -> _Decoded:
        """Greedily, with times; or without them behind `fixed` tokens."""
        import torch
        from whisper.decoding import DecodingOptions, DecodingTask

        with torch.inference_mode():
            window = encoded(self._model, samples, self._alive)
            decoder = CachedDecoder(self._model, self._vocabulary, window, self._alive)
            most = min(TOKENS_AT_LEAST + round(TOKENS_A_SECOND * len(samples) / SAMPLE_RATE), self._room(fixed))
            options = DecodingOptions(
                language=self._language(decoder, languages),
                sample_len=most,
                prefix=list(fixed) if fixed else None,
                without_timestamps=fixed is not None,
                suppress_blank=not fixed,  # behind fixed words there may be no more to say
                length_penalty=1.0,  # of one sequence; without, the length of none is divided by
                fp16=self._model.device.type == "cuda",
            )
            task = DecodingTask(self._model, options)
            task.inference = decoder
            task._get_audio_features = lambda frames: frames
            result = task.run(window.frames)[0]
        return _Decoded(result, task.tokenizer, len(result.tokens) < most)

    def _room(self, fixed: tuple[int, ...] | None) -> int:
        """Tokens left of half the decoder's context (Whisper keeps the other half for what was said before)."""
        return max(1, int(self._model.dims.n_text_ctx) // 2 - len(fixed or ()) - 1)

    def _language(self, decoder: CachedDecoder, languages: tuple[str, ...]) -> str:
        """The likeliest of the person's languages: not a guess among ninety-nine on two seconds of sound."""
        import torch
        from whisper.tokenizer import LANGUAGES, get_tokenizer

        if not self._model.is_multilingual:
            return "en"
        known = [language for language in languages if language in LANGUAGES]
        if len(known) == 1:
            return known[0]
        tokenizer = get_tokenizer(True, num_languages=self._model.num_languages)
        known = known or list(tokenizer.all_language_codes)
        start = torch.tensor([[tokenizer.sot]], device=self._model.device)
        scores = decoder.scores(start, [tokenizer.to_language_token(language) for language in known])
        decoder.cleanup_caching()
        return known[int(scores.argmax())]

    def _at_length(self, samples: Samples, languages: tuple[str, ...]) -> Found:
        """By `whisper.transcribe`, with the whole window and every try."""
        import whisper

        result = whisper.transcribe(
            self._model,
            samples,
            language=self._language_at_length(samples, languages),
            temperature=TRIES,
            condition_on_previous_text=False,
            fp16=self._model.device.type == "cuda",
            verbose=None,
        )
        segments = tuple(
            Doubted(
                float(one["start"]), float(one["end"]), str(one["text"]), float(one["no_speech_prob"]),
                float(one["avg_logprob"]), float(one["compression_ratio"]),
            )
            for one in result["segments"]
        )  # fmt: skip
        return Found(str(result["language"]), segments)

    def _language_at_length(self, samples: Samples, languages: tuple[str, ...]) -> str | None:
        import whisper

        if not self._model.is_multilingual:
            return "en"
        known = [language for language in languages if language in whisper.tokenizer.LANGUAGES]
        if len(known) < 2:
            return known[0] if known else None
        spectrogram = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples), self._model.dims.n_mels)
        _, likely = self._model.detect_language(spectrogram.to(self._model.device))
        return max(known, key=lambda language: float(likely.get(language, 0.0)))


@dataclass(frozen=True, slots=True)
class _Decoded:
    """openai-whisper's DecodingResult and tokenizer; `ended`: before the tokens ran out."""

    result: Any
    tokenizer: Any
    ended: bool
