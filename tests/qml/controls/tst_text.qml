import QtQuick
import QtTest
import Voicebot.Controls
import Voicebot.Testing

Item {
    width: 400
    height: 400

    Column {
        TextEditor {
            id: editor

            width: 300
            label: "Message"
        }

        TextInputField {
            id: field

            width: 300
            label: "Search"
        }
    }

    SignalSpy {
        id: sent

        target: editor
        signalName: "accepted"
    }

    SignalSpy {
        id: searched

        target: field
        signalName: "accepted"
    }

    SignalSpy {
        id: edited

        target: field
        signalName: "edited"
    }

    TestCase {
        name: "Text"
        when: windowShown

        function init(): void {
            editor.text = "";
            field.text = "";
            field.error = "";
            [sent, searched, edited].forEach(spy => spy.clear());
            editor.forceActiveFocus();
        }

        function test_enter_sends(): void {
            keyClick(Qt.Key_H);
            keyClick(Qt.Key_I);
            keyClick(Qt.Key_Return);
            compare(sent.count, 1);
            compare(editor.text, "hi");
            keyClick(Qt.Key_Enter);
            compare(sent.count, 2);
        }

        function test_shift_and_enter_break_the_line(): void {
            keyClick(Qt.Key_A);
            keyClick(Qt.Key_Return, Qt.ShiftModifier);
            keyClick(Qt.Key_B);
            compare(editor.text.split(/\n|\u2028/).length, 2);
            compare(sent.count, 0);
        }

        function test_enter_while_composing_does_not_send(): void {
            Composer.compose("하");
            verify(editor.composing);
            keyClick(Qt.Key_Return);
            compare(sent.count, 0);
            Composer.commit("하");
            verify(!editor.composing);
            compare(editor.text, "하");
            keyClick(Qt.Key_Return);
            compare(sent.count, 1);
            compare(editor.text, "하");
        }

        function test_space_types(): void {
            keyClick(Qt.Key_Space);
            compare(editor.text, " ");
        }

        function test_it_grows_and_stops(): void {
            const one = editor.implicitHeight;
            editor.text = "1\n2\n3";
            const three = editor.implicitHeight;
            verify(three > one);
            editor.text = "1\n2\n3\n4\n5\n6\n7\n8";
            const eight = editor.implicitHeight;
            verify(eight > three);
            editor.text += "\n9\n10";
            compare(Math.round(editor.implicitHeight), Math.round(eight));
        }

        function test_tab_leaves_and_comes_back(): void {
            keyClick(Qt.Key_Tab);
            verify(field.activeFocus);
            compare(editor.text, "");
            keyClick(Qt.Key_Backtab);
            verify(editor.activeFocus);
        }

        function test_field_enter_and_escape(): void {
            field.forceActiveFocus();
            keyClick(Qt.Key_A);
            compare(edited.count, 1);
            keyClick(Qt.Key_Return);
            compare(searched.count, 1);
            keyClick(Qt.Key_Escape);
            compare(field.text, "");
            compare(edited.count, 2);
            verify(field.activeFocus);
        }

        function test_field_error_is_told(): void {
            const low = field.implicitHeight;
            field.error = "Not found";
            verify(field.implicitHeight > low);
            field.error = "";
            compare(field.implicitHeight, low);
        }
    }
}
