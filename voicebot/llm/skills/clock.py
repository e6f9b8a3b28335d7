"""The time of day, here and in other places, and in a while: "what time is it in tokyo", "지금 몇 시야"."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from voicebot.llm.skills import cities, durations, korean, times_of_day
from voicebot.llm.skills.english_days import weekday
from voicebot.llm.skills.korean import ENDING
from voicebot.llm.skills.question import Context, Question


def answer(question: Question, context: Context) -> str | None:
    """The time that was asked for: "It is 3:45 pm." """
    read = _korean if question.language == "ko" else _english
    return read(question.text, context.now)


# -- English ---------------------------------------------------------------------------------------------------------

_ADVERBS = re.compile(
    r"\b(?:right now|just now|now|currently|at the moment|at this moment|at present|exactly|presently|again|actually|"
    r"over there|where i am|around here|by your clock|please|today|approximately|roughly|right this second)\b"
)
_WHAT_TIME = (
    r"(?:(?:what|which) (?:(?:current|exact|local|precise) )?(?:time|hour|oclock)"
    r"(?: (?:is it|it is|is|(?:will|would|might|could|should) it be|it (?:will|would) be|have you got|do you have"
    r"|have you|you have|you got|are we at"
    r"|do you make it|is it getting))?"
    r"|(?:what |how about |what about |is )?(?:the )?(?:(?:current|exact|local|right|correct|precise|actual) )*time"
    r"(?: is| is it| it is)?"
    r"|what (?:will|would) the (?:(?:current|exact|local) )*time be"
    r"|what is the hour|what is (?:the |the current |the exact |the local |the right |the correct |current |local )time"
    r"|(?:have you got|do you have|have you|got|you got|you have|do you got|have) (?:the|a) time(?: on you)?"
    r"|how late (?:is it|it is)(?: getting)?|what does (?:the|your|my) (?:clock|watch) (?:say|read|show)"
    r"|what is on the clock"
    r"|(?:read|check|read out|announce|display) (?:me )?(?:the )?(?:time|clock)|time check)"
)
_ANYWHERE = "|".join(sorted(cities.ENGLISH, key=len, reverse=True))
_IN = r"(?:(?:over|out|back|down|up) )?(?:in|at|for)"
_ENGLISH_HERE = re.compile(_WHAT_TIME + rf"(?: {_IN} (?P<place>{_ANYWHERE}))?(?: (?:here|there))?(?: is it| it is)?")
_ENGLISH_THERE = (
    re.compile(
        rf"(?:what is |what )?(?:the )?(?:current |local )?(?:time in )?(?P<place>{_ANYWHERE})s? (?:local )?time(?:"
        rf" is it| is)?"
    ),
    re.compile(
        rf"{_IN} (?P<place>{_ANYWHERE}) what (?:time (?:is it|will it be|would it be)|is the (?:current |local )?time)"
    ),
    re.compile(
        rf"(?:what|which) (?:time|hour) (?:do (?:they|people) have|is it for (?:them|people"
        rf"|those)) in (?P<place>{_ANYWHERE})"
    ),
    re.compile(rf"(?:and |how about |what about |what is it )(?:the time )?{_IN} (?P<place>{_ANYWHERE})"),
)
_ENGLISH_AWAY = re.compile(
    r"what (?:time (?:will|would) it be|time was it|time is it|will the time be|was the time|is the time"
    r"|would the time be)"
    r"(?: (?:in|after) (?P<later>.+?)(?: from now| time)?| (?P<from_now>.+?) from now| (?P<ago>.+?) ago)"
)


def _english(text: str, now: datetime) -> str | None:
    if reply := _english_later(text, now):
        return reply
    text = " ".join(_ADVERBS.sub(" ", text).split())
    here = _ENGLISH_HERE.fullmatch(text)
    if here and not here["place"]:
        return f"It is {times_of_day.say(now, 'en')}."
    for match in (here, *(pattern.fullmatch(text) for pattern in _ENGLISH_THERE)):
        if match:
            return _english_there(cities.ENGLISH[match["place"]], now)
    return None


def _english_there(place: cities.Place, now: datetime) -> str | None:
    if place.zone == cities.SEVERAL:
        return f"There are several time zones in {place.english}; please name a city."
    there = _in_zone(now, place.zone)
    if there is None:
        return f"I do not have the time zone of {place.english} on this computer."
    day = "" if there.date() == now.date() else f" on {weekday(there)}"
    return f"It is {times_of_day.say(there, 'en')}{day} in {place.english}."


def _english_later(text: str, now: datetime) -> str | None:
    match = _ENGLISH_AWAY.fullmatch(text)
    if match is None:
        return None
    seconds = durations.read_english(match["later"] or match["from_now"] or match["ago"])
    moment = _shifted(now, seconds, backwards=bool(match["ago"]))
    if moment is None:
        return None
    return f"It {'was' if match['ago'] else 'will be'} {times_of_day.say(moment, 'en')}{_english_day(moment, now)}."


def _english_day(moment: datetime, now: datetime) -> str:
    days = (moment.date() - now.date()).days
    return {0: "", 1: " tomorrow", -1: " yesterday"}.get(days, f" on {weekday(moment)}")


# -- Korean ----------------------------------------------------------------------------------------------------------

_NOW = "(?:지금|현재|이제|오늘|방금|거기|여기|그쪽|현지)*"
_ASK_TIME = (
    "(?:(?:(?:현재|현지)?(?:시간|시각)(?:은|는|이|가|으로|로)?)?(?:지금|현재|벌써)?"
    f"몇시(?:몇분)?(?:쯤|정도|나|즘|경)?{ENDING}|(?:현재|현지)?(?:시간|시각)(?:은|는|이|가)?(?:어떻게|얼마나)(?=[되돼될됩된됐]){ENDING}"
    f"|(?<=.)(?:시간|시각)(?:은|는|이|가)?뭐{ENDING}|(?:현재|현지)?(?:시간|시각)(?:은|는|을|를|이|가|좀|요|하고)?)"
)
_KOREAN_PLACE = "|".join(sorted(cities.KOREAN, key=len, reverse=True))
_KOREAN_TIME = re.compile(
    f"{_NOW}(?P<place>{_KOREAN_PLACE})?(?:도시)?(?:에서는|에서|에는|에선|의|에|은|는|이|가|도)?{_NOW}{_ASK_TIME}"
)
_KOREAN_AWAY = re.compile(
    f"(?:지금부터|지금으로부터|앞으로|지금)?(?P<length>.+?)(?P<way>뒤|후|있다가|지나면|전)(?:에는|에|면|은|는"
    f"|이면|이|엔)?"
    f"(?:(?:시간이|시간은|시각은)?몇시(?:쯤|정도)?{ENDING}|(?:시간|시각)(?:은|이|을)?)"
)


def _korean(text: str, now: datetime) -> str | None:
    if match := _KOREAN_AWAY.fullmatch(text):
        moment = _shifted(now, durations.read_korean(match["length"]), backwards=match["way"] == "전")
        if moment is not None:
            return f"{_korean_day(moment, now)}{_korean_time(moment)}."
    match = _KOREAN_TIME.fullmatch(text)
    if match is None:
        return None
    if not match["place"]:
        return f"지금은 {_korean_time(now)}."
    return _korean_there(cities.KOREAN[match["place"]], now)


def _korean_there(place: cities.Place, now: datetime) -> str:
    if place.zone == cities.SEVERAL:
        return f"{place.korean}에는 시간대가 여럿이에요. 도시 이름을 말해 주세요."
    there = _in_zone(now, place.zone)
    if there is None:
        return f"이 컴퓨터에는 {place.korean}의 시간대 정보가 없어요."
    day = "" if there.date() == now.date() else f"{there.day}일 "
    return f"{korean.with_particle(place.korean, '은')} 지금 {day}{_korean_time(there)}."


def _korean_time(moment: datetime) -> str:
    return korean.with_particle(times_of_day.say(moment, "ko"), "이에요")


def _korean_day(moment: datetime, now: datetime) -> str:
    days = (moment.date() - now.date()).days
    return {0: "", 1: "내일 ", -1: "어제 "}.get(days, f"{moment.month}월 {moment.day}일 ")


# -- both ------------------------------------------------------------------------------------------------------------


def _in_zone(now: datetime, zone: str) -> datetime | None:
    """The same moment there; None when this system has no time zone database."""
    try:
        return now.astimezone(ZoneInfo(zone))
    except ZoneInfoNotFoundError:
        return None


def _shifted(now: datetime, seconds: Fraction | None, backwards: bool) -> datetime | None:
    """The moment so long after, or before; None beyond a year."""
    if seconds is None or seconds > _FURTHEST_SECONDS:
        return None
    return datetime.fromtimestamp(now.timestamp() + float(-seconds if backwards else seconds), now.tzinfo)


_FURTHEST_SECONDS = 366 * 86_400
