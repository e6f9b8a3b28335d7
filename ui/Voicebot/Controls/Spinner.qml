pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Voicebot.Theme

// That something is under way. It stands still when motion is reduced, and costs nothing while hidden.
Item {
    id: spinner

    required property string label
    property bool running: true
    property color color: Theme.accent
    property real size: Theme.iconSize
    readonly property bool turning: visible && !Theme.reducedMotion

    implicitWidth: size
    implicitHeight: size
    visible: running
    Accessible.role: Accessible.Indicator
    Accessible.name: label

    Shape {
        id: arc

        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: spinner.color
            strokeWidth: 2
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: spinner.width / 2
                centerY: spinner.height / 2
                radiusX: spinner.width / 2 - 2
                radiusY: radiusX
                startAngle: -90
                sweepAngle: 260
            }
        }

        RotationAnimator on rotation {
            running: spinner.turning
            from: 0
            to: 360
            duration: 1100
            loops: Animation.Infinite
        }
    }
}
