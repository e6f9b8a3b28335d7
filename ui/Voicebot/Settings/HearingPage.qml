pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Recognising: the engine, and the languages that are spoken.
Column {
    id: page

    required property var app
    readonly property string languages: Array.from(app.settings.values.stt_languages ?? []).join(", ")

    signal wanted(string section)

    spacing: Theme.space24

    EngineList {
        title: qsTr("Recogniser")
        app: page.app
        stage: "stt"
        onWanted: section => page.wanted(section)
    }

    Section {
        title: qsTr("Languages")
        text: qsTr("A short list hears better than a guess among a hundred. The one that was heard picks the voice that answers.")

        SettingRow {
            label: qsTr("I speak")

            Segmentation {
                cell: 170
                room: page.width - Theme.space32 - 150 * Theme.textScale
                label: qsTr("Languages that you speak")
                value: page.languages
                options: [
                    {
                        value: "en, ko",
                        text: qsTr("Both, English first")
                    },
                    {
                        value: "ko, en",
                        text: qsTr("Both, Korean first")
                    },
                    {
                        value: "en",
                        text: qsTr("English only")
                    },
                    {
                        value: "ko",
                        text: qsTr("Korean only")
                    }
                ]
                onChosen: value => page.app.settings.set("stt.languages", value)
            }
        }

        TextSetting {
            settings: page.app.settings
            name: "stt.languages"
            label: qsTr("Language codes")
            description: qsTr("Up to eight, the likeliest first")
            placeholder: "ko, en, ja"
        }

        SwitchSetting {
            settings: page.app.settings
            name: "stt.partials"
            text: qsTr("Words appear while you speak")
            description: qsTr("Where the recogniser runs on this machine")
        }
    }

    Section {
        title: qsTr("A server of your own")

        TextSetting {
            settings: page.app.settings
            name: "stt.base_url"
            label: qsTr("Recogniser's address")
            description: qsTr("Speaks OpenAI's protocol; empty for OpenAI")
            placeholder: "http://127.0.0.1:8000/v1"
        }

        TextSetting {
            settings: page.app.settings
            name: "stt.openai_model"
            label: qsTr("Recogniser's model")
        }
    }
}
