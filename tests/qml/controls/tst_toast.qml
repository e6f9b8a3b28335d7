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

    Toast {
        id: toast

        y: 300
        seconds: 3600
    }

    SignalSpy {
        id: undone

        target: toast
        signalName: "action"
    }

    SignalSpy {
        id: gone

        target: toast
        signalName: "closed"
    }

    TestCase {
        name: "Toast"
        when: windowShown

        function initTestCase(): void {
            Theme.reducedMotion = true;
        }

        function init(): void {
            opener.forceActiveFocus(Qt.TabFocusReason);
            mouseMove(room, 480, 480);
            undone.clear();
            gone.clear();
        }

        function cleanup(): void {
            toast.close();
            tryVerify(() => !toast.visible);
        }

        function test_toast_goes_by_itself(): void {
            toast.show("Deleted", "Undo");
            verify(toast.clock.running);
            compare(toast.clock.interval, 3600 * 1000);
            toast.clock.triggered();
            compare(gone.count, 1);
            tryVerify(() => !toast.visible);
        }

        function test_toast_stays_under_the_pointer(): void {
            toast.show("Deleted", "Undo");
            mouseMove(toast, 10, 10);
            tryVerify(() => !toast.clock.running);
            mouseMove(room, 480, 480);
            tryVerify(() => toast.clock.running);
        }

        function test_toast_stays_in_focus_and_acts(): void {
            toast.show("Deleted", "Undo");
            keyClick(Qt.Key_Tab);
            verify(toast.activeFocus);
            verify(!toast.clock.running);
            keyClick(Qt.Key_Return);
            compare(undone.count, 1);
            compare(gone.count, 1);
        }

        function test_toast_escapes(): void {
            toast.show("Deleted", "Undo");
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Escape);
            compare(gone.count, 1);
            compare(undone.count, 0);
        }

        function test_a_second_toast_takes_the_place_of_the_first(): void {
            toast.show("One", "Undo");
            toast.show("Two", "");
            compare(gone.count, 1);
            compare(toast.text, "Two");
            verify(toast.clock.running);
        }
    }
}
