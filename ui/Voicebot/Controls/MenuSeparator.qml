pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A line between groups of a menu.
T.MenuSeparator {
    implicitWidth: 0
    implicitHeight: 9
    topPadding: 4
    bottomPadding: 4
    leftPadding: Theme.space8
    rightPadding: Theme.space8
    Accessible.role: Accessible.Separator

    contentItem: Rectangle {
        implicitHeight: 1
        color: Theme.border
    }
}
