import QtQuick
import QtTest
import Voicebot.Controls
import Voicebot.Theme

Item {
    id: room

    width: 500
    height: 500

    PushButton {
        id: opener

        text: "Open"
    }

    Menu {
        id: menu

        label: "Conversation"

        MenuItem {
            id: rename

            text: "Rename"
            shortcut: "F2"
        }

        MenuItem {
            text: "Not now"
            enabled: false
        }

        MenuSeparator {}

        MenuItem {
            id: remove

            text: "Delete"
            danger: true
        }
    }

    Dialog {
        id: dialog

        title: "Delete this?"
        text: "It can be undone."
        acceptText: "Delete"
        rejectText: "Keep"
    }

    SignalSpy {
        id: removed

        target: remove
        signalName: "triggered"
    }

    SignalSpy {
        id: accepted

        target: dialog
        signalName: "accepted"
    }

    SignalSpy {
        id: rejected

        target: dialog
        signalName: "rejected"
    }

    TestCase {
        name: "MenuAndDialog"
        when: windowShown

        function initTestCase(): void {
            Theme.reducedMotion = true;
        }

        function init(): void {
            dialog.danger = false;
            opener.forceActiveFocus(Qt.TabFocusReason);
            [removed, accepted, rejected].forEach(spy => spy.clear());
        }

        function cleanup(): void {
            menu.close();
            dialog.close();
            tryVerify(() => !menu.visible && !dialog.visible);
        }

        function test_menu_by_keys(): void {
            menu.popup(room, 10, 60);
            tryVerify(() => menu.opened);
            keyClick(Qt.Key_Down);
            verify(rename.highlighted);
            keyClick(Qt.Key_Down);
            verify(remove.highlighted);
            keyClick(Qt.Key_Return);
            compare(removed.count, 1);
            tryVerify(() => !menu.visible);
        }

        function test_menu_escapes(): void {
            menu.popup(room, 10, 60);
            tryVerify(() => menu.opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !menu.visible);
            compare(removed.count, 0);
            verify(opener.activeFocus);
        }

        function test_menu_is_as_wide_as_its_words(): void {
            const narrow = menu.implicitWidth;
            rename.text = "Rename this conversation to something longer";
            menu.popup(room, 10, 60);
            tryVerify(() => menu.implicitWidth > narrow);
            rename.text = "Rename";
        }

        function test_dialog_enter(): void {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Return);
            compare(accepted.count, 1);
            tryVerify(() => !dialog.visible);
            verify(opener.activeFocus);
        }

        function test_dialog_escape(): void {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Escape);
            compare(rejected.count, 1);
            compare(accepted.count, 0);
        }

        function test_enter_never_destroys(): void {
            dialog.danger = true;
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Return);
            compare(accepted.count, 0);
            compare(rejected.count, 1);
        }

        function test_tab_stays_inside_a_dialog(): void {
            dialog.open();
            tryVerify(() => dialog.opened);
            for (let presses = 0; presses < 5; presses++) {
                keyClick(Qt.Key_Tab);
                verify(!opener.activeFocus);
            }
            keyClick(Qt.Key_Escape);
        }
    }
}
