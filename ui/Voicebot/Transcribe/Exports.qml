pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What can be done with the whole text: copied, or written beside the recording.
Flow {
    id: row

    required property var app
    readonly property var list: app.transcriptionList

    spacing: Theme.space8

    PushButton {
        text: qsTr("Copy")
        Accessible.name: qsTr("Copy the whole text")
        symbol: Icons.copy
        onClicked: row.app.copyText(row.list.copied())
    }

    PushButton {
        id: exporting

        enabled: row.list.exportable
        text: qsTr("Export")
        symbol: Icons.exportFile
        onClicked: menu.popup(exporting, 0, exporting.height)
    }

    Menu {
        id: menu

        label: qsTr("Export")

        MenuItem {
            text: qsTr("Text")
            onTriggered: row.list.export("txt")
        }

        MenuItem {
            text: qsTr("Subtitles (SRT)")
            onTriggered: row.list.export("srt")
        }

        MenuItem {
            text: qsTr("Subtitles (WebVTT)")
            onTriggered: row.list.export("vtt")
        }

        MenuItem {
            text: "JSON"
            onTriggered: row.list.export("json")
        }
    }
}
