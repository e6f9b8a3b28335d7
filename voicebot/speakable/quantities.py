"""Amounts with a sign: money, percentages, temperatures, ranges, measures. Times and dates are left to the voice."""

from __future__ import annotations

import re
from decimal import Decimal

from voicebot.speakable.parts import Reason
from voicebot.speakable.rewriting import Rule

_NUMBER = r"[0-9]++(?:,[0-9]{3})*+(?:\.[0-9]++)?"

# One, more than one, in Korean.
_CURRENCIES = {
    "$": ("dollar", "dollars", "달러"),
    "€": ("euro", "euros", "유로"),
    "£": ("pound", "pounds", "파운드"),
    "¥": ("yen", "yen", "엔"),
    "₩": ("won", "won", "원"),
    "₹": ("rupee", "rupees", "루피"),
    "₽": ("rouble", "roubles", "루블"),
    "₫": ("dong", "dong", "동"),
    "฿": ("baht", "baht", "바트"),
    "₿": ("bitcoin", "bitcoins", "비트코인"),
    "¢": ("cent", "cents", "센트"),
}
_COUNTRIES = {
    "US": ("US ", "미국 "),
    "CA": ("Canadian ", "캐나다 "),
    "AU": ("Australian ", "호주 "),
    "A": ("Australian ", "호주 "),
    "NZ": ("New Zealand ", "뉴질랜드 "),
    "HK": ("Hong Kong ", "홍콩 "),
    "S": ("Singapore ", "싱가포르 "),
}
_SCALES = {
    "thousand k": ("thousand", "천", 10**3),
    "million mn m": ("million", "백만", 10**6),
    "billion bn b": ("billion", "십억", 10**9),
    "trillion t": ("trillion", "조", 10**12),
}
_SCALE_OF = {name: scale for names, scale in _SCALES.items() for name in names.split()}
_MOST_DIGITS = 15  # with a trillion, within decimal's precision of 28
_KOREAN_UNITS = (("조", 10**12), ("억", 10**8), ("만", 10**4))
_SIGNS = re.escape("".join(_CURRENCIES))
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|trillion|mn|bn|[kKmMbBtT])\b|(?P<korean_scale>[천만억조]+))?"
_MINUS = r"(?:(?P<minus>(?<![\w)])[-−])\s?)?"
_MONEY = re.compile(
    rf"{_MINUS}(?:(?<![A-Za-z])(?P<country>{'|'.join(_COUNTRIES)}))?(?P<sign>[{_SIGNS}])\s?(?P<amount>{_NUMBER}){_SCALE}"
)
_MONEY_AFTER = re.compile(
    rf"{_MINUS}(?<![0-9])(?P<amount>{_NUMBER}){_SCALE}\s?(?P<sign>[{_SIGNS}])(?!\s?[0-9])(?P<country>)"
)
_TEMPERATURE = re.compile(
    rf"{_MINUS}(?<![0-9])(?:(?P<low>{_NUMBER})\s?°?\s?[~–-]\s?)?"
    rf"(?P<amount>{_NUMBER})\s?°\s?(?:(?P<scale>[CFK])(?![A-Za-z]))?"
)
_TEMPERATURES = {"C": ("Celsius", "섭씨 "), "F": ("Fahrenheit", "화씨 "), "K": ("Kelvin", "절대온도 ")}
_PERCENT = re.compile(r"(?<=[0-9])\s?%(?P<points>p\b)?")
_MEASURES = {
    "km/h": ("kilometres per hour", "시속 {}킬로미터"),
    "m/s": ("metres per second", "초속 {}미터"),
    "km²": ("square kilometres", "{}제곱킬로미터"),
    "m²": ("square metres", "{}제곱미터"),
    "cm²": ("square centimetres", "{}제곱센티미터"),
    "m³": ("cubic metres", "{}세제곱미터"),
    "cm³": ("cubic centimetres", "{}세제곱센티미터"),
}
_MEASURE = re.compile(rf"(?<![0-9])(?P<amount>{_NUMBER})\s?(?P<unit>{'|'.join(_MEASURES)})(?![A-Za-z0-9])")
_PER = re.compile(r"(?<=[0-9A-Za-z])/(?=(?:second|minute|hour|day|night|week|month|year|person|user)\b)")
_RANGE = re.compile(rf"(?<=[0-9])(?:[~–]|\s[~–]\s)(?=[0-9{_SIGNS}])|(?<=[0-9])[-–~](?=[{_SIGNS}][0-9])")
_RANGE_WITH_UNIT = re.compile(
    r"(?:(?<=[0-9][가-힣A-Za-z%])|(?<=[0-9][가-힣A-Za-z]{2})|(?<=°[CF]))(?:[~–]|\s[~–]\s)(?=[0-9])"
)
_ABOUT = re.compile(rf"(?<!\S)~\s?(?=[0-9{_SIGNS}])")


