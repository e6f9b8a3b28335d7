pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// None of the documents, or one collection of them; whether nothing else may be said; and who gets to know.
Menu {
    id: choices

    required property var app
    readonly property var documents: app.documentList
    readonly property var names: documents.collections.map(one => one.name)
    property bool wasAsked: false
    readonly property string note: wasAsked ? DocumentWords.sent(DocumentWords.service(app.engineList)) : ""

    signal manage

    label: qsTr("Documents in the conversation")

    // Not before, since it looks for every engine.
    onAboutToShow: wasAsked = true

    MenuItem {
        text: qsTr("No documents")
        checkable: true
        checked: choices.documents.on === ""
        onTriggered: {
            choices.documents.use("");
            checked = Qt.binding(() => choices.documents.on === "");
        }
    }

    MenuSeparator {}

    MenuItem {
        text: qsTr("Only from my documents")
        checkable: true
        checked: choices.documents.only
        onTriggered: {
            choices.documents.keepTo(checked);
            checked = Qt.binding(() => choices.documents.only);
        }
    }

    MenuItem {
        text: qsTr("Manage…")
        symbol: Icons.library
        shortcut: "Ctrl+D"
        onTriggered: choices.manage()
    }

    Note {
        visible: text !== ""
        text: choices.note
    }

    Instantiator {
        model: choices.names
        onObjectAdded: (index, object) => choices.insertItem(1 + index, object as MenuItem)
        onObjectRemoved: (index, object) => choices.removeItem(object as MenuItem)

        delegate: MenuItem {
            required property string modelData

            text: modelData
            checkable: true
            checked: choices.documents.on === modelData
            onTriggered: {
                choices.documents.use(modelData);
                checked = Qt.binding(() => choices.documents.on === modelData);
            }
        }
    }

    component Note: Item {
        id: note

        required property string text

        implicitWidth: 280 * Theme.textScale
        implicitHeight: visible ? words.implicitHeight + Theme.space12 : 0
        height: implicitHeight
        Accessible.role: Accessible.StaticText
        Accessible.name: text

        Caption {
            id: words

            x: Theme.space12
            y: Theme.space4
            width: parent.width - Theme.space24
            text: note.text
            wrapMode: Text.Wrap
            color: Theme.warning
            Accessible.ignored: true
        }
    }
}
