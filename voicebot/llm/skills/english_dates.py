"""Questions about the calendar in English: each form is a pattern for the whole question, and what answers it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime

from voicebot.llm.skills import days, durations, english, english_days, times_of_day
from voicebot.llm.skills.days import end_of, hours_until, months_and_days
from voicebot.llm.skills.english_days import MONTHS, WEEKDAYS, read_year, weekday

Groups = dict[str, str | None]
Form = Callable[[Groups, datetime], str | None]


def _day(groups: Groups, now: datetime) -> str | None:
    """ "What day is it next friday": the weekday and the date."""
    past = bool(re.search(r"\b(?:was|did|fell)\b", groups.get("verb") or ""))
    text = groups.get("day") or ""
    text = _LEADING.sub("", _POSSESSIVES.get(text, text))
    named = english_days.read(_FALLS_ON.sub(r"\1", text), now.date(), past)
    if named is None:
        return None
    with_year = bool(groups.get("date")) or any(day.year != now.year for day in named.dates)
    if len(named.dates) == 2:
        first, second = (_date(day, with_year) for day in named.dates)
        return f"This coming one is {first}; the one next week is {second}."
    day = named.dates[0]
    verb = "was" if day < now.date() else "is"
    if named.dated:
        return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year} {verb} a {weekday(day)}."
    subject, found = named.name or "that day", _date(day, with_year)
    return f"{subject[0].upper()}{subject[1:]} {verb} {found.removeprefix(f'{subject}, ')}."


_LEADING = re.compile(r"^(?:it|that|on|for|of|be|going to be) |^(?:it|that|be)$")
_FALLS_ON = re.compile(r" (?:fall|falls|land|be)(?: on)?( (?:this|next|last) year)$")
_POSSESSIVES = {"todays": "today", "tomorrows": "tomorrow", "yesterdays": "yesterday"}


def _when(groups: Groups, now: datetime) -> str | None:
    """ "When is christmas": the date and how far away it is."""
    named = english_days.read(groups["day"] or "?", now.date(), past=groups.get("verb") == "was")
    if named is None or not named.name or len(named.dates) > 1:
        return _day(groups, now) if named else None
    day = named.dates[0]
    verb, away = ("was", "") if day < now.date() else ("is", f", {_away(day, now)}")
    return f"{named.name[0].upper()}{named.name[1:]} {verb} on {_date(day, day.year != now.year)}{away}."


def _away(day: date, now: datetime) -> str:
    count = (day - now.date()).days
    return {0: "today", 1: "tomorrow"}.get(count, f"in {english.plural(count, 'day')}")


def _until(groups: Groups, now: datetime) -> str | None:
    """ "How many weeks until christmas"."""
    text = groups["day"] or ""
    named = english_days.read(text, now.date())
    if named is None or text == "":
        return _until_moment(text, now)
    if named.dates[0] < now.date():
        return None
    name = named.name or _date(named.dates[0], with_year=False)
    left = [_left(day, groups.get("unit") or "day", now) for day in named.dates]
    if len(left) == 2:
        return f"It is {left[0]} until this coming one, and {left[1]} until the one next week."
    if named.dates[0] == now.date():
        return f"{name[0].upper()}{name[1:]} is today." if name != "today" else "That is today."
    return f"It is {left[0]} until {name}."


def _until_moment(text: str, now: datetime) -> str | None:
    """ "How long until half past seven"."""
    clock = times_of_day.read_english(text)
    moment = clock.after(now, "en") if clock else None
    if moment is None:
        return None
    left = durations.say(int(moment.timestamp() - now.timestamp()), "en")
    return f"It is {left} until {times_of_day.say(moment, 'en')}."


def _left(day: date, unit: str, now: datetime) -> str:
    count = (day - now.date()).days
    if unit == "week":
        weeks, rest = divmod(count, 7)
        return _joined(english.plural(weeks, "week"), english.plural(rest, "day") if rest else "")
    if unit == "month":
        months, rest = months_and_days(now.date(), day)
        return _joined(english.plural(months, "month"), english.plural(rest, "day") if rest else "")
    if unit == "hour":
        return english.plural(hours_until(day, now), "hour")
    return english.plural(count, "day")


def _since(groups: Groups, now: datetime) -> str | None:
    """ "How many days since christmas"."""
    named = english_days.read(groups["day"] or "?", now.date(), past=True)
    if named is None or named.dates[0] > now.date():
        return None
    count = (now.date() - named.dates[0]).days
    name = named.name or _date(named.dates[0], with_year=True)
    if (groups.get("unit") or "") == "week":
        weeks, rest = divmod(count, 7)
        past = _joined(english.plural(weeks, "week"), english.plural(rest, "day") if rest else "")
    else:
        past = english.plural(count, "day")
    return f"It has been {past} since {name}." if count else f"{name[0].upper()}{name[1:]} is today."


def _rest_of(groups: Groups, now: datetime) -> str | None:
    """ "How many days are left this year"."""
    span = groups["span"] or ""
    count = (end_of(span, now.date()) - now.date()).days
    verb = "is" if count == 1 else "are"
    return f"There {verb} {english.plural(count, 'day')} left in this {span}, after today."


def _between(groups: Groups, now: datetime) -> str | None:
    """ "How many days between christmas and new year"."""
    first, second = (english_days.read(groups[name] or "?", now.date()) for name in ("first", "second"))
    if first is None or second is None:
        return None
    return f"It is {english.plural(abs((second.dates[0] - first.dates[0]).days), 'day')}."


def _month(groups: Groups, now: datetime) -> str | None:
    which = groups.get("which") or groups.get("before") or ""
    day = days.after_months(now.date().replace(day=1), {"next": 1, "last": -1}.get(which, 0))
    subject = {"next": "Next month is", "last": "Last month was"}.get(which, "It is")
    return f"{subject} {MONTHS[day.month - 1].capitalize()}."


def _year(groups: Groups, now: datetime) -> str | None:
    which = groups.get("which") or groups.get("before") or ""
    subject = {"next": "Next year is", "last": "Last year was"}.get(which, "It is")
    return f"{subject} {now.year + {'next': 1, 'last': -1}.get(which, 0)}."


def _week(groups: Groups, now: datetime) -> str | None:
    return f"It is week {now.isocalendar().week} of the year."


def _whether(groups: Groups, now: datetime) -> str | None:
    """ "Is it friday today"."""
    named = english_days.read(groups.get("day") or "", now.date())
    if named is None:
        return None
    asked, day = groups["weekday"] or "", named.dates[0]
    right = asked == WEEKDAYS[day.weekday()] or (asked in ("the weekend", "weekend") and day.weekday() >= 5)
    subject = named.name or "that day"
    return f"{'Yes' if right else 'No'}, {subject} is {weekday(day)}."


def _leap(groups: Groups, now: datetime) -> str | None:
    year = read_year(groups["year"] or "") or {"next year": now.year + 1}.get(groups["year"] or "", now.year)
    return (
        f"{'Yes' if calendar.isleap(year) else 'No'}, {year} is {'' if calendar.isleap(year) else 'not '}a leap year."
    )


def _month_length(groups: Groups, now: datetime) -> str | None:
    month = MONTHS.index(groups["month"] or "") + 1 if groups["month"] else now.month
    year = read_year(groups["year"] or "") or now.year
    count = calendar.monthrange(year, month)[1]
    name = MONTHS[month - 1].capitalize() + (f" {year}" if month == 2 else "")
    return f"{name} has {english.plural(count, 'day')}."


def _date(day: date, with_year: bool) -> str:
    return f"{weekday(day)}, {day.day} {MONTHS[day.month - 1].capitalize()}" + (f" {day.year}" if with_year else "")


def _joined(first: str, second: str) -> str:
    if first.startswith("0 ") and second:
        return second
    return english.listed([part for part in (first, second) if part])


_ASK = r"(?:(?P<date>date)|day of the week|day of the month|weekday|day)(?: of the week)?"
_FALLS = r"(?:is|was|will|falls?|fell|does|did|do|are|would)"
_UNIT = r"(?P<unit>day|week|month|hour|minute|sleep|night)s?"
_LEFT = r"(?:left|remaining|to go|to wait|away|off|remain)"
_UNTIL = (
    r"(?:until|till|til|to|before|for|up to|between now and|from (?:now|today) (?:until|till|to)"
    r"|to go (?:until|till|to|before)|left (?:until|till|to|before))"
)
_WE = (
    r"(?:is it|it is|are there|there are|is there|do (?:i|we) have|have (?:i|we) got|must (?:i|we) wait"
    r"|will it be|are|is"
    r"|do (?:i|we) have to wait|does it take|have (?:i|we))"
)
_NOW = r"(?: (?:in|now|today|currently|at the moment|right now))*"
_WHICH = r"(?: (?P<which>next|last|this|the current))?"
_ANY_WEEKDAY = "|".join(WEEKDAYS)
_ANY_MONTH = "|".join(MONTHS)

_PATTERNS: tuple[tuple[Form, tuple[str, ...]], ...] = (
    (
        _day,
        (
            rf"(?:what|which) {_ASK}(?: (?P<verb>it is|it was|it will be|are we|are we on|we are on|are we at))?"
            rf"(?: (?P<day>today|tomorrow|yesterday|now|right now|currently))?",
            rf"(?:on |for )?(?:what|which) {_ASK} (?P<verb>{_FALLS}) ?(?:it |that |we |going to be )?(?:be ?)?(?:on )?"
            r"(?P<day>.*?)(?: (?:be|be on|fall|fall on|on|land on|going to be|falling on|falling|happen|in|at|it))?",
            rf"(?:what|which) {_ASK} (?P<day>.+?) (?P<verb>is|was|will be|falls|falls on|fell on|is on|lands on)",
            rf"(?:what|which) {_ASK} (?P<verb>it is|it was|it will be|would it be|it falls)(?: (?:on )?(?P<day>.+))?",
            rf"(?:what|how) (?P<verb>is|was|will|would|about) (?:the )?(?:current |exact )?{_ASK}(?: be)?(?: (?:of"
            rf"|on|for|be)\b)? ?"
            r"(?P<day>.*?)(?: be| is| was| going to be)?",
            rf"(?:what )?the (?:current |exact )?{_ASK}(?: (?:of|on|for)\b)? ?(?P<day>.*?)(?: (?P<verb>is|was"
            rf"|will be))?",
            r"(?:current )?(?P<date>date)(?: (?P<day>.+))?",
            rf"(?:(?:what|which) (?P<verb>is|was|will be) )?(?P<day>todays|tomorrows|yesterdays) {_ASK}(?: today"
            rf"| be| is)?",
            r"(?:what|which day|which date) (?P<verb>is|was|will be) (?P<day>today|tomorrow|yesterday"
            r"|the day (?:after|before) .+)",
            rf"(?P<day>.+?) (?P<verb>is|was|will be|falls on|fell on|is on) (?:on )?(?:what|which) {_ASK}",
            rf"(?P<day>.+?) (?:what|which) {_ASK} (?P<verb>{_FALLS})(?: (?:it|that|this|we))?(?: have)?(?: be| on"
            rf"| in)*",
            rf"(?P<day>.+?) what (?P<verb>is|was|will|would) the {_ASK}(?: be)?",
        ),
    ),
    (
        _when,
        (
            r"(?:on )?when (?P<verb>is|was|will|does|are|do) (?:it )?(?P<day>.+?)"
            r"(?: (?:be|fall|happen|come|start|is|take place|celebrated|going to be))?",
            r"when (?P<day>.+?) (?P<verb>is|was|will be|falls)",
        ),
    ),
    (
        _until,
        (
            rf"(?:(?:how|what) (?:many|much) (?:more )?|the number of |number of |count (?:the )?|the )?(?:{_UNIT}"
            rf"|time)(?: more)?"
            rf"(?: {_WE})?(?: now)?(?: {_LEFT})?(?: it is| there are| it will be)? {_UNTIL} (?P<day>.+?)"
            rf"(?: {_LEFT}| from now| from today| is)?",
            rf"how (?:many|much) {_UNIT} (?:from (?:now|today) )?(?:is|are|until|will) (?!in "
            rf"|there )(?P<day>.+?)(?: be)?"
            rf"(?: {_LEFT}| from now| from today)?",
            rf"how (?:many|much) {_UNIT} {_LEFT} (?:is|are) (?P<day>.+)",
            rf"how (?:long|much longer|far|soon|close|much time|far away"
            rf"|much more time)(?: {_WE})?(?: {_LEFT})? {_UNTIL}"
            rf" (?P<day>.+?)(?: {_LEFT}| is)?",
            rf"how (?:long|far|soon|close|far away|far off) (?:is|are|till|until) (?P<day>.+?)(?: {_LEFT}| from now"
            rf"| from today)?",
            r"(?:the )?(?:countdown|days|time) (?:to|until|till|left until) (?P<day>.+)",
        ),
    ),
    (
        _since,
        (
            rf"(?:how (?:many|much) )(?:{_UNIT}|time)"
            r"(?: (?:is it|has it been|it has been|(?:have |has )?(?:passed|gone by|elapsed)|ago))? since (?P<day>.+)",
            r"how long (?:is it|has it been|it has been|has passed|ago is it)? ?since (?P<day>.+)",
            rf"how (?:long|many {_UNIT}) ago (?:was|is) (?P<day>.+)",
        ),
    ),
    (
        _rest_of,
        (
            r"(?:how (?:many|much) )?days (?:are |is )?(?:there )?(?:left|remaining|remain|to go)(?: are there)?"
            r" (?:in |of |until the end of )?(?:the |this )(?:current )?(?P<span>year|month|week)",
            r"how (?:many|much) days (?:does|do) (?:the|this) (?P<span>year|month|week) (?:still )?have (?:left"
            r"|remaining)",
        ),
    ),
    (
        _between,
        (
            r"how (?:many|much) days (?:are |is )?(?:there |it )?(?:between|from) (?P<first>.+?) (?:and|to|until|till)"
            r" (?P<second>.+)",
        ),
    ),
    (
        _month,
        (
            rf"(?:what|which) month(?: (?:is it|it is|are we|we are|is this))?{_NOW}",
            rf"(?:what|which) month (?:is|was){_WHICH}(?: month)?",
            rf"(?:what )?(?:is |was )?(?:the )?(?:(?P<before>next|last|current|this) )?month(?: is it| it is)?{_NOW}",
        ),
    ),
    (
        _year,
        (
            rf"(?:what|which) year(?: (?:is it|it is|are we|we are|is this))?{_NOW}",
            rf"(?:what|which) year (?:is|was){_WHICH}(?: year)?",
            rf"(?:what )?(?:is |was )?(?:the )?(?:(?P<before>next|last|current|this) )?year(?: is it| it is)?{_NOW}",
        ),
    ),
    (
        _week,
        (
            rf"(?:what|which) (?:calendar )?week(?: number)?(?: of the year)? (?:is it|is this|are we|it is){_NOW}",
            r"(?:what is )?(?:the )?(?:current )?week number(?: is it)?",
        ),
    ),
    (
        _whether,
        (
            rf"is (?:it |today |this )(?:a )?(?P<weekday>{_ANY_WEEKDAY}|the weekend)(?: today| already| now| yet)?",
            rf"is (?P<day>.+?) (?:a |on a )?(?P<weekday>{_ANY_WEEKDAY})",
        ),
    ),
    (_leap, (r"is (?P<year>it|this|this year|next year|.+?)(?: year)? a leap year(?: this year)?",)),
    (
        _month_length,
        (
            r"how (?:many|much) days (?:are )?(?:there )?(?:does |do |in |has |are in )(?:the month of )?"
            rf"(?:this month|the current month|(?P<month>{_ANY_MONTH})(?: (?P<year>.+?))?)(?: have| has)?",
        ),
    ),
)

FORMS: tuple[tuple[re.Pattern[str], Form], ...] = tuple(
    (re.compile(pattern), form) for form, patterns in _PATTERNS for pattern in patterns
)
"""Every form of question, tried in this order; a form that cannot answer leaves it to the next."""
