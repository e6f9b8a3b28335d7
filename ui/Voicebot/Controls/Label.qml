pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Plain words. Where they do not fit they are elided, and shown whole under the pointer.
Text {
    id: label

    textFormat: Text.PlainText
    color: Theme.text
    elide: Text.ElideRight
    font.pixelSize: Theme.body
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    HoverHandler {
        id: pointer

        enabled: label.truncated
    }

    Hint {
        text: label.text
        wanted: pointer.hovered && label.truncated
    }
}
