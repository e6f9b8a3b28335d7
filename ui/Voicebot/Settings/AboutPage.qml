pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The program itself: its version, and the licence of everything inside.
Column {
    id: page

    required property var app
    readonly property var about: app.about

    spacing: Theme.space24
    Component.onCompleted: about.refresh()

    Section {
        title: qsTr("Voicebot %1").arg(page.about.version)

        Body {
            width: parent.width
            text: qsTr("A voice assistant that works offline. Free software under the MIT licence.")
        }

        Body {
            width: parent.width
            text: qsTr("The window is drawn by Qt, under the LGPL, version 3: its libraries are files of their own, and you may put others in their place.")
            color: Theme.textMuted
        }

        PushButton {
            visible: page.about.hasTexts
            text: qsTr("Open the licences' texts")
            symbol: Icons.external
            onClicked: page.about.openTexts()
        }
    }

    Section {
        title: qsTr("What is new")
        visible: page.about.changes.length > 0

        Repeater {
            model: page.about.changes

            delegate: Body {
                required property string modelData

                width: parent?.width ?? 0
                text: `• ${modelData}`
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
            }
        }
    }

    Section {
        title: qsTr("What is inside")

        Repeater {
            model: page.about.parts

            delegate: Item {
                id: row

                required property var modelData

                width: parent?.width ?? 0
                height: Math.max(name.height, licence.height)
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1, %2").arg(name.text).arg(licence.text)

                Body {
                    id: name

                    width: row.width / 2 - Theme.space8
                    text: `${row.modelData.name} ${row.modelData.version}`
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }

                Caption {
                    id: licence

                    x: row.width / 2
                    width: row.width / 2
                    text: row.modelData.licence
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }
            }
        }
    }
}
