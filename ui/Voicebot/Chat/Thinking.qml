pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Three dots that breathe while the answer is thought of; still when motion is reduced.
Row {
    id: dots

    spacing: Theme.space8
    topPadding: Theme.space8
    bottomPadding: Theme.space8
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Thinking")

    Repeater {
        model: 3

        delegate: Rectangle {
            id: dot

            required property int index

            width: 7
            height: 7
            radius: 3.5
            color: Theme.textMuted
            opacity: 0.5

            SequentialAnimation on opacity {
                running: dots.visible && !Theme.reducedMotion
                loops: Animation.Infinite

                PauseAnimation {
                    duration: dot.index * 160
                }

                NumberAnimation {
                    to: 1
                    duration: 400
                    easing.type: Easing.InOutSine
                }

                NumberAnimation {
                    to: 0.35
                    duration: 500
                    easing.type: Easing.InOutSine
                }

                PauseAnimation {
                    duration: (2 - dot.index) * 160
                }
            }
        }
    }
}
