pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One of a few side by side, or in a list where there is no room for them.
Item {
    id: control

    required property string label
    required property var options
    property var value
    // The width that there is; what is not needed is left free.
    required property real room

    // What the longest words take.
    property real cell: 118

    signal chosen(value: var)

    readonly property bool tight: options.length * cell * Theme.textScale > room

    width: Math.min(room, tight ? 260 * Theme.textScale : options.length * cell * Theme.textScale)
    height: tight ? list.height : beside.height

    Segmented {
        id: beside

        visible: !control.tight
        width: control.width
        label: control.label
        options: control.options
        value: control.value
        onChosen: value => control.chosen(value)
    }

    Choice {
        id: list

        visible: control.tight
        width: control.width
        label: control.label
        model: control.options
        textRole: "text"
        currentIndex: control.options.findIndex(one => one.value === control.value)
        onActivated: index => control.chosen(control.options[index].value)
    }
}
