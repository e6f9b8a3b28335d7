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

    // Qt's own renderer draws a shape all the same where it is clipped away entirely; a picture it does not.
    Loader {
        sourceComponent: icon.GraphicsInfo.api === GraphicsInfo.Unknown ? null : icon.GraphicsInfo.api === GraphicsInfo.Software ? picture : shape
    }

    Component {
        id: shape

        Shape {
            width: icon.size
            height: icon.size
            preferredRendererType: Shape.CurveRenderer

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

    Component {
        id: picture

        Canvas {
            readonly property string drawn: [icon.path, icon.color, icon.stroke].join()

            width: icon.size
            height: icon.size
            onDrawnChanged: requestPaint()
            onPaint: {
                const context = getContext("2d");
                const scale = icon.size / Icons.grid;
                context.reset();
                context.lineCap = "round";
                context.lineJoin = "round";
                context.strokeStyle = icon.color;
                context.scale(scale, scale);
                context.lineWidth = icon.stroke / scale;
                context.path = icon.path;
                context.stroke();
            }
        }
    }
}
