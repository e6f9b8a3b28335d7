pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One setting: what it is called, what it does, what is wrong with it, and its control, which stands below where the
// row is narrow.
Item {
    id: row

    required property string label
    property string description: ""
    property string fault: ""
    property bool locked: false
    property bool wide: false
    default property alias control: place.data

    readonly property bool stacked: wide || width < 460 * Theme.textScale
    readonly property real words: stacked ? width : width - place.width - Theme.space24

    width: parent?.width ?? 0
    implicitHeight: stacked ? texts.height + Theme.space8 + place.height : Math.max(texts.height, place.height)

    Column {
        id: texts

        width: row.words
        y: row.stacked ? 0 : Math.round((row.height - height) / 2)
        spacing: 2

        Label {
            width: parent.width
            text: row.label
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Caption {
            width: parent.width
            visible: row.description !== ""
            text: row.description
            wrapMode: Text.Wrap
        }

        Caption {
            width: parent.width
            visible: row.locked
            text: qsTr("Set by the environment; it cannot be changed here")
            wrapMode: Text.Wrap
            color: Theme.warning
        }

        Caption {
            width: parent.width
            visible: row.fault !== ""
            text: row.fault
            wrapMode: Text.Wrap
            color: Theme.danger
            Accessible.role: Accessible.AlertMessage
        }
    }

    Item {
        id: place

        x: row.stacked ? 0 : row.width - width
        y: row.stacked ? texts.height + Theme.space8 : Math.round((row.height - height) / 2)
        width: row.wide ? row.width : Math.min(childrenRect.width, row.width)
        height: childrenRect.height
        enabled: !row.locked
    }
}
