import QtQuick
import QtTest
import Voicebot.Chat

Item {
    id: room

    width: 700
    height: 300

    QtObject {
        id: app

        property var asked: []
        readonly property QtObject talkState: QtObject {
            property string state: "idle"
            property bool handsFree: false
            property bool muted: false
            property string microphone: "armed"
            property string preparing: ""
            property real level: 0
            property int stops: 0

            function stop(): void {
                stops += 1;
            }
        }

        readonly property QtObject documentList: QtObject {
            property string on: ""
            property bool only: false
            property var collections: []
        }

        function ask(text: string): void {
            asked = [...asked, text];
        }
    }

    Composer {
        id: composer

        width: 700
        anchors.bottom: parent.bottom
        app: app
    }

    TestCase {
        name: "Composer"
        when: windowShown

        function init(): void {
            app.asked = [];
            app.talkState.state = "idle";
            app.talkState.stops = 0;
            composer.field.clear();
            composer.field.forceActiveFocus(Qt.TabFocusReason);
        }

        function type(text: string): void {
            for (const letter of text)
                keyClick(letter);
        }

        function act(): Item {
            return find(composer, one => one.symbol !== undefined && one.label !== undefined);
        }

        function find(item: Item, fits: var): Item {
            if (fits(item))
                return item;
            for (const child of Array.from(item.children)) {
                const found = find(child, fits);
                if (found)
                    return found;
            }
            return null;
        }

        function test_enter_sends_and_empties(): void {
            type("hi");
            keyClick(Qt.Key_Return);
            compare(app.asked, ["hi"]);
            compare(composer.field.text, "");
        }

        function test_shift_enter_breaks_the_line(): void {
            type("a");
            keyClick(Qt.Key_Return, Qt.ShiftModifier);
            type("b");
            compare(app.asked, []);
            compare(composer.field.text, "a\nb");
        }

        function test_space_is_written_in_the_field(): void {
            type("a b");
            compare(composer.field.text, "a b");
        }

        function test_nothing_is_not_sent(): void {
            type("  ");
            keyClick(Qt.Key_Return);
            compare(app.asked, []);
            verify(!act().enabled);
        }

        function test_the_button_stops_or_sends(): void {
            app.talkState.state = "speaking";
            compare(act().label, "Stop");
            mouseClick(act());
            compare(app.talkState.stops, 1);
            type("more");
            compare(act().label, "Send");
            mouseClick(act());
            compare(app.asked, ["more"]);
        }

        function test_the_status_line_keeps_its_height(): void {
            const before = composer.height;
            for (const state of ["listening", "transcribing", "thinking", "speaking"]) {
                app.talkState.state = state;
                compare(composer.height, before);
            }
            app.talkState.preparing = "a recogniser with a very long name ".repeat(6);
            compare(composer.height, before);
            app.talkState.preparing = "";
        }
    }
}
