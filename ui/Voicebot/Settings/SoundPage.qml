pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The microphone and the speaker: which, how loud, and whether they work.
Column {
    id: page

    required property var app
    readonly property var devices: app.deviceList

    signal doctor

    spacing: Theme.space24
    Component.onCompleted: devices.refresh()

    MicrophoneSection {
        app: page.app
    }

    Section {
        SettingRow {
            label: qsTr("Something does not work?")
            description: qsTr("One look at the whole way of the sound, with the cause and what to do")

            PushButton {
                text: qsTr("Mic Doctor")
                symbol: Icons.search
                onClicked: page.doctor()
            }
        }
    }

    Section {
        title: qsTr("Speaker")

        ChoiceSetting {
            settings: page.app.settings
            name: "audio.speaker"
            label: qsTr("Speaker")
            description: qsTr("Another one is used from the next answer on")
            options: Devices.named(page.devices.speakers, qsTr("As the system has it"))
        }

        SliderSetting {
            settings: page.app.settings
            name: "speaking.buffer"
            label: qsTr("Buffer")
            description: qsTr("More helps when the sound stutters; less answers sooner")
            from: 0.02
            to: 1
            stepSize: 0.02
            format: value => qsTr("%1 ms").arg(Math.round(value * 1000))
        }
    }
}
