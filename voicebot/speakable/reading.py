"""The rules in their order, applied until nothing changes: so what is said would be said the same again."""

from __future__ import annotations

from functools import cache

from voicebot.speakable.abbreviations import abbreviation_rules
from voicebot.speakable.blocks import block_rules, line_rules
from voicebot.speakable.formulas import formula_rules
from voicebot.speakable.markup import emphasis_rules, html_rules, link_rules
from voicebot.speakable.parts import Part
from voicebot.speakable.pauses import pause_rules, space_rules
from voicebot.speakable.quantities import quantity_rules
from voicebot.speakable.rewriting import Rewriting, Rule
from voicebot.speakable.symbols import character_rules, symbol_rules

_MOST_ROUNDS = 12


def speakable(text: str, language: str = "en") -> str:
    """What a voice is to say for `text`: plain words on one line, "" when there is nothing to say.

    `text` may be Markdown, HTML or LaTeX, whole or cut off anywhere. `language` is ISO 639-1 and chooses the words for
    symbols: Korean for "ko", otherwise English; letters of any script stay as they are. No markup symbol is left.
    """
    return _rewritten(text, language).text


def explain(text: str, language: str = "en") -> list[Part]:
    """What becomes of `text`, part by part: joined, their `text` is the text, their `said` what `speakable` gives."""
    return _rewritten(text, language).parts()


def _rewritten(text: str, language: str) -> Rewriting:
    rewriting = Rewriting(text)
    rules = _rules(language.lower().startswith("ko"))
    for _ in range(_MOST_ROUNDS):
        before = rewriting.text
        for rule in rules:
            rewriting.apply(rule)
        if rewriting.text == before:
            break
    return rewriting


@cache
def _rules(korean: bool) -> tuple[Rule, ...]:
    return (
        *character_rules(),
        *block_rules(korean),
        *space_rules(),
        *formula_rules(korean),
        *html_rules(),
        *link_rules(korean),
        *line_rules(),
        *emphasis_rules(),
        *abbreviation_rules(korean),
        *quantity_rules(korean),
        *symbol_rules(korean),
        *pause_rules(),
    )
