pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What documents are for, and adding them: to the collection that is shown, or to a first one.
Card {
    id: card

    required property var documents
    property bool empty: false
    property string service: ""
    readonly property var dialog: chooser.item

    // A dialog brings libraries of its own: it is loaded when it is first wanted, and so has no type here.
    function choose(file: string): void {
        chooser.active = false;
        chooser.source = file;
        chooser.active = true;
    }

    function takeFocus(): void {
        files.forceActiveFocus(Qt.OtherFocusReason);
    }

    Component.onDestruction: dialog?.close()

    contentItem: Column {
        spacing: Theme.space12

        Body {
            width: parent.width
            text: card.empty ? qsTr("Ask about your own files, and hear the answer with the page on which it stands.") : qsTr("Drop files and folders anywhere on this window, or choose them. They stay where they are.")
            color: card.empty ? Theme.text : Theme.textMuted
        }

        Body {
            width: parent.width
            visible: card.empty
            text: qsTr("It works without a model and without a network: passages are found by their words. Drop files and folders anywhere on this window, or choose them. They stay where they are.")
            color: Theme.textMuted
        }

        Flow {
            width: parent.width
            spacing: Theme.space8

            PushButton {
                id: files

                text: qsTr("Add files")
                Accessible.name: card.documents.shown !== "" ? qsTr("Add files to %1").arg(card.documents.shown) : text
                kind: PushButton.Primary
                symbol: Icons.plus
                onClicked: card.choose("FileChooser.qml")
            }

            PushButton {
                text: qsTr("Add a folder")
                Accessible.name: card.documents.shown !== "" ? qsTr("Add a folder to %1").arg(card.documents.shown) : text
                symbol: Icons.folder
                onClicked: card.choose("FolderChooser.qml")
            }

            PushButton {
                visible: !card.empty
                text: qsTr("New collection")
                kind: PushButton.Quiet
                onClicked: naming.ask("")
            }
        }

        Caption {
            width: parent.width
            visible: text !== ""
            text: card.service !== "" ? DocumentWords.sent(card.service) : card.empty ? qsTr("Nothing of them leaves this machine.") : ""
            wrapMode: Text.Wrap
            color: card.service !== "" ? Theme.warning : Theme.textMuted
        }

        Caption {
            width: parent.width
            text: qsTr("PDF, Word, PowerPoint, Excel, CSV, EPUB, HTML, Markdown and plain text")
            wrapMode: Text.Wrap
        }
    }

    NewCollection {
        id: naming

        documents: card.documents
    }

    Loader {
        id: chooser

        active: false
        onLoaded: card.dialog.open()
    }

    Connections {
        target: chooser.item
        ignoreUnknownSignals: true

        function onAccepted(): void {
            card.documents.add(card.documents.shown, card.dialog.chosen);
        }
    }
}
