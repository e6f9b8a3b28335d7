pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What is wrong with the microphone or the speaker: one cause, one fix, and a report to copy.
Dialog {
    id: dialog

    required property var app
    readonly property var doctor: app.micDoctor

    title: qsTr("Mic Doctor")
    text: qsTr("Looks at the device, its permission, the level and the playback. It takes a second.")
    firstItem: again
    onOpened: doctor.look()

    Row {
        width: parent.width
        spacing: Theme.space12

        Icon {
            id: mark

            path: dialog.doctor.ok ? Icons.check : Icons.warning
            color: dialog.doctor.ok ? Theme.success : Theme.warning
            visible: !dialog.doctor.looking
        }

        Spinner {
            label: qsTr("Looking")
            visible: dialog.doctor.looking
        }

        Column {
            width: parent.width - mark.width - Theme.space12
            spacing: Theme.space4

            Body {
                width: parent.width
                text: dialog.doctor.looking ? qsTr("Looking…") : dialog.doctor.what
                onTextChanged: text => Accessible.announce(text)
            }

            Caption {
                width: parent.width
                visible: !dialog.doctor.looking && text !== ""
                text: dialog.doctor.why
                wrapMode: Text.Wrap
            }

            Label {
                width: parent.width
                visible: !dialog.doctor.looking && text !== ""
                text: dialog.doctor.fix
                wrapMode: Text.Wrap
                font.weight: Font.Medium
            }
        }
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        PushButton {
            id: again

            text: qsTr("Look again")
            Accessible.name: qsTr("Look again at the sound")
            symbol: Icons.refresh
            enabled: !dialog.doctor.looking
            onClicked: dialog.doctor.look()
        }

        PushButton {
            text: qsTr("Copy the report")
            symbol: Icons.copy
            enabled: !dialog.doctor.looking
            onClicked: dialog.doctor.copyReport()
        }
    }
}
