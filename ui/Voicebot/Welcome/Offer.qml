pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Offers the first minute below an empty conversation; it is in nobody's way, and goes for good when it is declined.
Card {
    id: offer

    required property var app
    readonly property int taken: app.settings.values.desktop_first_minute ?? 3

    signal begin

    visible: taken < 3

    contentItem: Column {
        spacing: Theme.space12

        Body {
            width: parent.width
            text: offer.taken === 0 ? qsTr("New here? One minute chooses your microphone, its voice and its brain. You can also just begin.") : qsTr("You have begun to set up; the rest takes half a minute.")
            horizontalAlignment: Text.AlignHCenter
            color: Theme.textMuted
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.space8

            PushButton {
                text: offer.taken === 0 ? qsTr("Set up in a minute") : qsTr("Go on")
                kind: PushButton.Primary
                onClicked: offer.begin()
            }

            PushButton {
                text: qsTr("Not now")
                kind: PushButton.Quiet
                onClicked: offer.app.settings.set("desktop.first_minute", 3)
            }
        }
    }
}
