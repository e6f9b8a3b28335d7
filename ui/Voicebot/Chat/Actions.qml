pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What can be done with a message: there for the keyboard at all times, seen when the pointer is near.
Row {
    id: row

    property bool shown: false
    property string clock: ""
    property int number: 0
    property int version: 0
    property var versions: []

    signal showVersion(int turn)

    opacity: shown || activeFocusWithin ? 1 : 0
    spacing: 0
    readonly property bool activeFocusWithin: Window.activeFocusItem !== null && isWithin(Window.activeFocusItem)

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.quick
        }
    }

    Row {
        visible: row.versions.length > 1
        spacing: 0

        IconButton {
            symbol: Icons.chevronLeft
            label: qsTr("The version before")
            Accessible.name: qsTr("%1, message %2").arg(label).arg(row.number)
            iconSize: 16
            enabled: row.version > 0
            onClicked: row.showVersion(row.versions[row.version - 1])
        }

        Caption {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("%1 of %2").arg(row.version + 1).arg(row.versions.length)
        }

        IconButton {
            symbol: Icons.chevronRight
            label: qsTr("The version after")
            Accessible.name: qsTr("%1, message %2").arg(label).arg(row.number)
            iconSize: 16
            enabled: row.version < row.versions.length - 1
            onClicked: row.showVersion(row.versions[row.version + 1])
        }
    }

    Caption {
        height: Theme.controlHeight
        verticalAlignment: Text.AlignVCenter
        rightPadding: Theme.space8
        visible: text !== ""
        text: row.clock
        color: Theme.textMuted
    }

    function isWithin(item: Item): bool {
        for (let one = item; one; one = one.parent)
            if (one === row)
                return true;
        return false;
    }
}
