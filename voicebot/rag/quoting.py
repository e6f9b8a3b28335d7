"""The sentence of a passage that answers a question best, word for word: short enough to be spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from voicebot.sentences.ends import Verdict, is_hangul, joined_sentence_ends, sentence_ends

LONGEST = 300
"""Characters of a quote: about twenty seconds of speech."""
LOOK_BACK = 64
SAME, ALIKE, FIGURE = 1.5, 1.0, 0.75
"""What a word of the question is worth in a sentence, as it is or in another form, and a number where one is asked."""
GRANTED = 0.3
"""And what is taken for granted, beside that."""

_WORD = re.compile(r"[0-9a-z]+(?:['’.][0-9a-z]+)*|[가-힣]+", re.IGNORECASE)
_IDLE_WORDS = """
    a about an and are as at be been by can could did do document does for from get gets give had handbook has have how
    i if in is it its many me much must my of on one or our page per say says should tell than that the their them then
    there these they this to was we were what when where which who whose why will with would you your
    그럼 그건 그거 이건 이거 있어 있나요 있어요 인가요 알려 알려줘 말해 해줘 주세요 대해 대한 관해 문서 되나요 돼요
    하나요 해요
"""
IDLE = frozenset(_IDLE_WORDS.split())
"""Words of a question that tell nothing about what is asked for."""
_ASKS_A_FIGURE = re.compile(
    r"\bhow (?:many|much|long|old|often|far|big|tall)\b|\bwhen\b|얼마|몇|며칠|언제", re.IGNORECASE
)
_KOREAN_ASKING = re.compile(r"며칠|얼마|언제|무엇|뭐|어디|누구|누가|어떻|어떤|무슨|몇")
_PARTICLE = re.compile(r"(?<=..)(?:에서|으로|부터|까지|이나|은|는|이|가|을|를|에|의|로|도|만|와|과|나)$")
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|hundred)\b"
    r"|[가-힣]*(?:하루|이틀|사흘|나흘|열흘|한 달)",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"(?:it|its|this|that|these|those|they|he|she|such)\b|이[는를것]|그[는것]|이들|해당", re.IGNORECASE
)
_BREAK = re.compile(r"(?<=[^\w\s,;:]|[ㅋㅎ])\s+")
_JOINED = re.compile(r"[。！？]|(?<=[가-힣])[.!?](?=\S)")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•#|]|\d{1,2}[.)]\s))")
_TITLE = re.compile(
    r"^(?:[A-Z][\w '’()/&-]{0,39}\n(?=[A-Z])|[가-힣][가-힣\w ()-]{0,11}\n(?=[가-힣]))", re.MULTILINE | re.ASCII
)
"""A short line without a full stop above one that begins anew, as the headings of a PDF are: no part of a sentence."""
_CLAUSE = re.compile(r"[,;:—、，](?=\s)|\s(?=[(–—])")


def quote(text: str, question: str, about: str = "") -> str:
    """One or two sentences of `text`, as they stand in it, at most `LONGEST` characters; "" of an empty text.

    Scored by the words of the question, forms of one word counting as alike. The words of `about`, which a question
    takes for granted, decide between what is as good; then the first wins.
    """
    every = list(spans(text))
    sentences = [one for one in every if not _TITLE.match(text, one[0])] or every
    if not sentences:
        return ""
    wanted, granted = _keys(question), _keys(about)
    wants_figure = bool(_ASKS_A_FIGURE.search(question))
    lowered = [text[start:end].lower() for start, end in sentences]
    scores = [
        _score(sentence, wanted, wants_figure) + GRANTED * _score(sentence, granted, wants_figure)
        for sentence in lowered
    ]
    best = max(range(len(sentences)), key=lambda index: (scores[index], -index))
    start, end = _with_neighbour(text, sentences, best, wanted)
    return _shortened(text, start, end, wanted)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end, without the white space around them; list items are sentences."""
    borders = sorted({0, len(text), *_ends(text)})
    for start, end in pairwise(borders):
        stripped = text[start:end].strip()
        if re.search(r"\w", stripped):
            first = text.index(stripped, start)
            yield first, first + len(stripped)


