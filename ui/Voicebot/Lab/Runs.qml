pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The runs that are kept, newest first.
Column {
    id: runs

    required property var lab
    readonly property var found: lab.runs

    spacing: Theme.space8

    Heading {
        width: parent.width
        text: qsTr("Runs")
    }

    // Counted, so that a row stays the same item when its run has come further.
    Repeater {
        model: runs.found.length

        delegate: RunRow {
            required property int index

            width: runs.width
            row: runs.found[index] ?? ({})
            shown: runs.lab.result.id === row.id
            busy: runs.lab.standing !== ""
            onOpen: runs.lab.show(row.id, "")
            onGoOn: again => row.sends.length > 0 ? consent.ask(row, again) : runs.lab.goOn(row.id, again)
            onRemove: removal.ask(row)
        }
    }

    Dialog {
        id: consent

        property var row: ({})
        property bool again: false

        title: qsTr("Go on with a run that sends something away?")
        text: (row.sends ?? []).map(one => LabWords.sent(one.stage, one.name.split(/[:/]/)[0])).join(" ")
        acceptText: qsTr("Go on")
        rejectText: qsTr("Stay on this machine")
        onAccepted: runs.lab.goOn(row.id, again)

        function ask(which: var, whetherAgain: bool): void {
            row = which;
            again = whetherAgain;
            open();
        }
    }

    Dialog {
        id: removal

        property var row: ({})

        title: qsTr("Delete this run?")
        text: qsTr("“%1” and all that came of it are deleted.").arg(row.name ?? "")
        acceptText: qsTr("Delete")
        rejectText: qsTr("Keep it")
        danger: true
        onAccepted: runs.lab.remove(row.id)

        function ask(which: var): void {
            row = which;
            open();
        }
    }
}
