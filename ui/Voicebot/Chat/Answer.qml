pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What the assistant answered: text over the whole width, code in blocks, what is being said in colour.
Item {
    id: answer

    required property int number
    required property int turn
    required property string status
    required property string text
    required property var blocks
    required property string what
    required property string why
    required property string fix
    required property string engine
    required property real latency
    required property var stages
    required property var cost
    required property var sources
    property bool hovered: false
    property var recognisers: []
    property var models: []
    property bool recorded: false

    signal replay
    signal copy
    signal copyText(string text)
    signal regenerate
    signal retry(string stage, string engine)
    signal follow(string address)
    signal openSource(var source)

    readonly property bool busy: ["thinking", "writing", "speaking"].includes(status)

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Voicebot: %1").arg(status === "failed" && text === "" ? what : text)

    Column {
        id: column

        width: parent.width
        spacing: Theme.space8

        Thinking {
            visible: answer.status === "thinking"
        }

        Repeater {
            model: answer.blocks

            delegate: BlockView {
                number: answer.number
                width: column.width
                onFollow: address => {
                    const cited = answer.sources.find(one => address === `source:${one.number}`);
                    if (cited)
                        answer.openSource(cited);
                    else
                        answer.follow(address);
                }
                onCopyText: text => answer.copyText(text)
            }
        }

        Caption {
            visible: answer.status === "cut"
            text: qsTr("Stopped here: what is struck out was not heard")
            color: Theme.textMuted
        }

        // Most answers have none, and are made without.
        Loader {
            width: parent.width
            active: answer.sources.length > 0
            visible: active

            sourceComponent: Citations {
                number: answer.number
                sources: answer.sources
                onOpen: source => answer.openSource(source)
            }
        }

        Failure {
            width: parent.width
            number: answer.number
            visible: answer.status === "failed"
            what: answer.what
            why: answer.why
            fix: answer.fix
            recognisers: answer.recorded ? answer.recognisers : []
            models: answer.models
            onRetry: (stage, engine) => answer.retry(stage, engine)
        }

        Actions {
            x: -Math.round((Theme.controlHeight - 16) / 2)
            visible: !answer.busy && answer.text !== ""
            shown: answer.hovered

            IconButton {
                symbol: Icons.speaker
                label: qsTr("Say it again")
                Accessible.name: answer.called(label)
                iconSize: 16
                onClicked: answer.replay()
            }

            IconButton {
                symbol: Icons.copy
                label: qsTr("Copy the answer")
                Accessible.name: answer.called(label)
                iconSize: 16
                onClicked: answer.copy()
            }

            IconButton {
                symbol: Icons.refresh
                label: qsTr("Answer again")
                Accessible.name: answer.called(label)
                iconSize: 16
                onClicked: answer.regenerate()
            }

            Timings {
                anchors.verticalCenter: parent.verticalCenter
                number: answer.number
                latency: answer.latency
                stages: answer.stages
                cost: answer.cost
                engine: answer.engine
            }
        }
    }

    // Many messages have the same buttons: a screen reader tells them apart by the number.
    function called(label: string): string {
        return qsTr("%1, message %2").arg(label).arg(number);
    }
}
