pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One run: what it compared, when, how far it came, and what can be done with it.
Item {
    id: item

    required property var row
    required property bool shown
    required property bool busy
    readonly property string title: `${LabWords.kind(row.kind ?? "")}: ${(row.name ?? "").split(", ").map(LabWords.candidate).join(", ")}`
    readonly property bool unfinished: (row.done ?? 0) < (row.total ?? 0)

    signal open
    signal goOn(again: bool)
    signal remove

    function named(action: string): string {
        return qsTr("%1: %2, %3").arg(action).arg(title).arg(row.id ?? "");
    }

    implicitHeight: Math.max(words.height, buttons.height)

    Column {
        id: words

        width: item.width - buttons.width - Theme.space8
        spacing: 2

        Label {
            width: parent.width
            text: item.title
            font.weight: item.shown ? Font.DemiBold : Font.Normal
        }

        Caption {
            width: parent.width
            text: [item.row.created ?? "", item.unfinished ? qsTr("%1 of %2 done").arg(item.row.done ?? 0).arg(item.row.total ?? 0) : "", item.row.failed > 0 ? qsTr("%1 failed").arg(item.row.failed) : ""].filter(part => part !== "").join(" · ")
            wrapMode: Text.Wrap
        }
    }

    Row {
        id: buttons

        anchors.right: parent.right

        IconButton {
            symbol: Icons.document
            label: qsTr("Show what came of it")
            Accessible.name: item.named(label)
            onClicked: item.open()
        }

        IconButton {
            visible: item.unfinished || item.row.failed > 0
            enabled: !item.busy
            symbol: item.unfinished ? Icons.play : Icons.retry
            label: item.unfinished ? qsTr("Go on") : qsTr("Try once more what failed")
            Accessible.name: item.named(label)
            onClicked: item.goOn(!item.unfinished)
        }

        IconButton {
            enabled: !item.busy
            symbol: Icons.trash
            label: qsTr("Delete")
            danger: true
            Accessible.name: item.named(label)
            onClicked: item.remove()
        }
    }
}
