"""What a frozen Voicebot starts with. It lies outside the package, whose modules would hide the standard library's."""

import sys

from voicebot.frozen import PIP, settle_in

if __name__ == "__main__":
    settle_in()
    if sys.argv[1:2] == [PIP]:
        from pip._internal.cli.main import main

        sys.exit(main(sys.argv[2:]))
    from voicebot.cli.main import main as voicebot

    sys.exit(voicebot())
