pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One model to be had by one click: what it is good for and needs, and how far it has come.
Column {
    id: row

    required property var offers
    required property var offered
    property bool usable: true
    readonly property string name: offered.name ?? ""
    readonly property string title: offered.title ?? ""
    readonly property bool chosen: offered.chosen ?? false
    readonly property string standing: offered.state ?? "absent"
    readonly property var languages: offered.languages ?? []
    readonly property string tongues: {
        if (languages.length === 0)
            return qsTr("many languages");
        const names = languages.map(one => ({
                    en: qsTr("English"),
                    ko: qsTr("Korean")
                })[one] ?? one);
        return languages.includes("ko") ? qsTr("good at Korean: %1").arg(names.join(", ")) : names.join(", ");
    }
    readonly property bool here: standing === "installed"
    readonly property bool busy: standing === "downloading" || standing === "checking" || standing === "waiting"

    function named(action: string): string {
        return qsTr("%1: %2").arg(action).arg(title);
    }

    width: parent?.width ?? 0
    spacing: Theme.space8
    // The button that was pressed gives way to another: the keyboard goes with it.
    onStandingChanged: {
        if (take.focus || pause.focus)
            Qt.callLater(() => (take.visible ? take : pause).forceActiveFocus(Qt.OtherFocusReason));
    }

    Column {
        width: parent.width
        spacing: 2

        Flow {
            width: parent.width
            spacing: Theme.space8

            Label {
                width: Math.min(implicitWidth, parent.width)
                text: row.title
                font.weight: Font.DemiBold
            }

            Badge {
                visible: row.chosen && row.here
                text: qsTr("in use")
                kind: Badge.Accent
                symbol: Icons.check
            }

            Badge {
                visible: row.offered.recommended ?? false
                text: qsTr("recommended here")
                kind: Badge.Success
            }

            Badge {
                visible: !row.chosen && !(row.offered.fits ?? true)
                text: qsTr("larger than the free memory")
                kind: Badge.Warning
            }
        }

        Caption {
            width: parent.width
            text: [row.offered.description, row.offered.remark].filter(part => part).join(". ")
            wrapMode: Text.Wrap
        }

        Caption {
            width: parent.width
            text: [row.tongues, qsTr("%1 to download").arg(row.offered.size ?? ""), qsTr("%1 of memory").arg(row.offered.memory ?? ""), row.offered.licence ?? ""].join("  ·  ")
            wrapMode: Text.Wrap
        }
    }

    ProgressLine {
        width: parent.width
        visible: row.busy || row.standing === "paused"
        label: row.named(qsTr("Progress"))
        value: row.offered.progress ?? 0
    }

    Caption {
        width: parent.width
        visible: text !== ""
        text: {
            const words = DownloadWords.standing(row.standing, row.offered.progress ?? 0, row.offered.detail ?? {});
            return row.standing === "downloading" && row.offered.wanted ? qsTr("%1; it is used when it is here").arg(words) : words;
        }
        wrapMode: Text.Wrap
        color: row.standing === "broken" ? Theme.danger : Theme.textMuted
    }

    Caption {
        width: parent.width
        visible: text !== ""
        text: row.offered.fault ?? ""
        wrapMode: Text.Wrap
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
    }

    PushButton {
        id: take

        width: Math.min(implicitWidth, parent.width)
        visible: row.usable && !row.busy && !(row.here && row.chosen)
        text: {
            if (row.here)
                return qsTr("Use");
            if (row.standing === "paused")
                return qsTr("Go on");
            return (row.offered.fault ?? "") !== "" ? qsTr("Try again") : qsTr("Download and use");
        }
        Accessible.name: row.named(text)
        symbol: row.here ? "" : Icons.download
        onClicked: row.offers.take(row.name)
    }

    PushButton {
        id: pause

        width: Math.min(implicitWidth, parent.width)
        visible: row.busy
        text: row.standing === "checking" ? qsTr("Stop") : qsTr("Pause")
        Accessible.name: row.named(text)
        symbol: Icons.pause
        onClicked: row.offers.pause(row.name)
    }
}
