pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The person's documents in the conversation: how passages are found, and where what is needed for that is kept.
Column {
    id: page

    required property var app
    readonly property var values: app.settings.values
    readonly property string store: String(values.documents_store ?? "")
    readonly property string embeddings: String(values.documents_embeddings ?? "")

    signal wanted(string section)
    signal documents

    spacing: Theme.space24

    Section {
        title: qsTr("Documents in the conversation")
        text: qsTr("Nothing of them leaves this machine, unless a service answers, or one is chosen below.")

        SettingRow {
            label: qsTr("Collections")
            description: page.app.documentList.on !== "" ? qsTr("On in the conversation: %1").arg(page.app.documentList.on) : qsTr("None is on in the conversation")

            PushButton {
                text: qsTr("Manage documents")
                symbol: Icons.library
                onClicked: page.documents()
            }
        }

        SwitchSetting {
            settings: page.app.settings
            name: "documents.only"
            text: qsTr("Only from my documents")
            description: qsTr("It says that it found nothing, rather than answer from elsewhere")
        }

        SwitchSetting {
            settings: page.app.settings
            name: "documents.watch"
            text: qsTr("Follow changes")
            description: qsTr("Files that were changed, added or deleted in your folders are read again by themselves")
        }
    }

    EmbeddingSection {
        app: page.app
    }

    ModelOffers {
        title: qsTr("A model for meaning by one click")
        text: qsTr("It is downloaded once, and then works on this machine. Your files are read through once more for it, in the background.")
        offers: page.app.documentList.offers
        engine: "sentence-transformers"
        engines: page.app.documentList.engines
    }

    Section {
        title: qsTr("How passages are found")

        ChoiceSetting {
            settings: page.app.settings
            name: "documents.retrieval"
            label: qsTr("How it searches")
            description: qsTr("Naive: one search. Advanced: a follow-up made a full question, both searches joined, the best read again and put first. Modular: your own steps")
            options: [
                {
                    value: "naive",
                    text: qsTr("Naive")
                },
                {
                    value: "advanced",
                    text: qsTr("Advanced")
                },
                {
                    value: "modular",
                    text: qsTr("Modular")
                }
            ]
        }

        TextSetting {
            visible: page.values.documents_retrieval === "modular"
            settings: page.app.settings
            name: "documents.steps"
            label: qsTr("Steps")
            description: qsTr("In their order, with commas: rewrite, words, meaning, filter, fuse, rerank, merge, fit, or langchain:MODULE.CLASS")
            wide: true
        }

        SliderSetting {
            settings: page.app.settings
            name: "documents.passages"
            label: qsTr("Passages for an answer")
            description: qsTr("More say more, and make a small model slower and vaguer")
            from: 1
            to: 20
            stepSize: 1
            format: value => qsTr("%1 at most").arg(Math.round(value))
        }

        SliderSetting {
            settings: page.app.settings
            name: "documents.tokens"
            label: qsTr("Room for them, in tokens")
            description: qsTr("A token is about three quarters of an English word, or a syllable or two of Korean")
            from: 300
            to: 8000
            stepSize: 100
            format: value => String(Math.round(value))
        }
    }

    StoreSection {
        app: page.app
    }
}
