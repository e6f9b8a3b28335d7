"""Timers, alarms and reminders asked for in Korean, without spaces."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from voicebot.llm.skills import durations, korean, korean_numbers, times_of_day
from voicebot.llm.skills.korean import ENDING, REQUESTED
from voicebot.llm.skills.timer_requests import Ask, Cancel, Request, Start, When, Which
from voicebot.llm.timers import Kind

Spaced = Callable[[int, int], str]
"""What stands between two places of the text, with its spaces."""


def read(text: str, spaced: Spaced) -> Request | None:
    """What the whole request asks of the timers; None when it is about something else."""
    matches = ((form, pattern.fullmatch(text)) for form, patterns in _FORMS for pattern in patterns)
    requests = (form(match, spaced) for form, match in matches if match)
    return next((request for request in requests if request is not None), None)


def read_question(text: str, spaced: Spaced) -> Ask | None:
    """Which timers the whole question asks about: "라면타이머남은시간"."""
    matches = (pattern.fullmatch(text) for pattern in dict(_FORMS)[_ask])
    return next((_ask(match, spaced) for match in matches if match), None)


def _start_timer(match: re.Match[str], spaced: Spaced) -> Start | None:
    if "length" not in match.re.groupindex:
        return Start("timer", None, _name(match, spaced))
    said, name = _parted(match, spaced)
    length = durations.read_korean(said)
    return Start("timer", length, name) if length is not None else None


def _parted(match: re.Match[str], spaced: Spaced) -> tuple[str, str]:
    """The length and the name, parted where a word begins: "칠 분" and "만두", not "칠 분만" and "두"."""
    text, (start, end), groups = match.string, match.span("length"), match.groupdict()
    if groups.get("other"):
        for at in range(match.start("other"), start, -1):
            head = _LENGTH_ALONE.fullmatch(text, start, at)
            if head and _begins_word(at, spaced):
                return head["length"], _cleaned(spaced(at, match.end("other")))
    elif groups.get("name") and match.end("name") == start:
        for at in range(start, end):
            if _begins_word(at, spaced) and _LENGTH_ALONE.fullmatch(text, at, end):
                return text[at:end], _cleaned(spaced(match.start("name"), at))
    return text[start:end], _name(match, spaced)


def _begins_word(at: int, spaced: Spaced) -> bool:
    return at == 0 or " " in spaced(at - 1, at + 1)


def _start_alarm(match: re.Match[str], spaced: Spaced) -> Start | None:
    when = _when(match)
    if when is None and ("time" in match.re.groupindex or "length" in match.re.groupindex):
        return None
    return Start("alarm", when, waking="waking" in match.re.groupindex)


def _start_reminder(match: re.Match[str], spaced: Spaced) -> Start | None:
    when = _when(match)
    task = spaced(*match.span("task")) if "task" in match.re.groupindex and match["task"] else ""
    if when is None or _is_asked(task):
        return None
    if not task:
        kind: Kind = "reminder" if _REMINDER.search(match.string) else "timer"
        return Start(kind, when) if isinstance(when, Fraction) else None
    return Start("reminder", when, task=task)


def _is_asked(task: str) -> bool:
    """It is asked what this is, and not to be reminded of it; "약 먹을 시간" is to be reminded of."""
    match = _ASKED.search(task)
    return match is not None and not korean.ends_in_rieul(match["before"] or "")


def _ask(match: re.Match[str], spaced: Spaced) -> Ask:
    return Ask(_which(match, spaced))


def _cancel(match: re.Match[str], spaced: Spaced) -> Cancel:
    groups = match.groupdict()
    if "noun" not in groups and "all" not in groups:
        return Cancel(Which("timer"), alone=True)
    return Cancel(_which(match, spaced), every=bool(groups.get("every") or groups.get("all")))


def _which(match: re.Match[str], spaced: Spaced) -> Which:
    groups = match.groupdict()
    kind = _KINDS.get(groups.get("noun") or "")
    length = durations.read_korean(groups["length"]) if groups.get("length") else None
    return Which(kind, _name(match, spaced) if length is None else "", length)


def _name(match: re.Match[str], spaced: Spaced) -> str:
    group = next((group for group in ("name", "other") if match.groupdict().get(group)), None)
    return _cleaned(spaced(*match.span(group))) if group else ""


def _cleaned(name: str) -> str:
    """A name without what only points at the timer: "아까 맞춘 라면" → "라면", "새" → ""."""
    words = name.split()
    cuts = (cut for cut in range(len(words), 0, -1) if _POINTING.fullmatch("".join(words[:cut])))
    return _NAME_ENDING.sub("", " ".join(words[next(cuts, 0) :]))


def _when(match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    if groups.get("length"):
        return durations.read_korean(groups["length"])
    return times_of_day.read_korean(groups["time"]) if groups.get("time") else None


_KINDS: dict[str, Kind] = {
    "타이머": "timer", "타이마": "timer", "카운트다운": "timer", "알람": "alarm", "모닝콜": "alarm", "알림": "reminder",
    "리마인더": "reminder",
}  # fmt: skip
_NAME_ENDING = re.compile("(?:용|이라는|라는|이름의|맞춘|설정한|걸어둔|걸어놓은|돌리고 있는)$")
_POINTING = re.compile(
    "(?:새|새로운|하나|지금|현재|아까|방금|조금|좀|전에|전|마지막에?|처음에?|내|내가|나|제|제가|우리|그|이|저|한|모든|전체|혹시"
    "|(?:맞춰|맞추어|설정해|세팅해|걸어|켜|틀어|해|만들어|시작해|부탁해)(?:둔|놓은|놨던|뒀던|두었던|달라고)"
    "|(?:맞추|맞췄|설정하|설정했|걸었|켰|시작하|시작했|만들었|부탁하|부탁했|말했|하|했)던|맞춘|설정한|설정된|세팅한|건|걸린|켠|켜진"
    "|시작한|시작된|만든|부탁한|말한|한|돌린|돌아가는|돌고있는|돌리고|돌아가고|실행|실행중인|중인|있는|울리는)+"
)
_ASKED = re.compile(
    "(?:[는은인한할을른된]지|뭔지|건지|신지|날짜|요일|며칠|몇[가-힣 ]+|날씨|기온|온도|방법|는 ?법|이유|까닭|뜻"
    "|의미|뉴스|소식|결과|가격"
    "|줄거리|환율|주가|순위|점수|정보|추천|메뉴|레시피|요리|영화|노래|맛집|(?P<before>.?) ?(?:시간|시각))$"
)
"""What is asked for now, and not to be reminded of: "10분 뒤에 날씨 알려 줘"."""
_REMINDER = re.compile("알림|리마인더|상기|리마인드")

_LENGTH = (
    f"(?P<length>(?:{korean_numbers.COUNT}(?:시간|분|초|일|주일|주|개월|달)){{1,4}}반?|하루|이틀|사흘|나흘|열흘|보름"
    f"|반시간|일주일|한달)"
    "(?:정도|쯤|가량)?"
)
_TIME = f"(?P<time>{times_of_day.KOREAN_TIME})"
_LATER = "(?:(?:뒤|후|있다가|이따가|이따|지나서)(?:에|쯤|쯤에|에는)?|(?:이)?(?:지나면|되면|있으면|흐르면)|(?:뒤|후)면)"
_OBJECT = "(?:을|를|좀|하나|한번|하나만|만|도)*"
_SETTING = (
    "(?:(?:맞춰|맞추어|맞쳐|설정해?|세팅해?|셋팅해?|켜|시작해?|시작하자|걸어|돌려|재|틀어|추가해?|만들어|부탁해?"
    "|예약해?|등록해?|울려|넣어|"
    f"잡아|필요해|작동시켜|가동해|해|하자|할래|할게)(?:놔|놓아|둬|두어)?{REQUESTED}(?:부탁해요?|부탁드려요|부탁드립니다"
    f"|부탁합니다)?)"
)
_TIMER = "(?:타이머|타이마|카운트다운)"
_ALARM = "(?:기상)?(?:알람|모닝콜)(?:시계)?"
_NAME = "(?P<name>[^0-9]{1,10}?)"
_FOR = "(?:짜리|동안|간|후로|뒤로|후에|뒤에|후|뒤|으로|로|만|의|을|를|에)*"
_ME = "(?:나를|저를|나한테|나에게|저한테|저에게|내게|꼭|좀)*"
_TELL = (
    "(?:알려|말해|말씀해|상기시켜|상기해|리마인드해?|일러|이야기해|얘기해|기억나게해|잊지않게(?:알려|말해|해)?|불러|"
    f"(?:알림|알람|리마인더)(?:을|를|좀|이)*(?:{_SETTING}|보내|줘|울려)?|깨워){REQUESTED}"
)
_TASK_MARKED = "(?P<task>.+?(?:라고|다고|자고|냐고|도록|게|거|것|기|걸|할일|약속))"

_NOUN = "(?P<noun>타이머|타이마|카운트다운|알람|모닝콜|알림|리마인더)(?:들)?"
_PARTICLE = "(?:은|는|이|가|의|을|를|까지|좀)?"
_WHICH = f"(?:(?P<name>[^0-9]{{1,16}}?))??(?:{_LENGTH}(?:짜리|의)?)?{_NOUN}{_PARTICLE}"
_NOW = "(?:지금|앞으로|이제)*"
_HOW_MUCH = "(?:(?:시간이?)?얼마나|얼마|몇분|몇초|몇시간|언제쯤|언제|몇시에|몇시로|몇시|어떻게)(?:이나|더|이|정도|쯤)*"
_REMAINS = "(?:남|울리|울려|울릴|끝나|끝날|되|돼|걸리|있|맞춰|설정)[가-힣]{0,8}"
_UNTIL = (
    "(?:(?:다)?(?:(?:끝나|울리|되|종료되|완료되)(?:려면|기까지|는데)|(?:끝날|울릴|될|종료될|완료될)때까지)(?:는|은)?)?"
)
_SET_ONES = "(?:설정된|켜진|맞춘|맞춰둔|설정한|지금|내|현재|실행중인|돌아가는)*"
_ABOUT = "(?:상태|확인|목록|리스트|뭐(?:뭐|가)?있|몇개|있|켜져|보여|남|어떤게|어떤것|현황|다끝났|끝났|울렸)[가-힣]{0,8}"
_ALL = "(?:모두|전부|다|싹다|싹|전체|몽땅)"
_STOPPING = (
    "(?:취소|꺼|끄|중지|멈춰|멈추|그만|삭제|지워|지우|없애|해제|정지|종료|중단|리셋|초기화|제거)"
    f"(?:시켜|해|하|할래|하자|할게|둬|두)?(?:요)?{REQUESTED}(?:부탁해요?|부탁드려요|부탁드립니다|부탁합니다)?"
)
_NEEDLESS = (
    "(?:(?:더)?필요(?:가|는|도)?(?:없|하지않|치않)|(?:안|그만)(?:해|울려|켜|맞춰|재)?도(?:되|돼|될)|쓸모없|의미없)"
    "(?:어|어요|아|아요|요|습니다|네|네요|다|을것같아요?|거같아요?|겠어요?|겠네요?|는데요?|거든요?)*"
)
_AT_ONCE = "(?:지금|이제|당장|바로|그냥|더이상|더는|좀)*"

_LENGTH_ALONE = re.compile(_LENGTH + _FOR)

_Form = Callable[[re.Match[str], Spaced], Request | None]

_FORMS: tuple[tuple[_Form, tuple[re.Pattern[str], ...]], ...] = tuple(
    (form, tuple(re.compile(pattern) for pattern in patterns))
    for form, patterns in (
        (
            _cancel,
            (
                f"(?:지금)?(?P<every>(?:내)?모든|{_ALL})?{_WHICH}(?:은|는|좀)*{_AT_ONCE}"
                f"(?P<all>{_ALL})?(?:{_STOPPING}|{_NEEDLESS})",
                f"(?P<all>{_ALL})(?:를|을)?{_STOPPING}",
                f"(?:그거|이거|그걸|이걸|방금거|방금한거)?(?:를|을)?취소(?:해|하|할래|하자|할게)?{REQUESTED}",
            ),
        ),
        (
            _ask,
            (
                f"{_WHICH}(?:지금|앞으로|이제|남은|시간)*(?:은|는|이|가)?{_UNTIL}{_HOW_MUCH}(?:{_REMAINS}|{ENDING})",
                f"(?:{_WHICH})?{_NOW}남은시간(?:은|는|이|가|을|를)?(?:얼마나|얼마|몇분|뭐|어떻게)?(?:{_REMAINS}|{ENDING})",
                f"{_NOW}{_UNTIL}(?:(?:시간이?)?(?:얼마나|얼마)|몇분|몇초|몇시간)(?:이나|더|이|정도|쯤)*남[가-힣]{{1,6}}",
                f"{_SET_ONES}{_NOUN}(?:은|는|이|가|을|를)?{_ABOUT}",
            ),
        ),
        (
            _start_timer,
            (
                f"(?:{_NAME})??{_LENGTH}{_FOR}(?P<other>[^0-9]{{1,8}}?)??{_TIMER}{_OBJECT}{_SETTING}?",
                f"{_TIMER}{_OBJECT}{_SETTING}{_LENGTH}{_FOR}",
                f"(?!.*(?:추가|연장))(?:{_NAME})??{_TIMER}{_OBJECT}(?:은|는)?{_LENGTH}{_FOR}(?:울리게|끝나게)?{_SETTING}?",
                f"{_LENGTH}(?:만|동안|을|를|으로|로|좀)*(?:시간)?(?:재|맞춰|설정해|세팅해|셋팅해|세|측정해|카운트다운해?|카운트해?|타이머){REQUESTED}",
            ),
        ),
        (
            _start_alarm,
            (
                f"{_TIME}(?:에|으로|로|쯤|까지)*(?:울리는|깨우는|일어나는)?{_ALARM}{_OBJECT}{_SETTING}?",
                f"{_ALARM}{_OBJECT}(?:은|는)?{_TIME}(?:에|으로|로|쯤)*(?:울리게|울리도록)?{_SETTING}?",
                f"{_LENGTH}{_LATER}(?:로|으로|울리는)?{_ALARM}{_OBJECT}{_SETTING}?",
                f"{_ALARM}{_OBJECT}{_LENGTH}{_LATER}(?:로|으로)?(?:울리게|울리도록)?{_SETTING}?",
                f"{_ME}{_TIME}(?:에|쯤|까지)*(?:{_ME}|날|절)(?P<waking>깨워|일어나게|기상시켜|일으켜)(?:해)?{REQUESTED}",
                f"{_ME}{_LENGTH}{_LATER}(?:{_ME}|날|절)(?P<waking>깨워|일어나게|기상시켜|일으켜)(?:해)?{REQUESTED}",
                f"{_ALARM}{_OBJECT}{_SETTING}",
            ),
        ),
        (
            _start_reminder,
            (
                f"{_ME}{_LENGTH}{_LATER}{_ME}{_TASK_MARKED}?{_ME}{_TELL}",
                f"{_ME}{_LENGTH}{_LATER}{_ME}(?P<task>.+?)(?:을|를)?{_ME}{_TELL}",
                f"{_ME}{_TIME}(?:에|쯤|쯤에|이되면|되면)*{_ME}{_TASK_MARKED}{_ME}{_TELL}",
                f"{_ME}{_TIME}(?:에|쯤|쯤에|이되면|되면)*{_ME}(?P<task>[^0-9]{{1,20}}?)(?:알림"
                f"|리마인더){_OBJECT}{_SETTING}?",
                f"{_ME}{_TASK_MARKED}{_ME}{_LENGTH}{_LATER}{_ME}{_TELL}",
                f"{_ME}{_TASK_MARKED}{_ME}{_TIME}(?:에|쯤|쯤에)*{_ME}{_TELL}",
            ),
        ),
        (_start_timer, (f"(?:{_NAME})??{_TIMER}{_OBJECT}{_SETTING}", _TIMER)),
    )
)
