pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Where the vectors of passages are kept: on this machine, or with a service that is told what of.
Section {
    id: section

    required property var app
    readonly property var settings: app.settings
    readonly property string value: String(settings.values.documents_store ?? "")
    readonly property bool byLangChain: value.startsWith("langchain:")
    readonly property var plain: [
        {
            value: "faiss",
            text: qsTr("FAISS, on this machine")
        },
        {
            value: "chroma",
            text: "Chroma"
        },
        {
            value: "langchain:langchain_pinecone.PineconeVectorStore",
            text: "Pinecone"
        },
        {
            value: "langchain:langchain_mongodb.MongoDBAtlasVectorSearch",
            text: "MongoDB Atlas"
        }
    ]
    readonly property var options: plain.some(one => one.value === value) ? plain : [...plain, {
            value: value,
            text: value.replace(/^langchain:/, "")
        }]
    property string asked: ""

    function choose(store: string): void {
        if (store.startsWith("langchain:") && store !== value) {
            asked = store;
            consent.open();
        } else {
            settings.set("documents.store", store);
        }
    }

    title: qsTr("Where vectors are kept")
    text: qsTr("FAISS is built in and needs no server. The others are for those who have one already.")

    SettingRow {
        label: qsTr("Store")
        description: qsTr("Another one is filled anew, in the background")
        fault: section.settings.faults["documents.store"] ?? ""
        locked: section.settings.overridden.includes("documents.store")

        Choice {
            width: Math.min(260 * Theme.textScale, section.width - Theme.space32)
            label: qsTr("Store")
            model: section.options
            textRole: "text"
            currentIndex: section.options.findIndex(one => one.value === section.value)
            onActivated: index => {
                section.choose(section.options[index].value);
                currentIndex = Qt.binding(() => section.options.findIndex(one => one.value === section.value));
            }
        }
    }

    TextSetting {
        visible: section.value === "chroma"
        settings: section.settings
        name: "documents.chroma_address"
        label: qsTr("Chroma's address")
        description: qsTr("Of a server; empty keeps its files on this machine")
        placeholder: "http://127.0.0.1:8000"
    }

    Caption {
        width: parent.width
        visible: section.byLangChain
        text: qsTr("The vectors of your passages are sent there, without their text; a vector tells something of it all the same.")
        wrapMode: Text.Wrap
        color: Theme.warning
    }

    TextSetting {
        visible: section.byLangChain
        settings: section.settings
        name: "documents.store"
        label: qsTr("Class of the store")
        description: qsTr("Any vector store of LangChain's: langchain:MODULE.CLASS")
        wide: true
    }

    TextSetting {
        visible: section.byLangChain
        settings: section.settings
        name: "documents.store_options"
        label: qsTr("Options of the store")
        description: qsTr("What it is made with, as JSON; $NAME stands for a key of that name, which is kept in the keyring")
        placeholder: "{\"index_name\": \"voicebot\"}"
        wide: true
    }

    Dialog {
        id: consent

        title: qsTr("Keep vectors in a store that may be elsewhere?")
        text: qsTr("The vectors of your passages are sent there, without their text; a vector tells something of it all the same.")
        acceptText: qsTr("Use it")
        rejectText: qsTr("Stay on this machine")
        onAccepted: section.settings.set("documents.store", section.asked)
    }
}
