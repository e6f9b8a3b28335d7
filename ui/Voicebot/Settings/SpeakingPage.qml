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

        VoiceList {
            app: page.app
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

    ModelOffers {
        title: qsTr("Voices to download")
        text: qsTr("Piper's voices speak on this machine, without a network.")
        offers: page.app.voiceList.offers
        engine: "piper"
        engines: page.app.engineList.rows.tts ?? []
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
