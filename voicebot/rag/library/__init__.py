"""What was read of the documents, on disk: SQLite in WAL mode, with a full-text index and an outbox for vectors.

All about one document is written in one transaction, so that a program may end at any moment. A passage's id is never
given twice, and a passage that did not change keeps it: vectors elsewhere go by it.
"""

from voicebot.rag.library.documents import Known
from voicebot.rag.library.library import Library
from voicebot.rag.library.outbox import Waiting

__all__ = ["Known", "Library", "Waiting"]
