pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What is to be compared, on what; and how far that is.
Card {
    id: card

    required property var app
    readonly property var lab: app.labBench
    property string kind: "stt"
    readonly property bool hears: kind === "stt"
    readonly property bool complete: (recognisers.chosen.length > 0 || kind === "tts") && (hears || voices.chosen.length > 0)
    readonly property var languages: lab.languages.map(code => ({
                value: code,
                text: ({
                        en: qsTr("English"),
                        ko: qsTr("Korean")
                    })[code] ?? code
            }))

    function run(): void {
        lab.begin({
            kind: kind,
            source: hears ? clips.path : texts.path,
            language: languages[language.currentIndex]?.value ?? "en",
            recognisers: recognisers.chosen,
            voices: hears ? [] : voices.chosen,
            stresses: hears ? stresses.chosen : []
        });
        progress.takeFocus();
    }

    onKindChanged: if (kind === "tts")
        recognisers.chosen = recognisers.chosen.slice(0, 1)

    contentItem: Column {
        spacing: Theme.space12

        Segmented {
            width: Math.min(implicitWidth, parent.width)
            label: qsTr("What to compare")
            options: LabWords.kinds
            value: card.kind
            onChosen: value => card.kind = value
        }

        Body {
            width: parent.width
            text: ({
                    stt: qsTr("How many words does each recogniser get wrong, and how fast is it?"),
                    tts: qsTr("How soon does each voice speak, how loud is it, and is it understood?"),
                    roundtrip: qsTr("Which recogniser understands which voice?")
                })[card.kind]
            color: Theme.textMuted
        }

        Source {
            id: clips

            width: parent.width
            visible: card.hears
            lab: card.lab
            label: qsTr("Folder or list of clips")
            placeholder: qsTr("What was recorded in the app")
            explanation: path !== "" ? qsTr("A folder with NAME.txt beside each NAME.wav, LibriSpeech, Common Voice, or a list as TSV, CSV or JSONL") : qsTr("Your recordings, with the words that were understood at the time, right or wrong")
        }

        Source {
            id: texts

            width: parent.width
            visible: !card.hears
            folders: false
            lab: card.lab
            label: qsTr("File of texts")
            placeholder: qsTr("Ten sentences of our own")
            explanation: qsTr("One text on each line")
        }

        Column {
            width: Math.min(220 * Theme.textScale, parent.width)
            spacing: Theme.space4

            Caption {
                text: qsTr("Language")
                Accessible.ignored: true
            }

            Choice {
                id: language

                width: parent.width
                label: qsTr("Language")
                model: card.languages
                textRole: "text"
            }
        }

        Comparing {
            id: voices

            width: parent.width
            visible: !card.hears
            title: qsTr("Voices to compare")
            stage: "tts"
            candidates: card.lab.voices
        }

        Comparing {
            id: recognisers

            width: parent.width
            title: card.kind === "tts" ? qsTr("Recogniser that judges them") : qsTr("Recognisers to compare")
            stage: "stt"
            single: card.kind === "tts"
            candidates: card.lab.recognisers
        }

        Stresses {
            id: stresses

            width: parent.width
            visible: card.hears
        }

        RunProgress {
            id: progress

            width: parent.width
            lab: card.lab
            complete: card.complete
            onRun: card.run()
        }
    }
}
