"""Single characters that stand for words, and those that stand for nothing that can be said."""

from __future__ import annotations

import re
import unicodedata

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule, Wording

_INVISIBLE = re.compile(
    "[\u00ad\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffd]"
)
_COMPATIBLE = re.compile(
    "[\u2460-\u24ff\u2776-\u2793\u3200-\u33ff\uff02-\uff07\uff0a-\uff0b\uff0d\uff0f-\uff19\uff1c-\uff1e"
    "\uff20-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff\U0001f100-\U0001f16b\u2044\u2215\u2080-\u2089\u2103\u2109]"
)
_SQUARES = {"㎠": "cm²", "㎡": "m²", "㎢": "km²", "㎤": "cm³", "㎥": "m³", "℃": "°C", "℉": "°F"}
_SLASHES = "\u2044\u2215"
_SMILEY = re.compile(r"(?<!\w)[:;=][-']?[)(DPpOo](?!\w)|[ㅋㅎㅠㅜ]{2,}")

_DRAWN_OUT = re.compile(r"(?<=[가-힣][요죠네다])[~^ㅋㅎㅠㅜ]+(?=\s+[가-힣A-Z])")  # as in 좋아요~ and 좋아요ㅎㅎ

# In English, in Korean; the spaces around them are added.
_WORDS = {
    "≠ != =/=": ("not equal to", "같지 않은"),
    "≈ ≒ ≅": ("approximately", "약"),
    "≡": ("equivalent to", "합동"),
    "± +/-": ("plus or minus", "플러스마이너스"),
    "÷": ("divided by", "나누기"),
    "× ✕ ⨯": ("times", "곱하기"),
    "√": ("the square root of", "루트"),
    "∞": ("infinity", "무한대"),
    "∑": ("the sum of", "시그마"),
    "∏": ("the product of", "곱"),
    "∫": ("the integral of", "적분"),
    "∂": ("partial", "편미분"),
    "∆": ("delta", "델타"),
    "∈": ("in", "속하는"),
    "∴": ("therefore", "따라서"),
    "∵": ("because", "왜냐하면"),
    "‰": ("per mille", "퍼밀"),
    "½": ("one half", "2분의 1"),
    "¼": ("one quarter", "4분의 1"),
    "¾": ("three quarters", "4분의 3"),
    "⅓": ("one third", "3분의 1"),
    "⅔": ("two thirds", "3분의 2"),
    "↔ <-> ⇔ <=>": ("and", "와"),
    "←": ("from", "왼쪽"),
    "<-": ("from", "왼쪽"),
    "↑": ("up", "위"),
    "↓": ("down", "아래"),
    "©": ("copyright", "저작권"),
    "§": ("section", "섹션"),
    "№": ("number", "번호"),
}
_SAID_WORDS = {symbol: said for symbols, said in _WORDS.items() for symbol in symbols.split()}
_WORD = re.compile("|".join(re.escape(symbol) for symbol in sorted(_SAID_WORDS, key=len, reverse=True)))
_AND_A_FRACTION = re.compile(r"(?<=[0-9])\s?(?P<fraction>[½¼¾⅓⅔])")
_PI = re.compile(r"(?<![\u0370-\u03ff])π(?![\u0370-\u03ff])")
_ARROW = re.compile(r"\s*(?:-{1,2}>|={1,2}>|[→⇒➔➜➡⟶⟹])\s*")
_MENU = re.compile(r"(?<=[^\W\d_]{2})\s+>\s+(?=[^\W\d_]{2})")

_OPERAND = r"(?P<operand>(?:(?:섭씨|화씨) )?(?:영하 )?[0-9]\S*?(?: [A-Za-z]{1,4}\b)?)(?=[,.;:!?)]*(?:\s|\Z))"
_COMPARED = r"(?P<left>[A-Za-z가-힣]\w*)\s*{}\s*(?P<right>[A-Za-z가-힣]\w*)(?=[,.;:!?)]*(?:\s|\Z))"
_COMPARISONS = (  # signs, in English, in Korean after a number, in Korean of two things
    (r"(?:<=|[≤≦⩽])", "less than or equal to", "이하", "작거나 같다"),
    (r"(?:>=|[≥≧⩾])", "greater than or equal to", "이상", "크거나 같다"),
    (r"(?:(?<=\s)<(?=\s)|(?<!\S)<(?=[0-9])|(?<=[0-9])<(?=[0-9]))", "less than", "미만", "작다"),
    (r"(?:(?<=\s)>(?=\s)|(?<!\S)>(?=[0-9])|(?<=[0-9])>(?=[0-9]))", "greater than", "초과", "크다"),
)

