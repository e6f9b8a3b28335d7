"""How English speakers set, name, ask about and cancel timers."""

# fmt: off (the phrases read better packed)
from __future__ import annotations

from fractions import Fraction

from .checks import Check, declined, duration, in_language, says
from .draw import Ask, Case, Draw, Rings, Wait

LABELS = ("pasta", "egg", "tea", "pizza", "laundry", "rice", "bread", "chicken", "cookie", "nap", "workout", "homework")
CHORES = (
    ("check the oven", "oven"), ("call mom", "mom"), ("take out the trash", "trash"), ("feed the cat", "cat"),
    ("turn off the stove", "stove"), ("drink some water", "water"), ("take my medicine", "medicine"),
    ("leave for the bus", "bus"), ("move the car", "car"), ("take the bread out", "bread"),
)


def length(d: Draw) -> tuple[int, str]:
    """A stretch of time in seconds, and the words for it."""
    minutes = d.pick(1, 2, 3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 90)
    seconds, hours = d.whole(2, 99), d.whole(2, 12)
    rest, few = d.pick(5, 10, 15, 20, 30, 45), d.whole(1, 10)
    some = "minute" if minutes == 1 else "minutes"
    lone = "minute" if few == 1 else "minutes"
    plain = (minutes * 60, f"{d.number(minutes)} {some}")
    return d.pick(
        plain, plain, plain, plain, (seconds, f"{d.number(seconds)} seconds"), (90, f"{d.number(90)} seconds"),
        (3600, d.pick("an hour", f"{d.number(1)} hour")), (hours * 3600, f"{d.number(hours)} hours"),
        (5400, "an hour and a half"), (1800, "half an hour"), (90, "a minute and a half"),
        (hours * 3600 + 1800, f"{d.number(hours)} and a half hours"), (60, "a minute"),
        (5400, "one and a half hours"),
        (3600 + rest * 60, f"{d.pick('an', d.number(1))} hour and {d.number(rest)} minutes"),
        (3600 + rest * 60, f"{d.number(1)} hour {d.number(rest)} minutes"),
        (hours * 3600 + rest * 60, f"{d.number(hours)} hours {d.pick('', 'and ')}{d.number(rest)} minutes"),
        (few * 60 + rest, f"{d.number(few)} {lone} {d.pick('', 'and ')}{d.number(rest)} seconds"),
        (few * 60 + 30, f"{d.number(few)} and a half minutes"), (900, "a quarter of an hour"),
        (2700, "three quarters of an hour"), (hours * 3600 + 1800, f"{d.number(hours)} hours and a half"),
        (30, "half a minute"),
    )


def adjective(d: Draw) -> tuple[int, str]:
    """A stretch of time before its noun: "ten minute"."""
    count = d.pick(1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 45, 90)
    unit, seconds = d.pick(("minute", 60), ("minute", 60), ("second", 1) if count > 4 else ("hour", 3600))
    joined = " " if d.in_words else d.pick(" ", "-")
    return d.pick(*[(count * seconds, f"{d.number(count)}{joined}{unit}")] * 5, (1800, "half hour"))


def _set(d: Draw) -> tuple[int, str]:
    seconds, said = length(d)
    text = d.pick(
        f"set a timer for {said}", f"set a timer for {said}", f"set timer for {said}", f"start a timer for {said}",
        f"timer for {said}", f"can you set a timer for {said}", f"could you please start a timer for {said}",
        f"set a timer of {said}", f"timer {said}", f"i need a timer for {said}", f"give me a timer for {said}",
        f"remind me in {said}", f"set the timer for {said}", f"let me know in {said}", f"wake me up in {said}",
        f"set a timer to go off in {said}", f"make a timer for {said}", f"create a timer for {said}",
        f"new timer {said}", f"new timer for {said}", f"start a countdown for {said}", f"start the timer for {said}",
        f"please set a timer for {said}", f"would you set a timer for {said}", f"alert me in {said}",
        f"set the timer to {said}", f"in {said} set off a timer", f"i want a timer for {said}",
        f"i'd like a timer for {said}", f"set an alarm for {said} from now", f"set up a timer for {said}",
        f"put a timer on for {said}", f"count down {said}", f"set my timer for {said}",
        f"tell me when {said} are up" if said.endswith("s") else f"tell me when {said} is up", f"wake me in {said}",
    )
    if d.chance(0.3):
        seconds, said = adjective(d)
        article = "an" if said.startswith(("eight", "an", "8")) else "a"
        text = d.pick(
            f"set {article} {said} timer", f"start {article} {said} timer", f"{said} timer",
            f"can you start {article} {said} timer", f"give me {article} {said} timer",
            f"set me {article} {said} timer", f"i need {article} {said} timer",
            f"could you set {article} {said} timer", f"create {article} {said} timer",
            f"put on {article} {said} timer", f"start {article} {said} countdown",
            f"set up {article} {said} timer please",
        )
    return seconds, text


