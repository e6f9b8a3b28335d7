pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What is kept of what is said, for how long, where, and away with it.
Column {
    id: page

    required property var app
    readonly property var kept: app.kept

    spacing: Theme.space24
    Component.onCompleted: kept.refresh()

    Section {
        title: qsTr("Recordings")
        text: qsTr("What you say is kept as sound on this machine, so that a failed turn can be tried again and heard.")

        SwitchSetting {
            settings: page.app.settings
            name: "privacy.recordings"
            text: qsTr("Keep recordings")
        }

        ChoiceSetting {
            settings: page.app.settings
            name: "privacy.keep_days"
            label: qsTr("Deleted after")
            options: [1, 7, 30, 90, 365, 0].map(days => ({
                        value: days,
                        text: days === 0 ? qsTr("Never") : days === 1 ? qsTr("A day") : qsTr("%1 days").arg(days)
                    }))
        }

        SettingRow {
            label: page.kept.count === 0 ? qsTr("No recordings") : qsTr("%1 recordings, %2").arg(page.kept.count).arg(page.kept.size)
            description: page.kept.place
            wide: true

            Flow {
                width: parent.width
                spacing: Theme.space8

                PushButton {
                    text: qsTr("Open the folder")
                    symbol: Icons.external
                    onClicked: page.kept.openFolder()
                }

                PushButton {
                    text: qsTr("Delete all recordings")
                    symbol: Icons.trash
                    enabled: page.kept.count > 0
                    onClicked: sure.open()
                }
            }
        }
    }

    Section {
        title: qsTr("Conversations")

        SwitchSetting {
            settings: page.app.settings
            name: "history.enabled"
            text: qsTr("Keep conversations")
            description: qsTr("Off: what is said from now on is forgotten when you quit. What was kept stays until you delete it")
        }
    }

    Section {
        title: qsTr("What leaves this machine")

        Body {
            width: parent.width
            text: qsTr("Nothing, unless you choose a service. An engine that sends something away says so before its first use.")
            color: Theme.textMuted
        }
    }

    Dialog {
        id: sure

        title: qsTr("Delete all recordings?")
        text: qsTr("Their words stay in your conversations. The sound is gone for good.")
        acceptText: qsTr("Delete")
        rejectText: qsTr("Keep them")
        danger: true
        onAccepted: page.kept.deleteAll()
    }
}
