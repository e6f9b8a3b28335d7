"""The words of a page, by what they are called in a report's contents."""

from __future__ import annotations

KOREAN = {
    "a run of the Lab": "실험실 결과",
    "speech recognition": "음성 인식 비교",
    "voices": "음성 비교",
    "round trips": "왕복 비교",
    "recognisers": "인식기 비교",
    "begun": "시작",
    "trials": "시험",
    "compared with": "비교 대상",
    "earlier": "이전",
    "now": "이번",
    "listening test": "블라인드 청취 비교",
    "voice": "음성",
    "recogniser": "인식기",
    "language": "언어",
    "texts": "문장",
    "clips": "녹음",
    "stress": "조건",
    "as recorded": "원본 그대로",
    "failed": "실패",
    "first audio": "첫 소리까지",
    "first partial": "첫 중간 결과까지",
    "final": "최종 결과까지",
    "memory": "전체 메모리",
    "memory of the engine": "엔진 메모리",
    "final, 95 %": "최종 결과까지, 95 %",
    "real-time factor": "실시간 대비 배율",
    "duration": "소리 길이",
    "loudness": "라우드니스",
    "loudness spread": "라우드니스 차이",
    "peak": "피크",
    "clipped": "클리핑",
    "silence before": "앞 무음",
    "silence after": "뒤 무음",
    "pauses": "중간 쉼",
    "WER": "단어 오류율 (WER)",
    "CER": "글자 오류율 (CER)",
    "failure": "실패 이유",
    "first voice": "첫 번째 음성",
    "second voice": "두 번째 음성",
    "first preferred": "첫 번째 선호",
    "second preferred": "두 번째 선호",
    "no preference": "차이 없음",
    "share": "첫 번째 선호 비율",
    "p": "p값",
    "word by word": "단어별 결과",
    "substituted": "다르게 들음",
    "missing": "빠짐",
    "added": "덧붙음",
    "not every sound is in this file": "소리가 커서 이 파일에 모두 담지는 않았어요",
    "intervals": "괄호 안과 막대의 가는 선은 95 % 신뢰구간이에요",
}
"""A page's English words, and their Korean."""

ENGLISH = {
    "WER": "word error rate (WER)",
    "CER": "character error rate (CER)",
    "share": "share of the first",
    "intervals": "in brackets, and as thin lines on the bars: 95 % confidence intervals",
}
"""Where the English is not what it is called."""


def word(name: str, language: str) -> str:
    """What a thing is called on a page, with what stands behind it in brackets: "WER (en)"."""
    plain, bracket, rest = name.partition(" (")
    known = KOREAN if language == "ko" else ENGLISH
    return known.get(name) or known.get(plain, plain) + bracket + rest
