pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Which documents are on in the conversation; a click chooses.
Chip {
    id: chip

    required property var app
    readonly property var documents: app.documentList

    signal manage

    on: documents.on !== ""
    symbol: Icons.library
    trailing: Icons.chevronUp
    text: on ? documents.on : qsTr("No documents")
    words: on && documents.only ? qsTr("Only %1").arg(text) : text
    hint: on && documents.only ? qsTr("Answers only from: %1").arg(text) : truncated ? text : ""
    Accessible.name: on ? (documents.only ? qsTr("Answers only from: %1") : qsTr("Documents: %1")).arg(text) : text
    Accessible.description: qsTr("Chooses the documents that answers rest on")
    onClicked: menu.open()

    DocumentMenu {
        id: menu

        y: -height - Theme.space4
        app: chip.app
        onManage: chip.manage()
    }
}
