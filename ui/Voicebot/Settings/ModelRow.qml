pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One model: its name, languages, size and memory, its state, and what can be done with it.
Column {
    id: row

    required property var models
    required property string name
    required property var languages
    required property string description
    required property string remark
    required property string size
    required property string memory
    required property string licence
    // "state" is every item's own word.
    required property var model
    readonly property string standing: model.state
    required property real progress
    required property var detail
    required property string fault
    readonly property bool busy: standing === "downloading" || standing === "checking" || standing === "waiting"

    function named(action: string): string {
        return qsTr("%1: %2").arg(action).arg(name);
    }

    width: parent?.width ?? 0
    spacing: Theme.space4
    // The button that was pressed gives way to another: the keyboard goes with it.
    onStandingChanged: {
        const buttons = [download, pause, check, remove];
        if (buttons.some(button => button.focus))
            Qt.callLater(() => buttons.find(button => button.visible).forceActiveFocus(Qt.OtherFocusReason));
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        Label {
            text: row.name
            font.weight: Font.DemiBold
        }

        Badge {
            visible: row.standing === "installed"
            text: qsTr("installed")
            kind: Badge.Success
            symbol: Icons.check
        }
    }

    Caption {
        width: parent.width
        text: row.remark !== "" ? `${row.description}. ${row.remark}` : row.description
        wrapMode: Text.Wrap
    }

    Caption {
        width: parent.width
        text: [row.languages.length === 0 ? qsTr("many languages") : row.languages.join(", "), qsTr("%1 to download").arg(row.size), qsTr("%1 of memory").arg(row.memory), row.licence].join("  ·  ")
        wrapMode: Text.Wrap
    }

    ProgressLine {
        width: parent.width
        visible: row.busy || row.standing === "paused"
        label: row.named(qsTr("Progress"))
        value: row.progress
    }

    Caption {
        width: parent.width
        visible: text !== ""
        text: DownloadWords.standing(row.standing, row.progress, row.detail)
        wrapMode: Text.Wrap
        color: row.standing === "broken" ? Theme.danger : Theme.textMuted
    }

    Caption {
        width: parent.width
        visible: row.fault !== ""
        text: row.fault
        wrapMode: Text.Wrap
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        PushButton {
            id: download

            visible: !row.busy && row.standing !== "installed"
            text: row.standing === "paused" ? qsTr("Go on") : qsTr("Download")
            Accessible.name: row.named(text)
            symbol: Icons.download
            onClicked: row.models.download(row.name)
        }

        PushButton {
            id: pause

            visible: row.busy
            text: row.standing === "checking" ? qsTr("Stop") : qsTr("Pause")
            Accessible.name: row.named(text)
            symbol: Icons.pause
            onClicked: row.models.pause(row.name)
        }

        PushButton {
            id: check

            visible: row.standing === "installed"
            text: qsTr("Check")
            Accessible.name: row.named(text)
            kind: PushButton.Quiet
            onClicked: row.models.check(row.name)
        }

        PushButton {
            id: remove

            visible: !row.busy && row.standing !== "absent"
            text: qsTr("Remove")
            Accessible.name: row.named(text)
            kind: PushButton.Quiet
            symbol: Icons.trash
            onClicked: sure.open()
        }
    }

    Dialog {
        id: sure

        title: qsTr("Remove %1?").arg(row.name)
        text: qsTr("It can be downloaded again.")
        acceptText: qsTr("Remove")
        rejectText: qsTr("Keep it")
        danger: true
        onAccepted: row.models.remove(row.name)
    }
}
