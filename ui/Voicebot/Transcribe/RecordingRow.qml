pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One recording: what it is called, how far it is, what went wrong, and what can be done with it.
Column {
    id: row

    required property var list
    required property int number
    required property string name
    required property string folder
    required property string standing
    required property real share
    required property var detail
    required property string fault
    required property string remarks
    required property int passages
    readonly property bool busy: standing === "loading" || standing === "working"
    readonly property bool rests: standing === "done" || standing === "stopped" || standing === "failed"

    function inWords(): string {
        switch (standing) {
        case "new":
            return folder;
        case "waiting":
            return qsTr("Waits for the one before it");
        case "loading":
            return qsTr("Getting the recogniser ready");
        case "working":
            return [detail.total ? qsTr("%1 of %2").arg(detail.done).arg(detail.total) : detail.done ?? "", detail.speed ? qsTr("%1 times as fast as it is spoken").arg(detail.speed) : "", detail.left ? qsTr("%1 left").arg(detail.left) : ""].filter(part => part !== "").join(", ");
        case "stopped":
            return detail.done ? qsTr("Stopped at %1; the text so far is kept").arg(detail.done) : qsTr("Stopped");
        case "done":
            return passages > 0 ? qsTr("Done: %1 of sound").arg(detail.total || detail.done) : qsTr("Done: no speech was heard");
        }
        return "";
    }

    function named(action: string): string {
        return qsTr("%1: %2").arg(action).arg(list.count > 1 ? `${name} (${number})` : name);
    }

    width: parent?.width ?? 0
    spacing: Theme.space4
    // The button that was pressed gives way to another: the keyboard goes with it.
    onStandingChanged: {
        const buttons = [stop, reading, again, remove];
        if (buttons.some(button => button.focus))
            Qt.callLater(() => buttons.find(button => button.visible)?.forceActiveFocus(Qt.OtherFocusReason));
    }

    Item {
        width: parent.width
        implicitHeight: buttons.height

        Label {
            anchors.left: parent.left
            anchors.right: buttons.left
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            text: row.name
            elide: Text.ElideMiddle
            font.weight: Font.DemiBold
        }

        Row {
            id: buttons

            anchors.right: parent.right

            IconButton {
                id: reading

                visible: row.passages > 0 && row.list.shown !== row.number
                symbol: Icons.document
                label: qsTr("Show the text")
                Accessible.name: row.named(label)
                onClicked: row.list.show(row.number)
            }

            IconButton {
                id: stop

                visible: row.busy || row.standing === "waiting"
                symbol: Icons.stop
                label: qsTr("Stop")
                Accessible.name: row.named(label)
                onClicked: row.list.stop(row.number)
            }

            IconButton {
                id: again

                visible: row.rests
                symbol: Icons.retry
                label: qsTr("Transcribe once more")
                Accessible.name: row.named(label)
                onClicked: row.list.again(row.number)
            }

            IconButton {
                id: remove

                visible: !row.busy
                symbol: Icons.close
                label: qsTr("Take off the list")
                Accessible.name: row.named(label)
                onClicked: row.list.remove(row.number)
            }
        }
    }

    ProgressLine {
        width: parent.width
        visible: row.busy || (row.standing === "stopped" && row.share >= 0)
        label: row.named(qsTr("Progress"))
        indeterminate: row.busy && row.share < 0
        value: Math.max(0, row.share)
    }

    Caption {
        width: parent.width
        visible: text !== ""
        text: row.inWords()
        wrapMode: Text.Wrap
    }

    Caption {
        width: parent.width
        visible: row.fault !== ""
        text: row.fault
        wrapMode: Text.Wrap
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
    }

    Caption {
        width: parent.width
        visible: row.remarks !== ""
        text: row.remarks
        wrapMode: Text.Wrap
        color: Theme.warning
    }
}
