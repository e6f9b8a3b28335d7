pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

Shelf {
    id: shelf

    heading: "Choices"

    Switch {
        width: shelf.availableWidth
        text: "Keep recordings"
        description: "Every spoken turn is kept on this machine, so that it can be retried."
        checked: true
    }

    Switch {
        width: shelf.availableWidth
        text: "Reduce motion"
    }

    Switch {
        width: shelf.availableWidth
        text: "Global talk key"
        enabled: false
    }

    Segmented {
        id: looks

        width: shelf.availableWidth
        label: "Look"
        value: "light"
        options: [
            {
                "value": "light",
                "text": "Light",
                "symbol": Icons.sun
            },
            {
                "value": "dark",
                "text": "Dark",
                "symbol": Icons.moon
            },
            {
                "value": "system",
                "text": "As the system",
                "symbol": Icons.monitor
            }
        ]
        onChosen: value => looks.value = value
    }

    Row {
        spacing: Theme.space12

        Choice {
            objectName: "choice"
            width: (shelf.availableWidth - Theme.space12) / 2
            label: "Microphone"
            model: ["System default", "Headset 헤드셋", "A microphone with a name so long that nobody can read it whole"]
        }

        Slider {
            width: (shelf.availableWidth - Theme.space12) / 2
            label: "Speed"
            from: 0.5
            to: 2
            value: 1.2
            valueText: value.toFixed(1) + "×"
        }
    }
}
