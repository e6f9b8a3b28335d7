"""Keeps the library in step with the files of its sources, in the background."""

from voicebot.rag.indexing.indexer import Indexer
from voicebot.rag.indexing.reading import Reads

__all__ = ["Indexer", "Reads"]
