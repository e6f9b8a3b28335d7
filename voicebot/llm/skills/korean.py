"""Korean as people say it and recognisers write it: words in one form, courtesies gone, and particles that agree.

Recognisers put spaces anywhere ("몇 시야", "몇시야"), so skills match Korean with its spaces taken out. Fillers are
taken out before that, as whole words: "어" is one, and the start of "어제" is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from voicebot.llm.skills import korean_numbers, measures


def words(text: str) -> list[str]:
    """Lower-case words with punctuation dropped; signs of sums, decimals and times of day are kept."""
    text = unicodedata.normalize("NFC", text).translate(_BEFORE_NFKC)
    text = unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<!\d)\.(?!\d)|(?<=\d)\.(?!\d)|(?<!\d):|:(?!\d)", " ", text)
    return re.sub(r"[^\w.:+\-*/^()=]|_", " ", text).split()


def request(words: Sequence[str]) -> list[str]:
    """What is asked for: without fillers ("음", "저기", "좀") and greetings before it."""
    kept = [word for word in words if word not in _FILLERS] or list(words)
    while len(kept) > 1 and _LEADING.fullmatch(kept[0]):
        kept = kept[1:]
    while len(kept) > 1 and _TRAILING.fullmatch(kept[-1]):
        kept = kept[:-1]
    if len(kept) > 1 and kept[-1] in _POSTPOSED:
        kept = [kept[-1], *kept[:-1]]
    if (match := _LEADING.match("".join(kept))) and match.end() < len("".join(kept)):
        return spaced(kept, match.end(), len("".join(kept))).split()
    return kept


def without_telling(text: str) -> str:
    """The squeezed text without "알려 줘" and "궁금해" at its end, so that a question is left."""
    while (match := _TELLING.search(text)) and match.start() > 0:
        text = text[: match.start()]
    return _CONTRACTED.sub(lambda match: _CONTRACTIONS[match[0]], text)


def spaced(words: Sequence[str], start: int, end: int) -> str:
    """What stands in the words between two places of the squeezed text, with its spaces."""
    found: list[str] = []
    at = 0
    for word in words:
        piece = word[max(start - at, 0) : max(end - at, 0)]
        at += len(word)
        if piece:
            found.append(piece)
    return " ".join(found)


def with_particle(word: str, particle: str) -> str:
    """The word with 은/는, 이/가, 을/를, 과/와, 으로/로 or 이에요/예요: named by its form after a consonant."""
    after_consonant, after_vowel = next(pair for pair in _PARTICLES if particle in pair)
    final = _final_consonant(word)
    if after_consonant == "으로" and final == _RIEUL:
        return word + after_vowel
    return word + (after_consonant if final else after_vowel)


def ends_in_rieul(word: str) -> bool:
    """ㄹ, as a verb before a noun that lies ahead: "먹을 시간"."""
    return _final_consonant(word) == _RIEUL


def _final_consonant(word: str) -> int:
    """The index of the last syllable's final consonant (Unicode's Jongseong), 0 for none; digits as they are read."""
    last = word.rstrip(" )\"'”’.")[-1:]
    if last.isdigit():
        last = korean_numbers.last_syllable(word)
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    return 1 if last.lower() in "lmnr" else 0


_NIEUN, _RIEUL, _BIEUP = 4, 8, 17

_PARTICLES = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이에요", "예요"))

# Done before NFKC, which turns a superscript into an ordinary digit.
_BEFORE_NFKC = {ord(sign): text for sign, text in {
    "²": "제곱", "³": "세제곱", "√": "루트", "½": ".5", "¼": ".25", "¾": ".75", "㎡": "제곱미터", "㎢": "제곱킬로미터",
    "㎥": "세제곱미터", "℃": "섭씨도", "℉": "화씨도",
}.items()}  # fmt: skip

_SIGNS = {ord(sign): text for sign, text in {
    "%": "퍼센트", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-", "°": "도",
}.items()}  # fmt: skip

_FILLERS_TEXT = (
    "음 으음 음음 어 어어 어음 에 엄 흠 아 저 저어 저기 저기요 있잖아 있잖아요 있지 그 그니까 그러니까"
    " 그럼 그러면 근데 "
    "그런데 자 야 이봐 이봐요 혹시 좀 제발 보이스봇 나 내게 나한테 나에게 저한테 저에게 한번 얼른 빨리 뭐랄까 뭐냐 막 "
    "그래서 우리 일단 정확히 정확하게 대략 "
    "대충 대강 얼추 도대체 대체 그나저나 아무튼 어쨌든"
)
_FILLERS = frozenset(_FILLERS_TEXT.split())

_POSTPOSED = frozenset(("지금", "현재", "오늘", "내일", "모레", "어제", "이제", "여기", "거기"))
"""What people add at the end and mean at the start: "몇 시야 지금"."""

_LEADING = re.compile(
    "안녕하세요|안녕하십니까|안녕|하이|헤이|여보세요|보이스봇아?|컴퓨터야|미안한데요?|미안하지만"
    "|죄송한데요?|죄송하지만|"
    "실례지만|실례합니다만?|잠깐만요?|저기요|있잖아요?|궁금한게있는데요?|궁금한데요?|(?:뭐)?(?:하나만?"
    "|뭐좀)?물어볼게요?|"
    "(?:하나만)?물어봐도(?:돼|될까)요?|물어볼게있는데요?|질문이?(?:하나)?있(?:는데|어|습니다)요?|부탁인데요?"
    "|응|그래|오케이"
)

_TRAILING = re.compile("고마워요?|감사합니다|감사해요|부탁해요?|부탁드려요|부탁드립니다|부탁합니다|응|제발|좀")

_GIVE = (
    "(?:줘|줘요|줘라|주라|주렴|주려무나|줄래|줄래요|줘봐|줘봐요|주세요|주셔요|주십시오|주시죠|주실래요"
    "|주시겠어요|주시겠습니까"
    "|주시면(?:감사하겠습니다|고맙겠습니다|좋겠어요|돼요|됩니다)|주면(?:좋겠어|고맙겠어|돼|안돼|안될까)요?"
    "|줄수(?:있어|있니|있나|있을까|있겠어|있는지)요?|줄수있습니까|주실수(?:있어요|있나요|있을까요|있으세요"
    "|있습니까|있는지요?)"
    "|주겠(?:어|니|어요|습니까)|다오|드려|봐|봐요|봐라|보세요|보렴|볼래|볼래요|보자|보아요|라|요|봐줘|봐주세요|봐줄래)"
)

REQUESTED = f"(?:{_GIVE})?"
"""How a request ends after the verb's stem, in every level of politeness: 맞춰 + 줘, 주세요, 줄래, 주시겠어요 …"""

