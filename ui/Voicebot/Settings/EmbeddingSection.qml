pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Searching by meaning: with a model on this machine, with a service that is told what of, or not at all.
Section {
    id: section

    required property var app
    readonly property var settings: app.settings
    readonly property string value: String(settings.values.documents_embeddings ?? "")
    readonly property bool sends: value.split(":")[0] === "openai"
    readonly property string address: String(settings.values.documents_base_url ?? "")
    readonly property string service: address !== "" ? address.replace(/^https?:\/\//, "").split("/")[0] : "OpenAI"
    readonly property var plain: [
        {
            value: "auto",
            text: qsTr("A model on this machine")
        },
        {
            value: "off",
            text: qsTr("Off: by words alone")
        },
        {
            value: "openai",
            text: qsTr("A service: OpenAI")
        }
    ]
    readonly property var options: plain.some(one => one.value === value) ? plain : [...plain, {
            value: value,
            text: value.slice(value.indexOf(":") + 1)
        }]

    title: qsTr("Searching by meaning")
    text: qsTr("Words are searched for in any case. By meaning, a passage is found as well where it says the same in other words, or in another language.")

    SettingRow {
        label: qsTr("Meaning")
        description: qsTr("Without a model, passages are found by their words")
        fault: section.settings.faults["documents.embeddings"] ?? ""
        locked: section.settings.overridden.includes("documents.embeddings")

        Choice {
            id: choice

            width: Math.min(260 * Theme.textScale, section.width - Theme.space32)
            label: qsTr("Meaning")
            model: section.options
            textRole: "text"
            currentIndex: section.options.findIndex(one => one.value === section.value)
            onActivated: index => {
                const chosen = section.options[index].value;
                if (chosen === "openai" && !section.sends)
                    consent.open();
                else
                    section.settings.set("documents.embeddings", chosen);
                currentIndex = Qt.binding(() => section.options.findIndex(one => one.value === section.value));
            }
        }
    }

    Caption {
        width: parent.width
        visible: section.sends
        text: qsTr("All passages of your documents are sent to %1 once, and each question.").arg(section.service)
        wrapMode: Text.Wrap
        color: Theme.warning
    }

    TextSetting {
        visible: section.sends
        settings: section.settings
        name: "documents.openai_model"
        label: qsTr("Embedding model")
    }

    TextSetting {
        visible: section.sends
        settings: section.settings
        name: "documents.base_url"
        label: qsTr("Embedding model's address")
        description: qsTr("Speaks OpenAI's protocol; empty for OpenAI")
        placeholder: "http://127.0.0.1:11434/v1"
    }

    Dialog {
        id: consent

        title: qsTr("Use %1?").arg(section.service)
        text: qsTr("All passages of your documents are sent to %1 over the network once, and each question. It costs money, and needs a key.").arg(section.service)
        acceptText: qsTr("Use it")
        rejectText: qsTr("Stay on this machine")
        onAccepted: section.settings.set("documents.embeddings", "openai")
    }
}
