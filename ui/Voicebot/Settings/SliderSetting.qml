pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// A number, by its name "group.key"; `format` says how a person reads it.
SettingRow {
    id: row

    required property var settings
    required property string name
    required property var format
    property alias from: slider.from
    property alias to: slider.to
    property alias stepSize: slider.stepSize

    readonly property real value: settings.values[name.replace(".", "_")] ?? from

    fault: settings.faults[name] ?? ""
    locked: settings.overridden.includes(name)

    Row {
        spacing: Theme.space12

        Slider {
            id: slider

            width: Math.min(200 * Theme.textScale, Math.max(120, row.width - 116 * Theme.textScale))
            label: row.label
            value: row.value
            valueText: row.format(value)
            snapMode: Slider.SnapAlways
            onMoved: row.settings.set(row.name, Math.round(value * 1000) / 1000)
        }

        Label {
            width: 92 * Theme.textScale
            anchors.verticalCenter: parent.verticalCenter
            text: row.format(row.value)
            color: Theme.textMuted
            Accessible.ignored: true
        }
    }
}
