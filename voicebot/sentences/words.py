"""English words that tell whether a full stop ends a sentence."""

from __future__ import annotations

_SENTENCE_STARTERS = """
    A After All Also Although An And Another Are As At Because Before Both But By Can Could Did Do Does Each Even
    Every Finally First For From Had Has Have He Her Here His How However I If In Instead Is It Its Just Let Many Maybe
    Meanwhile More Most My Next No Not Now Of On Once One Or Other Others Our Perhaps Please She Should Since So Some
    Still Such Than Thanks That The Their Then There Therefore These They This Those Though Thus To Today Two Unlike Was
    We Well Were What When Where Whether Which While Who Why Will With Without Would Yes Yet You Your
"""
STARTERS = frozenset(_SENTENCE_STARTERS.split())

# Abbreviations after which a sentence never ends: titles, and words that introduce something.
_TITLE_WORDS = """
    Mr Mrs Ms Mx Dr Prof Rev Fr Hon Gen Col Maj Capt Cpt Cmdr Lt Sgt Cpl Adm Gov Sen Rep Pres Supt Messrs Mme Mlle
    MR MRS MS DR PROF
"""
_INTRODUCING_WORDS = "e.g i.e eg ie vs v cf viz approx ca resp incl excl esp"
# Abbreviations after which one does not end before a number or a small letter.
_COUNTING_WORDS = "no nos fig figs eq eqs p pp vol ch chap sec sect art ver est ext tel temp max min avg op para"
# Abbreviations that stand at the end of a sentence and within one alike.
_CLOSING_WORDS = "etc al inc ltd co corp jr sr bros dept univ assn ave blvd rd ph.d"
_PLACES_AND_DATES = """
    St Mt Ft Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
"""
NEVER_END = frozenset(_TITLE_WORDS.split())
INTRODUCE = frozenset(_INTRODUCING_WORDS.split())
BEFORE_A_NUMBER = frozenset(_COUNTING_WORDS.split())
MAY_END = frozenset(_CLOSING_WORDS.split())
MAY_END_WITH_A_CAPITAL = frozenset(_PLACES_AND_DATES.split())
