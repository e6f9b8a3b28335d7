pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// The name of a section.
Label {
    font.pixelSize: Theme.heading
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
