pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// A small button in a pill: a drawing or a number, words, and a drawing behind them where it opens something.
Pressable {
    id: chip

    property string symbol: ""
    property string number: ""
    property string trailing: ""
    property string words: text
    property bool on: false
    readonly property bool truncated: label.truncated

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(26, Math.round(28 * Theme.textScale))
    leftPadding: Theme.space12
    rightPadding: trailing !== "" ? Theme.space8 : Theme.space12
    cornerRadius: height / 2
    hint: truncated ? words : ""

    contentItem: Item {
        readonly property real before: drawing.visible ? drawing.width + Theme.space8 : mark.visible ? mark.width + Theme.space8 : 0
        readonly property real behind: arrow.visible ? arrow.width + Theme.space4 : 0

        implicitWidth: before + Math.ceil(label.implicitWidth) + behind
        implicitHeight: label.implicitHeight

        Icon {
            id: drawing

            anchors.verticalCenter: parent.verticalCenter
            visible: chip.symbol !== ""
            path: chip.symbol
            color: chip.on ? Theme.accent : Theme.textMuted
            size: Math.round(16 * Theme.textScale)
        }

        Text {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            visible: chip.number !== ""
            text: chip.number
            textFormat: Text.PlainText
            color: Theme.accent
            font.pixelSize: Theme.caption
            font.weight: Font.DemiBold
        }

        Text {
            id: label

            x: parent.before
            width: parent.width - x - parent.behind
            anchors.verticalCenter: parent.verticalCenter
            text: chip.words
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: chip.on || chip.number !== "" ? Theme.text : Theme.textMuted
            font.pixelSize: Theme.caption
        }

        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: chip.trailing !== ""
            path: chip.trailing
            color: Theme.textMuted
            size: Math.round(14 * Theme.textScale)
        }
    }

    background: Rectangle {
        radius: height / 2
        color: chip.pressed ? Theme.pressed : chip.hovered ? Theme.hover : chip.on ? Theme.accentSoft : Theme.surface
        border.width: 1
        border.color: chip.on ? Theme.accent : Theme.border

        Behavior on color {
            ColorAnimation {
                duration: Theme.quick
            }
        }
    }
}
