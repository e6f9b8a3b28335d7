pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A few words about the control under the pointer or the keyboard, and the shortcut that does the same.
T.ToolTip {
    id: tip

    property string shortcut: ""

    y: parent ? parent.height + Theme.space8 : 0
    x: parent ? Math.round((parent.width - width) / 2) : 0
    margins: Theme.space8
    padding: Theme.space8
    leftPadding: Theme.space12
    rightPadding: Theme.space12
    implicitWidth: Math.min(360 * Theme.textScale, Math.ceil(line.implicitWidth) + leftPadding + rightPadding)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    delay: Theme.hintDelay
    enabled: false // or it would take the click from what lies below it
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

    contentItem: Item {
        implicitHeight: words.implicitHeight

        Row {
            id: line

            spacing: Theme.space12

            Text {
                id: words

                width: Math.min(implicitWidth, 336 * Theme.textScale - (keys.visible ? keys.implicitWidth + Theme.space12 : 0))
                text: tip.text
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: Theme.text
                font.pixelSize: Theme.caption
            }

            Text {
                id: keys

                visible: tip.shortcut !== ""
                text: tip.shortcut
                textFormat: Text.PlainText
                color: Theme.textMuted
                font.pixelSize: Theme.caption
            }
        }
    }

    background: Elevation {
        radius: Theme.radiusSmall
    }

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.quick
        }
    }
    exit: Transition {
        NumberAnimation {
            property: "opacity"
            to: 0
            duration: Theme.quick
        }
    }
}
