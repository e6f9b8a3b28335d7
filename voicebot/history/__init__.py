"""What was said, on disk: SQLite in WAL mode, one writer thread, migrations.

A turn is written before the next stage sees it, so that nothing is lost when something fails. Turns form a tree
(`parent`), so that an edited or regenerated one is a branch. The assistant's message holds what was *heard*; `written`
is all that the model wrote.
"""

from voicebot.history.conversations import Summary
from voicebot.history.history import History
from voicebot.history.schema import MIGRATIONS
from voicebot.history.tree import TurnOnPath
from voicebot.history.turns import KeptTurn, Said

__all__ = ["MIGRATIONS", "History", "KeptTurn", "Said", "Summary", "TurnOnPath"]
