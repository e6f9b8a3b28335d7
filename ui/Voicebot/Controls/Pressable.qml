pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// What every button shares: Enter presses it, the keyboard's place is shown, words that do not fit are in a tooltip.
T.AbstractButton {
    id: control

    property string hint: ""
    property string shortcut: ""
    property string description: ""
    property real cornerRadius: Theme.radius

    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    Accessible.checkable: checkable
    Accessible.checked: checked

    Keys.onReturnPressed: event => pressOnce(event)
    Keys.onEnterPressed: event => pressOnce(event)

    function pressOnce(event: var): void {
        if (!event.isAutoRepeat)
            click();
    }

    FocusRing {
        shown: control.visualFocus
        cornerRadius: control.cornerRadius
    }

    Hint {
        text: control.hint
        shortcut: control.shortcut
        wanted: control.enabled && !control.pressed && (control.hovered || control.visualFocus)
    }
}
