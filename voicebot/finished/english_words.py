"""English words by what they leave open. Written from grammar; no list was fitted to a corpus."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words(
    "a an the my your his her its our their every each another any some no this that these those whose which what "
    "such both other"
)
POSSESSIVES = _words("a an the my your our their its every each another whose such other")
"""Those that never stand alone."""
DEMONSTRATIVES = _words("this that these those")
CONJUNCTIONS = _words(
    "and or but nor if because although though while unless until whether than as since so plus minus times versus "
    "that's"
)
SUBORDINATORS = _words("if when because after before while although though unless since once that until whether as")
QUESTION_WORDS = _words("what which who whom whose where when why how")
GAPPED = _words("what which who whom many much")
"""After these the object has been said: "what should I buy"."""
FILLERS = _words("um uh uhm erm er hmm mm eh ah like")
ADVERBS = _words("very quite rather too just only even almost really most less not never always pretty")
"""They wait for what they say more about."""
PREPOSITIONS = _words(
    "of in at for with to from by on about into onto over under between among through during against without within "
    "near behind beside above below across along around past towards toward upon off up down out like per via inside "
    "outside except beyond"
)
PARTICLES = _words("on off up down out over back away through along around")
"""Prepositions that also end a verb: "turn it off"."""
PHRASAL = _words("turn switch put take wake pick shut look come go get sit stand hang print write log move leave bring")
"""Verbs that they end."""

BE = _words("is are am was were isn't aren't wasn't weren't")
HELPERS = _words(
    "do does did don't doesn't didn't can could will would shall should may might must can't couldn't won't wouldn't "
    "shouldn't have has had haven't hasn't hadn't"
)
AUXILIARIES = BE | HELPERS | _words("be been being")
CONTRACTIONS = ("'m", "'re", "'ve", "'ll", "'d", "'s")
SUBJECTS = _words("i we they he she")
"""Pronouns that something must follow."""
PEOPLE = _words("you it everybody everyone somebody someone anybody anyone nobody there")
"""Subject after a helper, object elsewhere."""

TRANSITIVE = _words(
    "want wants wanted need needs needed like likes love prefer have has had get gets got make makes made take takes "
    "took give gives gave put puts set sets send sends sent add adds buy buys bought bring brings find finds found "
    "show shows tell tells told say says said ask asks asked call calls called name play plays read reads write "
    "writes "
    "wrote written open opens opened close closes turn turns switch keep keeps build builds built book books order "
    "orders ordered cancel reserve convert translate compare divide multiply subtract calculate explain explains "
    "describe summarize define spell mean means meant think thinks thought believe guess hope wish know knows knew "
    "remember remind forget use uses used watch watches hear hears heard see sees saw visit meet meets met teach "
    "recommend suggest check find start starts begin increase decrease raise lower lock unlock answer invite email "
    "text message change changes move moves rename delete remove replace mute cook cooks drink eat eats wear spend "
    "spends spent cost costs cut cuts plant plants hold holds carry include includes contain contains weigh sounds "
    "looking going trying talking thinking wondering planning asking waiting listening learning using making taking "
    "getting having reading writing playing putting sending wants invented discovered painted won created directed"
)
"""Verbs whose object or complement is still to come when they end the words."""
AMBITRANSITIVE = _words(
    "boil bake fix repair learn study clean park leave repeat grow fly drive visit finish begin try"
)
"""They may have an object, and need none."""
INTRANSITIVE = _words(
    "go goes went come comes came rain rains snow sleep work works worked live lives lived talk speak leave leaves "
    "left arrive arrives depart happen happened happens die died walk run runs swim fly drive travel stay stop wait "
    "look looks listen help helps learn study grow grows wake try cry laugh sing dance begin began end ends finish "
    "boil bake fix repair pay exist mind understand feel feels sit stand park parked repeat skip pause resume "
    "continue "
    "let lets leaving working coming raining snowing running living speaking seem seems become becomes last charge "
    "fall falls rise rises belong ride rides dress snooze quit exit sync update save"
)
VERBS = TRANSITIVE | AMBITRANSITIVE | INTRANSITIVE | AUXILIARIES
SAYING = _words(
    "tell told say said know knew think thought remember remind hope believe guess note message sure sad glad"
)
"""What is said with them follows, after "that"."""
COMMANDS = _words(
    "remind tell turn set play call send add buy bring find show open close switch start stop make give put take wake "
    "lock read write let book cancel ask keep check mute pause please text email"
)
"""Verbs that begin a request, also after "if it rains"."""

COMPLEMENTS: dict[str, frozenset[str]] = {
    "set": _words("for to at on as"),
    "remind": _words("to about that of when"),
    "convert": _words("to into in"),
    "translate": _words("to into"),
    "change": _words("to into from"),
    "move": _words("to into from up down forward back"),
    "rename": _words("to"),
    "turn": _words("on off up down to left right around over into"),
    "switch": _words("on off to"),
    "put": _words("on in into to at away down under out off up back here there onto next"),
    "add": _words("to and on"),
    "wake": _words("at in by when before after"),
    "book": _words("for at on in to from"),
    "reserve": _words("for at on in"),
    "divide": _words("by"),
    "multiply": _words("by with"),
    "subtract": _words("from"),
    "compare": _words("with to and"),
    "write": _words("to about for that saying down and"),
    "send": _words("to that saying about and"),
    "text": _words("to that saying about"),
    "message": _words("to that saying about"),
    "increase": _words("to by"),
    "decrease": _words("to by"),
    "raise": _words("to by"),
    "lower": _words("to by"),
}
"""A verb, and the words one of which belongs to what it asks for: "set a timer *for* …"."""
PAIRED = (
    (_words("between"), _words("and")),
    (_words("either"), _words("or")),
    (_words("how get from"), _words("to")),
    (_words("send message"), _words("that saying about")),
    (_words("send text"), _words("that saying about")),
    (_words("take note"), _words("that of about")),
    (_words("not sure"), _words("what how if whether that when where why about of")),
)
"""Where all of the first are said, one of the second belongs to them."""
GIVING = _words("tell give show send bring ask remind let teach")
"""Somebody gets something, and both are said."""
RECIPIENTS = GIVING | _words("buy find get read make wake call text")
"""Verbs after which "me" is not yet what is wanted."""

RELATIONAL = _words(
    "capital name names price difference meaning definition height size population distance opposite root rest end "
    "number kind kinds sort type piece slice cup glass bottle couple front middle top bottom center centre side part "
    "half president king queen mayor author director recipe reason reasons way amount history cause causes effect "
    "effects benefits percent ingredients rules total sum average speed weight length age value cost temperature "
    "title beginning list note chance plenty instead because lots set pair list message email"
)
"""Nouns that are of something: "the capital *of* …"."""
ADJECTIVES = _words(
    "good better best bad worse worst new old young big bigger biggest small smaller smallest large larger largest "
    "little long longer longest short shorter shortest tall high higher highest low lower lowest fast faster fastest "
    "quick slow cheap cheaper cheapest expensive nice great simple easy hard difficult quiet loud soft warm cold hot "
    "cool fresh dry wet clean dirty free full empty open early late next last first second third final only same "
    "different similar other own main favorite favourite important famous popular local nearest closest near far "
    "left right front blue red green yellow white black brown orange purple pink grey gray golden dark light bright "
    "happy sad funny scary interesting beautiful pretty healthy sick tired hungry public private single double whole "
    "entire electric digital modern ancient american british french german italian spanish korean japanese chinese "
    "english european living washing shopping swimming dining current recent daily weekly monthly annual general "
    "special certain possible real true few several many much more most fewer less"
)
"""Before a noun that has not been said; after "is" they are the end."""
NOUNS_IN_ING = _words(
    "morning evening building thing something anything nothing everything meeting ring king string spring wedding "
    "ceiling beginning ending painting meaning feeling wing"
)

UNITS = _words("zero oh one two three four five six seven eight nine")
TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
SCALES = _words("hundred thousand million billion half quarter point")
NUMBERS = UNITS | TENS | TEENS | SCALES
OPERATORS = _words("plus minus times divided multiplied by percent squared cubed over of into from")

OPENERS = _words(
    "hey hi hello okay ok so well please and but actually um uh oh right now yeah yes no sorry alright then also thanks"
)
"""Before a sentence, and no part of it."""
ANSWERS = frozenset(
    (
        "yes", "no", "yeah", "yep", "nope", "sure", "okay", "ok", "stop", "thanks", "thank you", "no thanks",
        "no thank you", "yes please", "please do", "go on", "go ahead", "hello", "hi", "good morning", "good evening",
        "good night", "good afternoon", "goodbye", "bye", "bye bye", "cancel", "continue", "next", "previous", "pause",
        "resume", "repeat", "again", "louder", "quieter", "help", "never mind", "nevermind", "that's all",
        "that is all",
        "that's it", "that's right", "right", "correct", "exactly", "of course", "not now", "not yet", "maybe",
        "later",
        "shut up", "be quiet", "forget it", "do it", "go back", "come on", "i know", "i don't know", "i do not know",
        "i see", "got it", "good", "great", "perfect", "fine", "nothing", "quit", "skip", "snooze", "mute", "wait",
        "tell me more", "what else", "why not", "how are you", "who are you", "what's up", "what is it",
        "what time is it",
        "yes i do", "no i don't", "yes i am", "yes it is", "no it isn't", "hey there", "good job", "well done",
        "me too",
        "and you", "how about you", "what about you", "how come", "so what", "what's new", "alright", "all right",
    )
)  # fmt: skip
"""Whole utterances."""
