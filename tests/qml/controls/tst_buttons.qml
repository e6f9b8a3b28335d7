import QtQuick
import QtTest
import Voicebot.Controls
import Voicebot.Theme

Item {
    id: room

    width: 400
    height: 300

    Column {
        PushButton {
            id: save

            text: "Save"
            kind: PushButton.Primary
        }

        IconButton {
            id: copy

            symbol: Icons.copy
            label: "Copy"
            shortcut: "Ctrl+C"
        }

        PushButton {
            id: off

            text: "Off"
            enabled: false
        }

        PushButton {
            id: narrow

            width: 80
            text: "Words that do not fit"
        }
    }

    IconButton {
        id: fresh

        y: 200
        activeFocusOnTab: false
        symbol: Icons.pin
        label: "Pin"
        shortcut: "Ctrl+P"
    }

    SignalSpy {
        id: saved

        target: save
        signalName: "clicked"
    }

    SignalSpy {
        id: copied

        target: copy
        signalName: "clicked"
    }

    SignalSpy {
        id: pressedOff

        target: off
        signalName: "clicked"
    }

    TestCase {
        name: "Buttons"
        when: windowShown

        function init(): void {
            saved.clear();
            copied.clear();
            save.forceActiveFocus(Qt.TabFocusReason);
        }

        function test_keys_press(): void {
            keyClick(Qt.Key_Return);
            keyClick(Qt.Key_Enter);
            keyClick(Qt.Key_Space);
            compare(saved.count, 3);
        }

        function test_tab_moves_past_what_is_disabled(): void {
            keyClick(Qt.Key_Tab);
            verify(copy.activeFocus);
            keyClick(Qt.Key_Tab);
            verify(narrow.activeFocus);
            keyClick(Qt.Key_Backtab);
            keyClick(Qt.Key_Return);
            compare(copied.count, 1);
        }

        function test_focus_of_the_keyboard_is_shown(): void {
            verify(save.visualFocus);
            verify(findShownRing(save));
            narrow.forceActiveFocus(Qt.MouseFocusReason);
            verify(!findShownRing(narrow));
        }

        function test_a_click_leaves_the_keyboard_where_it_was(): void {
            mouseClick(copy);
            compare(copied.count, 1);
            verify(save.activeFocus);
        }

        function test_disabled_does_nothing(): void {
            mouseClick(off);
            compare(pressedOff.count, 0);
            verify(off.opacity < 1);
        }

        function test_names(): void {
            compare(copy.Accessible.name, "Copy");
            compare(copy.Accessible.role, Accessible.Button);
            compare(save.Accessible.name, "Save");
        }

        function test_sizes(): void {
            verify(save.height >= 40);
            verify(copy.height >= 36 && copy.width >= 36);
        }

        function test_words_that_do_not_fit_are_in_the_hint(): void {
            compare(narrow.hint, narrow.text);
            compare(save.hint, "");
        }

        function test_the_hint_is_made_when_it_is_wanted(): void {
            const hint = fresh.children.find(child => child instanceof Loader) as Loader;
            verify(!hint.active);
            fresh.forceActiveFocus(Qt.TabFocusReason);
            verify(hint.active);
            compare(hint.item.text, "Pin");
            compare(hint.item.shortcut, "Ctrl+P");
        }

        function findShownRing(control: Item): bool {
            return control.children.some(child => child instanceof FocusRing && child.visible);
        }
    }
}
