"""`python -m voicebot` is `voicebot`."""

import sys

from voicebot.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
