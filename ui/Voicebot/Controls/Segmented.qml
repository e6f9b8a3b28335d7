pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// One of a few, side by side. `options` is a list of {value, text, symbol}, the symbol optional. What is chosen is told
// by `chosen`; `value` is what the owner says it is.
FocusScope {
    id: control

    required property string label
    required property var options
    property var value

    readonly property int index: options.findIndex(option => option.value === value)
    readonly property real cell: options.length > 0 ? (width - 6) / options.length : 0

    signal chosen(value: var)

    function step(by: int): void {
        const next = Math.max(0, Math.min(options.length - 1, index + by));
        if (next !== index)
            chosen(options[next].value);
        const segment = segments.itemAt(next);
        if (segment)
            segment.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: widest() * options.length + 6
    implicitHeight: Theme.controlHeight + 6
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Grouping
    Accessible.name: label
    Keys.onLeftPressed: step(-1)
    Keys.onUpPressed: step(-1)
    Keys.onRightPressed: step(1)
    Keys.onDownPressed: step(1)

    function widest(): real {
        let width = 0;
        for (let at = 0; at < segments.count; at++)
            width = Math.max(width, segments.itemAt(at)?.implicitWidth ?? 0);
        return width;
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius + 3
        color: Theme.surfaceSunken
        border.width: 1
        border.color: Theme.border
    }

    Row {
        x: 3
        y: 3

        Repeater {
            id: segments

            model: control.options

            Pressable {
                id: segment

                required property var modelData
                required property int index
                readonly property bool current: index === control.index

                width: control.cell
                implicitWidth: words.implicitWidth + words.indent + Theme.space16 * 2
                height: Theme.controlHeight
                text: modelData.text
                hint: words.truncated ? text : ""
                opacity: 1
                z: visualFocus ? 1 : 0
                focus: current
                focusPolicy: current || (control.index < 0 && index === 0) ? Qt.TabFocus : Qt.NoFocus
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: current
                onClicked: if (!current)
                    control.chosen(modelData.value)

                background: Rectangle {
                    radius: Theme.radius
                    color: segment.current ? Theme.surfaceRaised : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.current ? 1.5 : 0
                    border.color: Theme.accent
                }

                contentItem: Item {
                    Icon {
                        id: drawing

                        visible: path !== ""
                        x: words.x - words.indent
                        anchors.verticalCenter: parent.verticalCenter
                        path: segment.modelData.symbol ?? ""
                        size: Math.round(18 * Theme.textScale)
                        color: words.color
                    }

                    Text {
                        id: words

                        readonly property real indent: drawing.visible ? drawing.size + Theme.space8 : 0
                        readonly property real room: parent.width - indent - Theme.space8 * 2

                        x: indent + Theme.space8 + Math.max(0, (room - width) / 2)
                        width: Math.max(0, Math.min(Math.ceil(implicitWidth), room))
                        anchors.verticalCenter: parent.verticalCenter
                        text: segment.text
                        textFormat: Text.PlainText
                        elide: Text.ElideRight
                        color: segment.current ? Theme.text : Theme.textMuted
                        font.pixelSize: Theme.body
                        font.weight: segment.current ? Font.Medium : Font.Normal
                    }
                }
            }
        }
    }
}
