pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One collection: what is in it, whether it is on in the conversation, and what can be done with it.
Item {
    id: item

    required property var row
    required property bool shown

    signal open
    signal use(bool on)
    signal rename
    signal remove

    readonly property string name: row.name ?? ""
    readonly property string counts: [DocumentWords.files(row.documents ?? 0), (row.passages ?? 0) > 0 ? DocumentWords.passages(row.passages) : "", (row.waiting ?? 0) > 0 ? qsTr("%1 waiting").arg(row.waiting) : ""].filter(part => part !== "").join(" · ")

    function named(action: string): string {
        return qsTr("%1: %2").arg(action).arg(name);
    }

    implicitHeight: Math.max(words.height, buttons.height)

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: item.width - buttons.width - Theme.space8
        spacing: 2

        Label {
            width: parent.width
            text: item.name
            font.weight: item.shown ? Font.DemiBold : Font.Normal
        }

        Caption {
            width: parent.width
            text: item.counts
            wrapMode: Text.Wrap
        }

        Caption {
            width: parent.width
            visible: (item.row.failed ?? 0) > 0
            text: qsTr("%1 could not be read").arg(DocumentWords.files(item.row.failed ?? 0))
            wrapMode: Text.Wrap
            color: Theme.danger
        }

        TapHandler {
            onTapped: item.open()
        }
    }

    Row {
        id: buttons

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4

        Switch {
            anchors.verticalCenter: parent.verticalCenter
            Accessible.name: qsTr("On in the conversation: %1").arg(item.name)
            checked: item.row.on ?? false
            onToggled: {
                item.use(checked);
                checked = Qt.binding(() => item.row.on ?? false);
            }
        }

        IconButton {
            symbol: Icons.chevronRight
            label: qsTr("Show its files")
            Accessible.name: item.named(label)
            checked: item.shown
            onClicked: item.open()
        }

        IconButton {
            id: more

            symbol: Icons.more
            label: qsTr("More about %1").arg(item.name)
            onClicked: menu.popup(more, more.width - menu.implicitWidth, more.height)
        }
    }

    Menu {
        id: menu

        label: item.name

        MenuItem {
            text: qsTr("Rename")
            symbol: Icons.edit
            onTriggered: item.rename()
        }

        MenuItem {
            text: qsTr("Remove the collection")
            symbol: Icons.trash
            danger: true
            onTriggered: item.remove()
        }
    }
}
