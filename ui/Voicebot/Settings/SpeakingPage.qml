pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// The voice that answers: its engine, which of its voices for each language, and how fast.
Column {
    id: page

    required property var app

    signal wanted(string section)

    spacing: Theme.space24
    Component.onCompleted: app.voiceList.refresh()

    EngineList {
        title: qsTr("Voice engine")
        app: page.app
        stage: "tts"
        onWanted: section => page.wanted(section)
    }

    Section {
        title: qsTr("Voices")

        VoiceSetting {
            app: page.app
            name: "tts.voice"
            language: "en"
            label: qsTr("For English")
            voices: page.app.voiceList.english
        }

        VoiceSetting {
            app: page.app
            name: "tts.voice_ko"
            language: "ko"
            label: qsTr("For Korean")
            voices: page.app.voiceList.korean
        }

        SliderSetting {
            settings: page.app.settings
            name: "tts.rate"
            label: qsTr("Pace")
            from: 0.5
            to: 2
            stepSize: 0.05
            format: value => qsTr("%1×").arg(value.toFixed(2))
        }
    }

    Section {
        title: qsTr("A server of your own")

        TextSetting {
            settings: page.app.settings
            name: "tts.base_url"
            label: qsTr("Voice's address")
            description: qsTr("Speaks OpenAI's protocol; empty for OpenAI")
            placeholder: "http://127.0.0.1:8000/v1"
        }

        TextSetting {
            settings: page.app.settings
            name: "tts.openai_model"
            label: qsTr("Voice's model")
        }

        TextSetting {
            settings: page.app.settings
            name: "tts.openai_voice"
            label: qsTr("Voice's name")
        }
    }
}
