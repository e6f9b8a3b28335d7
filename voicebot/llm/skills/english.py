"""English as people say it and recognisers write it, brought into one form: plain words, courtesies gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def words(text: str) -> list[str]:
    """Lower-case words, numbers and signs; contractions spelt out, punctuation dropped."""
    text = unicodedata.normalize("NFKC", text.lower().translate(_SIGNS))
    for pattern, plain in _SPELLINGS:
        text = pattern.sub(plain, text)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            found.append(token.replace(",", ""))
        else:
            found.extend(_CONTRACTIONS.get(token) or _without_apostrophe(token).split())
    return found


def request(words: Sequence[str]) -> list[str]:
    """What is asked for: without fillers ("um"), greetings before it and "could you please" around it."""
    kept = [word for word in words if word not in _FILLERS] or list(words)
    return _strip(" ".join(kept), _BEFORE_REQUEST, _AFTER_REQUEST).split()


def without_telling(request: Sequence[str]) -> list[str]:
    """The same without "tell me" and "do you know", so that a question is left, in the order of a question."""
    text = _strip(" ".join(request), _BEFORE_QUESTION, _AFTER_REQUEST)
    return _INDIRECT.sub(lambda match: _direct(**match.groupdict()), text).split()


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def plural(count: str | int, noun: str) -> str:
    """ "1 day", "2 days"."""
    return f"{count} {noun}" if str(count) in ("1", "one") else f"{count} {noun}s"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _strip(text: str, before: re.Pattern[str], after: re.Pattern[str]) -> str:
    """Take away what `before` and `after` match, again and again, but never all of it."""
    while True:
        if (match := before.match(text)) and match.end() < len(text):
            text = text[match.end() :]
        elif (match := after.search(text)) and match.start() > 0:
            text = text[: match.start()]
        else:
            return text


def _direct(verb: str, subject: str) -> str:
    """ "what the date will be" → "what will the date be", "how long it is" → "how long is it"."""
    first, _, rest = verb.partition(" ")
    return f"{first} {subject} {rest}".rstrip()


def _without_apostrophe(token: str) -> str:
    """ "what's" → "what is", "i'll" → "i will", "today's" → "todays"."""
    stem, _, ending = token.partition("'")
    if ending == "s" and stem in _TAKES_IS:
        return f"{stem} is"
    if ending in _ENDINGS:
        return f"{stem} {_ENDINGS[ending]}"
    return token.replace("'", "")


_SIGNS = str.maketrans(
    {
        "’": "'", "‘": "'", "`": "'", "−": "-", "–": "-", "—": "-", "×": "*", "÷": "/", "²": " squared ",
        "³": " cubed ", "√": " square root of ", "%": " percent ", "½": ".5 ", "¼": ".25 ", "¾": ".75 ",
        "℃": " celsius ", "℉": " fahrenheit ",
    }
)  # fmt: skip

_SPELLINGS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(\d)\s*°\s*", r"\1 degrees "),
        (r"(?<=\d) (\.\d)", r"\1"),
        (r"\b([ap])(?:\.\s?| )m\b\.?", r"\1m"),
        (r"\bo'? ?clock\b", "oclock"),
        (r"\bper cent\b", "percent"),
        (r"\bvoice bot\b", "voicebot"),
        (r"(?<=[a-z])-(?=[a-z])|(?<=\d)-(?=[a-z])", " "),
        (r"\*\*", "^"),
    )
]

_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}:\d{2}(?!\d)|\d+(?:st|nd|rd|th)\b|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
    r"|[^\W\d_]+(?:'[a-z]+)*|[-+*/^()=$€£¥₩#&@<>|~\\]"
)

_FILLERS_TEXT = "um umm uh uhh uhm er err erm hm hmm hmmm mm mmm please kindly"
_FILLERS = frozenset(_FILLERS_TEXT.split())

_ENDINGS = {"re": "are", "ll": "will", "ve": "have", "m": "am", "d": "would"}

_TAKES_IS_TEXT = "what how who where when that it there here which he she everything"
_TAKES_IS = frozenset(_TAKES_IS_TEXT.split())

_CONTRACTIONS = {
    contraction: plain.split()
    for contraction, plain in {
        "whats": "what is", "hows": "how is", "whos": "who is", "wheres": "where is", "thats": "that is",
        "whens": "when is", "don't": "do not", "dont": "do not", "can't": "can not", "cannot": "can not",
        "cant": "can not", "couldn't": "could not", "wouldn't": "would not", "won't": "will not", "isn't": "is not",
        "isnt": "is not", "doesn't": "does not", "didn't": "did not", "haven't": "have not", "im": "i am",
        "youre": "you are", "ive": "i have", "let's": "let us", "lets": "let us", "gimme": "give me",
        "lemme": "let me", "wanna": "want to", "gonna": "going to", "gotta": "got to", "dunno": "do not know",
        "ya": "you", "wat": "what", "wot": "what", "o'clock": "oclock", "ok": "okay",
    }.items()
}  # fmt: skip

_POLITE = r"(?: (?:maybe|possibly|perhaps|just|quickly|also|now|then|go ahead and|try to))*"

_BEFORE_REQUEST = re.compile(
    r"(?:"
    + "|".join(
        (
            r"(?:hey|hi|hello|hiya|yo|oi|ok|okay|alright|all right)(?: there| again| assistant| computer| voicebot)?",
            r"good (?:morning|afternoon|evening|day)(?: to you)?",
            r"(?:oh|ah|aha|well|so|now|and|but|then|like|right|also|actually|basically|anyway|anyways|look|listen)",
            r"(?:excuse me|sorry|pardon me|sorry to bother you|one more thing|quick question|another question)",
            r"(?:i have|i have got|i got|here is|just) (?:a|another|one more|one)(?: quick"
            r"| simple)? question(?: for you)?",
            r"(?:question|next question|let us see|let me see|let me think|my friend|mate|buddy|voicebot|computer)",
            r"(?:assistant|thanks|thank you|no|yes|yeah|yep|you know what|by the way|if you do not mind|if you can)",
            r"(?:can|could|would|will|might|may) you" + _POLITE,
            r"(?:can|could) i (?:ask|get|trouble) you" + _POLITE,
            r"(?:would|do) you mind",
            r"(?:would you be|are you) able to",
            r"(?:is it possible|would it be possible)(?: for you)? to",
            r"(?:do|could you do) me a favou?r(?: and)?",
            r"i (?:need|want|would like|would love|am asking) you to",
            r"i was (?:hoping|wondering)(?: if| whether)? you (?:can|could|would|might)(?: be able to)?",
            r"(?:go ahead and|try to|just|quickly|simply|help me(?= (?:set|start|make|convert|calculate)\b))",
        )
    )
    + r")(?: |$)"
)

_AFTER_REQUEST = re.compile(
    r"(?: |^)(?:"
    + "|".join(
        (
            r"(?:thanks|thank you|thank you very much|thank you so much|thanks a lot|many thanks|cheers|ta)",
            r"(?:for|to) me|(?:if|when|whenever) you (?:can|could|would|will|know|have time|get a chance|are ready)",
            r"if (?:you do not|you would not) mind|if possible|if it is not too much trouble|when you have a moment",
            r"(?:would|will|could|can) you|(?:do|would|did) you know|you know|i wonder|i was wondering",
            r"(?:mate|buddy|my friend|dear|sir|voicebot|computer|assistant|okay|alright|though|anyway|quickly)",
            r"(?:real quick|really quick|real quickly|by the way|this time|for a second|as well|right)",
        )
    )
    + r")$"
)

_INDIRECT = re.compile(
    r"(?<=^what )(?P<subject>(?:the|my|your|this|that) (?:\w+ )*?)(?P<verb>is|was|are|(?:will|would) be)\b"
)

_BEFORE_QUESTION = re.compile(
    r"(?:"
    + "|".join(
        (
            r"(?:tell|telling|show|give|giving) (?:me|us)(?: about)?(?: please)?|let (?:me|us) know|say",
            r"(?:remind me|inform me)(?= (?:what|how|when|which)\b)",
            r"(?:do|did|would) you (?:know|happen to know|have any idea|have an idea|remember)(?: of)?",
            r"you (?:do not )?happen to know|have you any idea|any idea|any chance you know|any clue|you know",
            r"(?:i|we) (?:want|need|would like|would love|wish|am trying|was trying|have|got|am dying) to"
            r" (?:know|ask|ask you|find out|hear|learn|see|figure out|work out|remember)",
            r"i (?:am|was|am just|was just) (?:curious|wondering)(?: about)?|i wonder|curious",
            r"(?:if|whether) you (?:can|could|would|might)? ?(?:know|tell me)",
            r"(?:may|can|could|might) i (?:ask|ask you|know|have|get|see|hear)|let me ask(?: you)?",
            r"(?:(?:i|we) (?:just |only )?(?:need|want|would like|could use)|give me|read me)(?= the\b)",
            r"i do not know|i forgot|i have forgotten|i can not remember|please|find out(?: for me)?|check|look up",
            r"(?:is there )?any way (?:you can|to) tell me|(?:help me )?(?:figure|find) out|help me with",
        )
    )
    + r")(?: |$)|"
    + _BEFORE_REQUEST.pattern
)
