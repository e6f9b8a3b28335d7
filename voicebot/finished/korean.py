"""Korean: the ending of the last word says it; the longest ending that is known here decides.

A verb comes last and its ending tells whether the sentence does too; a particle or a connective ending hangs. Endings
are compared letter by letter (Unicode's decomposed form), for many begin with the last letter of a syllable: "-ㄹ게".
"""

from __future__ import annotations

import re
from unicodedata import normalize

OPEN = 0.0
"""Something must follow."""
LIKELY_OPEN = 0.2
DOUBTFUL = 0.45
LIKELY_DONE = 0.7
DONE = 1.0


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANSWERS = frozenset(
    normalize("NFC", answer)
    for answer in (
        "네", "예", "응", "어", "아니", "아니요", "아니오", "아뇨", "맞아", "좋아", "그래", "고마워", "됐어",
        "그만", "멈춰",
        "정지", "다음", "이전", "계속", "계속해", "취소", "안녕", "알았어", "잠깐만", "잠깐", "오케이", "다시",
        "크게", "작게",
        "더 크게", "더 작게", "조용히 해", "도와줘", "왜", "뭐", "뭐라고", "진짜", "정말", "그렇구나",
        "응 고마워", "아니 괜찮아",
        "아니 됐어", "꺼", "켜",
    )
)  # fmt: skip
"""Whole utterances."""

OPENERS = _words("네 예 응 어 아니 아니요 아니오 아뇨 그래 좋아 알았어 잠깐만 잠깐 오케이 왜 뭐 진짜 정말")
"""Of these, those after which many go on."""

HANGING = _words(
    "음 어 그 저 저기 막 이제 그러니까 그래서 그런데 근데 그리고 하지만 그러면 그럼 또 또는 아니면 만약 "
    "혹시 좀 더 잘 안 못 꼭 "
    "제일 가장 아주 매우 너무 정말 이 한 두 세 네 몇 무슨 어떤 어느 모든 새 첫 다른 같은 각 약 왜 뭐 "
    "뭘 언제 어디 누가 어떻게 "
    "얼마나 있잖아 필요 중요 주요 월요 화요 수요 목요 금요 토요 일요 때 수 줄 것 거 데 중 위 아래 앞 "
    "뒤 옆 안 밖 등 및 대해 위해 "
    "따라 통해 아까 원래 이렇게 그렇게 저렇게"
)
"""Fillers, conjunctions, adverbs and others that never come last."""

QUESTION = re.compile("왜|뭐|뭘|무엇|무슨|어떻게|어디|누구|누가|언제|얼마|몇|어느|어떤")

_ENDINGS: tuple[tuple[float, str], ...] = (
    (
        DONE,
        "요 ᆸ니다 ᆸ니까 ᆫ다 ᆻ다 ᆯ까 ᆻ어 있어 없어 싶어 같아 몰라 알아 좋아 싫어 많아 맞아 괜찮아 줘 줄래 "
        "ᆯ래 ᆯ게 ᆯ걸 자 ᆻ지 "
        "뭐지 거지 누구지 ᆻ니 ᆻ네 ᆻ냐 야 돼 어때 냐 구나 군 잖아 거든 해라 꺼라 켜라 와라 봐라 줘라 "
        "마라 어라 아라 거라 죠 줘봐 "
        "궁금해 필요해 해줘 고마워 추워 더워 아파 고파 마",
    ),
    (LIKELY_DONE, "다 는데요 니 네 ᆫ가 봐 뭐라고 ᆻ나 되나 있나"),
    (DOUBTFUL, "어 아 해 려 켜 꺼 와 워 춰 쳐 져 써 여 겨 둬 놔 지 라 나 기 ᆷ"),
    (
        LIKELY_OPEN,
        "ᆫ지 ᆯ지 던지 든지 ᆫ ᆯ 이 보다 바다 머니 언니 의자 여자 남자 피자 과자 모자 혼자 글자 숫자 노래 엄마 하나",
    ),
    (
        OPEN,
        "는 은 을 를 가 에 의 로 과 랑 께 한테 부터 까지 처럼 마다 조차 밖에 이나 얼마나 에서 도 만 고 "
        "며 면 서 데 니까 으니 "
        "려고 다가 도록 거나 자마자 느라 러 게 듯이 지만 면서 어야 아야 해야 여야 와야 워야 려야 "
        "가야 봐야 돼야 켜야 꺼야 써야 때",
    ),
)
ENDINGS = {normalize("NFD", ending): score for score, endings in _ENDINGS for ending in endings.split()}
_LONGEST = max(map(len, ENDINGS))


def finished(text: str) -> float:
    """See `voicebot.finished.finished`."""
    if re.search(r"([,:;…~-]|\.\.\.)\s*$", text):
        return OPEN
    words = re.findall(r"[^\s.,!?…'\"]+", normalize("NFC", text))
    if not words:
        return OPEN
    if " ".join(words) in ANSWERS:
        return LIKELY_DONE if words[-1] in OPENERS else DONE
    if words[-1] in HANGING:
        return OPEN
    score = _ending(words[-1])
    asks = score == DOUBTFUL and QUESTION.search(" ".join(words[:-1])) is not None
    return DONE if asks or (score == DOUBTFUL and text.rstrip().endswith("?")) else score


def _ending(word: str) -> float:
    """A noun without a particle is none of the endings: "오늘 날씨" may be all that is said."""
    letters = normalize("NFD", word)
    for length in range(min(_LONGEST, len(letters)), 0, -1):
        if letters[-length:] in ENDINGS:
            return ENDINGS[letters[-length:]]
    return DOUBTFUL
