pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Settings
import Voicebot.Theme

// What to transcribe, with which recogniser, and in which language.
Card {
    id: card

    required property var app
    readonly property var list: app.transcriptionList
    readonly property var dialog: chooser.item
    readonly property string recogniser: list.engine !== "" ? list.engine : app.settings.values.stt_engine ?? ""
    readonly property bool sends: (app.engineList.rows.stt ?? []).some(row => row.name === recogniser.split(":")[0] && !row.local)
    readonly property var recognisers: [
        {
            value: "",
            text: qsTr("As in the settings")
        },
        ...(app.engineList.ready.stt ?? []).map(name => ({
                    value: name,
                    text: EngineWords.title(name)
                }))
    ]
    readonly property var languages: [
        {
            value: "",
            text: qsTr("As in the settings")
        },
        {
            value: "en",
            text: qsTr("English")
        },
        {
            value: "ko",
            text: qsTr("Korean")
        }
    ]

    function place(options: var, value: string): int {
        return Math.max(0, options.findIndex(one => one.value === value));
    }

    // The button that was pressed gives way: the keyboard stays in the card.
    function takeFocus(): void {
        (start.enabled ? start : choose).forceActiveFocus(Qt.OtherFocusReason);
    }

    Component.onDestruction: dialog?.close()

    contentItem: Column {
        spacing: Theme.space12

        Body {
            width: parent.width
            text: qsTr("Drop sound or films anywhere on this window, or choose them. They stay where they are.")
            color: Theme.textMuted
        }

        Flow {
            width: parent.width
            spacing: Theme.space12

            Column {
                width: Math.min(260 * Theme.textScale, parent.width)
                spacing: Theme.space4

                Caption {
                    text: qsTr("Recogniser")
                    Accessible.ignored: true
                }

                Choice {
                    width: parent.width
                    label: qsTr("Recogniser")
                    model: card.recognisers
                    textRole: "text"
                    currentIndex: card.place(card.recognisers, card.list.engine)
                    onActivated: index => card.list.engine = card.recognisers[index].value
                }
            }

            Column {
                width: Math.min(220 * Theme.textScale, parent.width)
                spacing: Theme.space4

                Caption {
                    text: qsTr("Language")
                    Accessible.ignored: true
                }

                Choice {
                    width: parent.width
                    label: qsTr("Language")
                    model: card.languages
                    textRole: "text"
                    currentIndex: card.place(card.languages, card.list.language)
                    onActivated: index => card.list.language = card.languages[index].value
                }
            }
        }

        Caption {
            width: parent.width
            visible: card.sends
            text: qsTr("The sound is sent to this service.")
            wrapMode: Text.Wrap
            color: Theme.warning
        }

        Flow {
            width: parent.width
            spacing: Theme.space8

            PushButton {
                id: start

                enabled: card.list.unbegun > 0
                text: card.list.unbegun > 1 ? qsTr("Transcribe %1 recordings").arg(card.list.unbegun) : qsTr("Transcribe")
                kind: PushButton.Primary
                symbol: Icons.play
                onClicked: {
                    card.list.begin();
                    choose.forceActiveFocus(Qt.OtherFocusReason);
                }
            }

            PushButton {
                id: choose

                text: qsTr("Choose files")
                symbol: Icons.plus
                onClicked: chooser.active ? card.dialog.open() : chooser.active = true
            }
        }
    }

    // Loaded when it is first wanted, for it brings libraries of its own; so it has no type here either.
    Loader {
        id: chooser

        active: false
        source: "FileChooser.qml"
        onLoaded: card.dialog.open()
    }

    Connections {
        target: chooser.item
        ignoreUnknownSignals: true

        function onAccepted(): void {
            card.list.add(card.dialog.selectedFiles);
            card.takeFocus();
        }
    }
}
