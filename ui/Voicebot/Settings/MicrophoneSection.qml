pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The microphone: which one, how loud, and how one sounds through it.
Section {
    id: page

    required property var app
    readonly property var devices: app.deviceList

    Component.onCompleted: app.talkState.watched = true
    Component.onDestruction: app.talkState.watched = false

    title: qsTr("Microphone")

    ChoiceSetting {
        settings: page.app.settings
        name: "audio.microphone"
        label: qsTr("Microphone")
        options: Devices.named(page.devices.microphones, qsTr("As the system has it"))
    }

    SettingRow {
        label: qsTr("Level")
        description: page.app.talkState.microphone === "closed" ? qsTr("The microphone is closed") : qsTr("It should move when you speak")

        Meter {
            label: qsTr("Microphone level")
            width: 200 * Theme.textScale
            level: -60 + 60 * page.app.talkState.level
        }
    }

    SettingRow {
        label: qsTr("Hear yourself")
        description: page.devices.trial === "recording" ? qsTr("Speak now: three seconds are recorded") : page.devices.trial === "playing" ? qsTr("This is how you sound") : qsTr("Three seconds, played back; nothing is kept")

        PushButton {
            text: qsTr("Try it")
            Accessible.name: qsTr("Hear yourself")
            symbol: Icons.headphones
            enabled: page.devices.trial === ""
            onClicked: page.devices.hearMyself()
        }
    }
}
