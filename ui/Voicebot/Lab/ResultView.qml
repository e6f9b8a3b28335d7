pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What a run came to: a row of figures for everything that was compared, beside an earlier run if one is chosen.
Column {
    id: view

    required property var lab
    readonly property var result: lab.result
    readonly property var rows: result.rows ?? []
    readonly property var others: [
        {
            value: "",
            text: qsTr("Compare with an earlier run")
        },
        ...lab.runs.filter(run => run.kind === result.kind && run.id !== result.id).map(run => ({
                    value: run.id,
                    text: `${run.created}, ${run.name}`
                }))
    ]

    function takeFocus(): void {
        exporting.forceActiveFocus(Qt.OtherFocusReason);
    }

    spacing: Theme.space12

    Heading {
        width: parent.width
        text: LabWords.kind(view.result.kind ?? "")
    }

    Caption {
        width: parent.width
        visible: (view.result.done ?? 0) < (view.result.total ?? 0)
        text: qsTr("So far: %1 of %2").arg(view.result.done ?? 0).arg(view.result.total ?? 0)
        color: Theme.warning
    }

    Caption {
        width: parent.width
        text: qsTr("In brackets: where the rate lies with 95 % confidence. The smaller a rate or a time, the better.")
        wrapMode: Text.Wrap
    }

    Repeater {
        model: view.rows.length

        delegate: ResultRow {
            required property int index

            width: view.width
            row: view.rows[index] ?? ({})
        }
    }

    Repeater {
        model: view.result.preferences ?? []

        delegate: Card {
            id: preference

            required property var modelData

            width: view.width

            contentItem: Column {
                spacing: Theme.space4

                Label {
                    width: parent.width
                    text: qsTr("Blind test")
                    font.weight: Font.DemiBold
                }

                Body {
                    width: parent.width
                    text: qsTr("%1 was better %2 times, %3 %4 times, the same %5 times.").arg(LabWords.candidate(preference.modelData.first)).arg(preference.modelData.firstPreferred).arg(LabWords.candidate(preference.modelData.second)).arg(preference.modelData.secondPreferred).arg(preference.modelData.same)
                }

                Body {
                    width: parent.width
                    visible: preference.modelData.share !== ""
                    text: qsTr("%1 of the choices were for %2; with 95 % confidence %3 (p = %4).").arg(preference.modelData.share).arg(LabWords.candidate(preference.modelData.first)).arg(preference.modelData.interval).arg(preference.modelData.p)
                    color: Theme.textMuted
                }
            }
        }
    }

    Repeater {
        model: (view.result.skipped ?? []).slice(0, 10)

        delegate: Caption {
            required property string modelData

            width: view.width
            text: qsTr("Left out: %1").arg(modelData)
            wrapMode: Text.Wrap
        }
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        Choice {
            width: Math.min(300 * Theme.textScale, parent.width)
            visible: view.others.length > 1
            label: qsTr("Compare with")
            model: view.others
            textRole: "text"
            currentIndex: Math.max(0, view.others.findIndex(one => one.value === view.result.other))
            onActivated: index => view.lab.show(view.result.id, view.others[index].value)
        }

        PushButton {
            visible: (view.result.voices ?? []).length > 1
            text: qsTr("Blind test")
            symbol: Icons.headphones
            onClicked: view.lab.listen("", "")
        }

        PushButton {
            id: exporting

            text: qsTr("Export")
            symbol: Icons.exportFile
            onClicked: menu.popup(exporting, 0, exporting.height)
        }
    }

    Menu {
        id: menu

        label: qsTr("Export")

        MenuItem {
            text: qsTr("Report (HTML)")
            onTriggered: view.lab.export("html")
        }

        MenuItem {
            text: qsTr("Table (CSV)")
            onTriggered: view.lab.export("csv")
        }

        MenuItem {
            text: "JSON"
            onTriggered: view.lab.export("json")
        }
    }
}
