pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The files and folders that were added to the collection that is shown.
Column {
    id: list

    required property var documents
    readonly property var row: documents.collections.find(one => one.name === documents.shown) ?? ({})
    readonly property var found: row.sources ?? []

    spacing: Theme.space4

    Heading {
        width: parent.width
        text: qsTr("Files in %1").arg(list.documents.shown)
    }

    Repeater {
        model: list.found.length

        delegate: Item {
            id: source

            required property int index
            readonly property string path: list.found[index]?.path ?? ""
            readonly property bool isFile: list.found[index]?.file ?? false

            width: list.width
            implicitHeight: remove.height

            Icon {
                id: drawing

                anchors.verticalCenter: parent.verticalCenter
                path: source.isFile ? Icons.document : Icons.folder
                color: Theme.textMuted
                size: Math.round(18 * Theme.textScale)
            }

            Caption {
                anchors.left: drawing.right
                anchors.leftMargin: Theme.space8
                anchors.right: remove.left
                anchors.rightMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                text: source.path
                elide: Text.ElideMiddle
            }

            IconButton {
                id: remove

                anchors.right: parent.right
                symbol: Icons.close
                label: qsTr("Take out of the collection")
                Accessible.name: qsTr("%1: %2").arg(label).arg(source.path)
                onClicked: list.documents.removeSource(list.documents.shown, source.path)
            }
        }
    }

    Caption {
        width: parent.width
        visible: list.found.length === 0
        text: qsTr("Nothing is in it yet: add files or a folder.")
        wrapMode: Text.Wrap
    }
}
