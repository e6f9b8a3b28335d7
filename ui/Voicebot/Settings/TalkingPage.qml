pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// When the microphone listens, the key that talks, and when a turn ends.
Column {
    id: page

    required property var app
    readonly property bool attends: app.settings.values["listening_attention"] === "wake word"

    signal testKey

    spacing: Theme.space24

    Section {
        title: qsTr("Talking")

        Switch {
            width: parent.width
            text: qsTr("Just speak")
            description: qsTr("Hands-free: it listens all the time, and answers when you pause")
            enabled: !page.app.settings.overridden.includes("listening.mode")
            checked: page.app.talkState.handsFree
            onToggled: page.app.talkState.handsFree = checked
        }

        ChoiceSetting {
            settings: page.app.settings
            name: "listening.attention"
            label: qsTr("Hands-free, it answers")
            description: page.app.talkState.wakeWordInstalled ? qsTr("A wake word keeps it from answering the telephone and the television") : qsTr("A wake word keeps it from answering the television. It needs: %1").arg("pip install \"voicebot[wake-word]\"")
            options: [
                {
                    value: "always",
                    text: qsTr("Whatever is said")
                },
                {
                    value: "wake word",
                    text: qsTr("After a wake word")
                }
            ]
        }

        ChoiceSetting {
            visible: page.attends
            settings: page.app.settings
            name: "listening.wake_word"
            label: qsTr("Wake word")
            description: qsTr("Said in English. It stops the answer too")
            options: [
                {
                    value: "okay_nabu",
                    text: "Okay Nabu"
                },
                {
                    value: "hey_jarvis",
                    text: "Hey Jarvis"
                },
                {
                    value: "hey_mycroft",
                    text: "Hey Mycroft"
                },
                {
                    value: "alexa",
                    text: "Alexa"
                }
            ]
        }

        SliderSetting {
            visible: page.attends
            settings: page.app.settings
            name: "listening.follow_up"
            label: qsTr("After an answer")
            description: qsTr("So long you need no wake word to go on")
            from: 0
            to: 30
            stepSize: 1
            format: value => qsTr("%1 s").arg(Math.round(value))
        }

        SwitchSetting {
            settings: page.app.settings
            name: "listening.armed"
            text: qsTr("Ready before the key")
            description: qsTr("The microphone stays open, in memory only, so that no first word is lost")
        }

        SwitchSetting {
            settings: page.app.settings
            name: "listening.barge_in"
            text: qsTr("Speak over it in any case")
            description: qsTr("Also where the echo is not cancelled. For headphones: on open speakers it would hear itself")
        }

        ChoiceSetting {
            settings: page.app.settings
            name: "listening.echo"
            label: qsTr("Cancel the echo")
            description: qsTr("Takes the speaker's sound out of the microphone, so that you can speak over it without headphones. Needs the extra \"echo\"")
            options: [
                {
                    value: "auto",
                    text: qsTr("Where it can run")
                },
                {
                    value: "off",
                    text: qsTr("Off")
                }
            ]
        }

        SettingRow {
            label: qsTr("Talk key")
            description: page.app.keyTest.shortcut !== "" ? qsTr("Space in this window; %1 everywhere").arg(page.app.keyTest.shortcut) : qsTr("Space in this window; none elsewhere")

            PushButton {
                text: qsTr("Choose and test")
                symbol: Icons.keyboard
                onClicked: page.testKey()
            }
        }
    }

    Section {
        title: qsTr("Turn-taking")

        SliderSetting {
            settings: page.app.settings
            name: "listening.min_silence"
            label: qsTr("Silence that ends your turn")
            description: qsTr("As long as it is not known what you say")
            from: 0.2
            to: 3
            stepSize: 0.05
            format: value => qsTr("%1 s").arg(value.toFixed(2))
        }

        SliderSetting {
            settings: page.app.settings
            name: "listening.shortest_pause"
            label: qsTr("After words that sound finished")
            description: qsTr("More, if it cuts you off; less, if it makes you wait")
            from: 0.2
            to: 1
            stepSize: 0.05
            format: value => qsTr("%1 s").arg(value.toFixed(2))
        }

        SliderSetting {
            settings: page.app.settings
            name: "listening.longest_pause"
            label: qsTr("After words that sound unfinished")
            description: qsTr("More, if you stop to think")
            from: 1
            to: 3
            stepSize: 0.1
            format: value => qsTr("%1 s").arg(value.toFixed(1))
        }

        ChoiceSetting {
            settings: page.app.settings
            name: "listening.speculate"
            label: qsTr("Prepare the answer early")
            description: qsTr("From your first pause on, unseen; thrown away when you go on. With any engine, some of what you pay for is in vain")
            options: [
                {
                    value: "local",
                    text: qsTr("With engines on this computer")
                },
                {
                    value: "always",
                    text: qsTr("With any engine")
                },
                {
                    value: "never",
                    text: qsTr("Never")
                }
            ]
        }

        SliderSetting {
            settings: page.app.settings
            name: "listening.pre_roll"
            label: qsTr("Kept from before you spoke")
            from: 0
            to: 2
            stepSize: 0.1
            format: value => qsTr("%1 s").arg(value.toFixed(1))
        }

        SliderSetting {
            settings: page.app.settings
            name: "listening.vad_on"
            label: qsTr("Sure that it is speech")
            description: qsTr("More, if noise sets it off")
            from: 0.35
            to: 0.95
            stepSize: 0.05
            format: value => qsTr("%1 %").arg(Math.round(value * 100))
        }

        SliderSetting {
            settings: page.app.settings
            name: "listening.max_utterance"
            label: qsTr("Longest utterance")
            from: 5
            to: 30
            stepSize: 1
            format: value => qsTr("%1 s").arg(Math.round(value))
        }
    }
}
