pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Small words beside something larger.
Label {
    color: Theme.textMuted
    font.pixelSize: Theme.caption
}
