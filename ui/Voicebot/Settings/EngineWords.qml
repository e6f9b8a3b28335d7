pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// What the engines are called and what they are, for people; and who gets to know what when one sends something away.
QtObject {
    readonly property var titles: ({
            sphinx: "PocketSphinx",
            whisper: "Whisper",
            openai: "OpenAI",
            offline: qsTr("The built-in assistant"),
            pyttsx3: qsTr("The system's voice"),
            gtts: "Google Translate (gTTS)"
        })
    readonly property var about: ({
            "stt.sphinx": qsTr("English only; built in, quick, and often wrong"),
            "stt.whisper": qsTr("English, Korean and many more, on this machine; needs a model"),
            "stt.openai": qsTr("OpenAI's recogniser, or a server that speaks its protocol"),
            "llm.offline": qsTr("Time, dates, sums, units and timers; no model, no network"),
            "llm.openai": qsTr("OpenAI's models, or a server that speaks their protocol"),
            "tts.pyttsx3": qsTr("Built in, English and Korean, at once"),
            "tts.gtts": qsTr("Google's voices; no key, but a network"),
            "tts.openai": qsTr("OpenAI's voices, or a server that speaks their protocol")
        })
    readonly property var sends: ({
            stt: qsTr("What you say is sent to this service, as sound."),
            llm: qsTr("The conversation is sent to this service, as text."),
            tts: qsTr("What the assistant says is sent to this service, as text.")
        })

    function title(name: string): string {
        return titles[name] ?? name;
    }

    function describe(stage: string, name: string): string {
        return about[`${stage}.${name}`] ?? "";
    }
}
