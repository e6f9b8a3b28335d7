"""What was said in the conversations of the pictures and of the screens' tests: turns of every kind, twice."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voicebot.history import History

MORNING = time.mktime((*time.localtime()[:3], 9, 12, 0, 0, 0, -1))
"""Today at 9:12, when the last conversation began."""
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Turn:
    """`heard` None: all of the answer. `instead` takes the place of the turn before."""

    question: str
    answer: str = ""
    heard: str | None = None
    spoken: bool = False
    failure: str = ""
    outcome: str = "answered"
    waited: float = 0.74
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    turns: Sequence[Turn]
    title: str = ""
    pinned: bool = False
    days_ago: float = 0.0


async def fill(file: Path, language: str, conversations: Sequence[Conversation]) -> None:
    """Write the conversations into the history in `file`, the last one as the latest."""
    file.parent.mkdir(parents=True, exist_ok=True)
    clock = [MORNING]
    history = History(file, lambda: clock[0])
    number = await history.open()
    for conversation in conversations:
        clock[0] = MORNING - conversation.days_ago * DAY
        await history.begin_conversation()
        for turn in conversation.turns:
            number += 1
            await _tell(history, number, turn, language)
            clock[0] += 40
        if history.current and conversation.title:
            await history.rename(history.current, conversation.title)
        if history.current and conversation.pinned:
            await history.pin(history.current, True)
    await history.close()


async def _tell(history: History, number: int, turn: Turn, language: str) -> None:
    recording = Path(f"/nowhere/{number}.wav") if turn.spoken else None
    await history.begin(number, recording, instead_of=number - 1 if turn.instead else None)
    if turn.question:
        await history.question(number, turn.question, language, "whisper" if turn.spoken else "typed")
    if turn.answer:
        await history.answer(number, turn.answer, "gemma", language)
        heard = turn.answer if turn.heard is None else turn.heard
        await history.heard(number, heard, turn.answer, complete=turn.heard is None)
    await history.end(number, turn.outcome, _timings(turn), turn.failure or None)


def _timings(turn: Turn) -> dict[str, float]:
    if not turn.answer:
        return {}
    stages = {"committed": 0.21, "transcript": 0.16, "first_token": 0.19, "first_sentence": 0.1, "first_audio": 0.08}
    return {**stages, "speech_end_to_first_audio": turn.waited}


ENGLISH = (
    Conversation((Turn("Which bread rises without yeast?", "Soda bread does: the buttermilk and the soda lift it."),),
                 title="Soda bread for Sunday", pinned=True, days_ago=9),
    Conversation((Turn("How do I say good night in Korean?", "안녕히 주무세요; 잘 자, to a friend."),),
                 days_ago=3),
    Conversation((Turn("Which trains run from Seoul to Busan before eight?", spoken=True, outcome="failed",
                       failure="the speaker was not found"),), days_ago=1),
    Conversation((Turn("What is on this week?", "The library opens until nine on Thursday.", spoken=True),),
                 days_ago=0.02),
    Conversation((
        Turn("What shall I pack for three days in Busan in November?", spoken=True, answer=(
            "It stays between **8 and 16 °C**, dry and windy by the sea:\n\n"
            "- a warm layer, and a jacket that stops the wind\n"
            "- shoes for the coastal path at *Igidae*\n"
            "- a small umbrella, for one day in four is wet\n\n"
            "| Day | Morning | Evening |\n|---|---|---|\n| Friday | 9 °C | 14 °C |\n| Saturday | 8 °C | 13 °C |\n"
        )),
        Turn("Tell me about the path at Igidae", spoken=True, waited=0.81, outcome="interrupted", answer=(
            "The path follows the cliffs for about five kilometres. It begins at Oryukdo, with a glass floor over the "
            "sea, and takes two hours at an easy pace."
        ), heard="The path follows the cliffs for about five kilometres."),
        Turn("Write a function that turns these temperatures into Fahrenheit"),
        Turn("Write a Python function that turns Celsius into Fahrenheit", instead=True, waited=0.52, answer=(
            "Multiply by nine fifths and add 32:\n\n"
            "```python\ndef fahrenheit(celsius: float) -> float:\n"
            '    """The same temperature on the other scale."""\n    return celsius * 9 / 5 + 32\n```\n\n'
            "`fahrenheit(8)` gives **46.4**."
        )),
    ), title="Three days in Busan"),
)  # fmt: skip

KOREAN = (
    Conversation((Turn("이스트 없이 부푸는 빵은 뭐야?", "소다 빵이요. 버터밀크와 소다가 반죽을 부풀려요."),),
                 title="일요일에 구울 소다 빵", pinned=True, days_ago=9),
    Conversation((Turn("영어로 안녕히 주무세요는 뭐라고 해?", "Good night이라고 해요."),), days_ago=3),
    Conversation((Turn("여덟 시 전에 서울에서 부산 가는 기차 알려 줘", spoken=True, outcome="failed",
                       failure="the speaker was not found"),), days_ago=1),
    Conversation((Turn("이번 주에 뭐 있어?", "목요일에는 도서관이 아홉 시까지 열어요.", spoken=True),), days_ago=0.02),
    Conversation((
        Turn("11월에 부산에서 사흘 지내려면 뭘 챙겨야 해?", spoken=True, answer=(
            "기온은 **8도에서 16도** 사이이고, 바닷가는 건조하고 바람이 불어요.\n\n"
            "- 따뜻한 옷 한 벌과 바람을 막는 겉옷\n"
            "- *이기대* 해안길을 걸을 신발\n"
            "- 나흘에 하루는 비가 오니 작은 우산\n\n"
            "| 요일 | 아침 | 저녁 |\n|---|---|---|\n| 금요일 | 9 °C | 14 °C |\n| 토요일 | 8 °C | 13 °C |\n"
        )),
        Turn("이기대 해안길 이야기해 줘", spoken=True, waited=0.81, outcome="interrupted", answer=(
            "절벽을 따라 5킬로미터쯤 이어지는 길이에요. 바다 위에 유리 바닥이 놓인 오륙도에서 시작해서, "
            "천천히 걸으면 두 시간 걸려요."
        ), heard="절벽을 따라 5킬로미터쯤 이어지는 길이에요."),
        Turn("이 기온들을 화씨로 바꾸는 함수를 써 줘"),
        Turn("섭씨를 화씨로 바꾸는 파이썬 함수를 써 줘", instead=True, waited=0.52, answer=(
            "5분의 9를 곱하고 32를 더하면 돼요.\n\n"
            "```python\ndef fahrenheit(celsius: float) -> float:\n"
            '    """같은 기온을 다른 눈금으로."""\n    return celsius * 9 / 5 + 32\n```\n\n'
            "`fahrenheit(8)`은 **46.4**예요."
        )),
    ), title="부산에서 사흘"),
)  # fmt: skip

CONVERSATIONS = {"en": ENGLISH, "ko": KOREAN}

REPLIES = {
    "en": (
        "I can talk with you, **by voice or in writing**. Ask me the time anywhere, have me count or convert, "
        "and let me set a timer. I can also answer from your own documents, and say where it stands. "
        "Interrupt me whenever you like."
    ),
    "ko": (
        "**말로도 글로도** 이야기할 수 있어요. 어느 도시의 시각이든 물어보고, 계산이나 단위 변환을 시키고, "
        "타이머를 맞춰 보세요. 가지고 계신 문서에서 답을 찾아 어디에 있는지도 알려 드려요. 언제든 말을 끊으셔도 돼요."
    ),
}
