pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Settings

// The voices of the engine that speaks, each with a sentence to hear, and the pace.
Column {
    id: step

    required property var app

    Component.onCompleted: app.voiceList.refresh()

    Section {
        VoiceList {
            app: step.app
        }

        SliderSetting {
            settings: step.app.settings
            name: "tts.rate"
            label: qsTr("Pace")
            from: 0.5
            to: 2
            stepSize: 0.05
            format: value => qsTr("%1×").arg(value.toFixed(2))
        }
    }
}
