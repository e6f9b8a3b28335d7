pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Voicebot.Controls
import Voicebot.Settings
import Voicebot.Theme

// Above the conversation: the list at the side, who answers, hands-free, mute, and the settings.
Item {
    id: header

    required property var app
    required property bool narrow
    required property bool sidebarShown
    readonly property var talk: app.talkState

    signal toggleSidebar
    signal newConversation
    signal transcribe
    signal lab
    signal documents
    signal settings
    signal thinking

    implicitHeight: Theme.touchHeight + Theme.space12

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space8
        anchors.rightMargin: Theme.space8
        spacing: Theme.space4

        IconButton {
            symbol: Icons.menu
            label: qsTr("Conversations")
            onClicked: header.toggleSidebar()
        }

        IconButton {
            visible: !header.sidebarShown
            symbol: Icons.plus
            label: qsTr("New conversation")
            onClicked: header.newConversation()
        }

        PushButton {
            id: brain

            readonly property string coming: header.app.engineList.preparing.llm
            readonly property string used: header.app.engineList.used.llm

            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth
            visible: text !== ""
            kind: PushButton.Quiet
            quietInk: Theme.textMuted
            text: coming !== "" && coming !== used ? qsTr("%1 gets ready…").arg(EngineWords.short(coming)) : EngineWords.short(used)
            Accessible.name: qsTr("Answers: %1").arg(text)
            onClicked: header.thinking()
        }

        Item {
            Layout.fillWidth: true
        }

        Body {
            visible: !header.narrow
            text: qsTr("Hands-free")
            wrapMode: Text.NoWrap
            verticalAlignment: Text.AlignVCenter
            lineHeight: 1
            color: Theme.textMuted
            Accessible.ignored: true
        }

        Switch {
            visible: !header.narrow
            Accessible.name: qsTr("Hands-free")
            checked: header.talk.handsFree
            onToggled: header.talk.handsFree = checked
        }

        IconButton {
            symbol: header.talk.muted ? Icons.microphoneOff : Icons.microphone
            label: header.talk.muted ? qsTr("Unmute the microphone") : qsTr("Mute the microphone")
            checked: header.talk.muted
            danger: header.talk.muted
            onClicked: header.talk.muted = !header.talk.muted
        }

        // In a narrow window the chip below the conversation leads there.
        IconButton {
            visible: !header.narrow
            symbol: Icons.library
            label: qsTr("Documents")
            shortcut: "Ctrl+D"
            onClicked: header.documents()
        }

        IconButton {
            symbol: Icons.document
            label: qsTr("Transcribe recordings")
            shortcut: "Ctrl+T"
            onClicked: header.transcribe()
        }

        IconButton {
            symbol: Icons.lab
            label: qsTr("Lab: compare recognisers and voices")
            shortcut: "Ctrl+B"
            onClicked: header.lab()
        }

        IconButton {
            symbol: Icons.settings
            label: qsTr("Settings")
            shortcut: "Ctrl+,"
            onClicked: header.settings()
        }
    }
}
