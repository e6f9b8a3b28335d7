"""`python -m voicebot.child MODULE:CLASS`, as `voicebot.child.process` starts it."""

import sys

from voicebot.child import main

main(sys.argv[1])
