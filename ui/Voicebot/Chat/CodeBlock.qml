pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// Code as it was written, with a button that copies it.
Rectangle {
    id: block

    required property string name
    required property string code
    required property string language

    signal copy

    implicitHeight: column.implicitHeight
    radius: Theme.radius
    color: Theme.codeBackground
    border.color: Theme.border

    Column {
        id: column

        width: parent.width

        Item {
            width: parent.width
            height: copyButton.height

            Caption {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.space12
                text: block.language || qsTr("code")
                color: Theme.textMuted
            }

            IconButton {
                id: copyButton

                anchors.right: parent.right
                symbol: Icons.copy
                label: qsTr("Copy the code")
                Accessible.name: block.name
                iconSize: 16
                onClicked: block.copy()
            }
        }

        Flickable {
            width: parent.width
            height: lines.implicitHeight + Theme.space12
            contentWidth: Math.max(width, lines.implicitWidth + Theme.space24)
            contentHeight: height
            clip: true
            flickableDirection: Flickable.HorizontalFlick
            boundsBehavior: Flickable.StopAtBounds

            T.ScrollBar.horizontal: ScrollBar {}

            TextEdit {
                id: lines

                x: Theme.space12
                readOnly: true
                selectByMouse: true
                activeFocusOnTab: false
                textFormat: TextEdit.PlainText
                text: block.code
                color: Theme.text
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                font.family: Theme.monospace
                font.pixelSize: Theme.caption
                Accessible.role: Accessible.StaticText
                Accessible.name: block.code
            }
        }
    }
}
