pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A value on a line. `valueText` is how a person reads it: "1.2×", "40 %".
T.Slider {
    id: control

    required property string label
    property string valueText: ""

    implicitWidth: 220
    implicitHeight: Theme.controlHeight
    padding: 10
    live: true
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Slider
    Accessible.name: label
    Accessible.description: valueText

    background: Rectangle {
        x: control.leftPadding
        y: Math.round((control.height - height) / 2)
        width: control.availableWidth
        height: 4
        radius: 2
        color: Theme.borderStrong

        Rectangle {
            width: control.visualPosition * parent.width
            height: parent.height
            radius: 2
            color: Theme.accent
        }
    }

    handle: Rectangle {
        x: control.leftPadding + Math.round(control.visualPosition * control.availableWidth - width / 2)
        y: Math.round((control.height - height) / 2)
        width: 20
        height: 20
        radius: 10
        color: control.pressed ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent
        border.width: 3
        border.color: Theme.surfaceRaised

        FocusRing {
            shown: control.visualFocus
            gap: 0
            cornerRadius: 10
        }
    }

    Hint {
        parent: control.handle
        text: control.valueText
        wanted: control.pressed || control.visualFocus
    }
}
