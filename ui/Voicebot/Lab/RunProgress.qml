pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Run, or Stop while a run is at work; how far it is, and what failed.
Column {
    id: progress

    required property var lab
    required property bool complete
    readonly property var now: lab.progress
    readonly property bool busy: lab.standing !== ""
    property bool stoppable: false

    signal run

    function takeFocus(): void {
        (stop.visible ? stop : start).forceActiveFocus(Qt.OtherFocusReason);
    }

    spacing: Theme.space8
    // One button gives way to the other: the keyboard goes with it.
    onBusyChanged: {
        const here = start.activeFocus || stop.activeFocus;
        stoppable = busy;
        if (here)
            takeFocus();
    }
    Component.onCompleted: stoppable = busy

    PushButton {
        id: start

        visible: !progress.stoppable
        enabled: progress.complete
        text: qsTr("Run")
        kind: PushButton.Primary
        symbol: Icons.play
        onClicked: progress.run()
    }

    PushButton {
        id: stop

        visible: progress.stoppable
        text: qsTr("Stop")
        Accessible.name: qsTr("Stop the run")
        symbol: Icons.stop
        onClicked: progress.lab.stop()
    }

    ProgressLine {
        width: parent.width
        visible: progress.busy
        label: qsTr("Progress of the run")
        indeterminate: !(progress.now.total > 0)
        value: progress.now.total > 0 ? progress.now.done / progress.now.total : 0
    }

    Caption {
        width: parent.width
        visible: progress.busy
        text: progress.now.total > 0 ? [qsTr("%1 of %2").arg(progress.now.done).arg(progress.now.total), progress.now.left ? qsTr("%1 left").arg(progress.now.left) : ""].filter(part => part !== "").join(", ") : qsTr("Getting ready")
        wrapMode: Text.Wrap
    }

    Caption {
        width: parent.width
        visible: progress.busy && (progress.now.failed ?? 0) > 0
        text: qsTr("%1 failed: %2").arg(progress.now.failed ?? 0).arg(progress.now.failure ?? "")
        wrapMode: Text.Wrap
        color: Theme.danger
    }

    Caption {
        width: parent.width
        visible: text !== ""
        text: progress.lab.fault
        wrapMode: Text.Wrap
        color: Theme.danger
        Accessible.role: Accessible.AlertMessage
    }
}
