pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One of several that may be chosen together. It is ticked by its owner.
PushButton {
    id: tick

    property bool ticked: false

    symbol: ticked ? Icons.check : Icons.plus
    width: Math.min(implicitWidth, parent?.width ?? implicitWidth)
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: ticked
}
