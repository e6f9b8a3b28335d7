"""The small talk of an assistant: greetings, thanks, "say that again", "what can you do", "who are you"."""

from __future__ import annotations

from voicebot.llm.skills import english_phrases, korean_phrases
from voicebot.llm.skills.phrases import Phrase
from voicebot.llm.skills.question import Context, Question


def answer(question: Question, context: Context) -> str | None:
    """A short reply to a phrase that is the whole of what was said."""
    phrases = korean_phrases.PHRASES if question.language == "ko" else english_phrases.PHRASES
    for said in dict.fromkeys((question.said, question.request)):
        for pattern, phrase in phrases:
            if pattern.fullmatch(said):
                return _reply(phrase, question, context)
    return None


def _reply(phrase: Phrase, question: Question, context: Context) -> str:
    korean = question.language == "ko"
    if phrase is Phrase.AGAIN:
        return context.last_reply or ("아직 드린 말씀이 없어요." if korean else "I have not said anything yet.")
    if phrase is Phrase.GOOD_DAY and not korean:
        hour = context.now.hour
        return f"Good {'morning' if 4 <= hour < 12 else 'afternoon' if 12 <= hour < 18 else 'evening'}. How can I help?"
    return (_KOREAN if korean else _ENGLISH)[phrase]


_ENGLISH = {
    Phrase.GREETING: "Hello. How can I help?",
    Phrase.HOW_ARE_YOU: "I am well, thank you. How can I help?",
    Phrase.THANKS: "You are welcome.",
    Phrase.PRAISE: "Thank you.",
    Phrase.GOODBYE: "Goodbye.",
    Phrase.HELP: "I can tell you the time and the date, do sums, convert units, and set timers and alarms."
    " For anything else, I need a language model.",
    Phrase.WHO: "I am Voicebot, a voice assistant that runs on your own computer.",
    Phrase.HEARING: "Yes, I can hear you.",
    Phrase.NEVER_MIND: "All right.",
    Phrase.LISTENING: "Yes? I am listening.",
}

_KOREAN = {
    Phrase.GREETING: "안녕하세요. 무엇을 도와드릴까요?",
    Phrase.GOOD_DAY: "안녕하세요. 무엇을 도와드릴까요?",
    Phrase.HOW_ARE_YOU: "저는 잘 있어요. 무엇을 도와드릴까요?",
    Phrase.THANKS: "천만에요.",
    Phrase.PRAISE: "고맙습니다.",
    Phrase.GOODBYE: "안녕히 계세요.",
    Phrase.HELP: "시간과 날짜, 계산, 단위 변환, 타이머와 알람을 도와드릴 수 있어요. 다른 질문에는 언어"
    " 모델이 필요해요.",
    Phrase.WHO: "저는 보이스봇이에요. 이 컴퓨터에서 돌아가는 음성 비서예요.",
    Phrase.HEARING: "네, 잘 들려요.",
    Phrase.NEVER_MIND: "알겠어요.",
    Phrase.LISTENING: "네, 말씀하세요.",
}
