pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// The name of a screen or a dialog.
Label {
    font.pixelSize: Theme.title
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
