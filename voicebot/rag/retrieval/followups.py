"""Whether a spoken question leans on the one before it, and the words it is about: by rule, English and Korean.

A rule errs on the quiet side: a question that is whole by itself is left alone, for words of another question would
find passages of that one.
"""

from __future__ import annotations

import re

from voicebot.languages import HANGUL

_ENGLISH_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:and|but|or|so|then|also|what about|how about|what if|same for)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|those|these|he|him|his|she|her|hers|the (?:former|latter|same))\b"
    r"|\b(?:of|for|about|after|before|with|to|from|in|on|at|by|than|like|is|was|does|did|would|can) (?:that|this|one)\b"
    r"(?!\s+\w)|\A\W*(?:that|this) (?:one\b|is\b|was\b)|\b(?:that|this)\W*\Z",
    re.IGNORECASE,
)
_POINTS_NOWHERE = re.compile(
    r"\b(?:what (?:time|day|date|year) is it|is it (?:true|possible|raining|allowed|okay?) (?:that|to|for)\b|it is \d)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|do|does|did|can|could|will|would|should|may|must|has|have|had|get|gets|tell|show"
    r"|explain|find|list|give|say|says)\b|['’](?:s|re|ll)\b",
    re.IGNORECASE,
)
FEW = 4
"""Words of an English question without a verb that cannot stand alone: "until when?", "for part-timers?"."""

_KOREAN_GOES_ON = re.compile(r"\W*(?:그럼|그러면|그래서|그리고|그런데|근데|또는|아니면|혹시 그|만약 그|그중)")
_KOREAN_POINTS_BACK = re.compile(
    r"(?<![가-힣])(?:그[건걸게거것](?:은|이|을|도|의|에)?|그거[는를도]?|이[건걸]|이거[는를도]?|거기(?:서|에|는)?"
    r"|그때[는도]?|그중에?(?:서|는)?|그 (?:사람|경우|다음|중|기간|규정|제도|비용|금액|날|돈|책|문서)\S*)(?![가-힣])"
)
_KOREAN_TOPIC_ALONE = re.compile(r"\A\W*\S+(?:\s\S+)?[은는](?:요)?\W*\Z")
_KOREAN_ASKING = re.compile(
    r"(?:며칠|얼마나?|언제|무엇|뭐|뭔|어디|누구|누가|왜|어떻게|몇\s?\S*)(?:까지|부터|에서|에|로|만|나)?"
    r"(?:이?야|이?죠|이?지|예요|이에요|인가요?|입니까|일까요?|인데요?|돼요?|되나요?|해요?|하나요?|요)?"
)
_KOREAN_ENDING = re.compile(
    r"(?:(?<=[가-힣])(?:까지|부터|에서|이야|이에요|예요|인가요|입니까)"
    r"|(?<=[가-힣]{2})(?:(?:은|는|이|가)요|에서는|으로는|까지는|부터는|으로|에게|이나|한테|은|는|이|가|을|를|에|의|로|도|만|와|과))\Z"
)
_KOREAN_VERB = re.compile(r"[가-힣]*(?:[야해어아여요까나지죠니냐면고서려]|[할될갈올쓸줄볼]|[한된간온쓴준본])")
_KOREAN_IDLE = re.compile(
    r"그|(?:있|없|하|되|돼|알려|말해|가르쳐|줘|주세요|줄래|할|될|수|해야|합니까|됩니까|됐|했|싶|같|좀|제발|혹시|대해|관해|대한|관한"
    r"|그럼|그러면|그리고|그런데|근데|그래서)[가-힣]{0,4}"
)
_ENGLISH_IDLE_WORDS = """
    a about all also am an and any are as at be been but by can could did do does for from get gets give given had has
    have how i if in is it its let many may me much must my no not of on one or our please same say says shall she
    should show so some tell than that the their them then there these they this those to up us was we were what when
    where whether which who whom whose why will with would yes you your know find explain mean long often he him his
    her until
"""
ENGLISH_IDLE = frozenset(_ENGLISH_IDLE_WORDS.split())


def leans_back(question: str) -> bool:
    """Whether it is understood only after what was said before: it points back, goes on, or has no verb."""
    if HANGUL.search(question):
        return bool(
            _KOREAN_GOES_ON.match(question)
            or _KOREAN_POINTS_BACK.search(question)
            or _KOREAN_TOPIC_ALONE.match(question)
            or all(_KOREAN_VERB.fullmatch(word) for word in content_words(question))
        )
    words = _ENGLISH_WORD.findall(question)
    points_back = _POINTS_BACK.search(_POINTS_NOWHERE.sub(" ", question))
    lacks_a_verb = len(words) <= FEW and not _VERB.search(question)
    return bool(_GOES_ON.match(question) or points_back or lacks_a_verb or not content_words(question))


def content_words(text: str) -> list[str]:
    """The words that tell what a question is about, as they stand in it, without Korean particles; each once."""
    words = [word for word in _ENGLISH_WORD.findall(text) if word.lower().partition("'")[0] not in ENGLISH_IDLE]
    for word in re.findall(r"[가-힣]+", text):
        if _KOREAN_ASKING.fullmatch(word) or _KOREAN_IDLE.fullmatch(word) or _KOREAN_POINTS_BACK.fullmatch(word):
            continue
        words.append(_KOREAN_ENDING.sub("", word))
    return list({word.lower(): word for word in reversed(words)}.values())[::-1]