def _named(d: Draw) -> tuple[int, str, str]:
    """Seconds, the question, and a word of what is to be said when it rings."""
    seconds, said = length(d)
    label = d.pick(*LABELS)
    short_seconds, short = adjective(d)
    chore, word = d.pick(*CHORES)
    article = "an" if short.startswith(("eight", "an", "8")) else "a"
    return d.pick(
        (seconds, f"set {_a(label)} timer for {said}", label),
        (seconds, f"start {_a(label)} timer for {said}", label),
        (seconds, f"set a timer for {said} called {label}", label),
        (seconds, f"set a timer named {label} for {said}", label),
        (seconds, f"set a timer called {label} for {said}", label),
        (short_seconds, f"set {article} {short} {label} timer", label),
        (short_seconds, f"set {article} {short} timer for the {label}", label),
        (short_seconds, f"{short} timer for {label}", label),
        (short_seconds, f"start {article} {short} timer for my {label}", label),
        (seconds, f"{label} timer {said}", label),
        (short_seconds, f"set {article} {short} timer called {label}", label),
        (seconds, f"{label} timer for {said}", label), (seconds, f"set a timer for the {label} for {said}", label),
        (seconds, f"set a timer for {said} for the {label}", label),
        (seconds, f"remind me in {said} to {chore}", word), (seconds, f"remind me to {chore} in {said}", word),
        (seconds, f"in {said} remind me to {chore}", word),
        (seconds, f"can you remind me to {chore} in {said}", word),
    )


def _a(label: str) -> str:
    return ("an " if label[0] in "aeiou" else "a ") + label


def _ask(d: Draw, text: str, check: Check) -> Ask:
    text = (d.pick(
        "um ", "hey ", "okay ", "uh ",
    ) if d.chance(0.1) else "") + text + (" please" if d.chance(0.1) else "")
    return Ask(d.surface(text), check)


def _setting(d: Draw, text: str, seconds: int) -> Ask:
    return _ask(d, text, in_language("en") & duration(Fraction(seconds), "en"))


def set_one(d: Draw) -> Case:
    seconds, text = _set(d)
    script = (_setting(d, text, seconds), Wait(seconds - 0.5), Rings(()), Wait(1), Rings(((seconds, ""),)))
    return Case("en", d.now, script)


def named(d: Draw) -> Case:
    seconds, text, word = _named(d)
    script = (_setting(d, text, seconds), Wait(seconds - 0.5), Rings(()), Wait(1), Rings(((seconds, word),)))
    return Case("en", d.now, script)


