"""The window: the only room that knows Qt. Screens are QML in `ui/`; here is what they show and may ask for."""

import sys

if sys.version_info < (3, 12):
    import ctypes

    # `Signal.emit` of PySide6 6.12 returns True without a reference of its own. From Python 3.12 on True is immortal;
    # before, it is freed after some thousand signals, and the program aborts. So it gets more than will ever be taken.
    ctypes.c_ssize_t.from_address(id(True)).value += 1 << 40
