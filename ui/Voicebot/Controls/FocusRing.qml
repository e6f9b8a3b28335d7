pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Shows where the keyboard is: a ring around its parent, with a gap, so that it is seen on a filled control too.
Rectangle {
    property bool shown: false
    property real gap: 2
    property real cornerRadius: Theme.radius

    anchors.fill: parent
    anchors.margins: -gap - border.width
    visible: shown
    radius: cornerRadius + gap + border.width
    color: "transparent"
    border.width: 2
    border.color: Theme.focus
    Accessible.ignored: true
}
