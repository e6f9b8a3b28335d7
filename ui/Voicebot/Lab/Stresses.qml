pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// In which ways the clips are to be made worse besides.
Column {
    id: stresses

    property var chosen: []

    spacing: Theme.space4

    Caption {
        width: parent.width
        text: qsTr("Also with")
        wrapMode: Text.Wrap
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        Repeater {
            model: LabWords.stresses

            delegate: Tick {
                required property var modelData

                text: modelData.text
                Accessible.name: qsTr("Also with: %1").arg(text)
                ticked: stresses.chosen.includes(modelData.value)
                onClicked: stresses.chosen = ticked ? stresses.chosen.filter(one => one !== modelData.value) : [...stresses.chosen, modelData.value]
            }
        }
    }
}
