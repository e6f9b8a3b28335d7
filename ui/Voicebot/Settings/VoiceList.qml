pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Which of the engine's voices speaks each language. A service is asked for them over the network: that takes a while,
// and can fail.
Column {
    id: list

    required property var app
    readonly property var voices: app.voiceList

    width: parent?.width ?? 0
    spacing: Theme.space16

    VoiceSetting {
        app: list.app
        name: "tts.voice"
        language: "en"
        label: qsTr("For English")
        voices: list.voices.english
    }

    VoiceSetting {
        app: list.app
        name: "tts.voice_ko"
        language: "ko"
        label: qsTr("For Korean")
        voices: list.voices.korean
    }

    Row {
        visible: list.voices.looking
        spacing: Theme.space8

        Spinner {
            anchors.verticalCenter: parent.verticalCenter
            label: looking.text
            size: 16
        }

        Caption {
            id: looking

            text: qsTr("Asking for the voices…")
        }
    }

    Caption {
        width: parent.width
        visible: text !== "" && !list.voices.looking
        text: list.voices.fault
        wrapMode: Text.Wrap
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
    }

    PushButton {
        visible: list.voices.fault !== "" && !list.voices.looking
        text: qsTr("Ask again")
        Accessible.name: qsTr("Ask again for the voices")
        symbol: Icons.refresh
        onClicked: list.voices.refresh()
    }
}
