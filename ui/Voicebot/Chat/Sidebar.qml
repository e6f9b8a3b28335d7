pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// The conversations, to be searched through and gone on with.
Rectangle {
    id: sidebar

    required property var app
    readonly property var list: app.conversationList

    signal opened
    signal newConversation
    signal exportWanted(int number, string kind)

    color: Theme.surfaceSunken

    Column {
        id: tools

        x: Theme.space12
        y: Theme.space12
        width: parent.width - Theme.space24
        spacing: Theme.space12

        PushButton {
            width: parent.width
            text: qsTr("New conversation")
            symbol: Icons.plus
            onClicked: sidebar.newConversation()
        }

        TextInputField {
            id: search

            width: parent.width
            label: qsTr("Search everything said")
            placeholder: qsTr("Search")
            symbol: Icons.search
            onEdited: sidebar.list.query = text
        }
    }

    ListView {
        id: rows

        anchors.top: tools.bottom
        anchors.topMargin: Theme.space12
        anchors.bottom: parent.bottom
        width: parent.width
        leftMargin: Theme.space8
        rightMargin: Theme.space8
        clip: true
        model: sidebar.list
        spacing: 2
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversations")

        T.ScrollBar.vertical: ScrollBar {}

        delegate: ConversationRow {
            width: rows.width - Theme.space16
            chosen: number === sidebar.list.current
            searching: sidebar.list.query !== ""
            onOpen: {
                sidebar.app.openConversation(number);
                sidebar.opened();
            }
            onRename: title => sidebar.list.rename(number, title)
            onPin: sidebar.list.pin(number, !pinned)
            onRemove: sidebar.list.remove(number)
            onExportWanted: kind => sidebar.exportWanted(number, kind)
        }

        Caption {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.space24
            width: parent.width - Theme.space32
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            visible: rows.count === 0
            text: sidebar.list.query !== "" ? qsTr("Nothing like that was said") : qsTr("What you talk about stands here")
            color: Theme.textMuted
        }
    }

    function searchNow(): void {
        search.forceActiveFocus();
        search.selectAll();
    }
}
