pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The sources of an answer, by their numbers: those that it cites, and on demand those it was given besides. Each opens
// its page.
Column {
    id: citations

    required property int number
    required property var sources
    property bool unfolded: false
    readonly property var cited: sources.filter(one => one.cited)
    readonly property int rest: sources.length - cited.length

    signal open(var source)

    spacing: Theme.space4

    Flow {
        width: parent.width
        spacing: Theme.space8

        Repeater {
            model: citations.unfolded ? citations.sources : citations.cited

            delegate: Chip {
                required property var modelData

                width: Math.min(implicitWidth, citations.width)
                number: modelData.number
                text: modelData.place !== "" && modelData.place !== modelData.title ? `${modelData.title} · ${modelData.place}` : modelData.title
                opacity: modelData.cited ? 1 : 0.7
                hint: modelData.quote !== "" ? modelData.quote : text
                Accessible.name: qsTr("Source %1: %2, message %3").arg(number).arg(text).arg(citations.number)
                Accessible.description: modelData.quote
                onClicked: citations.open(modelData)
            }
        }

        PushButton {
            visible: citations.rest > 0
            height: Math.max(26, Math.round(28 * Theme.textScale))
            implicitHeight: height
            kind: PushButton.Quiet
            quietInk: Theme.textMuted
            text: citations.unfolded ? qsTr("Fewer") : citations.cited.length > 0 ? qsTr("%1 more looked at").arg(citations.rest) : qsTr("%1 looked at, none cited").arg(citations.rest)
            Accessible.name: qsTr("%1, message %2").arg(text).arg(citations.number)
            onClicked: citations.unfolded = !citations.unfolded
        }
    }
}
