pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One thing that was compared, and its figures: in columns that stand below each other, as far as there is room.
Card {
    id: card

    required property var row
    readonly property var figures: row.figures ?? []

    contentItem: Column {
        spacing: Theme.space8

        Label {
            width: parent.width
            text: card.row.engine !== undefined ? LabWords.about(card.row) : ""
            wrapMode: Text.Wrap
            font.weight: Font.DemiBold
        }

        Flow {
            width: parent.width
            spacing: Theme.space8

            Repeater {
                model: card.figures

                delegate: Column {
                    id: cell

                    required property var modelData
                    readonly property string title: LabWords.figures[modelData.name] ?? modelData.name

                    width: 114 * Theme.textScale
                    Accessible.role: Accessible.StaticText
                    Accessible.name: `${title}: ${modelData.value}`

                    Caption {
                        width: parent.width
                        text: cell.title
                        Accessible.ignored: true
                    }

                    Label {
                        width: parent.width
                        text: cell.modelData.value
                        wrapMode: Text.Wrap
                        Accessible.ignored: true
                    }

                    Caption {
                        width: parent.width
                        visible: cell.modelData.before !== ""
                        text: qsTr("before: %1").arg(cell.modelData.before)
                        wrapMode: Text.Wrap
                    }
                }
            }
        }

        Caption {
            width: parent.width
            visible: (card.row.failed ?? 0) > 0
            text: qsTr("%1 of %2 failed").arg(card.row.failed ?? 0).arg(card.row.trials ?? 0)
            color: Theme.danger
        }

        Caption {
            width: parent.width
            visible: text !== ""
            text: card.row.failure ?? ""
            wrapMode: Text.Wrap
            color: Theme.danger
        }
    }
}
