pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A sound level in dBFS, from -60 to 0. Close to the top it warns: there the sound is cut off.
T.ProgressBar {
    id: control

    required property string label
    property real level: -60
    property color color: Theme.accent
    readonly property bool clipping: level > -3

    implicitWidth: 160
    implicitHeight: 8
    from: -60
    to: 0
    value: Math.max(from, Math.min(to, level))
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label
    Accessible.description: level <= from ? qsTr("silent") : clipping ? qsTr("too loud") : qsTr("%1 dB").arg(Math.round(level))

    background: Rectangle {
        radius: height / 2
        color: Theme.border
    }

    contentItem: Item {
        Rectangle {
            width: parent.width * control.position
            height: parent.height
            radius: height / 2
            color: control.clipping ? Theme.danger : control.color
        }
    }
}
