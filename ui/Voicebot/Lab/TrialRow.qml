pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// A clip by one engine, word by word: what is missing is struck out, what was added is underlined, each with its mark.
Item {
    id: item

    required property var modelData
    required property real column
    required property int index
    readonly property var steps: modelData.steps
    readonly property string title: [modelData.clip, LabWords.about(modelData), modelData.rate].filter(part => part !== "").join(" · ")

    signal play
    signal focused

    function escaped(text: string): string {
        return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    }

    function inColour(step: var): string {
        const missing = `<s><font color="${Theme.danger}">${escaped(step.said)}</font></s>`;
        const added = `<u><font color="${Theme.success}">${escaped(step.heard)}</font></u>`;
        switch (step.change) {
        case "delete":
            return `<font color="${Theme.danger}">−</font>${missing}`;
        case "insert":
            return `<font color="${Theme.success}">+</font>${added}`;
        case "substitute":
            return `${missing}<font color="${Theme.textMuted}">→</font>${added}`;
        }
        return escaped(step.said);
    }

    function aloud(step: var): string {
        switch (step.change) {
        case "delete":
            return qsTr("(“%1” is missing)").arg(step.said);
        case "insert":
            return qsTr("(“%1” was added)").arg(step.heard);
        case "substitute":
            return qsTr("(“%1” was heard as “%2”)").arg(step.said).arg(step.heard);
        }
        return step.said;
    }

    implicitHeight: Math.max(inside.height, sound.height) + Theme.space8

    IconButton {
        id: sound

        x: inside.x + item.column - width
        visible: item.modelData.sound !== ""
        symbol: Icons.play
        label: qsTr("Play")
        Accessible.name: qsTr("Play: %1").arg(item.title)
        onClicked: item.play()
        onActiveFocusChanged: if (activeFocus)
            item.focused()
    }

    Column {
        id: inside

        x: (item.width - item.column) / 2
        width: item.column - sound.width - Theme.space8
        spacing: 2

        Caption {
            width: parent.width
            text: item.title
            wrapMode: Text.Wrap
        }

        Body {
            width: parent.width
            visible: item.steps.length === 0 && text !== ""
            text: item.modelData.said
        }

        Body {
            width: parent.width
            visible: item.steps.length > 0
            textFormat: Text.StyledText
            text: item.steps.map(item.inColour).join(" ")
            Accessible.name: item.steps.map(item.aloud).join(" ")
        }

        Caption {
            width: parent.width
            visible: item.modelData.failure !== ""
            text: item.modelData.failure
            wrapMode: Text.Wrap
            color: Theme.danger
        }
    }
}
