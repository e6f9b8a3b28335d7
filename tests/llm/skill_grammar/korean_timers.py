"""How Korean speakers set, name, ask about and cancel timers."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from fractions import Fraction

from .checks import Check, declined, duration, in_language, says
from .draw import Ask, Case, Draw, Rings, Wait
from .korean import give, tell
from .spoken_numbers import josa, native

LABELS = ("라면", "파스타", "계란", "빨래", "피자", "만두", "운동", "낮잠", "찌개", "고구마", "커피", "숙제")
CHORES = (
    ("빨래 꺼내라고", "빨래"), ("약 먹으라고", "약 먹"), ("가스 불 끄라고", "가스"), ("엄마한테 전화하라고", "엄마"),
    ("물 마시라고", "물 마시"), ("밥 뜸 들이라고", "밥 뜸"), ("오븐 확인하라고", "오븐"), ("차 빼라고", "차 빼"),
    ("쓰레기 버리라고", "쓰레기"),
)


def length(d: Draw) -> tuple[int, str]:
    """A stretch of time in seconds, and the words for it."""
    minutes, seconds, hours = d.pick(
        1, 2, 3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 90,
    ), d.whole(2, 99), d.whole(1, 12)
    rest, few = d.pick(5, 10, 15, 20, 30, 45), d.whole(1, 10)
    gap = d.pick("", " ") if d.in_words else ""
    hour = f"{native(hours)} 시간" if d.in_words or d.chance(0.3) else f"{hours}시간"
    minute, plain = f"{d.number(few)}{gap}분", (minutes * 60, f"{d.number(minutes)}{gap}분")
    return d.pick(
        plain, plain, plain, plain, (seconds, f"{d.number(seconds)}{gap}초"), (90, f"{d.number(90)}{gap}초"),
        (hours * 3600, hour), (hours * 3600 + 1800, f"{hour} 반"),
        (hours * 3600 + rest * 60, f"{hour} {d.number(rest)}{gap}분"), (hours * 3600 + 1800, f"{hour} 반"),
        (few * 60 + rest, f"{minute} {d.number(rest)}{gap}초"), (few * 60 + 30, f"{minute} 반"), (3600, "한 시간"),
        (5400, "한 시간 반"),
    )


def _set(d: Draw) -> tuple[int, str]:
    seconds, said = length(d)
    later = d.pick("뒤에", "후에", "이따가", "있다가", "뒤", "후")
    to = josa(said, "으로", "로")
    verb = d.pick("맞춰", "맞춰", "설정해", "켜", "시작해", "걸어", "해")
    text = d.pick(
        f"타이머 {said} {give(d, verb)}", f"{said} 타이머 {give(d, verb)}", f"{said} 타이머 {give(d, verb)}",
        f"{to} 타이머 {give(d, '맞춰')}", f"타이머 {said}", f"{said} 타이머", f"{said} {later} {give(d, '알려')}",
        f"{said} {later} {give(d, '알려')}", f"{said} 지나면 {give(d, '알려')}", f"{said} {later} {give(d, '깨워')}",
        f"{said}짜리 타이머 하나 {give(d, '맞춰')}", f"타이머 {said}만 {give(d, '맞춰')}",
        f"타이머를 {to} {give(d, '설정해')}", f"타이머 {to} {give(d, '맞춰')}", f"{said} 타이머 좀 {give(d, verb)}",
        f"{said} {later} 알람 {give(d, '울려')}", f"{said}만 {give(d, '재')}", f"타이머 좀 {give(d, verb)} {said}",
        f"{said}간 타이머 {give(d, verb)}" if said.endswith(("분", "초")) else f"{said} 동안 타이머 {give(d, verb)}",
        f"{said} 타이머 부탁해", f"{said} 타이머 시작", f"타이머 {said} 부탁해요", f"{said} 되면 {give(d, '알려')}",
        f"{said} 후 알림 {give(d, '설정해')}",
    )
    return seconds, text


def _named(d: Draw) -> tuple[int, str, str]:
    seconds, said = length(d)
    label = d.pick(*LABELS)
    chore, word = d.pick(*CHORES)
    to, later = josa(said, "으로", "로"), d.pick("뒤에", "후에", "이따가", "있다가")
    return d.pick(
        (seconds, f"{label} 타이머 {said} {give(d, '맞춰')}", label),
        (seconds, f"{said} {label} 타이머 {give(d, '맞춰')}", label),
        (seconds, f"{label} 타이머를 {to} {give(d, '맞춰')}", label), (seconds, f"{said} {label} 타이머", label),
        (seconds, f"{label} 타이머 {to} {give(d, '설정해')}", label), (seconds, f"{label} 타이머 {said}", label),
        (seconds, f"{label}용 타이머 {said} {give(d, '맞춰')}", label),
        (seconds, f"{josa(label, '이라는', '라는')} 이름으로 {said} 타이머 {give(d, '맞춰')}", label),
        (seconds, f"{said} {later} {chore} {give(d, '알려')}", word),
        (seconds, f"{said} {later} {chore} {give(d, '말해')}", word),
        (seconds, f"{label} 타이머 {said} {give(d, '시작해')}", label),
    )


def _ask(d: Draw, text: str, check: Check) -> Ask:
    text = d.pick("음 ", "저기 ", "어 ", "자 ") + text if d.chance(0.1) else text
    return Ask(d.surface(text), check)


def _setting(d: Draw, text: str, seconds: int) -> Ask:
    return _ask(d, text, in_language("ko") & duration(Fraction(seconds), "ko"))


def set_one(d: Draw) -> Case:
    seconds, text = _set(d)
    script = (_setting(d, text, seconds), Wait(seconds - 0.5), Rings(()), Wait(1), Rings(((seconds, ""),)))
    return Case("ko", d.now, script)


def named(d: Draw) -> Case:
    seconds, text, word = _named(d)
    script = (_setting(d, text, seconds), Wait(seconds - 0.5), Rings(()), Wait(1), Rings(((seconds, word),)))
    return Case("ko", d.now, script)


def two_at_once(d: Draw) -> Case:
    """Two named timers; each rings in its time, or the one that is cancelled does not."""
    first, second = d.random.sample(LABELS, 2)
    short, long = d.whole(2, 5), d.whole(6, 20)
    asks = [_setting(d, f"{first} 타이머 {d.number(short)}분 {give(d, '맞춰')}", short * 60),
            _setting(d, f"{second} 타이머 {d.number(long)}분 {give(d, '맞춰')}", long * 60)]
    remaining = Fraction(long * 60 - 60)
    left = d.pick(
        f"{second} 타이머 얼마나 남았어", f"{second} 타이머 몇 분 남았어", f"{second} 타이머 남은 시간 {tell(d)}",
        f"{second} 타이머는 얼마나 남았어요",
    )
    asks_left = _ask(d, left, in_language("ko") & duration(remaining, "ko", Fraction(1)))
    if d.chance(0.5):
        rings = Rings(((short * 60, first), (long * 60, second)))
        return Case("ko", d.now, (*asks, Wait(60), asks_left, Wait(long * 60), rings))
    gone = d.pick(
        f"{first} 타이머 {give(d, '취소해')}", f"{first} 타이머 {give(d, '꺼')}", f"{first} 타이머는 취소",
        f"{first} 타이머 {give(d, '지워')}",
    )
    cancel = _ask(d, gone, in_language("ko"))
    return Case("ko", d.now, (*asks, Wait(60), cancel, asks_left, Wait(long * 60), Rings(((long * 60, second),))))


CANCEL = (
    "타이머 취소해 줘", "타이머 꺼 줘", "타이머 멈춰", "타이머 그만", "타이머 중지", "타이머 지워 줘",
    "타이머 삭제해 줘", "타이머 취소", "타이머 없애 줘", "타이머 해제해 줘", "타이머 취소해 주세요",
    "타이머를 꺼 주세요", "타이머 꺼", "타이머 그만해", "타이머 좀 꺼 줄래", "타이머 종료해 줘",
    "타이머 이제 필요 없어", "아까 맞춘 타이머 취소해 줘", "타이머 전부 취소해 줘", "타이머 다 꺼 줘",
    "모든 타이머 취소해 줘", "타이머 중단해 줘", "타이머 멈춰 줘", "그 타이머 취소해 줘", "타이머 정지",
    "타이머 취소할래",
)

LEFT = (
    "타이머 얼마나 남았어", "몇 분 남았어", "얼마나 남았어", "타이머 몇 분 남았어", "남은 시간 알려 줘",
    "타이머 남은 시간 알려 줘", "얼마나 남았지", "타이머 얼마 남았어", "타이머 시간 얼마나 남았어요",
    "이제 얼마나 남았어", "타이머가 얼마나 남았나요", "타이머 끝나려면 얼마나 남았어", "얼마 남았어",
    "타이머 확인해 줘", "타이머 울리려면 얼마나 남았어", "타이머 남은 시간 얼마야", "타이머 상태 알려 줘",
    "시간 얼마나 남았어", "지금 타이머 얼마나 남았는지 알려 줘",
)


def _set_as(d: Draw, *names: str) -> tuple[int, str]:
    """A timer set in words that call it one of `names`: nobody asks for an alarm and then cancels "the timer"."""
    while True:
        seconds, text = _set(d)
        if any(name in text for name in names):
            return seconds, text


def cancel(d: Draw) -> Case:
    (seconds, text), words = d.pick(
        (_set_as(d, "타이머"), CANCEL), (_set_as(d, "타이머"), CANCEL), (_set_as(d, "타이머"), CANCEL),
        (_set_as(d, "알람", "깨워"), ("알람 취소해 줘", "알람 꺼 줘", "알람 취소", "알람 지워 줘")),
        (_set_as(d, "알림"), ("알림 취소해 줘", "알림 꺼 줘", "알림 삭제해 줘")),
    )
    gone = _ask(
        d, d.pick(*words), in_language("ko") & says("취소|껐|꺼|멈|그만|중지|지웠|삭제|없앴|해제|종료|중단|정지"),
    )
    return Case("ko", d.now, (
        _setting(d, text, seconds), Wait(min(1.0, seconds / 2)), gone, Wait(seconds + 5), Rings(()),
    ))


def left(d: Draw) -> Case:
    seconds, text = _set_as(d, "타이머")
    waited = d.whole(1, seconds - 1)
    if seconds > 600:
        waited -= waited % 60
    remaining = Fraction(seconds - waited)
    check = in_language("ko") & duration(remaining, "ko", max(Fraction(1), remaining / 50))
    asked = _ask(d, d.pick(*LEFT), check)
    return Case("ko", d.now, (_setting(d, text, seconds), Wait(waited), asked, Wait(seconds), Rings(((seconds, ""),))))


def none_set(d: Draw) -> Case:
    """Asked about, or told to cancel, a timer that was never set."""
    question = d.pick(*(text for text in (*LEFT, *CANCEL) if "타이머" in text))
    nothing = says("없|않|안 ", expected="there is no timer")
    honest = Check(nothing.expected, lambda reply: not declined(reply) and nothing.holds(reply))
    return Case("ko", d.now, (_ask(d, question, honest), Wait(10), Rings(())))
