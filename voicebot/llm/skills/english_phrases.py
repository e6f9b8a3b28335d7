"""How people greet, thank, and ask an assistant about itself in English; each pattern is for all that is said."""

from __future__ import annotations

import re

from voicebot.llm.skills.phrases import Phrase, one_of

_YOU = (
    r"(?: (?:voicebot|assistant|computer|there|friend|my friend|mate|buddy|dear|everyone|you|robot|to you|again|sir|"
    r"please))*"
)
_HELLO = one_of("hello", "hi", "hey", "hiya", "howdy", "greetings", "yo", "hullo", "hallo", "good day")
_GREETING = one_of(_HELLO, "nice to meet you", "pleased to meet you", "hello hello", "hey hey", "hi hi")
_HOW_ARE_YOU = one_of(
    r"how are you(?: doing| feeling)?(?: today| now)?",
    r"how (?:is it going|do you do|have you been|are things|is life|is your day(?: going)?)",
    r"are you (?:okay|well|all right)",
    r"what is up",
)
_THANKS = one_of(
    r"(?:thank you|thanks|many thanks|cheers|ta|much appreciated|i appreciate (?:it|that)|thanks a (?:lot"
    r"|million|bunch))"
    r"(?: (?:very much|so much|a lot|a bunch|kindly|for (?:that|your help|the help|helping|helping me|everything)"
    r"|again|indeed))*"
)
_PRAISE = one_of(
    r"(?:great|perfect|awesome|excellent|brilliant|lovely|wonderful|fantastic|cool)",
    r"(?:good job|good work|well done|nice(?: one| work| job)?)",
    r"you are (?:so )?(?:great|the best|awesome|amazing|helpful|smart|clever)",
)
_GOODBYE = one_of(
    r"good ?bye|bye|bye bye|farewell|so long|take care|good night|nighty night|goodnight",
    r"see (?:you|ya)(?: (?:later|soon|tomorrow|around))?|talk to you later|catch you later",
    r"i have (?:got )?to go|i am leaving|that is (?:all|it)|that will be all",
)
_THAT = one_of(
    r"that|it|this|yourself|what you (?:just )?said|the last thing(?: you said)?|your last sentence",
    r"(?:your|the) (?:last )?(?:answer|reply|response)",
)
_ONCE_MORE = r"(?: (?:again|once more|one more time|once again|back|to me|slowly|louder|more slowly|please))*"
_AGAIN = one_of(
    rf"(?:say|repeat|read|play|tell me|give me) {_THAT}{_ONCE_MORE}",
    r"(?:tell|say|answer|repeat)(?: me| us)?(?: (?:again|once more|one more time|once again))+",
    r"once more|one more time|again|come again|repeat(?: please)?|say again|once again|say (?:it"
    r"|that) (?:louder|slower)",
    r"(?:pardon|pardon me|sorry|excuse me|i beg your pardon|beg your pardon|what|huh|eh|sorry what|what was that"
    r"|what is that)(?: (?:pardon|again|sorry|what))?",
    r"(?:sorry )?(?:but )?(?:i )?(?:did not|could not|can not|do not) (?:quite )?(?:catch|hear|get|understand)"
    r"(?: (?:that|you|it|what you said|the last part|a word))?",
    r"(?:sorry )?i (?:(?:just )?missed|lost) (?:that|it|you|what you (?:just )?said|the (?:last part|answer|end))",
    r"what did you (?:just )?say(?: (?:again|just now))?|what were you saying|what was (?:that|the answer|it)"
    r"(?: (?:again|you said))?",
    r"what (?:is|was) your (?:last )?(?:answer|reply)(?: again)?",
    r"what you (?:just )?said(?: again)?",
)
_HELP = one_of(
    r"(?:can you |you can |could you )?help(?: me)?(?: out)?|i need (?:some |your )?help|give me (?:some )?help",
    r"(?:what|which) (?:things )?(?:do you know how|are you able|have you learned|are you made|can you be asked) to do",
    r"what (?:can|could|does|do) (?:this|it|voicebot|this (?:thing|app|program|assistant|device)"
    r"|the assistant) (?:do|offer)",
    r"(?:what|how) (?:else )?(?:can|could|do) you (?:do|help(?: me)?(?: with)?|offer|know)(?: for (?:me|us)| to help"
    r"| offline)?(?: me)?",
    r"what (?:all )?(?:can|could|should|may|do) i (?:ask|say|do)(?: to)?(?: you| here| with you)?(?: to do"
    r"| about| for)?",
    r"what (?:are|is) your (?:skills?|abilities|capabilities|features?|functions?|purpose|commands)",
    r"(?:what|which) (?:skills?|abilities|capabilities|features?|functions?|commands)(?: (?:do you have|have you got"
    r"|are there|do you (?:know|offer|support|understand)|can i use|are available))?",
    r"what are you (?:capable of|able to do|good at|for)|what you can do|what do you do",
    r"how (?:do|can|should) i use (?:you|this|voicebot)|how (?:does this|do you) work",
    r"what (?:commands|questions|things) (?:can i (?:use|ask|say)|do you (?:know|understand|support)|can you (?:do"
    r"|answer))",
    r"what (?:kind|kinds|sort|sorts) of (?:things|questions) can (?:you (?:do|answer)|i ask(?: you)?)",
    r"show me what you can do|(?:tell me )?what you can do|list (?:your )?(?:commands|skills|features)",
)
_WHO = one_of(
    r"(?:who|what) (?:are you|is this|you are|am i (?:talking|speaking) (?:to|with))(?: exactly| really)?",
    r"what is your name|your name|do you have a name|(?:what|how) (?:should|do|can) i call you|what are you called",
    r"introduce yourself|tell me (?:about|something about) yourself|tell me (?:who you are|your name|what you are)",
    r"are you (?:a |an )?(?:robot|human|real|person|computer|machine|bot|ai|human being|real person|siri|alexa|chatgpt"
    r"|voicebot|assistant|voice assistant|program)(?: or (?:a |an )?\w+)?",
    r"who (?:made|built|created|wrote|programmed) you|what kind of (?:assistant|program|robot|bot) are you",
)
_HEARING = one_of(
    r"(?:can you |do you |did you )?hear me(?: now| okay)?",
    r"are you (?:there|listening|awake|still there|ready|on|alive|working)",
    r"is (?:this|it|the microphone|anyone|anybody)(?: thing)? (?:on|working|there)|anyone there|anybody there",
    r"(?:this is a )?test(?:ing)?(?: testing)?|(?:test |testing )?(?:mic|microphone) (?:check|test)"
    r"|(?:testing )?one two three"
    r"(?: testing)?",
)
_NEVER_MIND = one_of(
    r"never ?mind(?: that)?|forget (?:it|about it)|cancel(?: that)?|nothing|it is nothing|no thanks|no thank you",
    r"stop(?: it| that| talking)?|be quiet|quiet|shut up|that is enough|enough|shush|silence",
)

