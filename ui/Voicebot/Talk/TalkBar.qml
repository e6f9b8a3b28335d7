pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Chat
import Voicebot.Controls
import Voicebot.Theme

// A small bar on top of everything while the window is hidden: the state, talk, stop, and the way back.
Window {
    id: bar

    required property var app
    readonly property var talk: app.talkState

    signal back

    width: content.implicitWidth + Theme.space16
    height: content.implicitHeight + Theme.space8
    flags: Qt.Tool | Qt.FramelessWindowHint | Qt.WindowStaysOnTopHint | Qt.WindowDoesNotAcceptFocus
    title: qsTr("Voicebot, small")
    color: Theme.surfaceRaised
    // Else it would wait for the window that it stands for.
    transientParent: null

    Rectangle {
        anchors.fill: parent
        color: Theme.surfaceRaised
        border.color: Theme.borderStrong

        DragHandler {
            target: null
            onActiveChanged: if (active)
                bar.startSystemMove()
        }

        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.space8

            TalkButton {
                id: button

                size: Theme.touchHeight
                talk: bar.talk
            }

            Body {
                anchors.verticalCenter: parent.verticalCenter
                text: button.words
                wrapMode: Text.NoWrap
            }

            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: bar.talk.state !== "idle"
                symbol: Icons.stop
                label: qsTr("Stop")
                onClicked: bar.talk.stop()
            }

            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                symbol: Icons.external
                label: qsTr("Show the window")
                onClicked: bar.back()
            }
        }
    }
}
