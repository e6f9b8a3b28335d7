pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Settings
import Voicebot.Theme

// Who answers: the built-in assistant, a model that is downloaded, one on a server of this machine, or a service.
Column {
    id: step

    required property var app

    spacing: Theme.space24
    Component.onCompleted: app.keyring.refresh()

    EngineList {
        app: step.app
        stage: "llm"
        mendable: false
    }

    ModelOffers {
        title: qsTr("A brain by one click")
        text: qsTr("A small model is downloaded once, and then answers on this machine, without a network.")
        offers: step.app.thinking.offers
        engine: "transformers"
        engines: step.app.engineList.rows.llm ?? []
    }

    LocalServers {
        app: step.app
    }

    Section {
        title: qsTr("With a key")

        Repeater {
            model: step.app.keyring.keys.length

            delegate: KeyRow {
                required property int index
                readonly property var row: step.app.keyring.keys[index] ?? ({})

                keyring: step.app.keyring
                name: row.name ?? ""
                source: row.source ?? ""
                variable: row.variable ?? ""
            }
        }
    }
}
