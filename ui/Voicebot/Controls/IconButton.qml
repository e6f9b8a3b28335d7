pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// A button that is only a drawing. `label` names it for screen readers and in its tooltip.
Pressable {
    id: control

    required property string symbol
    required property string label
    property bool danger: false
    property bool accented: false
    property real size: Theme.controlHeight
    property real iconSize: Theme.iconSize

    readonly property color ink: {
        if (accented)
            return Theme.textOnAccent;
        if (danger && (hovered || pressed || visualFocus))
            return Theme.danger;
        return checked ? Theme.accent : hovered || pressed ? Theme.text : Theme.textMuted;
    }
    readonly property color fill: {
        if (accented)
            return pressed ? Theme.accentPressed : hovered ? Theme.accentHover : Theme.accent;
        if (pressed)
            return Theme.pressed;
        return hovered ? Theme.hover : checked ? Theme.accentSoft : "transparent";
    }

    implicitWidth: size
    implicitHeight: size
    text: label
    hint: label

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            path: control.symbol
            color: control.ink
            size: control.iconSize
        }
    }

    background: Rectangle {
        radius: control.cornerRadius
        color: control.fill

        Behavior on color {
            ColorAnimation {
                duration: Theme.quick
            }
        }
    }
}
