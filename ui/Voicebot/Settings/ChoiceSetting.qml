pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One of a list of {value, text}, by its name "group.key". A value that is not on the list, such as a microphone that
// is not plugged in, stays chosen and is shown as it is.
SettingRow {
    id: row

    required property var settings
    required property string name
    required property var options
    readonly property var value: settings.values[name.replace(".", "_")]
    readonly property var all: options.some(one => one.value === value) ? options : [...options,
        {
            value: value,
            text: String(value ?? "")
        }]

    fault: settings.faults[name] ?? ""
    locked: settings.overridden.includes(name)

    Choice {
        width: Math.min(260 * Theme.textScale, row.width)
        label: row.label
        description: row.description
        model: row.all
        textRole: "text"
        currentIndex: row.all.findIndex(one => one.value === row.value)
        onActivated: index => row.settings.set(row.name, row.all[index].value)
    }
}
