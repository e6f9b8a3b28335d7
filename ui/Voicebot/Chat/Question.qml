pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What the person said or typed: a bubble on the right. While it is heard, its words appear in it.
Item {
    id: question

    required property int number
    required property int turn
    required property string status
    required property string text
    required property string what
    required property bool recorded
    required property bool typed
    required property string clock
    required property int version
    required property var versions
    property bool hovered: false
    property bool editing: false

    signal replay
    signal copy
    signal resend(string text)
    signal retry
    signal showVersion(int turn)

    readonly property bool open: ["hearing", "recognising"].includes(status)
    readonly property string words: text !== "" ? text : status === "hearing" ? qsTr("Listening…") : status === "recognising" ? qsTr("Recognising…") : status === "nothing" ? qsTr("No speech heard") : qsTr("A recording that was not recognised")

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("You: %1").arg(words)

    Column {
        id: column

        anchors.right: parent.right
        width: question.editing ? parent.width : Math.min(parent.width * 0.86, 560 * Theme.textScale)
        spacing: Theme.space4

        Rectangle {
            anchors.right: parent.right
            visible: !question.editing
            width: Math.min(column.width, Math.ceil(body.implicitWidth) + Theme.space32)
            height: body.height + Theme.space12 * 2 - 4
            radius: Theme.radiusLarge
            color: question.status === "nothing" ? "transparent" : Theme.userBubble
            border.width: question.open ? 2 : question.status === "nothing" ? 1 : 0
            border.color: question.open ? Theme.listening : Theme.border

            TextEdit {
                id: body

                x: Theme.space16
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, column.width - Theme.space32)
                readOnly: true
                selectByMouse: true
                activeFocusOnTab: false
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap
                text: question.words
                color: question.text === "" || question.open ? Theme.textMuted : Theme.text
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                font.pixelSize: Theme.body
                font.italic: question.text === ""
                Accessible.ignored: true
            }
        }

        TextEditor {
            id: editor

            width: parent.width
            visible: question.editing
            label: question.called(qsTr("Your question, edited"))
            onAccepted: question.send()
            Keys.onEscapePressed: question.editing = false
        }

        Row {
            anchors.right: parent.right
            visible: question.editing
            topPadding: Theme.space4
            bottomPadding: Theme.space24
            spacing: Theme.space8

            PushButton {
                text: qsTr("Cancel")
                Accessible.name: question.called(text)
                kind: PushButton.Quiet
                onClicked: question.editing = false
            }

            PushButton {
                text: qsTr("Send")
                Accessible.name: question.called(text)
                kind: PushButton.Primary
                enabled: editor.text.trim() !== ""
                onClicked: question.send()
            }
        }

        Actions {
            anchors.right: parent.right
            visible: !question.editing && !question.open
            shown: question.hovered
            number: question.number
            clock: question.clock
            version: question.version
            versions: question.versions
            onShowVersion: turn => question.showVersion(turn)

            IconButton {
                visible: question.recorded
                symbol: Icons.play
                label: qsTr("Play what you said")
                Accessible.name: question.called(label)
                iconSize: 16
                onClicked: question.replay()
            }

            IconButton {
                visible: question.recorded && question.text === ""
                symbol: Icons.retry
                label: qsTr("Recognise it again")
                Accessible.name: question.called(label)
                iconSize: 16
                onClicked: question.retry()
            }

            IconButton {
                visible: question.text !== ""
                symbol: Icons.edit
                label: qsTr("Edit and send again")
                Accessible.name: question.called(label)
                iconSize: 16
                onClicked: question.edit()
            }

            IconButton {
                visible: question.text !== ""
                symbol: Icons.copy
                label: qsTr("Copy your words")
                Accessible.name: question.called(label)
                iconSize: 16
                onClicked: question.copy()
            }
        }
    }

    function edit(): void {
        editor.text = text;
        editor.cursorPosition = text.length;
        editing = true;
        editor.forceActiveFocus();
    }

    function send(): void {
        if (editor.text.trim() === "")
            return;
        editing = false;
        resend(editor.text);
    }

    // Many messages have the same buttons: a screen reader tells them apart by the number.
    function called(label: string): string {
        return qsTr("%1, message %2").arg(label).arg(number);
    }
}
