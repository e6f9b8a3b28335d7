pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// One thing to do: a drawing, words, and the shortcut that does the same.
T.MenuItem {
    id: row

    property string symbol: ""
    property string shortcut: ""
    property bool danger: false
    readonly property color ink: danger ? Theme.danger : Theme.text

    implicitWidth: leftPadding + words.indent + Math.ceil(words.implicitWidth) + Theme.space24 + keys.implicitWidth + rightPadding
    implicitHeight: Theme.controlHeight
    height: visible ? implicitHeight : 0
    leftPadding: Theme.space12
    rightPadding: Theme.space12
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.description: shortcut
    Accessible.checkable: checkable
    Accessible.checked: checked

    contentItem: Item {
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: path !== ""
            path: row.checkable ? (row.checked ? Icons.check : "") : row.symbol
            color: row.danger ? Theme.danger : Theme.textMuted
            size: Math.round(18 * Theme.textScale)
        }

        Text {
            id: words

            readonly property real indent: row.checkable || row.symbol !== "" ? Math.round(18 * Theme.textScale) + Theme.space12 : 0

            x: indent
            width: parent.width - indent - (keys.visible ? keys.width + Theme.space16 : 0)
            anchors.verticalCenter: parent.verticalCenter
            text: row.text
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: row.ink
            font.pixelSize: Theme.body
        }

        Text {
            id: keys

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: row.shortcut !== ""
            text: row.shortcut
            textFormat: Text.PlainText
            color: Theme.textMuted
            font.pixelSize: Theme.caption
        }
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.down ? Theme.pressed : row.highlighted || row.hovered ? Theme.hover : "transparent"
    }

    Hint {
        text: row.text
        wanted: row.hovered && words.truncated
    }
}
