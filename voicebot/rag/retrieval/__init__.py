"""Finding what a question can be answered from, in steps that the settings choose: each is one function.

A step takes the search as far as it is and gives it back further on: `async (Search, Tools) -> Search`. The presets
have the names that the literature gives such plans (Gao et al., "Retrieval-Augmented Generation for Large Language
Models: A Survey", arXiv:2312.10997): naive is one search, advanced prepares the question and orders what was found,
modular is a list of the person's own.
"""

from voicebot.rag.retrieval.inquiry import Inquiry, Search, Tools
from voicebot.rag.retrieval.plans import PRESETS, STEPS, plan
from voicebot.rag.retrieval.questions import full_question
from voicebot.rag.retrieval.retriever import Retriever

__all__ = ["PRESETS", "STEPS", "Inquiry", "Retriever", "Search", "Tools", "full_question", "plan"]
