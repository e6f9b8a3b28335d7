pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One server of this machine, and its models to choose from; or that it went away while it was in use.
SettingRow {
    id: server

    required property var brain
    required property var found
    readonly property string used: found.model ?? ""
    readonly property bool gone: found.gone ?? false
    // Compared by their names: a new list of the same models must not take the choice back.
    property string models: JSON.stringify(found.models ?? [])

    function choose(): void {
        choice.currentIndex = Math.max(0, choice.model.indexOf(used));
    }

    label: found.name ?? ""
    description: found.address ?? ""
    fault: gone ? qsTr("It does not answer any more. Start it again, or choose another engine") : ""
    onUsedChanged: choose()
    Component.onCompleted: choose()

    Flow {
        width: server.stacked ? server.width : choice.width + Theme.space8 + Math.max(use.implicitWidth, mark.implicitWidth)
        spacing: Theme.space8

        Choice {
            id: choice

            width: Math.min(280 * Theme.textScale, server.width)
            visible: !server.gone
            label: qsTr("Models of %1").arg(server.label)
            description: qsTr("%1 of %2").arg(currentIndex + 1).arg(count)
            model: JSON.parse(server.models)
            onModelChanged: server.choose()
        }

        Badge {
            id: mark

            visible: !server.gone && choice.currentText === server.used
            height: choice.height
            text: qsTr("in use")
            kind: Badge.Accent
            symbol: Icons.check
        }

        PushButton {
            id: use

            height: choice.height
            visible: !server.gone && choice.currentText !== server.used
            text: qsTr("Use")
            Accessible.name: qsTr("Use %1").arg(server.label)
            onClicked: server.brain.use(server.found.address, choice.currentText)
        }
    }
}
