pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// A button with words, and a drawing where that helps.
Pressable {
    id: control

    enum Kind {
        Plain,
        Primary,
        Quiet,
        Danger
    }

    property int kind: PushButton.Plain
    property string symbol: ""
    property color quietInk: Theme.accent
    property int aligned: Qt.AlignHCenter

    readonly property bool filled: kind === PushButton.Primary || kind === PushButton.Danger
    readonly property color ink: {
        if (kind === PushButton.Primary)
            return Theme.textOnAccent;
        if (kind === PushButton.Danger)
            return Theme.textOnDanger;
        return kind === PushButton.Quiet ? quietInk : Theme.text;
    }
    readonly property color fill: {
        if (kind === PushButton.Primary)
            return pressed ? Theme.accentPressed : hovered ? Theme.accentHover : Theme.accent;
        if (kind === PushButton.Danger)
            return pressed || hovered ? Theme.dangerHover : Theme.danger;
        if (pressed)
            return Theme.pressed;
        return hovered ? Theme.hover : kind === PushButton.Quiet ? "transparent" : Theme.surfaceRaised;
    }

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(Theme.touchHeight, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: kind === PushButton.Quiet ? Theme.space12 : Theme.space16
    rightPadding: leftPadding
    topPadding: Theme.space4
    bottomPadding: Theme.space4
    hint: words.truncated || shortcut !== "" ? text : ""

    contentItem: Item {
        implicitWidth: Math.ceil(words.implicitWidth) + words.indent
        implicitHeight: words.implicitHeight

        Icon {
            id: drawing

            visible: control.symbol !== ""
            path: control.symbol
            color: control.ink
            size: Math.round(18 * Theme.textScale)
            x: Math.max(0, words.x - words.indent)
            anchors.verticalCenter: parent.verticalCenter
        }

        Text {
            id: words

            readonly property real indent: drawing.visible ? drawing.size + Theme.space8 : 0

            x: indent + (control.aligned === Qt.AlignLeft ? 0 : Math.max(0, (parent.width - indent - width) / 2))
            width: Math.min(Math.ceil(implicitWidth), parent.width - indent)
            anchors.verticalCenter: parent.verticalCenter
            text: control.text
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: control.ink
            font.pixelSize: Theme.body
            font.weight: control.filled ? Font.DemiBold : Font.Medium
        }
    }

    background: Rectangle {
        radius: control.cornerRadius
        color: control.fill
        border.width: control.kind === PushButton.Plain ? 1 : 0
        border.color: Theme.borderStrong

        Behavior on color {
            ColorAnimation {
                duration: Theme.quick
            }
        }
    }
}
