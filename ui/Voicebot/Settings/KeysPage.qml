pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Keys of services: entered once, kept in the system's keyring, never shown again; and what the services cost.
Column {
    id: page

    required property var app
    readonly property var keyring: app.keyring

    spacing: Theme.space24
    Component.onCompleted: keyring.refresh()

    Section {
        title: qsTr("Keys")
        text: qsTr("A key lies in the system's keyring and nowhere else, and no screen shows it again. It is used only by an engine that you choose.")

        Caption {
            width: parent.width
            visible: page.keyring.whyNot !== ""
            text: page.keyring.whyNot
            wrapMode: Text.Wrap
            color: Theme.warning
        }

        Repeater {
            model: page.keyring.keys.length

            delegate: KeyRow {
                required property int index
                readonly property var row: page.keyring.keys[index] ?? ({})

                keyring: page.keyring
                name: row.name ?? ""
                source: row.source ?? ""
                variable: row.variable ?? ""
            }
        }
    }

    SpendingSection {
        app: page.app
    }
}
