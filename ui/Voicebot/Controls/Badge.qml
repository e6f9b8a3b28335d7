pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// A word about a state, in a pill.
Rectangle {
    id: badge

    enum Kind {
        Neutral,
        Accent,
        Success,
        Warning,
        Danger
    }

    required property string text
    property int kind: Badge.Neutral
    property string symbol: ""
    readonly property color ink: [Theme.textMuted, Theme.accent, Theme.success, Theme.warning, Theme.danger][kind]

    implicitWidth: Math.ceil(words.implicitWidth) + words.indent + Theme.space8 * 2
    implicitHeight: Math.round(Theme.caption * 1.75)
    radius: height / 2
    color: kind === Badge.Accent ? Theme.accentSoft : Theme.hover
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: line

        anchors.centerIn: parent
        spacing: Theme.space4

        Icon {
            id: drawing

            visible: badge.symbol !== ""
            anchors.verticalCenter: parent.verticalCenter
            path: badge.symbol
            color: badge.ink
            size: Math.round(14 * Theme.textScale)
        }

        Label {
            id: words

            readonly property real indent: drawing.visible ? drawing.size + Theme.space4 : 0

            width: Math.min(Math.ceil(implicitWidth), Math.max(0, badge.width - indent - Theme.space8 * 2))
            text: badge.text
            color: badge.ink
            font.pixelSize: Theme.caption
            font.weight: Font.Medium
            Accessible.ignored: true
        }
    }
}