def _ends(text: str) -> Iterator[int]:
    for found in (*_PARAGRAPH.finditer(text), *_TITLE.finditer(text)):
        yield found.end()
    for found in _BREAK.finditer(text):
        tail, following = text[max(0, found.start() - LOOK_BACK) : found.start()], text[found.end() : found.end() + 1]
        line = tail[tail.rfind("\n") + 1 :]
        if tail and following and sentence_ends(tail, following, line) is not Verdict.NO:
            yield found.end()
    for found in _JOINED.finditer(text):
        tail, following = text[max(0, found.end() - LOOK_BACK) : found.end()], text[found.end() : found.end() + 1]
        if following and not following.isspace() and joined_sentence_ends(tail, following):
            yield found.end()


def _with_neighbour(text: str, sentences: list[tuple[int, int]], best: int, wanted: dict[str, str]) -> tuple[int, int]:
    """The best sentence, with the one before it where it leans on that, or the one after where that tells more."""
    start, end = sentences[best]
    if best and _LEANS_BACK.match(text[start:end]) and end - sentences[best - 1][0] <= LONGEST:
        return sentences[best - 1][0], end
    if best + 1 < len(sentences) and sentences[best + 1][1] - start <= LONGEST:
        following = text[slice(*sentences[best + 1])].lower()
        if _had(following, wanted).keys() - _had(text[start:end].lower(), wanted).keys():
            return start, sentences[best + 1][1]
    return start, end


def _shortened(text: str, start: int, end: int, wanted: dict[str, str]) -> str:
    """At most `LONGEST` characters of a long sentence, from a clause on that has the first word asked for."""
    if end - start <= LONGEST:
        return text[start:end]
    found = (text.lower().find(key, start, end) for key in wanted)
    first = min((at for at in found if at >= 0), default=start)
    if first + LONGEST // 2 > start + LONGEST:
        clauses = [mark.end() for mark in _CLAUSE.finditer(text, start, first)]
        start = next((at for at in reversed(clauses) if first - at < LONGEST // 2), first)
    piece = text[start : min(end, start + LONGEST + 1)]
    if len(piece) > LONGEST:
        clause = max((mark.start() for mark in _CLAUSE.finditer(piece, LONGEST // 2)), default=piece.rfind(" "))
        piece = piece[: clause if 0 < clause <= LONGEST else LONGEST]
    return piece.strip()


def _score(sentence: str, wanted: dict[str, str], wants_figure: bool) -> float:
    score = sum(SAME if same else ALIKE for same in _had(sentence, wanted).values())
    return score + (FIGURE if wants_figure and score and _FIGURE.search(sentence) else 0.0)


def _had(lowered: str, wanted: dict[str, str]) -> dict[str, bool]:
    """Which of the keys wanted a text in small letters has, and whether as the same word."""
    had: dict[str, bool] = {}
    for key, word in wanted.items():
        if key not in lowered:
            continue
        if is_hangul(key[0]):
            had[key] = word in lowered
        elif forms := set(re.findall(rf"(?<![0-9a-z]){re.escape(key)}[0-9a-z]*", lowered)) - IDLE:
            had[key] = word in forms
    return had


def _keys(text: str) -> dict[str, str]:
    """What words are compared by, and the word that each comes from."""
    return {key: word for word in _words(text) for key in _forms(word)}


def _words(text: str) -> Iterator[str]:
    for word in map(str.lower, _WORD.findall(text)):
        if word not in IDLE and not _KOREAN_ASKING.match(word):
            yield _PARTICLE.sub("", word)


def _forms(word: str) -> list[str]:
    """The first letters of an English word, the pairs of syllables of a Korean one: they outlast its endings."""
    if is_hangul(word[0]):
        return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    return [word[:4]]
