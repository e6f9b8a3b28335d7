pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// The talk button: held or tapped, it shows what the assistant is doing, and how loud the microphone is.
T.Control {
    id: button

    required property var talk
    readonly property string state_: talk.state
    readonly property bool hears: state_ === "listening"
    readonly property color ink: hears ? Theme.textOnAccent : state_ === "speaking" ? Theme.accent : talk.muted ? Theme.danger : Theme.text
    readonly property bool sleeps: talk.handsFree && talk.asleep
    readonly property string invitation: !talk.handsFree || (sleeps && talk.wakePhrase === "") ? qsTr("Hold or tap to talk") : sleeps ? qsTr("Say “%1”").arg(talk.wakePhrase) : talk.secondsLeft > 0 ? qsTr("Just speak (%1 s)").arg(talk.secondsLeft) : qsTr("Just speak")
    readonly property string words: talk.muted ? qsTr("Muted") : {
        "idle": invitation,
        "listening": qsTr("Listening"),
        "transcribing": qsTr("Recognising"),
        "thinking": qsTr("Thinking"),
        "speaking": talk.held ? qsTr("Paused: it listens") : qsTr("Speaking")
    }[state_]

    property real size: Math.round(52 * Math.max(1, Theme.textScale))

    implicitWidth: size
    implicitHeight: size
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: hears ? qsTr("Finish speaking") : qsTr("Talk")
    Accessible.description: words
    Accessible.focusable: true
    Accessible.onPressAction: talk.tap()
    Keys.onReturnPressed: event => press(event)
    Keys.onEnterPressed: event => press(event)
    // There is one in the window and one in the small bar: the one that is seen speaks.
    onState_Changed: announce()
    onSleepsChanged: if (state_ === "idle")
        announce()

    background: Item {
        Rectangle {
            readonly property real reach: button.hears ? button.talk.level : 0

            anchors.centerIn: parent
            width: button.size * (1 + 0.34 * reach)
            height: width
            radius: width / 2
            color: Theme.listening
            opacity: button.hears ? 0.22 : 0

            Behavior on width {
                NumberAnimation {
                    duration: Theme.quick / 2
                }
            }
        }

        Rectangle {
            anchors.centerIn: parent
            width: button.size - 6
            height: width
            radius: width / 2
            color: button.hears ? Theme.listening : pointer.pressed ? Theme.pressed : button.hovered ? Theme.hover : Theme.surfaceRaised
            border.width: button.talk.microphone === "closed" || button.hears ? 1 : 2
            border.color: button.hears ? Theme.listening : button.talk.microphone === "closed" ? Theme.borderStrong : Theme.accent

            Behavior on color {
                ColorAnimation {
                    duration: Theme.quick
                }
            }
        }
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            visible: !spinner.running
            path: button.talk.muted ? Icons.microphoneOff : button.state_ === "speaking" ? Icons.wave : Icons.microphone
            color: button.ink
            size: Math.round(24 * Math.max(1, Theme.textScale))
        }

        Spinner {
            id: spinner

            anchors.centerIn: parent
            label: button.words
            running: button.state_ === "transcribing" || button.state_ === "thinking"
        }
    }

    FocusRing {
        cornerRadius: button.size / 2
        shown: button.visualFocus
    }

    TapArea {
        id: pointer

        anchors.fill: parent
        onDown: button.talk.down()
        onUp: button.talk.up()
    }

    ToolTip {
        visible: button.hovered && !pointer.pressed
        text: button.words
        shortcut: qsTr("Space")
    }

    function announce(): void {
        if (Window.visibility !== Window.Hidden)
            Accessible.announce(words, Accessible.Polite);
    }

    function press(event: var): void {
        event.accepted = true;
        if (!event.isAutoRepeat)
            talk.tap();
    }
}
