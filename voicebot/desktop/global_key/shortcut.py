"""A shortcut as people write it ("F9", "Ctrl+Alt+Space", "Right Ctrl") and as each system wants it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from voicebot.errors import UsageError

EXAMPLES = "write it like F9, Ctrl+Alt+Space or Right Ctrl"
SHOWN = 40  # letters of what was written that an error repeats


class Modifier(Enum):
    """A modifier, on either side of the keyboard; the order is the one in which shortcuts are written."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    SUPER = "Super"


MODIFIER_NAMES = {
    "ctrl": Modifier.CTRL, "control": Modifier.CTRL, "ctl": Modifier.CTRL,
    "alt": Modifier.ALT, "option": Modifier.ALT,
    "shift": Modifier.SHIFT,
    "super": Modifier.SUPER, "win": Modifier.SUPER, "windows": Modifier.SUPER, "meta": Modifier.SUPER,
    "cmd": Modifier.SUPER, "command": Modifier.SUPER, "logo": Modifier.SUPER,
}  # fmt: skip

SIDED_KEYSYMS = {
    Modifier.CTRL: "Control", Modifier.ALT: "Alt", Modifier.SHIFT: "Shift", Modifier.SUPER: "Super",
}  # fmt: skip

# Keys that type, move or edit: alone they would be taken away from every program.
TYPING_KEYS = {
    "Space": "space", "Enter": "Return", "Tab": "Tab", "Backspace": "BackSpace", "Delete": "Delete",
    "Home": "Home", "End": "End", "Page Up": "Prior", "Page Down": "Next",
    "Left": "Left", "Right": "Right", "Up": "Up", "Down": "Down",
    "`": "grave", "-": "minus", "=": "equal", "[": "bracketleft", "]": "bracketright", "\\": "backslash",
    ";": "semicolon", "'": "apostrophe", ",": "comma", ".": "period", "/": "slash",
    **{letter.upper(): letter for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{digit: digit for digit in "0123456789"},
}  # fmt: skip

FREE_KEYS = {
    "Insert": "Insert", "Pause": "Pause", "Scroll Lock": "Scroll_Lock", "Print Screen": "Print", "Menu": "Menu",
    **{f"F{number}": f"F{number}" for number in range(1, 25)},
    **{f"{side} {modifier.value}": f"{keysym}_{side[0]}"
       for modifier, keysym in SIDED_KEYSYMS.items() for side in ("Left", "Right")},
}  # fmt: skip

KEYSYMS = TYPING_KEYS | FREE_KEYS
"""Each key's name here, and its name in xkbcommon-keysyms.h, which X11 and the portal share."""

OTHER_KEY_NAMES = {
    "spacebar": "Space", "return": "Enter", "del": "Delete", "ins": "Insert", "pgup": "Page Up", "pgdn": "Page Down",
    "prtsc": "Print Screen", "print": "Print Screen", "break": "Pause", "grave": "`",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One key (a name of `KEYSYMS`) and the modifiers that are held with it. `str()` writes it so that it parses."""

    key: str
    modifiers: tuple[Modifier, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Shortcut:
        """Read a shortcut. Raises `UsageError` for what is none, and for a key that everybody types with."""
        *before, last = _parts(text)
        found = [_modifier(part, text) for part in before]
        modifiers = tuple(modifier for modifier in Modifier if modifier in found)
        if len(found) != len(modifiers):
            raise _nonsense(text, "a modifier is named twice")
        shortcut = cls(_key(last, text), modifiers)
        shortcut._leave_typing_alone()
        return shortcut

    def __str__(self) -> str:
        return "+".join([*(modifier.value for modifier in self.modifiers), self.key])

    @property
    def keysym(self) -> str:
        """The key as X11 and xkbcommon name it."""
        return KEYSYMS[self.key]

    @property
    def trigger(self) -> str:
        """As the freedesktop.org shortcuts specification 0.1 writes it: "CTRL+ALT+space"."""
        names = {Modifier.SUPER: "LOGO"}
        return "+".join([*(names.get(modifier, modifier.name) for modifier in self.modifiers), self.keysym])

    def _leave_typing_alone(self) -> None:
        if self.key in TYPING_KEYS and not set(self.modifiers) - {Modifier.SHIFT}:
            raise UsageError(
                f"{self} cannot be the talk key", "no program could be typed in any more", "add Ctrl, Alt or Super"
            )


def _parts(text: str) -> list[str]:
    parts = [_squeezed(part) for part in text.split("+")]
    if not all(parts):
        raise _nonsense(text, "a key is missing" if text.strip() else "it is empty")
    return parts


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_]+", "", name.casefold())


def _modifier(part: str, text: str) -> Modifier:
    if part in MODIFIER_NAMES:
        return MODIFIER_NAMES[part]
    if part in KEYS:
        raise _nonsense(text, f"{KEYS[part]} is not a modifier, and only the last key may be another")
    raise _nonsense(text, "there is no such modifier")


def _key(part: str, text: str) -> str:
    if part in KEYS:
        return KEYS[part]
    if part in MODIFIER_NAMES:
        name = MODIFIER_NAMES[part].value
        raise _nonsense(text, f"a modifier alone needs its side, Left {name} or Right {name}")
    raise _nonsense(text, "there is no such key")


def _nonsense(text: str, why: str) -> UsageError:
    shown = "".join(letter for letter in text[:SHOWN] if letter.isprintable())
    return UsageError(f"“{shown}” is no shortcut", why, EXAMPLES)


KEYS = {_squeezed(name): name for name in KEYSYMS} | OTHER_KEY_NAMES
KEYS |= {  # X11's own "Control_R", and the short "RCtrl"
    spelling: f"{side} {modifier.value}"
    for name, modifier in MODIFIER_NAMES.items()
    for side in ("Left", "Right")
    for spelling in (f"{side.casefold()}{name}", f"{side[0].casefold()}{name}", f"{name}{side[0].casefold()}")
}
