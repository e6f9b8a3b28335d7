"""What a recogniser says of its own doubt, and what follows from it: pure functions over plain numbers.

The thresholds are Whisper's own (`whisper.transcribe`: no_speech_threshold 0.6, logprob_threshold -1.0,
compression_ratio_threshold 2.4).
"""

from __future__ import annotations

import re

NO_SPEECH = 0.6
LOGPROB = -1.0
COMPRESSION = 2.4
DOUBTFUL_NO_SPEECH = 0.3
SHORT_SECONDS = 1.0

INVENTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"thank(s| you)( so much| very much)?( for (watching|listening|your attention))?",
        r"(please )?(like and )?subscribe( to (my|our|the) channel)?",
        r"(subtitles|captions|transcribed|transcription|translation) by .*",
        r"(시청|청취)해 ?주(셔서|시는 여러분)? ?감사합니다",
        r"(구독과 좋아요|구독,? 좋아요).*",
        r"다음 (영상|시간)에서? (만나요|뵙겠습니다|봬요)",
        r"(한글)?자막 ?(제공|by|:).*",
        r"mbc 뉴스.*",
        r"you|bye|\.+",
    )
)
"""What Whisper writes over silence, from the subtitles it was trained on: a backstop, never the first gate."""


def is_no_speech(no_speech: float, logprob: float, compression: float) -> bool:
    """Whether a segment is to be dropped: silence that was given words, or words that go round in circles."""
    return (no_speech > NO_SPEECH and logprob < LOGPROB) or compression > COMPRESSION


def is_invented(text: str, no_speech: float, seconds: float) -> bool:
    """Whether a whole transcript is a phrase that is written over silence, and the sound is doubtful too.

    `no_speech` is the highest of its segments, `seconds` the utterance's length.
    """
    if no_speech <= DOUBTFUL_NO_SPEECH and seconds >= SHORT_SECONDS:
        return False
    words = text.strip().strip(".!?。… ").strip()
    return any(pattern.fullmatch(words) for pattern in INVENTED)
