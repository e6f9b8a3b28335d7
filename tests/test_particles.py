"""Korean particles after Hangul, digits and Latin words."""

from __future__ import annotations

import pytest

from voicebot.wording.particles import with_particle


@pytest.mark.parametrize(
    ("word", "topic", "direction"),
    [
        ("마이크", "마이크는", "마이크로"),
        ("음성", "음성은", "음성으로"),
        ("파일", "파일은", "파일로"),
        ("3", "3은", "3으로"),
        ("1", "1은", "1로"),
        ("2", "2는", "2로"),
        ("10", "10은", "10으로"),
        ("7 ", "7 은", "7 로"),
        ("whisper:base", "whisper:base는", "whisper:base로"),
        ("whisper:small", "whisper:small은", "whisper:small로"),
        ("whisper:medium", "whisper:medium은", "whisper:medium으로"),
        ("whisper:large-v3", "whisper:large-v3은", "whisper:large-v3으로"),
        ("OpenAI", "OpenAI는", "OpenAI로"),
        ("Voicebot", "Voicebot은", "Voicebot으로"),
        ("Chrome", "Chrome은", "Chrome으로"),
        ("Google", "Google은", "Google로"),
        ("gtts", "gtts는", "gtts로"),
        ("LLM", "LLM은", "LLM으로"),
        ("URL", "URL은", "URL로"),
        ("145 MB", "145 MB는", "145 MB로"),
        ("'말'", "'말'은", "'말'로"),
        ("한국어(ko)", "한국어(ko)는", "한국어(ko)로"),
        ("カード", "カード은(는)", "カード(으)로"),
        ("", "은(는)", "(으)로"),
    ],
)
def test_particles(word: str, topic: str, direction: str) -> None:
    assert with_particle(word, "은/는") == topic
    assert with_particle(word, "으로/로") == direction


@pytest.mark.parametrize(
    ("forms", "after_consonant", "after_vowel"),
    [
        ("이/가", "음성이", "마이크가"),
        ("을/를", "음성을", "마이크를"),
        ("과/와", "음성과", "마이크와"),
        ("이라는/라는", "음성이라는", "마이크라는"),
    ],
)
def test_forms_of_particles(forms: str, after_consonant: str, after_vowel: str) -> None:
    assert with_particle("음성", forms) == after_consonant
    assert with_particle("마이크", forms) == after_vowel
