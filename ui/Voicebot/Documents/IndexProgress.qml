pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// How far the files are read, which one is read now, and a pause.
Column {
    id: progress

    required property var documents
    readonly property var now: documents.progress

    spacing: Theme.space4
    visible: now.busy

    Item {
        width: parent.width
        implicitHeight: toggle.height

        Label {
            anchors.left: parent.left
            anchors.right: toggle.left
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            text: progress.now.paused ? qsTr("Paused") : progress.now.embedding ? qsTr("Learning what the passages mean") : qsTr("Reading %1").arg(progress.now.name ?? "")
            elide: Text.ElideMiddle
        }

        PushButton {
            id: toggle

            anchors.right: parent.right
            text: progress.now.paused ? qsTr("Go on") : qsTr("Pause")
            Accessible.name: progress.now.paused ? qsTr("Go on reading") : qsTr("Pause reading")
            symbol: progress.now.paused ? Icons.play : Icons.pause
            onClicked: progress.now.paused ? progress.documents.resume() : progress.documents.pause()
        }
    }

    ProgressLine {
        width: parent.width
        label: qsTr("Progress of reading")
        value: progress.now.total > 0 ? progress.now.done / progress.now.total : 0
    }

    Caption {
        width: parent.width
        text: [qsTr("%1 of %2").arg(progress.now.done ?? 0).arg(progress.now.embedding ? DocumentWords.passages(progress.now.total ?? 0) : DocumentWords.files(progress.now.total ?? 0)), progress.now.left && !progress.now.paused ? qsTr("%1 left").arg(progress.now.left) : ""].filter(part => part !== "").join(", ")
        wrapMode: Text.Wrap
    }

    Caption {
        width: parent.width
        text: progress.now.embedding ? qsTr("Everything is found by its words already.") : qsTr("What is read can be asked about already. It gives way while you talk.")
        wrapMode: Text.Wrap
    }
}
