pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What paid engines cost this month, of what, by which prices; and the cap at which they stop.
Section {
    id: section

    required property var app
    readonly property var month: app.spent.month

    title: qsTr("What it costs")
    text: qsTr("Counted on this computer, with list prices; the service's own bill is what counts.")
    Component.onCompleted: app.spent.refresh()

    SettingRow {
        label: qsTr("This month")
        description: section.month.wasted ? qsTr("%1 of it for answers that were begun in vain").arg(section.month.wasted) : ""

        Label {
            text: section.month.total
            color: section.month.reached ? Theme.warning : Theme.text
            Accessible.name: qsTr("This month: %1").arg(text)
        }
    }

    Column {
        width: parent.width
        visible: section.month.lines.length > 0
        spacing: 2

        Repeater {
            model: section.month.lines

            delegate: Caption {
                required property var modelData

                width: parent.width
                text: CostWords.used(modelData)
                wrapMode: Text.Wrap
            }
        }
    }

    TextSetting {
        settings: section.app.settings
        name: "spending.cap"
        label: qsTr("Cap for a month, in US dollars")
        description: qsTr("Paid engines stop when it is reached; 0 for no cap")
    }

    Column {
        width: parent.width
        spacing: 2

        Repeater {
            model: section.month.sources

            delegate: Caption {
                required property var modelData

                width: parent.width
                text: qsTr("Prices of %1 as listed on %2").arg(EngineWords.title(modelData.service)).arg(modelData.date)
                wrapMode: Text.Wrap
                color: Theme.textMuted
            }
        }
    }
}
