pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Which voice speaks a language, and a sentence of it to hear.
SettingRow {
    id: row

    required property var app
    required property string name
    required property string language
    required property var voices
    readonly property string value: app.settings.values[name.replace(".", "_")] ?? ""
    readonly property var all: voices.some(one => one.id === value) ? voices : [...voices,
        {
            id: value,
            name: value
        }]

    locked: app.settings.overridden.includes(name)

    Row {
        spacing: Theme.space8

        Choice {
            id: choice

            width: Math.min(220 * Theme.textScale, row.width - hear.width - Theme.space8)
            label: row.label
            model: row.all.map(one => one.name || qsTr("The engine's choice"))
            currentIndex: row.all.findIndex(one => one.id === row.value)
            onActivated: index => row.app.settings.set(row.name, row.all[index].id)
        }

        IconButton {
            id: hear

            symbol: Icons.play
            label: qsTr("Hear the voice: %1").arg(row.label)
            onClicked: row.app.voiceList.preview(row.language, row.value)
        }
    }
}