PHRASES: tuple[tuple[re.Pattern[str], Phrase], ...] = tuple(
    (re.compile(pattern), phrase)
    for pattern, phrase in (
        (rf"{_GREETING}{_YOU}", Phrase.GREETING),
        (rf"(?:{_HELLO} )?good (?:morning|afternoon|evening){_YOU}", Phrase.GOOD_DAY),
        (rf"(?:{_HELLO} )?(?:{_YOU[4:-2]} )?{_HOW_ARE_YOU}{_YOU}", Phrase.HOW_ARE_YOU),
        (
            rf"(?:(?:okay|great|perfect|good|oh|no|alright|all right|nice|cool|right|hey) )*{_THANKS}{_YOU}",
            Phrase.THANKS,
        ),
        (rf"{_PRAISE}{_YOU}", Phrase.PRAISE),
        (
            rf"(?:(?:okay|well|thanks|thank you|alright) )*{_GOODBYE}(?: (?:for now|then|now|later|thanks))*{_YOU}",
            Phrase.GOODBYE,
        ),
        (_AGAIN, Phrase.AGAIN),
        (_HELP, Phrase.HELP),
        (_WHO, Phrase.WHO),
        (_HEARING, Phrase.HEARING),
        (_NEVER_MIND, Phrase.NEVER_MIND),
        (
            r"(?:um+|uh+|er+|erm|h?mm+|hm+|well|so|okay|hey|please|voicebot)(?: (?:um+|uh+|er+|voicebot|okay"
            r"|well|so))*",
            Phrase.LISTENING,
        ),
    )
)
"""Every phrase, tried in this order."""
