"""How Korean speakers ask for what the skills do. Every function draws one conversation of its category."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from .checks import WEEKDAYS, Check, calendar_day, clock, number_of_days, says, weekday
from .draw import Ask, Case, Draw
from .places import CITIES, COUNTRIES
from .spoken_numbers import josa, sino

STARTS = ("음 ", "어 ", "저기 ", "혹시 ", "그 ", "있잖아 ", "저기요 ", "자 ")
VOWEL_ENDINGS = (
    "야", "예요", "인가요", "입니까", "니", "지", "죠", "인지 알려 줘", "인지 아세요", "인지 알아", "인지 말해 줘",
    "인가", "냐",
)
CLOSED_ENDINGS = (
    "이야", "이에요", "인가요", "입니까", "이지", "이죠", "인지 알려 줘", "인지 아세요", "인지 말해 줘", "인가",
    "이냐",
)


def is_it(d: Draw, noun: str) -> str:
    """`noun` with "is it?", at some level of politeness."""
    return noun + d.pick(*(VOWEL_ENDINGS if josa(noun, "1", "2").endswith("2") else CLOSED_ENDINGS))


def give(d: Draw, stem: str) -> str:
    """`stem` with "for me, please": "알려" becomes "알려 줘", "알려 주세요" and so on."""
    return stem + d.pick(
        " 줘", " 줘", " 줘", " 줄래", " 주세요", " 주세요", " 주실래요", " 줄 수 있어", " 주시겠어요", " 줘요",
    )


def tell(d: Draw) -> str:
    return give(d, d.pick("알려", "알려", "말해", "가르쳐", "좀 알려"))


def topic(d: Draw, text: str) -> str:
    """`text` with its particle, or without one; never so that it reads two ways.

    "십이" could be 12, or 10 with its particle, and "점 팔이" .82, or .8 with its particle.
    """
    plain, subject = text, josa(text, "이", "가")
    if text[-1] in "십백천만":
        subject = josa(text, "은", "는")
    elif text[-2:-1] in tuple("십백천만") and text[-1] == "이":
        plain = subject
    elif re.search(r"점 ?[영일이삼사오육칠팔구]+$", text):
        plain = subject = josa(text, "은", "는")
    return d.pick(josa(text, "은", "는"), josa(text, "은", "는"), subject, plain)


def one(d: Draw, text: str, check: Check) -> Case:
    text = (d.pick(*STARTS) if d.chance(0.15) else "") + text
    return Case("ko", d.now, (Ask(d.surface(text), check),))


# -- time ------------------------------------------------------------------------------------------------------------


def time(d: Draw) -> Case:
    asked = d.pick(
        f"지금 {is_it(d, '몇 시')}", f"지금 {is_it(d, '몇 시')}", is_it(d, "몇 시"), f"지금이 {is_it(d, '몇 시')}",
        "몇 시야 지금", f"지금 시간이 {is_it(d, '몇 시')}", f"현재 시간이 {is_it(d, '몇 시')}",
        f"지금 대충 {is_it(d, '몇 시')}", "지금 몇 시쯤 됐어",
        f"지금 시각이 {d.pick('어떻게 돼', '어떻게 되나요', '어떻게 돼요')}",
        f"시간이 {d.pick('어떻게 돼', '어떻게 되죠')}", "몇 신지 알려 줘", f"지금 정확히 {is_it(d, '몇 시')}",
        f"벌써 {is_it(d, '몇 시')}", "지금 몇 시 됐어", "지금 몇 시 몇 분이야",
    )
    told = d.pick(
        f"시간 {tell(d)}", f"지금 시간 {tell(d)}", f"현재 시각 {tell(d)}", f"몇 시인지 {tell(d)}",
        f"현재 시간 {tell(d)}", "지금 시간", f"지금 몇 시인지 {tell(d)}", f"시간 좀 {give(d, '알려')}",
        f"지금 시간을 {tell(d)}", "현재 시각", f"지금 시각 {tell(d)}",
    )
    return one(d, d.pick(asked, told), clock(d.now, "ko"))


def city(d: Draw) -> Case:
    zone, _, name = d.pick(*CITIES, *COUNTRIES)
    text = d.pick(
        f"{name} 지금 {is_it(d, '몇 시')}", f"지금 {name} {is_it(d, '몇 시')}",
        f"{josa(name, '은', '는')} 지금 {is_it(d, '몇 시')}", f"{name} 시간 {tell(d)}", f"{name} 현재 시각 {tell(d)}",
        f"{name}에서는 지금 {is_it(d, '몇 시')}", f"{name} 지금 시간 {tell(d)}",
        f"지금 {josa(name, '은', '는')} {is_it(d, '몇 시')}", f"{name} 시간으로 지금 {is_it(d, '몇 시')}",
        f"{josa(name, '은', '는')} {is_it(d, '몇 시')}", f"{josa(name, '이', '가')} 지금 {is_it(d, '몇 시')}",
        f"{name} {is_it(d, '몇 시')}", f"{name} 현지 시간 {tell(d)}", f"{name}의 현재 시간은",
        f"지금 {name} 시간이 {d.pick('어떻게 돼', '어떻게 되나요')}", f"{name}의 시간을 {tell(d)}",
        f"지금 {name} 시간은 {is_it(d, '몇 시')}",
    )
    return one(d, text, clock(d.now.astimezone(ZoneInfo(zone)), "ko", half_of_day=True))


# -- the calendar ----------------------------------------------------------------------------------------------------


def today(d: Draw) -> Case:
    day = d.now.date()
    if d.chance(0.5):
        text = d.pick(
            f"오늘 {is_it(d, '며칠')}", f"오늘이 {is_it(d, '며칠')}", f"오늘 날짜 {tell(d)}",
            f"오늘 날짜가 {d.pick('뭐야', '뭐예요', '어떻게 돼')}", f"오늘이 몇 월 {is_it(d, '며칠')}",
            f"오늘 몇 월 {is_it(d, '며칠')}", "오늘 날짜", f"날짜 {tell(d)}", f"오늘 날짜는 {is_it(d, '며칠')}",
            f"오늘 며칠인지 {tell(d)}", f"오늘 {is_it(d, '몇 일')}", f"오늘은 {is_it(d, '며칠')}",
            f"지금 날짜 {tell(d)}", "오늘 며칠이더라", f"오늘 날짜 좀 {give(d, '알려')}",
            f"오늘이 며칠인지 {tell(d)}",
        )
        return one(d, text, calendar_day(day, "ko"))
    if d.chance(0.75):
        text = d.pick(
            f"오늘 무슨 {is_it(d, '요일')}", f"오늘이 무슨 {is_it(d, '요일')}", f"무슨 {is_it(d, '요일')}",
            f"오늘 요일 {tell(d)}", "오늘 무슨 요일이더라", f"오늘은 무슨 {is_it(d, '요일')}",
            f"오늘이 무슨 요일인지 {tell(d)}", f"지금 무슨 {is_it(d, '요일')}", f"오늘이 {is_it(d, '무슨 요일')}",
            f"요일 {tell(d)}", "오늘 요일이 뭐야", "오늘 요일이 어떻게 돼",
        )
        return one(d, text, weekday(day, "ko"))
    if d.chance(0.5):
        text = d.pick(
            f"올해가 {is_it(d, '몇 년도')}", f"올해가 {is_it(d, '몇 년')}", f"지금이 {is_it(d, '몇 년도')}",
            f"지금 {is_it(d, '몇 년도')}",
        )
        return one(d, text, says(rf"{day.year} ?년|{sino(day.year)} ?년"))
    text = d.pick(
        f"이번 달이 {is_it(d, '몇 월')}", f"지금 {is_it(d, '몇 월')}", f"지금이 {is_it(d, '몇 월')}",
        f"이번 달은 {is_it(d, '몇 월')}",
    )
    month = {6: "유", 10: "시"}.get(day.month, sino(day.month))
    return one(d, text, says(rf"(?<![\d가-힣])(?:{day.month}|{month}) ?월"))


def relative_day(d: Draw) -> Case:
    shift, said = _shift(d)
    day, past = d.now.date() + timedelta(days=shift), shift < 0
    subject = topic(d, said)
    if d.chance(0.5) and "요일" not in said:
        was = d.pick("무슨 요일이었어", "무슨 요일이었지", "무슨 요일이었나요")
        asked = was if past else f"무슨 {is_it(d, '요일')}"
        return one(d, f"{subject} {asked}", weekday(day, "ko", also=d.now.date()))
    was = d.pick("며칠이었어", "며칠이었지", "며칠이었나요")
    asked = was if past else d.pick("", "", "몇 월 ") + is_it(d, "며칠")
    text = d.pick(f"{subject} {asked}", f"{subject} {asked}", f"{said} 날짜 {tell(d)}")
    return one(d, text, calendar_day(day, "ko"))


DAYS = {1: "하루", 2: "이틀", 3: "사흘", 4: "나흘", 5: "닷새", 10: "열흘", 15: "보름"}


def _shift(d: Draw) -> tuple[int, str]:
    days, weeks, few = d.whole(2, 60), d.whole(2, 8), d.pick(*DAYS)
    later = d.pick("뒤", "후")
    this_monday = d.now.date() - timedelta(days=d.now.weekday())
    named = d.whole(0, 5)
    in_next_week = (this_monday - d.now.date()).days + 7 + named
    shifts = [
        (1, "내일"), (-1, "어제"), (2, "모레"), (2, "내일모레"), (-2, "그저께"), (-2, "그제"), (3, "글피"),
        (1, "내일"), (2, "모레"), (days, f"{d.number(days)}일 {later}"), (-days, f"{d.number(days)}일 전"),
        (7, f"일주일 {later}"), (-7, "일주일 전"), (few, f"{DAYS[few]} {later}"), (-few, f"{DAYS[few]} 전"),
        (weeks * 7, f"{d.number(weeks)}주 {later}"), (days, f"오늘부터 {d.number(days)}일 {later}"),
        (weeks * 7, f"{d.number(weeks)}주일 {later}"),
    ]
    if d.now.weekday() < 6 and d.chance(0.15):
        return in_next_week, f"다음 주 {WEEKDAYS['ko'][named]}"
    return d.pick(*shifts)


FEASTS = (
    (12, 25, "크리스마스"), (12, 25, "성탄절"), (1, 1, "새해 첫날"), (5, 5, "어린이날"), (8, 15, "광복절"),
    (10, 9, "한글날"), (3, 1, "삼일절"), (10, 3, "개천절"), (6, 6, "현충일"), (12, 25, "크리스마스"), (1, 1, "새해"),
)


def days_until(d: Draw) -> Case:
    while True:
        target, said = _target(d)
        count = (target - d.now.date()).days
        if count >= 2:
            break
    text = d.pick(
        f"{said}까지 며칠 {d.pick('남았어', '남았나요', '남았지', '남았죠', '남았어요', '남았습니까')}",
        f"{said}까지 며칠 남았는지 {tell(d)}", f"{said}까지 며칠이나 {d.pick('남았어', '남았어요')}",
        f"{said}까지 얼마나 {d.pick('남았어', '남았어요', '남았지')}", f"{said}까지 {is_it(d, '며칠')}",
        f"{josa(said, '이', '가')} 며칠 {d.pick('남았어', '남았지')}", f"{said}까지 {d.pick('몇 일', '며칠')} 남았어",
        f"{said}까지 남은 날짜 {tell(d)}", f"며칠 있으면 {josa(said, '이야', '야')}",
        f"{said}까지 앞으로 며칠 남았어", f"{said}까지 남은 일수 {tell(d)}",
    )
    return one(d, text, number_of_days(count, "ko"))


def _target(d: Draw) -> tuple[date, str]:
    today = d.now.date()
    if d.chance(0.4):
        month, day, said = d.pick(*FEASTS)
        return _coming(today, month, day), said
    if d.chance(0.25):
        number = d.whole(0, 6)
        return today + timedelta(days=(number - today.weekday()) % 7), WEEKDAYS["ko"][number]
    day_of = today + timedelta(days=d.whole(2, 360))
    return _coming(today, day_of.month, day_of.day), day_in_words(d, day_of)


def _coming(today: date, month: int, day: int) -> date:
    if (month, day) == (2, 29):
        month, day = 3, 1
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def day_in_words(d: Draw, day: date) -> str:
    if (day.month, day.day) == (2, 29):
        day = date(day.year, 3, 1)
    if not d.in_words:
        return f"{day.month}월 {day.day}일"
    month = {6: "유", 10: "시"}.get(day.month, sino(day.month))
    return d.pick(f"{month}월 {sino(day.day)}일", f"{month}월 {sino(day.day)} 일")


def weekday_of_date(d: Draw) -> Case:
    day = date(d.whole(1950, 2049), d.whole(1, 12), d.whole(1, 28))
    said = f"{sino(day.year) if d.in_words else day.year}년 {day_in_words(d, day)}"
    asked = d.pick(
        "무슨 요일이었어", "무슨 요일이었지", "무슨 요일이야",
    ) if day < d.now.date() else f"무슨 {is_it(d, '요일')}"
    text = d.pick(f"{said}은 {asked}", f"{said}이 {asked}", f"{said} {asked}")
    return one(d, text, weekday(day, "ko", also=d.now.date()))
