pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// The surface of what floats above the window: a raised sheet with a soft shadow that needs no shader.
Rectangle {
    id: sheet

    color: Theme.surfaceRaised
    radius: Theme.radius
    border.width: 1
    border.color: Theme.border

    Repeater {
        model: 8

        Rectangle {
            required property int index
            readonly property int spread: 1 + index * 2

            z: -1
            x: -spread
            y: -spread + 4
            width: sheet.width + spread * 2
            height: sheet.height + spread * 2
            radius: sheet.radius + spread
            color: Theme.shadow
        }
    }
}
