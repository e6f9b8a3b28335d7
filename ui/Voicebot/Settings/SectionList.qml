pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The names of the sections, one below another.
Column {
    id: list

    required property var sections
    required property string current

    signal chosen(string section)

    spacing: 2
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Sections")

    Repeater {
        model: list.sections

        delegate: PushButton {
            id: entry

            required property var modelData
            readonly property bool isCurrent: modelData.value === list.current

            width: list.width
            text: modelData.text
            symbol: modelData.symbol
            kind: isCurrent ? PushButton.Plain : PushButton.Quiet
            aligned: Qt.AlignLeft
            quietInk: Theme.text
            Accessible.checkable: true
            Accessible.checked: isCurrent
            onClicked: list.chosen(modelData.value)
        }
    }
}
