"""A child process with an owner: for what can hang or cannot be cancelled (a recogniser in C, a system voice).

`process` is the owner's side: `Child` starts the process, calls it, streams from it and kills it. `service` is what
runs inside. This file and `service` are light, for a child must be there quickly.
"""

from voicebot.child.service import main

__all__ = ["main"]
