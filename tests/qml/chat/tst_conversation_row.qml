import QtQuick
import QtTest
import Voicebot.Chat

Item {
    id: room

    width: 400
    height: 400

    ConversationRow {
        id: row

        width: 300
        number: 7
        title: "Bread"
        excerpt: ""
        pinned: false
        when: "09:12"
    }

    SignalSpy {
        id: opened

        target: row
        signalName: "open"
    }

    SignalSpy {
        id: removed

        target: row
        signalName: "remove"
    }

    SignalSpy {
        id: renamed

        target: row
        signalName: "rename"
    }

    TestCase {
        name: "ConversationRow"
        when: windowShown

        function init(): void {
            row.renaming = false;
            row.forceActiveFocus(Qt.TabFocusReason);
            opened.clear();
            removed.clear();
            renamed.clear();
        }

        function rename(): void {
            keyClick(Qt.Key_Menu);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            tryVerify(() => row.renaming);
        }

        function test_enter_opens_and_delete_removes(): void {
            keyClick(Qt.Key_Return);
            compare(opened.count, 1);
            keyClick(Qt.Key_Delete);
            compare(removed.count, 1);
        }

        function test_a_click_opens(): void {
            mouseClick(row, 40, 20);
            compare(opened.count, 1);
        }

        function test_it_is_renamed_by_keyboard(): void {
            rename();
            keyClick("R");
            keyClick("y");
            keyClick("e");
            keyClick(Qt.Key_Return);
            compare(renamed.count, 1);
            compare(renamed.signalArguments[0][0], "Rye");
            verify(!row.renaming);
            compare(opened.count, 0);
        }

        function test_escape_leaves_the_title(): void {
            rename();
            keyClick("R");
            keyClick(Qt.Key_Escape);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !row.renaming);
            compare(renamed.count, 0);
        }
    }
}
