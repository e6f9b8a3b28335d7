pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Settings

// What runs, figures and stresses are called.
QtObject {
    readonly property var kinds: [
        {
            value: "stt",
            text: qsTr("Recognisers")
        },
        {
            value: "tts",
            text: qsTr("Voices")
        },
        {
            value: "roundtrip",
            text: qsTr("Round trip")
        }
    ]
    readonly property var figures: ({
            wer: qsTr("WER (words)"),
            cer: qsTr("CER (letters)"),
            speed: qsTr("Real-time factor"),
            partial: qsTr("First words after"),
            final: qsTr("Last words after"),
            memory: qsTr("Memory"),
            first: qsTr("First sound after"),
            loudness: qsTr("Loudness"),
            clipped: qsTr("Clipped"),
            silence: qsTr("Silence before")
        })
    readonly property var stresses: [
        {
            value: "noise:20",
            text: qsTr("Some noise (20 dB)")
        },
        {
            value: "noise:10",
            text: qsTr("Much noise (10 dB)")
        },
        {
            value: "telephone",
            text: qsTr("Telephone")
        },
        {
            value: "speed:1.2",
            text: qsTr("Spoken faster")
        },
        {
            value: "clip:-12",
            text: qsTr("Overdriven")
        }
    ]

    function kind(value: string): string {
        return kinds.find(one => one.value === value)?.text ?? value;
    }

    function stress(value: string): string {
        return value === "" ? "" : stresses.find(one => one.value === value)?.text ?? value;
    }

    // A recogniser or a voice by its name in a run: "whisper:base", "pyttsx3/gmw/en-US".
    function candidate(name: string): string {
        const parts = /^([^:/]+)[:/](.+)$/.exec(name);
        return parts ? `${EngineWords.title(parts[1])} · ${parts[2].split("/").pop()}` : EngineWords.title(name);
    }

    // Who gets to know what.
    function sent(stage: string, engine: string): string {
        const company = EngineWords.companies[engine] ?? EngineWords.title(engine);
        return stage === "stt" ? qsTr("The clips are sent to %1 over the network, as sound.").arg(company) : qsTr("The texts are sent to %1 over the network.").arg(company);
    }

    // What a row or a trial is about, in a line.
    function about(one: var): string {
        return [one.voice !== "" ? candidate(one.voice) : "", one.engine !== "" ? candidate(one.engine) : "", stress(one.stress)].filter(part => part !== "").join(one.voice !== "" ? " → " : ", ");
    }
}
