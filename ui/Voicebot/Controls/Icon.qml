pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Voicebot.Theme

// One drawing of `Icons`, stroked in one colour. The word that goes with it belongs to its control.
Item {
    id: icon

    required property string path
    property color color: Theme.text
    property real size: Theme.iconSize
    // Small drawings keep a line that can be seen.
    property real stroke: Math.max(1.4, Icons.stroke * size / Icons.grid)

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Shape {
        width: icon.size
        height: icon.size
        preferredRendererType: Shape.CurveRenderer
        // Qt's own renderer draws a shape that is clipped away entirely, unless it is a picture.
        layer.enabled: GraphicsInfo.api === GraphicsInfo.Software

        ShapePath {
            strokeColor: icon.color
            strokeWidth: icon.stroke
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(icon.size / Icons.grid, icon.size / Icons.grid)

            PathSvg {
                path: icon.path
            }
        }
    }
}
