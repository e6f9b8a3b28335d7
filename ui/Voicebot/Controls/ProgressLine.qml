pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// How far something has come; with `indeterminate`, that it is under way.
T.ProgressBar {
    id: control

    required property string label

    implicitWidth: 220
    implicitHeight: 6
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label

    background: Rectangle {
        radius: height / 2
        color: Theme.border
    }

    contentItem: Item {
        clip: true

        Rectangle {
            id: part

            readonly property bool moving: control.indeterminate && control.visible && !Theme.reducedMotion

            width: control.indeterminate ? parent.width * (Theme.reducedMotion ? 1 : 0.3) : parent.width * control.position
            height: parent.height
            radius: height / 2
            color: Theme.accent
            opacity: control.indeterminate && Theme.reducedMotion ? 0.5 : 1

            onMovingChanged: if (!moving)
                x = 0

            XAnimator on x {
                running: part.moving
                from: -part.width
                to: control.width
                duration: 1400
                loops: Animation.Infinite
            }
        }
    }
}
