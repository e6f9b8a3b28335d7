pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Running text: wraps, and keeps its lines even where two scripts meet.
Label {
    wrapMode: Text.Wrap
    lineHeightMode: Text.FixedHeight
    lineHeight: Math.round(font.pixelSize * Theme.lineHeight)
}
