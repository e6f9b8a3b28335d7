pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme
import Voicebot.Welcome

// Before anything was said: how to begin, and a few things to try.
Column {
    id: empty

    required property var app

    signal ask(string text)
    signal firstMinute

    spacing: Theme.space12

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        path: Icons.logo
        size: 48
        color: Theme.accent
    }

    Title {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(implicitWidth, parent.width)
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("Hold Space and speak")
    }

    Body {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("Or tap it to begin and again to finish. Typing works too.")
        color: Theme.textMuted
    }

    Repeater {
        model: [qsTr("What time is it in Seoul?"), qsTr("Set a timer for five minutes"), qsTr("What can you do?")]

        delegate: PushButton {
            required property string modelData

            anchors.horizontalCenter: parent?.horizontalCenter
            text: modelData
            onClicked: empty.ask(modelData)
        }
    }

    Item {
        width: 1
        height: Theme.space8
        visible: offer.visible
    }

    Offer {
        id: offer

        width: parent.width
        app: empty.app
        onBegin: empty.firstMinute()
    }
}
