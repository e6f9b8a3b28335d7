from __future__ import annotations

import pytest

from tests.llm.skills.asking import NOW, ask


@pytest.mark.parametrize(
    ("questions", "reply"),
    [
        (["hello", "hi there", "um hello", "hey voicebot", "Hello!"], "Hello. How can I help?"),
        (["good morning", "good afternoon voicebot"], "Good afternoon. How can I help?"),
        (["how are you", "hey how are you doing today"], "I am well, thank you. How can I help?"),
        (["thanks", "thank you very much", "okay thank you", "thanks for your help"], "You are welcome."),
        (["goodbye", "bye bye", "see you later", "good night"], "Goodbye."),
        (["can you hear me", "are you there", "testing"], "Yes, I can hear you."),
        (["never mind", "cancel that"], "All right."),
        (["um", "voicebot"], "Yes? I am listening."),
        (["안녕", "안녕하세요", "안녕 보이스봇", "반갑습니다"], "안녕하세요. 무엇을 도와드릴까요?"),
        (["고마워", "정말 고마워요", "감사합니다", "땡큐"], "천만에요."),
        (["잘 가", "안녕히 계세요", "다음에 봐요"], "안녕히 계세요."),
        (["내 말 들려", "제 목소리 들리세요"], "네, 잘 들려요."),
        (["됐어", "아니야", "취소"], "알겠어요."),
        (["저기요", "음"], "네, 말씀하세요."),
    ],
)
def test_small_talk(questions: list[str], reply: str) -> None:
    assert [ask(question) for question in questions] == [reply] * len(questions)


@pytest.mark.parametrize(
    "question",
    [
        "say that again", "can you repeat that please", "pardon", "sorry", "what did you say",
        "could you say it once more", "i did not catch that", "뭐라고", "뭐라고 했어요", "다시 말해줘",
        "한 번 더 말해 주세요", "다시 한번 말씀해 주시겠어요", "못 들었어", "i missed that", "tell me again",
        "방금 뭐라 했어", "미안 못 들었어", "뭐라고 했는지 못 들었어",
    ],
)  # fmt: skip
def test_the_last_reply_is_said_again(question: str) -> None:
    assert ask(question, last="Seven plus five is twelve.") == "Seven plus five is twelve."
    assert ask(question) in ("I have not said anything yet.", "아직 드린 말씀이 없어요.")


@pytest.mark.parametrize(
    "question",
    [
        "what can you do",
        "help",
        "can you help me",
        "뭘 할 수 있어",
        "너는 뭘 할 수 있니",
        "도와줘",
        "okay what commands do you know",
        "what can this thing do",
        "뭐뭐 할 수 있어",
        "할 줄 아는 게 뭐야",
        "명령어 알려 줘",
        "무엇을 도와줄 수 있나요",
    ],
)
def test_help_names_what_it_can_do(question: str) -> None:
    reply = ask(question) or ""
    assert ("timers" in reply and "units" in reply) or ("타이머" in reply and "단위" in reply)


@pytest.mark.parametrize(
    "question",
    ["who are you", "what's your name", "what are you", "너 누구야", "이름이 뭐야", "당신은 누구세요", "자기소개 해줘"],
)
def test_it_knows_itself(question: str) -> None:
    reply = ask(question) or ""
    assert "Voicebot" in reply or "보이스봇" in reply


@pytest.mark.parametrize(("hour", "word"), [(8, "morning"), (13, "afternoon"), (21, "evening"), (2, "evening")])
def test_good_day_goes_with_the_hour(hour: int, word: str) -> None:
    assert ask("good morning", now=NOW.replace(hour=hour)) == f"Good {word}. How can I help?"


@pytest.mark.parametrize(
    "question",
    [
        "what is love", "tell me about the second world war", "tell me a joke", "good morning vietnam",
        "repeat after me", "say hello to my mother", "help me with my homework", "who is the president", "set", "two",
        "안녕을 영어로 뭐라고 해", "도와줘 숙제가 너무 많아", "이순신이 누구야", "음악 꺼줘", "오늘 날씨 어때",
    ],
)  # fmt: skip
def test_the_rest_is_nobodys(question: str) -> None:
    assert ask(question) is None