_TELLING = re.compile(
    "(?:을|를|좀|한번|대답을|답을|나한테|나에게|저한테|저에게|내게|내가|제가)*(?:"
    f"(?:알려|말해|말씀해|가르쳐|갈쳐|갈켜|얘기해|이야기해|대답해|답해|보여|읽어|확인해|찾아|알아봐){_GIVE}|말해|"
    "(?:알고|듣고|묻고)?싶(?:어|어요|습니다|은데|은데요|다|네요?)|(?:너무|정말|문득)?궁금(?:해|해요|합니다|하다|한데"
    "|한데요|하네|하네요|하군요?)|"
    "알고있(?:어|어요|니|나|나요|으세요|습니까)|"
    "알아|알아요|아니|아나|아나요|아세요|아십니까|알려나|알수(?:있을까|있나|있어|있니)요?|"
    "부탁해요?|부탁드려요|부탁드립니다|부탁합니다|부탁할게요?|고마워요?|감사합니다|감사해요|응)$"
)


def _contractions() -> dict[str, str]:
    """이다 runs into an open syllable: "뭔가요" is "뭐인가요", "몇 십니까" is "몇 시입니까"."""
    nouns = {"뭐", "얼마", "몇시", *(f"몇{name}" for _, name in measures.KOREAN if "가" <= name[-1:] <= "힣")}
    return {
        noun[:-1] + chr(ord(noun[-1]) + final): noun + full
        for noun in nouns
        if (ord(noun[-1]) - ord("가")) % 28 == 0
        for final, full in ((_NIEUN, "인"), (_BIEUP, "입"))
    }


_CONTRACTIONS = _contractions()
_CONTRACTED = re.compile(
    f"(?:{'|'.join(sorted(_CONTRACTIONS, key=len, reverse=True))})(?=(?:가|가요|지|지요|지를|데|데요|니까)$)"
)

_VERB_ENDING = (
    "(?:어|어요|아|아요|요|지|지요|죠|니|나|나요|냐|는가|는가요|는지|는지요|는거야|는거예요|는거지|까|까요|니까"
    "|ㅂ니까|습니까|을까|을까요|"
    "는데|더라|다|고)?"
)

ENDING = (
    "(?:"
    "(?:이|일|인|였|이었|이였)?(?:야|임|임요|게|게요|에요|예요|여요|요|지|지요|죠|니|냐|나|나요|가|가요|까|까요|니까|데|데요|더라|래"
    "|려나|고|여|라고|"
    "었|었지|었죠|었어|었어요|었더라|었나|었나요|거야|거예요|거지|거죠|건가|건가요|것인가|것인가요|지를|다"
    "|인거야)?|입니까|"
    f"(?:이|가)?(?:되|돼|될|됩|된|됐|되었|나오|나와|나올|나옵|있|들어있|들어가|들어갈|들어갑|드|들|걸려|걸리"
    f"|생겨){_VERB_ENDING}|"
    f"(?:계산|환산|변환)(?:하|해)?{REQUESTED}|{REQUESTED})"
)
"""How a question ends after its last noun, in every level of politeness: 이야, 예요, 인가요, 입니까, 돼, 나와요 …"""