def two_at_once(d: Draw) -> Case:
    """Two named timers; each rings in its time, or the one that is cancelled does not."""
    first, second = d.random.sample(LABELS, 2)
    short, long = d.whole(2, 5), d.whole(6, 20)
    asks = [_setting(d, f"set {_a(first)} timer for {d.number(short)} minutes", short * 60),
            _setting(d, f"set {_a(second)} timer for {d.number(long)} minutes", long * 60)]
    remaining = Fraction(long * 60 - 60)
    left = d.pick(f"how long is left on the {second} timer", f"how much time is left on the {second} timer",
                  f"how much longer on the {second} timer", f"how long does the {second} timer have left")
    asks_left = _ask(d, left, in_language("en") & duration(remaining, "en", Fraction(1)))
    if d.chance(0.5):
        rings = Rings(((short * 60, first), (long * 60, second)))
        return Case("en", d.now, (*asks, Wait(60), asks_left, Wait(long * 60), rings))
    gone = d.pick(
        f"cancel the {first} timer", f"stop the {first} timer", f"turn off the {first} timer",
        f"delete the {first} timer",
    )
    cancel = _ask(d, gone, in_language("en"))
    return Case("en", d.now, (*asks, Wait(60), cancel, asks_left, Wait(long * 60), Rings(((long * 60, second),))))


CANCEL = (
    "cancel the timer", "stop the timer", "cancel my timer", "turn off the timer", "delete the timer", "cancel timer",
    "stop timer", "remove the timer", "clear the timer", "cancel all timers", "forget the timer", "kill the timer",
    "please cancel that timer", "i don't need the timer anymore", "can you cancel the timer",
    "could you stop the timer", "turn the timer off", "end the timer", "never mind the timer", "cancel all my timers",
    "stop my timer", "switch off the timer", "get rid of the timer", "stop all timers", "turn off my timer",
    "cancel that timer",
)

LEFT = (
    "how much time is left", "how long is left on the timer", "how much time is left on my timer", "how long is left",
    "how much longer", "what's left on the timer", "time left", "how long until the timer goes off",
    "check the timer", "how many minutes are left on the timer", "how much time do i have left",
    "how long does the timer have left", "how much time is remaining", "how long till the timer rings",
    "how much longer on the timer", "what's the timer at", "timer status", "how much time remains on the timer",
    "how's the timer doing", "is there much time left on the timer",
    "can you tell me how much time is left on the timer", "how long do i have left on the timer",
)


def _set_as(d: Draw, *names: str) -> tuple[int, str]:
    """A timer set in words that call it one of `names`: nobody asks for an alarm and then cancels "the timer"."""
    while True:
        seconds, text = _set(d)
        if any(name in text for name in names):
            return seconds, text


def cancel(d: Draw) -> Case:
    (seconds, text), words = d.pick(
        (_set_as(d, "timer"), CANCEL), (_set_as(d, "timer"), CANCEL), (_set_as(d, "timer"), CANCEL),
        (_set_as(d, "wake", "alarm"), ("cancel the alarm", "turn off the alarm", "cancel my alarm", "stop the alarm")),
        (_set_as(d, "remind"), ("cancel the reminder", "forget the reminder", "delete my reminder")),
    )
    gone = _ask(
        d, d.pick(*words), in_language("en") & says("cancel|stop|off|remov|delet|clear|gone|forg|end|done|no timer"),
    )
    return Case("en", d.now, (
        _setting(d, text, seconds), Wait(min(1.0, seconds / 2)), gone, Wait(seconds + 5), Rings(()),
    ))


def left(d: Draw) -> Case:
    seconds, text = _set_as(d, "timer")
    waited = d.whole(1, seconds - 1)
    if seconds > 600:
        waited -= waited % 60
    remaining = Fraction(seconds - waited)
    question = d.pick(*LEFT)
    check = in_language("en") & duration(remaining, "en", max(Fraction(1), remaining / 50))
    script = (
        _setting(d, text, seconds), Wait(waited), _ask(d, question, check), Wait(seconds), Rings(((seconds, ""),)),
    )
    return Case("en", d.now, script)


def none_set(d: Draw) -> Case:
    """Asked about, or told to cancel, a timer that was never set."""
    question = d.pick(*(text for text in (*LEFT, *CANCEL) if "timer" in text))
    nothing = says(r"\bno\b|n't|\bnot\b|nothing|\bnone\b", expected="there is no timer")
    honest = Check(nothing.expected, lambda reply: not declined(reply) and nothing.holds(reply))
    return Case("en", d.now, (_ask(d, question, honest), Wait(10), Rings(())))
