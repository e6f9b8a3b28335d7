pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The collections, one of which can be on in the conversation.
Column {
    id: list

    required property var documents
    readonly property var found: documents.collections

    spacing: Theme.space8

    Heading {
        width: parent.width
        text: qsTr("Collections")
    }

    Caption {
        width: parent.width
        text: qsTr("Answers rest on the one that is switched on.")
        wrapMode: Text.Wrap
    }

    // Counted, so that a row stays the same item when its collection grows: a click is never lost.
    Repeater {
        model: list.found.length

        delegate: CollectionRow {
            required property int index

            width: list.width
            row: list.found[index] ?? ({})
            shown: list.documents.shown === name
            onOpen: list.documents.show(name)
            onUse: on => list.documents.use(on ? name : "")
            onRename: naming.ask(name)
            onRemove: removal.ask(name)
        }
    }

    NewCollection {
        id: naming

        documents: list.documents
    }

    Dialog {
        id: removal

        property string name: ""

        title: qsTr("Remove “%1”?").arg(name)
        text: qsTr("What was read of its files is forgotten. The files themselves stay where they are.")
        acceptText: qsTr("Remove")
        rejectText: qsTr("Keep it")
        danger: true
        onAccepted: list.documents.removeCollection(name)

        function ask(which: string): void {
            name = which;
            open();
        }
    }
}
