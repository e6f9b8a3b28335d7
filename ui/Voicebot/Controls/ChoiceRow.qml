pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A row of a drop-down list, ticked when it is the present choice.
T.ItemDelegate {
    id: row

    property bool current: false

    implicitWidth: words.implicitWidth + leftPadding + rightPadding
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.space12
    rightPadding: Theme.space32
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: text
    Accessible.selected: current

    contentItem: Text {
        id: words

        text: row.text
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        color: Theme.text
        font.pixelSize: Theme.body
        Accessible.ignored: true
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.highlighted || row.hovered ? Theme.hover : "transparent"

        Icon {
            x: row.width - width - Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            visible: row.current
            path: Icons.check
            color: Theme.accent
            size: Math.round(18 * Theme.textScale)
        }
    }

    Hint {
        text: row.text
        wanted: row.hovered && words.truncated
    }
}
