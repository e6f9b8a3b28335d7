pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

Shelf {
    id: shelf

    heading: "Under way"

    Row {
        spacing: Theme.space16

        Spinner {
            label: "Thinking"
        }

        ProgressLine {
            anchors.verticalCenter: parent.verticalCenter
            label: "Download"
            value: 0.4
        }

        ProgressLine {
            anchors.verticalCenter: parent.verticalCenter
            label: "Loading"
            indeterminate: true
        }
    }

    Row {
        spacing: Theme.space16

        Meter {
            label: "Microphone level"
            level: -18
        }

        Meter {
            label: "Speaker level"
            level: -40
            color: Theme.listening
        }

        Meter {
            label: "Clipped level"
            level: -1
        }
    }

    Rectangle {
        width: shelf.availableWidth
        height: 56
        radius: Theme.radius
        color: Theme.userBubble

        Body {
            anchors.centerIn: parent
            text: "Your own words 당신의 말"
        }
    }

    Rectangle {
        width: shelf.availableWidth
        height: 40
        color: Theme.highlight

        Label {
            anchors.centerIn: parent
            text: "The sentence that is being spoken"
        }
    }
}
