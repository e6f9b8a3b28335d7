"""Shortcuts as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.desktop.global_key.shortcut import KEYSYMS, Modifier, Shortcut
from voicebot.errors import UsageError


@pytest.mark.parametrize(
    ("text", "written", "trigger"),
    [
        ("F9", "F9", "F9"),
        (" f9 ", "F9", "F9"),
        ("Ctrl+Alt+Space", "Ctrl+Alt+Space", "CTRL+ALT+space"),
        ("alt + control + spacebar", "Ctrl+Alt+Space", "CTRL+ALT+space"),
        ("Right Ctrl", "Right Ctrl", "Control_R"),
        ("Control_R", "Right Ctrl", "Control_R"),
        ("rctrl", "Right Ctrl", "Control_R"),
        ("left option", "Left Alt", "Alt_L"),
        ("Cmd+Shift+v", "Shift+Super+V", "SHIFT+LOGO+v"),
        ("win+page_down", "Super+Page Down", "LOGO+Next"),
        ("ctrl+-", "Ctrl+-", "CTRL+minus"),
        ("Shift+F12", "Shift+F12", "SHIFT+F12"),
        ("ctrl+right", "Ctrl+Right", "CTRL+Right"),
        ("Pause", "Pause", "Pause"),
    ],
)
def test_what_people_write(text: str, written: str, trigger: str) -> None:
    shortcut = Shortcut.parse(text)
    assert (str(shortcut), shortcut.trigger) == (written, trigger)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("   ", "it is empty"),
        ("Ctrl+", "a key is missing"),
        ("Ctrl++A", "a key is missing"),
        ("F25", "there is no such key"),
        ("F9 F10", "there is no such key"),
        ("말하기", "there is no such key"),
        ("Hyper+A", "there is no such modifier"),
        ("Ctrl+Control+A", "a modifier is named twice"),
        ("F9+Ctrl", "F9 is not a modifier"),
        ("Ctrl", "a modifier alone needs its side, Left Ctrl or Right Ctrl"),
        ("Ctrl+Alt", "a modifier alone needs its side, Left Alt or Right Alt"),
        ("a", "no program could be typed in any more"),
        ("Shift+Space", "no program could be typed in any more"),
        ("Enter", "no program could be typed in any more"),
    ],
)
def test_what_is_no_talk_key(text: str, why: str) -> None:
    with pytest.raises(UsageError) as failure:
        Shortcut.parse(text)
    assert failure.value.why.startswith(why)
    assert failure.value.fix


@given(st.text(max_size=60) | st.lists(st.sampled_from(["ctrl", "F9", " ", "+", "a", "right"])).map("".join))
def test_any_text_is_a_shortcut_or_a_plain_error(text: str) -> None:
    try:
        shortcut = Shortcut.parse(text)
    except UsageError as error:
        assert str(error).isprintable() and len(str(error)) < 200
    else:
        assert Shortcut.parse(str(shortcut)) == shortcut


@given(st.sampled_from(sorted(KEYSYMS)), st.sets(st.sampled_from(Modifier)))
def test_what_is_written_reads_back(key: str, modifiers: set[Modifier]) -> None:
    modifiers |= {Modifier.CTRL}
    shortcut = Shortcut(key, tuple(modifier for modifier in Modifier if modifier in modifiers))
    assert Shortcut.parse(str(shortcut)) == shortcut
    assert Shortcut.parse(str(shortcut).upper()) == shortcut


def test_every_key_has_a_name_in_x11() -> None:
    xk = pytest.importorskip("Xlib.XK", reason="python-xlib is not installed")
    assert not [key for key, keysym in KEYSYMS.items() if not xk.string_to_keysym(keysym)]
