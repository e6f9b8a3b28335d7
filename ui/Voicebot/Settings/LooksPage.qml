pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Colours, language, the size of the text, motion, and what stays when the window is closed.
Column {
    id: page

    required property var app
    readonly property var look: app.look
    readonly property real room: width - Theme.space32 - 150 * Theme.textScale

    spacing: Theme.space24

    Section {
        title: qsTr("Looks")

        SettingRow {
            label: qsTr("Colours")

            Segmentation {
                room: page.room
                label: qsTr("Colours")
                value: page.look.theme
                options: [
                    {
                        value: "system",
                        text: qsTr("System"),
                        symbol: Icons.monitor
                    },
                    {
                        value: "light",
                        text: qsTr("Light"),
                        symbol: Icons.sun
                    },
                    {
                        value: "dark",
                        text: qsTr("Dark"),
                        symbol: Icons.moon
                    }
                ]
                onChosen: value => page.look.theme = value
            }
        }

        SettingRow {
            label: qsTr("Language")

            Segmentation {
                room: page.room
                label: qsTr("Language of the screen")
                value: page.look.language
                options: [
                    {
                        value: "system",
                        text: qsTr("System's")
                    },
                    {
                        value: "en",
                        text: "English"
                    },
                    {
                        value: "ko",
                        text: "한국어"
                    }
                ]
                onChosen: value => page.look.language = value
            }
        }

        SettingRow {
            label: qsTr("Size of the text")

            Segmentation {
                room: page.room
                label: qsTr("Size of the text")
                value: page.look.textSize
                options: [0.9, 1, 1.15, 1.3, 1.5].map(size => ({
                            value: size,
                            text: qsTr("%1 %").arg(Math.round(size * 100))
                        }))
                onChosen: value => page.look.textSize = value
            }
        }

        Switch {
            width: parent.width
            text: qsTr("Less motion")
            description: qsTr("Nothing moves when it changes")
            checked: page.look.reducedMotion
            onToggled: page.look.reducedMotion = checked
        }
    }

    Section {
        title: qsTr("When the window is closed")

        SwitchSetting {
            settings: page.app.settings
            name: "desktop.tray"
            text: qsTr("Stay in the tray")
        }

        SwitchSetting {
            settings: page.app.settings
            name: "desktop.bar"
            text: qsTr("A small bar stays on top")
        }
    }

    Section {
        title: qsTr("When the computer starts")
        visible: page.app.canStartAtLogin

        SwitchSetting {
            settings: page.app.settings
            name: "desktop.autostart"
            text: qsTr("Start Voicebot too")
            description: qsTr("Quietly, in the tray, where the desktop has one")
        }
    }
}
