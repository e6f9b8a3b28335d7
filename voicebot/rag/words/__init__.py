"""What a text is found by: its terms, for an index of words such as FTS5's.

Latin words are stemmed (Porter's algorithm, as SQLite has it), and names from programs stand whole and in parts. Of
scripts that are written without spaces between words, or with spaces that neither people nor speech recognisers put
alike, the terms are pairs of neighbouring letters: "메모리" is 메모 and 모리, so "메모리를" and "주메모리" have it too.
docs/documents.md has the measurements against trigrams and a morphological analyser.

A term has no spaces and no punctuation other than "_", small letters, and composed Hangul.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from voicebot.rag.words import english, pairs
from voicebot.rag.words.cutting import LATIN, PAIRED, Token, tokens
from voicebot.rag.words.stems import stems

Cut = Callable[[str], Iterable[str]]

__all__ = ["VERSION", "query_terms", "terms"]

VERSION = 2
"""Raised whenever terms are made otherwise than before, so that passages are indexed again."""


def terms(text: str) -> list[str]:
    """The terms of a passage in their order, with repeats; English words that stand everywhere are left out."""
    return _stemmed([word for token in tokens(text) for word in _words(token, english.of_passage, pairs.of_passage)])


def query_terms(text: str) -> list[str]:
    """The terms to look for, without repeats and without what only asks ("how", "어떻게") or only binds words.

    A question of nothing else keeps its words; one without any word has no terms.
    """
    asked = [word for token in tokens(text) for word in _words(token, english.of_question, pairs.of_question)]
    return list(dict.fromkeys(_stemmed(asked) or terms(text)))


def _words(token: Token, latin: Cut, paired: Cut) -> Iterable[str]:
    if token.script == LATIN:
        return latin(token.text)
    return paired(token.text) if token.script == PAIRED else (token.text.lower(),)


def _stemmed(words: list[str]) -> list[str]:
    found = stems({word for word in words if english.is_stemmed(word)})
    return [found.get(word, word) for word in words]
