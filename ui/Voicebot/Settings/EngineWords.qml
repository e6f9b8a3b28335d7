pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// What the engines are called and what they are, for people; and who gets to know what when one sends something away.
QtObject {
    readonly property var titles: ({
            sphinx: "PocketSphinx",
            whisper: "Whisper",
            "faster-whisper": "faster-whisper",
            google: "Google",
            openai: "OpenAI",
            offline: qsTr("The built-in assistant"),
            transformers: qsTr("A model on this machine"),
            pyttsx3: qsTr("The system's voice"),
            piper: "Piper",
            gtts: "Google Translate (gTTS)",
            edge: qsTr("Microsoft Edge's voices"),
            elevenlabs: "ElevenLabs"
        })
    readonly property var about: ({
            "stt.sphinx": qsTr("English only; built in, quick, and often wrong"),
            "stt.whisper": qsTr("English, Korean and many more, on this machine; needs a model"),
            "stt.faster-whisper": qsTr("Whisper's models in less memory, on this machine; needs a model"),
            "stt.google": qsTr("Google's recogniser, for many languages; no key, but a network"),
            "stt.openai": qsTr("OpenAI's recogniser, or a server that speaks its protocol; needs a key"),
            "llm.offline": qsTr("Time, dates, sums, units and timers; no model, no network"),
            "llm.transformers": qsTr("A small model that is downloaded once and answers without a network"),
            "llm.openai": qsTr("OpenAI's models, or a server that speaks their protocol; needs a key"),
            "tts.pyttsx3": qsTr("Built in, English and Korean, at once"),
            "tts.piper": qsTr("Natural voices on this machine; each is downloaded once"),
            "tts.gtts": qsTr("Google's voices; no key, but a network"),
            "tts.edge": qsTr("Natural voices in many languages; no key, but a network"),
            "tts.elevenlabs": qsTr("Very natural voices in many languages; needs a key, and is paid for"),
            "tts.openai": qsTr("OpenAI's voices, or a server that speaks their protocol; needs a key")
        })
    readonly property var companies: ({
            google: "Google",
            gtts: "Google",
            edge: "Microsoft",
            elevenlabs: "ElevenLabs",
            openai: "OpenAI"
        })
    readonly property var sends: ({
            stt: qsTr("What you say is sent to %1 over the network, as sound."),
            llm: qsTr("The conversation is sent to %1 over the network, as text."),
            tts: qsTr("What the assistant says is sent to %1 over the network, as text.")
        })

    // An engine as it is chosen, alone or with its model, "transformers:qwen3-0.6b", or two, "piper+pyttsx3".
    function title(chosen: string): string {
        return chosen.split(":")[0].split("+").map(name => titles[name] ?? name).join(" + ");
    }

    // `host` is the server that was named in place of the engine's own.
    function describe(stage: string, name: string, host: string): string {
        return host !== "" ? qsTr("The server at %1, which speaks OpenAI's protocol").arg(host) : about[`${stage}.${name}`] ?? "";
    }

    // The model where there is one to tell, the engine otherwise.
    function short(chosen: string): string {
        const model = chosen.slice(chosen.indexOf(":") + 1);
        return chosen.includes(":") ? model : title(chosen);
    }

    // Who gets to know what.
    function sent(stage: string, name: string, host: string): string {
        return sends[stage].arg(host || (companies[name] ?? title(name)));
    }
}
