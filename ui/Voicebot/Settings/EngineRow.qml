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
    // Chosen, it is not used before it is ready.
    property bool chosen: false
    property bool used: chosen
    property bool preparing: false
    property bool ready: true
    property bool local: true
    property string sends: ""
    property string costs: ""
    property string why: ""
    property string fix: ""
    property string mend: ""
    readonly property bool works: chosen && (used || preparing)
    readonly property bool usable: ready && !works
    readonly property bool mendable: !ready && mend !== ""
    readonly property bool stacked: width < 460 * Theme.textScale

    signal use
    signal mended

    width: parent?.width ?? 0
    implicitHeight: Math.max(words.height, buttons.y + buttons.height)

    Column {
        id: words

        width: row.stacked ? row.width : row.width - buttons.width - Theme.space12
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
            visible: !row.local && text !== ""
            text: row.sends
            wrapMode: Text.Wrap
        }

        Caption {
            width: parent.width
            visible: text !== ""
            text: row.costs
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

        y: row.stacked && (row.works || row.usable || row.mendable) ? words.height + Theme.space8 : 0
        anchors.right: row.stacked ? undefined : parent.right
        spacing: Theme.space8

        Badge {
            visible: row.works
            anchors.verticalCenter: parent.verticalCenter
            text: row.preparing ? qsTr("getting ready…") : qsTr("in use")
            kind: Badge.Accent
            symbol: row.preparing ? "" : Icons.check
        }

        PushButton {
            visible: row.usable
            text: row.chosen ? qsTr("Try again") : qsTr("Use")
            Accessible.name: row.chosen ? qsTr("Try again: %1").arg(row.title) : qsTr("Use %1").arg(row.title)
            onClicked: row.use()
        }

        PushButton {
            visible: row.mendable
            text: row.mend
            Accessible.name: qsTr("%1 for %2").arg(row.mend).arg(row.title)
            kind: PushButton.Quiet
            onClicked: row.mended()
        }
    }
}
