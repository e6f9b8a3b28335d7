"""English: what the words leave open, rule by rule; the rule that finds the most missing decides.

A rule is given the bare words of the last sentence and says how finished they sound, or None where it has no say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from voicebot.finished import english_words as english

Words = Sequence[str]

OPEN = 0.0
"""Something must follow."""
LIKELY_OPEN = 0.2
DOUBTFUL = 0.45
LIKELY_DONE = 0.7
DONE = 1.0


def finished(text: str) -> float:
    """See `voicebot.finished.finished`."""
    if re.search(r"([,;:…—–-]|\.\.\.)\s*$", text):
        return OPEN
    words = _bare(text)
    if not words:
        return OPEN
    if " ".join(words) in english.ANSWERS:
        return LIKELY_DONE if words[-1] in english.OPENERS else DONE
    if len(words) > 1 and words[-1] == "please":
        words = words[:-1]
    sentence = _without_openers(words)
    if not sentence:
        return LIKELY_OPEN
    if _asks_what_it_is_like(sentence):
        return DONE
    return min([score for rule in RULES if (score := rule(sentence)) is not None], default=DONE)


def _bare(text: str) -> list[str]:
    """Lower-case words of the last sentence, with their apostrophes and nothing else."""
    last = re.split(r"[.!?]\s+(?=\S)", text.strip())[-1]
    return re.findall(r"[a-z0-9][a-z0-9:.%'-]*[a-z0-9%]|[a-z0-9]", last.lower().replace("’", "'"))


def _without_openers(words: Words) -> Words:
    first = next((number for number, word in enumerate(words) if word not in english.OPENERS), len(words))
    return words[first:]


def _asks_what_it_is_like(words: Words) -> bool:
    return words[-1] == "like" and len(words) > 2 and (words[0] == "what's" or words[1] in english.BE)


# -- the last word ----------------------------------------------------------------------------------------------------


def _hangs(words: Words) -> float | None:
    """Articles, conjunctions, fillers, pronouns that begin a clause."""
    last, before = words[-1], _before(words)
    never_last = english.POSSESSIVES | english.CONJUNCTIONS | english.FILLERS | english.ADVERBS | english.SUBJECTS
    if last in never_last or _is_contracted(last) or (last in {"no", "some", "any", "both"} and len(words) > 1):
        return OPEN
    if last in english.QUESTION_WORDS:
        return DOUBTFUL if len(words) == 1 or before in {"know", "me", "sure", "wonder"} else OPEN
    if last in english.SUBORDINATORS:
        return LIKELY_OPEN
    return None


def _is_contracted(word: str) -> bool:
    """ "it's", "I'll"; not "mother's", which may stand for what is hers."""
    subjects = english.QUESTION_WORDS | english.PEOPLE | english.SUBJECTS | {"that"}
    return word.endswith(english.CONTRACTIONS) and (not word.endswith("'s") or word[:-2] in subjects)


def _preposition(words: Words) -> float | None:
    last, before = words[-1], _before(words)
    if last not in english.PREPOSITIONS:
        return None
    stranding = english.VERBS | english.PEOPLE | english.DEMONSTRATIVES
    if words[0] in english.QUESTION_WORDS and (before in stranding or _looks_like_verb(before)) and len(words) > 3:
        return DOUBTFUL if words[1] in english.GAPPED else LIKELY_DONE
    closes = last in english.PARTICLES and english.PHRASAL & set(words[:-2])
    return LIKELY_DONE if closes and before not in english.DETERMINERS else OPEN


def _comparison(words: Words) -> float | None:
    """ "as soon", "in front", "coffee last" (month?), "the sentence more" (slowly?)."""
    last, before = words[-1], _before(words)
    if before == "as" or words[-2:] == ["in", "front"]:
        return OPEN
    if last in {"last", "next"} and len(words) > 1 and before not in {"what's", "is", "comes", "happens"}:
        return OPEN
    if last == "more" and before not in english.VERBS | english.PEOPLE | {"me", "once", "some", "any", "little", "no"}:
        return LIKELY_OPEN
    return None


def _demonstrative(words: Words) -> float | None:
    if words[-1] not in english.DEMONSTRATIVES:
        return None
    closes = english.BE | english.PREPOSITIONS | {"do", "stop", "like", "what's", "mean", "play", "repeat", "say"}
    return LIKELY_DONE if _before(words) in closes and len(words) > 2 else LIKELY_OPEN


def _pronoun(words: Words) -> float | None:
    """ "can you", "if it", "tell me", "explain to me"."""
    last, before = words[-1], _before(words)
    if last == "there":
        return OPEN if before in english.BE and len(words) <= 3 else None
    if last in english.PEOPLE:
        asked = before in english.BE and words[0] in english.QUESTION_WORDS
        return OPEN if (before in english.AUXILIARIES and not asked) or before in english.SUBORDINATORS else None
    addressed = before in english.RECIPIENTS or words[-3:-1] == ["explain", "to"]
    return OPEN if last in {"me", "us", "him", "her", "them"} and addressed else None


def _auxiliary(words: Words) -> float | None:
    """An auxiliary ends a clause only where its complement came before: "how big it is"."""
    if words[-1] not in english.AUXILIARIES:
        return None
    embedded = any(word in english.QUESTION_WORDS for word in words[1:-2])
    if words[-1] in english.BE and embedded:
        return LIKELY_DONE
    return LIKELY_DONE if words[-1] in {"do", "have"} and _object_came_first(words) and len(words) > 3 else OPEN


def _verb_without_object(words: Words) -> float | None:
    last, before = words[-1], _before(words)
    takes_object = last in english.TRANSITIVE | english.AMBITRANSITIVE and last not in english.AUXILIARIES
    is_noun = before in english.DETERMINERS | english.ADJECTIVES | english.PREPOSITIONS - {"to"}
    is_passive = before in english.BE | {"be", "been"}
    is_noun, is_passive = (not last.endswith("ing") and either for either in (is_noun, is_passive))
    if not takes_object or is_noun or is_passive or _object_came_first(words):
        return None
    return OPEN if last in english.TRANSITIVE else DOUBTFUL


def _noun_to_come(words: Words) -> float | None:
    """An adjective or the first half of a compound: "a short", "the washing"."""
    last, before = words[-1], _before(words)
    describes = last in english.ADJECTIVES or (last.endswith("ing") and last not in english.NOUNS_IN_ING)
    if not describes or words[-3:] in (["on", "the", "left"], ["on", "the", "right"], ["to", "the", "left"]):
        return None
    if before in english.DETERMINERS:
        return OPEN
    return LIKELY_OPEN if before in english.ADJECTIVES | english.NUMBERS else None


def _of_something(words: Words) -> float | None:
    inside = _before(words) in english.DETERMINERS | english.ADJECTIVES | english.NUMBERS
    own = _before(words) in {"my", "your", "his", "her", "our", "their", "this", "that"}
    return LIKELY_OPEN if words[-1] in english.RELATIONAL and inside and not own else None


def _number(words: Words) -> float | None:
    """ "for ten" (minutes?), "twenty" (seven?), "at seven" (thirty?)."""
    last, before = words[-1], _before(words)
    if last not in english.NUMBERS and not last.isdigit():
        return None
    if last == "one" and before in english.DETERMINERS | english.ADJECTIVES:
        return None
    if any(word in english.OPERATORS for word in words[1:-1]) and before not in {"for", "in"}:
        return DOUBTFUL if last in english.TENS | english.SCALES else LIKELY_DONE
    if before in english.NUMBERS and words[-3:-2] == ["at"]:
        return LIKELY_DONE
    if before in {"past", "to"} and {"half", "quarter", "minutes"} & set(words):
        return None
    return DOUBTFUL if before in {"at", "around", "until", "past", "by"} else LIKELY_OPEN


# -- the sentence -----------------------------------------------------------------------------------------------------


def _no_verb(words: Words) -> float | None:
    """ "the screen of my computer" (is black?)."""
    if _verb(words) is not None or any(_is_contracted(word) for word in words):
        return None
    return LIKELY_OPEN if words[0] in english.QUESTION_WORDS | english.DETERMINERS and len(words) > 1 else DOUBTFUL


def _question_without_verb(words: Words) -> float | None:
    """ "what time does the next train" (leave?), "is the door" (open?), "why is the sky" (blue?)."""
    if words[0] in english.BE or (words[0] == "why" and words[1:2] and words[1] in english.BE):
        return LIKELY_OPEN if len(words) <= (4 if words[0] == "why" else 3) else None
    helper = next((number for number, word in enumerate(words[:4]) if word in english.HELPERS), None)
    if helper is None or (helper > 0 and words[0] not in english.QUESTION_WORDS):
        return None
    return None if _has_verb(words[helper + 1 :]) else LIKELY_OPEN


def _clause_without_verb(words: Words) -> float | None:
    """ "tell Sarah that dinner" (is ready?), "explain how a rainbow" (is made?)."""
    for number in range(len(words) - 2, 0, -1):
        says = words[number] == "that" and english.SAYING & set(words[max(0, number - 3) : number])
        if says or words[number] in {"how", "why", "when", "where", "if", "because", "while"}:
            return None if _has_verb(words[number + 1 :], any_verb=True) else LIKELY_OPEN
    return None


def _complement(words: Words) -> float | None:
    """ "set a timer" (for?), "tell Anna" (what?), "between this" (and?), "how do I get from here" (to?)."""
    said = set(words)
    if any(first <= said and not second & said for first, second in english.PAIRED):
        return DOUBTFUL
    first = _verb(words)
    while first is not None and words[first] in english.AUXILIARIES | {"want", "need", "like", "let"}:
        first = _verb(words, first + 1)
    if first is None or words[0] in english.QUESTION_WORDS:
        return None
    if words[first] in english.GIVING and len(words) == first + 2:
        return LIKELY_OPEN
    wanted = english.COMPLEMENTS.get(words[first])
    return DOUBTFUL if wanted is not None and not wanted & set(words[first + 1 :]) else None


def _clause_to_come(words: Words) -> float | None:
    """ "if it rains tomorrow" (what then?)."""
    if words[0] not in english.SUBORDINATORS or (len(words) > 1 and words[1] in english.AUXILIARIES):
        return None
    follows = any(word in english.COMMANDS | english.SUBJECTS | {"you"} for word in words[3:])
    return None if follows else LIKELY_OPEN


def _short(words: Words) -> float | None:
    """Much may follow two or three words that could stand alone."""
    return LIKELY_DONE if len(words) <= 3 else None


def _before(words: Words) -> str:
    return words[-2] if len(words) > 1 else ""


def _verb(words: Words, start: int = 0) -> int | None:
    return next((number for number in range(start, len(words)) if words[number] in english.VERBS), None)


def _has_verb(words: Words, *, any_verb: bool = False) -> bool:
    verbs = english.VERBS if any_verb else english.VERBS - english.BE
    return any(word in verbs or _looks_like_verb(word) or _is_contracted(word) for word in words)


def _looks_like_verb(word: str) -> bool:
    return word.endswith(("ing", "ed")) and word not in english.NOUNS_IN_ING


def _object_came_first(words: Words) -> bool:
    """A question or a relative clause: "what should I buy", "the song that you play"; not "who wrote"."""
    asks_who_does = words[0] in {"who", "what"} and words[1:2] and words[1] in english.VERBS - english.AUXILIARIES
    asks = english.GAPPED & set(words[:2]) and not asks_who_does and len(words) > 2
    return bool(asks or {"that", "which", "what", "who"} & set(words[-5:-2]))


RULES: tuple[Callable[[Words], float | None], ...] = (
    _hangs,
    _preposition,
    _comparison,
    _demonstrative,
    _pronoun,
    _auxiliary,
    _verb_without_object,
    _noun_to_come,
    _of_something,
    _number,
    _no_verb,
    _question_without_verb,
    _clause_without_verb,
    _complement,
    _clause_to_come,
    _short,
)
