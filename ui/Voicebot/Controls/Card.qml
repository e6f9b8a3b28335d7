pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// Things that belong together, on a sheet.
T.Pane {
    id: card

    property bool raised: false

    padding: Theme.space16
    implicitWidth: contentWidth + leftPadding + rightPadding
    implicitHeight: contentHeight + topPadding + bottomPadding

    background: Rectangle {
        radius: Theme.radiusLarge
        color: card.raised ? Theme.surfaceRaised : Theme.surface
        border.width: 1
        border.color: Theme.border
    }
}
