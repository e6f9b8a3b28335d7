pragma ComponentBehavior: Bound

import QtQuick
import QtTest
import Voicebot.Chat

Item {
    id: room

    width: 500
    height: 400

    ListModel {
        id: rows

        signal appended
    }

    QtObject {
        id: app

        property alias conversationModel: rows
        property int older: 0
        readonly property var engineList: ({
                ready: {}
            })

        function loadOlder(): void {
            older += 1;
        }
    }

    MessageList {
        id: list

        anchors.fill: parent
        app: app
    }

    TestCase {
        name: "MessageList"
        when: windowShown

        function message(number: int, words: string): var {
            return {
                turn: number,
                role: "user",
                status: "said",
                text: words,
                blocks: "",
                what: "",
                why: "",
                fix: "",
                engine: "",
                recorded: false,
                typed: true,
                version: 0,
                versions: "",
                latency: 0,
                cost: "",
                stages: "",
                clock: "09:12",
                sources: ""
            };
        }

        function add(): void {
            rows.append(message(rows.count + 1, `Message ${rows.count + 1}`));
            rows.appended();
        }

        function init(): void {
            rows.clear();
            for (let number = 0; number < 60; number++)
                add();
            list.toEnd();
            tryVerify(() => list.atYEnd);
        }

        function test_it_follows_what_comes(): void {
            add();
            tryVerify(() => list.atYEnd);
            tryVerify(() => list.itemAtIndex(60) !== null);
        }

        function test_it_stays_where_the_person_went(): void {
            list.page(-1);
            verify(!list.following);
            verify(list.away);
            const before = list.contentY;
            for (let times = 0; times < 20; times++)
                rows.setProperty(59, "text", "A longer answer. ".repeat(times * 5));
            wait(0);
            compare(list.contentY, before);
        }

        function test_the_keys_go_to_both_ends(): void {
            list.toBeginning();
            tryVerify(() => list.atYBeginning);
            verify(list.itemAtIndex(0) !== null);
            list.toEnd();
            tryVerify(() => list.atYEnd);
            verify(list.following);
        }

        function test_paging_down_to_the_end_follows_again(): void {
            list.page(-1);
            list.page(1);
            list.page(1);
            verify(list.atYEnd);
            verify(list.following);
        }

        function test_older_ones_are_asked_for_at_the_beginning(): void {
            app.older = 0;
            list.toBeginning();
            tryVerify(() => app.older > 0);
        }
    }
}