def quantity_rules(korean: bool) -> list[Rule]:
    to, about, percent, points = (
        ("에서 ", "약 ", "퍼센트", "퍼센트포인트") if korean else (" to ", "about ", " percent", " percentage points")
    )
    return [
        Rule(_RANGE_WITH_UNIT, to, Reason.SYMBOL),
        Rule(_TEMPERATURE, lambda match: _say_temperature(match, korean), Reason.SYMBOL),
        Rule(_RANGE, to, Reason.SYMBOL),
        Rule(_ABOUT, about, Reason.SYMBOL),
        Rule(_MONEY, lambda match: _say_money(match, korean), Reason.SYMBOL),
        Rule(_MONEY_AFTER, lambda match: _say_money(match, korean), Reason.SYMBOL),
        Rule(_PERCENT, lambda match: points if match["points"] else percent, Reason.SYMBOL),
        Rule(_PER, " " if korean else " per ", Reason.SYMBOL),
        Rule(_MEASURE, lambda match: _say_measure(match, korean), Reason.SYMBOL),
    ]


def _say_money(match: re.Match[str], korean: bool) -> str:
    one, many, in_korean = _CURRENCIES[match["sign"]]
    country = _COUNTRIES[match["country"]][korean] if match["country"] else ""
    amount, scale = match["amount"], match["scale"]
    if korean:
        amount = _in_korean_units(amount, scale.lower()) if scale else amount
        return f"{_minus(match, korean)}{amount}{match['korean_scale'] or ''}{country and ' ' + country}{in_korean}"
    name = one if amount == "1" and not scale else many
    words = f" {_SCALE_OF[scale.lower()][0]}" if scale else match["korean_scale"] or ""
    return f"{_minus(match, korean)}{amount}{words} {country}{name}{_space_after(match)}"


def _in_korean_units(amount: str, scale: str) -> str:
    """Korean counts in ten thousands: 1.5 billion is 15억."""
    _, word, size = _SCALE_OF[scale]
    if len(amount) > _MOST_DIGITS:
        return amount + word
    rest = Decimal(amount.replace(",", "")) * size
    said = ""
    for name, unit in _KOREAN_UNITS:
        count, rest = divmod(rest, unit)
        said += f"{count:f}{name}" if count else ""
    return said + (f"{rest.normalize():f}" if rest or not said else "")


def _say_temperature(match: re.Match[str], korean: bool) -> str:
    scale = match["scale"]
    below = bool(match["minus"]) and scale is not None
    if korean:
        low = f"{match['low']}도에서 " if match["low"] else ""
        name = _TEMPERATURES[scale][1] if scale else ""
        return f"{name}{'영하 ' if below else _minus(match, korean)}{low}{match['amount']}도"
    low = f"{match['low']} to " if match["low"] else ""
    unit = "degree" if match["amount"] == "1" else "degrees"
    name = f" {_TEMPERATURES[scale][0]}" if scale else ""
    return f"{_minus(match, korean)}{low}{match['amount']} {unit}{name}{_space_after(match)}"


def _say_measure(match: re.Match[str], korean: bool) -> str:
    english, in_korean = _MEASURES[match["unit"]]
    return in_korean.format(match["amount"]) if korean else f"{match['amount']} {english}{_space_after(match)}"


def _minus(match: re.Match[str], korean: bool) -> str:
    if not match["minus"]:
        return ""
    return "마이너스 " if korean else "minus "


def _space_after(match: re.Match[str]) -> str:
    """A space, when a letter follows at once."""
    return " " if match.string[match.end() : match.end() + 1].isalnum() else ""
