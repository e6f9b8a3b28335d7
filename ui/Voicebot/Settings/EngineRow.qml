pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One engine: what it is, whether it can run here and now, and the one thing that mends it when it cannot.
Item {
    id: row

    required property string name
    required property string title
    required property string description
    property bool chosen: false
    property bool ready: true
    property bool local: true
    property string why: ""
    property string fix: ""
    property string mend: ""

    signal use
    signal mended

    width: parent?.width ?? 0
    implicitHeight: Math.max(words.height, buttons.height)

    Column {
        id: words

        width: row.width - buttons.width - Theme.space12
        spacing: 2

        Flow {
            width: parent.width
            spacing: Theme.space8

            Label {
                width: Math.min(implicitWidth, parent.width)
                text: row.title
                font.weight: row.chosen ? Font.DemiBold : Font.Normal
            }

            Badge {
                visible: !row.local
                text: qsTr("sends to a service")
                kind: Badge.Warning
            }
        }

        Caption {
            width: parent.width
            text: row.description
            wrapMode: Text.Wrap
        }

        Caption {
            width: parent.width
            visible: !row.ready
            text: row.mend !== "" ? row.why : row.fix
            wrapMode: Text.Wrap
            color: Theme.warning
        }
    }

    Row {
        id: buttons

        anchors.right: parent.right
        spacing: Theme.space8

        Badge {
            visible: row.chosen
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("in use")
            kind: Badge.Accent
            symbol: Icons.check
        }

        PushButton {
            visible: row.ready && !row.chosen
            text: qsTr("Use")
            Accessible.name: qsTr("Use %1").arg(row.title)
            onClicked: row.use()
        }

        PushButton {
            visible: !row.ready && row.mend !== ""
            text: row.mend
            Accessible.name: qsTr("%1 for %2").arg(row.mend).arg(row.title)
            kind: PushButton.Quiet
            onClicked: row.mended()
        }
    }
}
