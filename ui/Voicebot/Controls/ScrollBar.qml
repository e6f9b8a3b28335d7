pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A thin bar that is there while something moves.
T.ScrollBar {
    id: bar

    readonly property bool awake: active || hovered || pressed || policy === T.ScrollBar.AlwaysOn

    implicitWidth: horizontal ? 40 : 10
    implicitHeight: horizontal ? 10 : 40
    padding: 2
    minimumSize: 0.06
    hoverEnabled: true
    visible: policy !== T.ScrollBar.AlwaysOff && size < 1
    Accessible.ignored: true

    contentItem: Rectangle {
        radius: Math.min(width, height) / 2
        color: bar.pressed || bar.hovered ? Theme.textMuted : Theme.borderStrong
        opacity: bar.awake ? 1 : 0

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.calm
            }
        }
    }
}
