pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// The model that answers: built in, downloaded, on a server of this machine, or a service; and how it answers.
Column {
    id: page

    required property var app

    signal wanted(string section)

    spacing: Theme.space24

    EngineList {
        title: qsTr("Who answers")
        app: page.app
        stage: "llm"
        onWanted: section => page.wanted(section)
    }

    ModelOffers {
        title: qsTr("A brain by one click")
        text: qsTr("A small model is downloaded once, and then answers on this machine, without a network.")
        offers: page.app.thinking.offers
        engine: "transformers"
        engines: page.app.engineList.rows.llm ?? []
    }

    LocalServers {
        app: page.app
    }

    Section {
        title: qsTr("How it answers")

        TextSetting {
            settings: page.app.settings
            name: "llm.system_prompt"
            label: qsTr("Who it is")
            description: qsTr("In your own words; empty for the one that is built in")
            wide: true
        }

        SliderSetting {
            settings: page.app.settings
            name: "llm.temperature"
            label: qsTr("Freedom")
            description: qsTr("Plain words, or surprising ones")
            from: 0
            to: 2
            stepSize: 0.1
            format: value => value.toFixed(1)
        }

        SliderSetting {
            settings: page.app.settings
            name: "llm.max_tokens"
            label: qsTr("Longest answer")
            from: 100
            to: 4000
            stepSize: 100
            format: value => qsTr("%1 tokens").arg(Math.round(value))
        }
    }

    Section {
        title: qsTr("A service, or a server elsewhere")

        TextSetting {
            settings: page.app.settings
            name: "llm.base_url"
            label: qsTr("Model's address")
            description: qsTr("Speaks OpenAI's protocol; empty for OpenAI")
            placeholder: "http://127.0.0.1:11434/v1"
        }

        TextSetting {
            settings: page.app.settings
            name: "llm.openai_model"
            label: qsTr("Model's name")
        }
    }
}
