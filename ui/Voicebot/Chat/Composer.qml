pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Documents
import Voicebot.Theme

// Where the person speaks and types: what is going on in words, the text field, and the talk button.
Item {
    id: composer

    required property var app
    readonly property var talk: app.talkState
    readonly property bool busy: talk.state !== "idle"
    readonly property real column: Math.min(width - Theme.space16 * 2, 760 * Theme.textScale)
    property alias field: editor

    signal documents

    implicitHeight: content.implicitHeight + Theme.space12

    Column {
        id: content

        anchors.horizontalCenter: parent.horizontalCenter
        width: composer.column
        spacing: Theme.space8

        Row {
            width: parent.width
            spacing: Theme.space8

            TextEditor {
                id: editor

                anchors.bottom: parent.bottom
                anchors.bottomMargin: Math.max(0, (talkButton.height - Theme.touchHeight) / 2)
                width: parent.width - talkButton.width - act.width - Theme.space8 * 2
                label: qsTr("Message")
                placeholder: qsTr("Ask anything")
                onAccepted: composer.send()
            }

            IconButton {
                id: act

                anchors.bottom: editor.bottom
                size: Theme.touchHeight
                readonly property bool stops: composer.busy && editor.text.trim() === ""

                symbol: stops ? Icons.stop : Icons.send
                label: stops ? qsTr("Stop") : qsTr("Send")
                accented: enabled
                enabled: stops || editor.text.trim() !== ""
                onClicked: stops ? composer.talk.stop() : composer.send()
            }

            TalkButton {
                id: talkButton

                anchors.bottom: parent.bottom
                talk: composer.talk
            }
        }

        Item {
            width: parent.width
            implicitHeight: chip.height

            DocumentChip {
                id: chip

                app: composer.app
                width: Math.min(implicitWidth, 220 * Theme.textScale, parent.width / 2)
                onManage: composer.documents()
            }

            Caption {
                id: status

                anchors.left: chip.right
                anchors.leftMargin: Theme.space12
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width - x)
                elide: Text.ElideRight
                text: composer.talk.preparing !== "" && !composer.busy ? qsTr("Getting %1 ready…").arg(composer.talk.preparing) : talkButton.words
                color: composer.talk.muted ? Theme.danger : composer.busy ? Theme.text : Theme.textMuted
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }

            Caption {
                id: hint

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                visible: x > status.x + status.implicitWidth + Theme.space16
                text: composer.talk.microphone === "armed" ? qsTr("The microphone is armed: nothing is kept until you talk") : composer.talk.microphone === "listening" ? qsTr("The microphone is listening") : qsTr("The microphone is closed")
                color: Theme.textMuted
            }
        }
    }

    function send(): void {
        if (editor.text.trim() === "")
            return;
        app.ask(editor.text);
        editor.clear();
    }
}
