pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// One conversation in the list: its title, where the search found it, and what can be done with it.
T.ItemDelegate {
    id: row

    required property int number
    required property string title
    required property string excerpt
    required property bool pinned
    required property string when
    property bool chosen: false
    property bool searching: false
    property bool renaming: false

    signal open
    signal rename(string title)
    signal pin
    signal remove
    signal exportWanted(string kind)

    implicitHeight: renaming ? editor.implicitHeight + Theme.space8 : words.implicitHeight + Theme.space12
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(title).arg(when)
    Accessible.selected: chosen
    onClicked: if (!renaming)
        open()
    Keys.onReturnPressed: open()
    Keys.onDeletePressed: if (!renaming)
        remove()
    Keys.onMenuPressed: menu.popup()

    background: Rectangle {
        radius: Theme.radius
        color: row.chosen ? Theme.accentSoft : row.hovered || row.visualFocus ? Theme.hover : "transparent"

        FocusRing {
            shown: row.visualFocus
            gap: -2
        }
    }

    contentItem: Item {
        Column {
            id: words

            visible: !row.renaming
            x: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - Theme.space12 - more.width
            spacing: 2

            Row {
                width: parent.width
                spacing: Theme.space4

                Icon {
                    id: mark

                    visible: row.pinned
                    anchors.verticalCenter: parent.verticalCenter
                    path: Icons.pin
                    size: 14
                    color: Theme.accent
                }

                Label {
                    width: parent.width - (mark.visible ? mark.width + Theme.space4 : 0)
                    text: row.title
                    elide: Text.ElideRight
                }
            }

            Text {
                width: parent.width
                text: row.searching ? row.excerpt : row.when
                textFormat: Text.StyledText
                elide: Text.ElideRight
                maximumLineCount: 1
                color: Theme.textMuted
                font.pixelSize: Theme.caption
            }
        }

        // What is not opaque itself is hidden from screen readers; what stands in it is not.
        Item {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: more.width
            height: more.height
            visible: !row.renaming
            opacity: row.hovered || row.chosen || more.visualFocus || menu.visible ? 1 : 0

            IconButton {
                id: more

                symbol: Icons.more
                label: qsTr("More about %1").arg(row.title)
                iconSize: 16
                onClicked: menu.popup(more, 0, more.height)
            }
        }

        TextInputField {
            id: editor

            width: parent.width
            anchors.verticalCenter: parent.verticalCenter
            visible: row.renaming
            label: qsTr("Title")
            onAccepted: {
                row.renaming = false;
                row.rename(text);
            }
            Keys.onEscapePressed: row.renaming = false
            // Else the row would take the same key, and open.
            Keys.onReturnPressed: event => event.accepted = true
            Keys.onEnterPressed: event => event.accepted = true
        }
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: menu.popup()
    }

    Menu {
        id: menu

        label: row.title

        MenuItem {
            text: qsTr("Rename")
            symbol: Icons.edit
            onTriggered: {
                editor.text = row.title;
                row.renaming = true;
                editor.forceActiveFocus();
                editor.selectAll();
            }
        }

        MenuItem {
            text: row.pinned ? qsTr("Unpin") : qsTr("Pin to the top")
            symbol: row.pinned ? Icons.unpin : Icons.pin
            onTriggered: row.pin()
        }

        MenuItem {
            text: qsTr("Export as Markdown")
            symbol: Icons.exportFile
            onTriggered: row.exportWanted("markdown")
        }

        MenuItem {
            text: qsTr("Export as JSON")
            symbol: Icons.exportFile
            onTriggered: row.exportWanted("json")
        }

        MenuItem {
            text: qsTr("Export with the recordings")
            symbol: Icons.exportFile
            onTriggered: row.exportWanted("folder")
        }

        MenuSeparator {}

        MenuItem {
            text: qsTr("Delete")
            symbol: Icons.trash
            danger: true
            onTriggered: row.remove()
        }
    }
}
