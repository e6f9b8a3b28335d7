import QtQuick
import QtTest
import Voicebot.Controls

Item {
    width: 400
    height: 400

    Column {
        Switch {
            id: toggle

            width: 300
            text: "Keep recordings"
        }

        Segmented {
            id: looks

            width: 360
            label: "Look"
            value: "light"
            options: ["light", "dark", "system"].map(name => ({
                        "value": name,
                        "text": name
                    }))
            onChosen: value => looks.value = value
        }

        Choice {
            id: choice

            label: "Voice"
            model: ["one", "two", "three"]
        }

        Slider {
            id: slider

            label: "Speed"
            from: 0
            to: 10
            stepSize: 1
            value: 5
        }
    }

    SignalSpy {
        id: activated

        target: choice
        signalName: "activated"
    }

    TestCase {
        name: "Choices"
        when: windowShown

        function init(): void {
            toggle.checked = false;
            looks.value = "light";
            choice.currentIndex = 0;
            slider.value = 5;
            activated.clear();
        }

        function test_switch(): void {
            toggle.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            verify(toggle.checked);
            keyClick(Qt.Key_Space);
            verify(!toggle.checked);
            mouseClick(toggle);
            verify(toggle.checked);
            verify(toggle.height >= 36);
        }

        function test_segments_with_arrows(): void {
            toggle.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Tab);
            verify(looks.activeFocus);
            keyClick(Qt.Key_Right);
            compare(looks.value, "dark");
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Right);
            compare(looks.value, "system");
            keyClick(Qt.Key_Left);
            compare(looks.value, "dark");
            keyClick(Qt.Key_Tab);
            verify(choice.activeFocus);
        }

        function test_segments_with_the_pointer(): void {
            mouseClick(looks, looks.width - 20, looks.height / 2);
            compare(looks.value, "system");
        }

        function test_segments_do_not_choose_for_their_owner(): void {
            looks.value = "none of them";
            compare(looks.index, -1);
        }

        function test_choice_with_keys(): void {
            choice.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            tryVerify(() => choice.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            tryVerify(() => !choice.popup.visible);
            compare(choice.currentIndex, 1);
            compare(activated.count, 1);
            keyClick(Qt.Key_Return);
            tryVerify(() => choice.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !choice.popup.visible);
            compare(choice.currentIndex, 1);
        }

        function test_slider_with_arrows(): void {
            slider.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(slider.value, 6);
            keyClick(Qt.Key_Left);
            keyClick(Qt.Key_Left);
            compare(slider.value, 4);
        }
    }
}