_EQUALS = re.compile(r"(?P<left>[^\W_])?\s*=+\s*")
_RAISED = re.compile(r"(?<=[\w)])(?P<power>⁻?[⁰¹²³⁴-⁹]+)|[⁰¹²³⁴-⁹]+")
_SQUARED = re.compile(r"\^(?P<power>[23])(?![0-9.])")
_POWER = re.compile(r"(?<=[\w)])\^(?P<exponent>[-−]?\w+)")
_SHARP = re.compile(r"(?<=\b[A-G])#(?!\w)")
_NUMBER_SIGN = re.compile(r"(?<![\w&])#\s?(?P<number>[0-9]+)")
_TIMES = re.compile(r"(?<=[0-9)])\s?\*\s?(?=[0-9(])|(?<=[^\W_])\s\*\s(?=[^\W_])")
_PLUS = re.compile(r"(?P<sum>(?<=[0-9)])\s?\+\s?(?=[0-9(])|(?<=[^\W_])\s\+\s(?=[^\W_]))|\+")
_MINUS = re.compile(r"(?P<difference>(?<=[0-9)])\s[-−]\s(?=[0-9(]))|(?<![\w)-])[-−](?=[0-9])|−")
_DASH = re.compile(r"(?:(?<=\s)|\A)-+(?=\s|\Z)|--+")
_OPTION = re.compile(r"(?<!\S)-{1,2}(?=[A-Za-z])")
_OVER = re.compile(r"(?<=[0-9)])\s/\s(?=[0-9(])")
_SLASH = re.compile(r"(?<=[^\W\d_])/+(?=[^\W\d_])|(?<!\S)/+|/+(?!\S)|//+")
_AND = re.compile(r"(?P<joined>(?<=[A-Za-z])&(?=[A-Za-z]))|&+")
_AT = re.compile(r"(?<=[\w.])@(?=\w)|(?<=\s)@(?=\s)")
_PERCENT = re.compile(r"(?<!\S)%(?!\w)")
_MIDDLE_DOT = re.compile(r"(?P<number>(?<=[0-9])[·ㆍ・](?=[0-9]))|\s*[·ㆍ・•]\s*")
_BAR = re.compile(r"\s*\|\s*")
_LEFT_OVER = re.compile(r"[^\w\s.,!?;:'\"()…—–-]|_")
_MARKS = frozenset("*_`#|<>~\\[]{}@&%†‡‖′″※°")
_JOINING_MARKS = frozenset("*_`^")


def character_rules() -> list[Rule]:
    """Before all else: characters that are not seen, and those that stand for plain ones."""
    return [
        Rule(_INVISIBLE, "", Reason.EMPTY),
        Rule(_COMPATIBLE, lambda match: _plain(match[0]), Reason.SYMBOL),
    ]


def symbol_rules(korean: bool) -> list[Rule]:
    """After markup and quantities."""
    return [
        Rule(_DRAWN_OUT, ".", Reason.SYMBOL),
        Rule(_SMILEY, "", Reason.EMOJI),
        _word(_MENU, ", "),
        *_comparison_rules(korean),
        _word(_ARROW, "에서 " if korean else " to "),
        _word(_AND_A_FRACTION, r"과 \g<fraction>" if korean else r" and \g<fraction>"),
        _word(_WORD, lambda match: f" {_SAID_WORDS[match[0]][korean]} "),
        _word(_PI, " 파이 " if korean else " pi "),
        *_arithmetic_rules(korean),
        *_sign_rules(korean),
        Rule(_LEFT_OVER, _left_over, _why_left_over),
    ]


