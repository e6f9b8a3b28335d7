"""Asking again, asking for help, and asking about places that are not on any map, in Korean."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from .checks import Check, in_language, says
from .draw import Ask, Case, Draw
from .korean import city, is_it, one, time, today
from .korean_sums import sum_of_two
from .korean_units import conversion
from .places import NOWHERE

AGAIN = (
    "다시 말해 줘", "뭐라고", "뭐라고 했어", "다시 한번 말해 줄래", "한 번 더", "못 들었어",
    "못 들었어요 다시 말씀해 주세요", "방금 뭐라고 했어", "반복해 줘", "다시 한 번", "한 번만 더 말해 줘",
    "다시 말씀해 주시겠어요", "잘 못 들었어", "다시 얘기해 줘", "뭐라 그랬어", "뭐라고요", "다시 한 번 말해 줘",
    "방금 한 말 다시 해 줘", "한 번 더 말해 주세요", "다시 들려줘", "못 들었는데 다시 말해 줘", "지금 뭐라고 했어",
    "다시 한번만 말해 주세요", "미안 못 들었어", "아까 한 말 다시 해 줘", "뭐라고 하셨어요",
    "뭐라고 했는지 못 들었어", "다시 말해 봐", "한 번 더 얘기해 줘", "방금 뭐라 했어",
)

HELP = (
    "뭐 할 수 있어", "도움말", "무엇을 할 수 있어", "넌 뭘 할 수 있니", "뭘 도와줄 수 있어", "어떤 걸 물어볼 수 있어",
    "사용법 알려 줘", "너 뭐 할 줄 알아", "할 수 있는 게 뭐야", "기능 알려 줘", "명령어 알려 줘", "어떻게 사용해",
    "도와줘", "무슨 일을 할 수 있어", "무엇을 도와줄 수 있나요", "어떤 기능이 있어", "네가 할 수 있는 일이 뭐야",
    "뭘 물어보면 돼", "무슨 기능이 있어", "어떻게 쓰는 거야", "사용 방법 알려 줘", "뭘 할 수 있나요",
    "할 줄 아는 게 뭐야", "어떤 질문을 할 수 있어", "무엇을 할 수 있는지 알려 줘", "뭐뭐 할 수 있어", "도움이 필요해",
    "어떤 걸 할 수 있어요", "너는 뭘 할 수 있어",
)


def again(d: Draw) -> Case:
    """The reply to the first question comes again, whole."""
    first = d.pick(time, today, sum_of_two, conversion, city)(d).script[0]
    assert isinstance(first, Ask)
    heard: list[str] = []

    def keep(reply: str) -> bool:
        heard[:] = [reply]
        return first.check.holds(reply)

    keeping = Ask(first.question, Check(first.check.expected, keep))
    same = Check("the same reply again", lambda reply: heard[-1].strip().rstrip(".") in reply)
    return Case("ko", d.now, (keeping, Ask(d.surface(d.pick(*AGAIN)), same)))


def nothing_to_repeat(d: Draw) -> Case:
    empty = says("없|않|아직|안 ", expected="nothing has been said yet") & in_language("ko")
    question = d.pick("다시 말해 줘", "뭐라고 했어", "방금 뭐라고 했어", "다시 한번 말해 줄래", "한 번만 더 말해 줘")
    return Case("ko", d.now, (Ask(d.surface(question), empty),))


def help_me(d: Draw) -> Case:
    skills = says(
        "시간|시각|시계|몇 시", "타이머", "날짜|요일|며칠", "계산|더하기|곱하기|산수|셈|퍼센트",
        "단위|환산|변환|킬로|마일", expected="names time, date, timers, sums and units",
    )
    return one(d, d.pick(*HELP), skills)


def nowhere(d: Draw) -> Case:
    """A place that is not on the map has no time: above all not the time here."""
    name = d.pick(*NOWHERE)[1]
    here = {d.now.strftime("%H:%M"), f"{d.now.hour % 12 or 12}시 {d.now.minute}분"}
    text = d.pick(f"{name} 지금 {is_it(d, '몇 시')}", f"지금 {name} {is_it(d, '몇 시')}", f"{name} 시간 알려 줘")
    unknown = says("없|모르|모릅|몰라|못|않|언어 ?모델", expected="does not know the place")
    honest = Check(unknown.expected, lambda reply: unknown.holds(reply) and not any(clock in reply for clock in here))
    return Case("ko", d.now, (Ask(d.surface(text), honest),))
