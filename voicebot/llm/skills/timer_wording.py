"""What is said about timers, alarms and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import ClassVar

from voicebot.languages import Language
from voicebot.llm.skills import durations, english, korean, times_of_day
from voicebot.llm.skills.english_days import weekday
from voicebot.llm.skills.timer_requests import Start, Which
from voicebot.llm.timers import Kind, Timer

_MOST_LISTED = 3


@dataclass(frozen=True, slots=True)
class English:
    """English sentences; `worded` says lengths in words."""

    worded: bool
    language: ClassVar[Language] = "en"
    needs_a_conversation: ClassVar[str] = "A timer needs a conversation that stays open. Start one with voicebot chat."
    past: ClassVar[str] = "That time is past."
    no_length: ClassVar[str] = "A timer needs some time to run."
    too_long: ClassVar[str] = "I can keep a timer for a month at most."

    def when_missing(self, request: Start) -> str:
        if request.kind == "timer":
            return "For how long? Say, for example, set a timer for five minutes."
        return "For when? Say, for example, " + (
            "set an alarm for seven thirty." if request.kind == "alarm" else "remind me in ten minutes to call home."
        )

    def too_many(self, count: int) -> str:
        return f"There are {count} timers running already, and I can keep no more. Cancel one first."

    def title(self, request: Start, moment: datetime | None) -> str:
        if request.task:
            return f"the reminder {request.joint} {request.task}"
        if moment is not None:
            return f"the alarm for {times_of_day.say(moment, 'en')}"
        return f"the {request.name} timer" if request.name else f"the {request.kind} for {self._length(request)}"

    def ringing(self, request: Start, moment: datetime | None) -> str:
        if request.task:
            return english.sentence(f"Reminder: {request.task}")
        if moment is not None:
            return (
                f"It is {times_of_day.say(moment, 'en')}. This is your"
                f" {request.name + ' ' if request.name else ''}alarm."
            )
        if request.kind != "timer":
            length = self._length(request)
            passed = "has passed" if _is_one(length) else "have passed"
            return f"This is your {request.kind}. {length.capitalize()} {passed}."
        return f"Your {request.name} timer is up." if request.name else f"Your timer for {self._length(request)} is up."

    def started(self, request: Start, moment: datetime | None, now: datetime) -> str:
        when = f"in {self._length(request)}" if moment is None else f"at {self._moment(moment, now)}"
        if request.kind == "reminder":
            return f"I will remind you {when} {request.joint} {request.task}".rstrip() + "."
        if request.kind == "alarm":
            return f"The alarm will ring {when}."
        name = f" {request.name}" if request.name else ""
        return f"The{name} timer is set for {self._length(request)}."

    def none_running(self, which: Which) -> str:
        named = f"{which.name} " if which.name else ""
        length = f" for {durations.say(int(which.length), 'en', self.worded)}" if which.length is not None else ""
        return f"There is no {named}{which.kind or 'timer'}{length} running."

    def left(self, found: Sequence[tuple[Timer, int]]) -> str:
        if len(found) == 1:
            timer, seconds = found[0]
            if timer.alert.kind != "timer":
                return english.sentence(f"{timer.alert.title} will ring in {durations.say(seconds, 'en')}")
            return f"There {self._is_left(seconds)} left on {timer.alert.title}."
        listed = [f"{durations.say(seconds, 'en')} on {timer.alert.title}" for timer, seconds in found[:_MOST_LISTED]]
        more = f", and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
        return f"There are {len(found)}: {english.listed(listed)}{more}."

    def which_one(self, found: Sequence[Timer]) -> str:
        more = f", and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
        return f"Which one? There are {english.listed([timer.alert.title for timer in found[:_MOST_LISTED]])}{more}."

    def cancelled(self, found: Sequence[Timer]) -> str:
        if len(found) == 1:
            return f"I have cancelled {found[0].alert.title}."
        return f"I have cancelled all {len(found)} of them."

    def _length(self, request: Start) -> str:
        assert isinstance(request.when, Fraction)
        return durations.say(round(request.when), "en", self.worded)

    def _is_left(self, seconds: int) -> str:
        said = durations.say(seconds, "en")
        return f"{'is' if _is_one(said) else 'are'} {said}"

    def _moment(self, moment: datetime, now: datetime) -> str:
        days = (moment.date() - now.date()).days
        day = {0: "today", 1: "tomorrow"}.get(days, f"on {weekday(moment)}")
        return f"{times_of_day.say(moment, 'en')} {day}"


def _is_one(length: str) -> bool:
    return length.startswith(("1 ", "one ")) and " and " not in length


@dataclass(frozen=True, slots=True)
class Korean:
    """The same in Korean."""

    worded: bool
    language: ClassVar[Language] = "ko"
    needs_a_conversation: ClassVar[str] = (
        "타이머는 계속 열려 있는 대화에서만 쓸 수 있어요. voicebot chat으로 대화를 시작해 주세요."
    )
    past: ClassVar[str] = "이미 지난 시간이에요."
    no_length: ClassVar[str] = "타이머에는 시간이 필요해요."
    too_long: ClassVar[str] = "타이머는 길어야 한 달까지 맞출 수 있어요."

    def when_missing(self, request: Start) -> str:
        if request.kind == "timer":
            return "얼마 동안 맞출까요? 예를 들면 5분 타이머 맞춰 줘, 하고 말해 주세요."
        return "언제로 맞출까요? 예를 들면 아침 7시에 깨워 줘, 하고 말해 주세요."

    def too_many(self, count: int) -> str:
        return f"타이머가 이미 {count}개 있어서 더 맞출 수 없어요. 먼저 하나를 취소해 주세요."

    def title(self, request: Start, moment: datetime | None) -> str:
        if request.task:
            return f"{request.task} 알림"
        if moment is not None:
            return f"{times_of_day.say(moment, 'ko')} 알람"
        return f"{request.name or self._length(request)} {_KOREAN_KINDS[request.kind]}"

    def ringing(self, request: Start, moment: datetime | None) -> str:
        if request.task.endswith(("라고", "다고", "자고")):
            return f"{request.task} 하셨어요."
        if request.task:
            return f"알려 드릴 시간이에요. {request.task}."
        if moment is not None:
            return f"{korean.with_particle(times_of_day.say(moment, 'ko'), '이에요')}. 알람이에요."
        if request.kind != "timer":
            kind = korean.with_particle(_KOREAN_KINDS[request.kind], "이에요")
            return f"{kind}. {korean.with_particle(self._length(request), '이')} 지났어요."
        return f"{request.name or self._length(request)} 타이머가 끝났어요."

    def started(self, request: Start, moment: datetime | None, now: datetime) -> str:
        when = f"{self._length(request)} 뒤에" if moment is None else f"{self._moment(moment, now)}에"
        if request.kind == "reminder":
            return f"{when} 알려 드릴게요." if request.task else f"{when} 말씀드릴게요."
        if request.kind == "alarm":
            return f"{when} 알람이 울릴 거예요."
        return f"{request.name + ' ' if request.name else ''}타이머를 {self._length(request)}으로 맞췄어요.".replace(
            "초으로", "초로"
        )

    def none_running(self, which: Which) -> str:
        name = _KOREAN_KINDS[which.kind or "timer"]
        named = f"{which.name} " if which.name else ""
        return f"맞춰 둔 {named}{korean.with_particle(name, '이')} 없어요."

    def left(self, found: Sequence[tuple[Timer, int]]) -> str:
        said = [f"{timer.alert.title} {durations.say(seconds, 'ko')}" for timer, seconds in found[:_MOST_LISTED]]
        if len(found) == 1:
            timer, seconds = found[0]
            if timer.alert.kind != "timer":
                return f"{korean.with_particle(timer.alert.title, '은')} {durations.say(seconds, 'ko')} 뒤에 울려요."
            return f"{korean.with_particle(timer.alert.title, '은')} {durations.say(seconds, 'ko')} 남았어요."
        return f"모두 {len(found)}개예요. {', '.join(said)} 남았어요."

    def which_one(self, found: Sequence[Timer]) -> str:
        return (
            f"어느 것을 취소할까요? {', '.join(timer.alert.title for timer in found[:_MOST_LISTED])} 등"
            f" {len(found)}개가 있어요."
        )

    def cancelled(self, found: Sequence[Timer]) -> str:
        if len(found) == 1:
            return f"{korean.with_particle(found[0].alert.title, '을')} 취소했어요."
        return f"{len(found)}개를 모두 취소했어요."

    def _length(self, request: Start) -> str:
        assert isinstance(request.when, Fraction)
        return durations.say(round(request.when), "ko", self.worded)

    def _moment(self, moment: datetime, now: datetime) -> str:
        days = (moment.date() - now.date()).days
        day = {0: "오늘", 1: "내일"}.get(days, f"{moment.month}월 {moment.day}일")
        return f"{day} {times_of_day.say(moment, 'ko')}"


_KOREAN_KINDS: dict[Kind, str] = {"timer": "타이머", "alarm": "알람", "reminder": "알림"}

Wording = English | Korean
