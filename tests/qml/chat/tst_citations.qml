import QtQuick
import QtTest
import Voicebot.Chat

Item {
    id: room

    width: 300
    height: 300

    property var opened: []

    function source(number: int, cited: bool): var {
        return {
            number: number,
            title: `A document with a long title, number ${number}`,
            place: "page 14",
            path: "/tmp/a.pdf",
            quote: "its words",
            page: 14,
            passage: number,
            cited: cited
        };
    }

    Citations {
        id: citations

        width: room.width
        number: 2
        sources: []
        onOpen: source => room.opened = [...room.opened, source.number]
    }

    TestCase {
        name: "Citations"
        when: windowShown

        function init(): void {
            room.opened = [];
            citations.unfolded = false;
            citations.sources = [room.source(1, true), room.source(2, false), room.source(3, true)];
            tryVerify(() => chips().length === 2 && chips()[1].y > 0);
        }

        function chips(): var {
            const flow = citations.children[0];
            return Array.from(flow.children).filter(one => one.number !== undefined && one.visible);
        }

        function test_those_that_are_cited_are_shown_and_fit(): void {
            compare(chips().map(one => one.number), ["1", "3"]);
            verify(chips().every(one => one.width <= room.width && one.height >= 24));
            compare(chips()[0].Accessible.name, "Source 1: A document with a long title, number 1 · page 14, message 2");
        }

        function test_the_others_unfold_by_the_keyboard(): void {
            const more = Array.from(citations.children[0].children).find(one => one.text === "1 more looked at");
            more.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(chips().map(one => one.number), ["1", "2", "3"]);
            compare(more.text, "Fewer");
            keyClick(Qt.Key_Return);
            compare(chips().length, 2);
        }

        function test_each_opens_its_page(): void {
            mouseClick(chips()[1]);
            chips()[0].forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(room.opened, [3, 1]);
        }

        function test_none_that_is_cited_is_said(): void {
            citations.sources = [room.source(1, false), room.source(2, false)];
            verify(Array.from(citations.children[0].children).some(one => one.text === "2 looked at, none cited"));
        }
    }
}