def _word(pattern: re.Pattern[str], say: str | Wording) -> Rule:
    return Rule(pattern, say, Reason.SYMBOL)


def _comparison_rules(korean: bool) -> list[Rule]:
    rules: list[Rule] = []
    for sign, english, limit, relation in _COMPARISONS:
        if korean:
            rules.append(_word(re.compile(rf"{sign}\s*{_OPERAND}"), rf" \g<operand> {limit} "))
            rules.append(_word(re.compile(_COMPARED.format(sign)), _relate(relation)))
        rules.append(_word(re.compile(sign), f" {relation if korean else english} "))
    return rules


def _arithmetic_rules(korean: bool) -> list[Rule]:
    return [
        _word(_EQUALS, lambda match: _equals(match["left"] or "", korean)),
        _word(_RAISED, lambda match: f"^{unicodedata.normalize('NFKC', match['power'])}" if match["power"] else ""),
        _word(_SQUARED, lambda match: _squared(match["power"], korean)),
        _word(_POWER, r"의 \g<exponent>제곱" if korean else r" to the power of \g<exponent>"),
        _word(_TIMES, " 곱하기 " if korean else " times "),
        _word(_PLUS, lambda match: (" 더하기 " if match["sum"] else " 플러스 ") if korean else " plus "),
        _word(_MINUS, lambda match: (" 빼기 " if match["difference"] else " 마이너스 ") if korean else " minus "),
        _word(_OVER, " 나누기 " if korean else " divided by "),
    ]


def _sign_rules(korean: bool) -> list[Rule]:
    return [
        _word(_SHARP, " 샵" if korean else " sharp"),
        _word(_NUMBER_SIGN, r"\g<number>번" if korean else r"number \g<number>"),
        _word(_AND, lambda match: (" 앤 " if match["joined"] else " 그리고 ") if korean else " and "),
        _word(_AT, " 골뱅이 " if korean else " at "),
        _word(_PERCENT, " 퍼센트 " if korean else " percent "),
        Rule(_OPTION, "", Reason.SYMBOL),
        _word(_DASH, ", "),
        Rule(_SLASH, " ", Reason.SYMBOL),
        _word(_MIDDLE_DOT, lambda match: " " if match["number"] else ", "),
        Rule(_BAR, " ", Reason.SYMBOL),
    ]


def _plain(character: str) -> str:
    """A circled, squared or full-width character as plain ones."""
    if character in _SLASHES:
        return "/"
    if character in _SQUARES:
        return _SQUARES[character]
    plain = unicodedata.normalize("NFKC", character)
    return f"{plain} " if "\u2460" <= character <= "\u24ff" or "\u2776" <= character <= "\u2793" else plain


def _relate(relation: str) -> Wording:
    return lambda match: f"{match['left']}{_topic(match['left'][-1])} {match['right']}보다 {relation}"


def _equals(left: str, korean: bool) -> str:
    return f"{left}{_topic(left)} " if korean else f"{left} equals "


def _topic(character: str) -> str:
    """The particle 은 or 는, by the sound that the character ends in."""
    if "가" <= character <= "힣":
        return "은" if (ord(character) - ord("가")) % 28 else "는"
    return "은" if character in "013678lmnrLMNR" else "는"


def _squared(power: str, korean: bool) -> str:
    if korean:
        return " 제곱" if power == "2" else " 세제곱"
    return " squared " if power == "2" else " cubed "


def _left_over(match: re.Match[str]) -> str:
    """Nothing, or the space that keeps two words apart, for a character that cannot be said."""
    character = match[0]
    if character not in _MARKS and unicodedata.category(character)[0] not in "SC":
        return "" if unicodedata.category(character) == "Me" else character
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return "" if character in _JOINING_MARKS or len(around) < 2 or not around.isalnum() else " "


def _why_left_over(match: re.Match[str]) -> Reason:
    if match[0] in _MARKS or match[0] in _JOINING_MARKS:
        return Reason.MARKUP
    return Reason.EMOJI if unicodedata.category(match[0]) in ("So", "Sk", "Me", "Cn") else Reason.SYMBOL
