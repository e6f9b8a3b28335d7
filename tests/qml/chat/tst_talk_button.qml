import QtQuick
import QtTest
import Voicebot.Chat

Item {
    id: room

    width: 300
    height: 200

    QtObject {
        id: talk

        property string state: "idle"
        property bool handsFree: false
        property bool held: false
        property bool asleep: false
        property string wakePhrase: ""
        property int secondsLeft: 0
        property bool muted: false
        property string microphone: "armed"
        property real level: 0
        property int downs: 0
        property int ups: 0
        property int taps: 0

        function down(): void {
            downs += 1;
        }
        function up(): void {
            ups += 1;
        }
        function tap(): void {
            taps += 1;
        }
    }

    TalkButton {
        id: button

        talk: talk
    }

    TestCase {
        name: "TalkButton"
        when: windowShown

        function init(): void {
            talk.state = "idle";
            talk.muted = talk.handsFree = talk.asleep = false;
            talk.wakePhrase = "";
            talk.secondsLeft = 0;
            talk.downs = talk.ups = talk.taps = 0;
        }

        function test_an_answer_that_pauses_says_so(): void {
            talk.state = "speaking";
            const words = button.words;
            talk.held = true;
            verify(button.words !== words);
            talk.held = false;
            compare(button.words, words);
        }

        function test_it_is_held(): void {
            mousePress(button);
            compare([talk.downs, talk.ups], [1, 0]);
            mouseMove(room, 250, 150);
            mouseRelease(room, 250, 150);
            compare([talk.downs, talk.ups], [1, 1]);
        }

        function test_hands_free_it_says_what_wakes_it_and_for_how_long(): void {
            talk.handsFree = true;
            compare(button.words, "Just speak");
            talk.asleep = true;
            compare(button.words, "Hold or tap to talk");
            talk.wakePhrase = "Okay Nabu";
            compare(button.words, "Say “Okay Nabu”");
            talk.asleep = false;
            talk.secondsLeft = 5;
            compare(button.words, "Just speak (5 s)");
            compare(button.Accessible.description, "Just speak (5 s)");
            talk.state = "listening";
            compare(button.words, "Listening");
        }

        function test_enter_taps_it(): void {
            button.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            keyClick(Qt.Key_Enter);
            compare(talk.taps, 2);
        }

        function test_it_says_what_it_does_data(): var {
            return [
                {
                    tag: "idle",
                    words: "Hold or tap to talk"
                },
                {
                    tag: "listening",
                    words: "Listening"
                },
                {
                    tag: "transcribing",
                    words: "Recognising"
                },
                {
                    tag: "thinking",
                    words: "Thinking"
                },
                {
                    tag: "speaking",
                    words: "Speaking"
                }
            ];
        }

        function test_it_says_what_it_does(row: var): void {
            talk.state = row.tag;
            compare(button.words, row.words);
            compare(button.Accessible.name, row.tag === "listening" ? "Finish speaking" : "Talk");
        }

        function test_mute_comes_before_all(): void {
            talk.muted = true;
            compare(button.words, "Muted");
        }
    }
}
