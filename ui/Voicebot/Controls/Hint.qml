pragma ComponentBehavior: Bound

import QtQuick

// Makes a tooltip for its parent the first time one is wanted: a long list has none until then.
Loader {
    id: hint

    required property string text
    property string shortcut: ""
    property bool wanted: false

    active: false
    onWantedChanged: if (wanted && text !== "")
        active = true

    sourceComponent: ToolTip {
        parent: hint.parent
        text: hint.text
        shortcut: hint.shortcut
        visible: hint.wanted && hint.text !== ""
    }
}
