pragma ComponentBehavior: Bound

import QtQuick

// One entry of the conversation, in the middle column: a question or an answer.
Item {
    id: message

    required property int index
    required property int turn
    required property string role
    required property string status
    required property string text
    required property var blocks
    required property string what
    required property string why
    required property string fix
    required property string engine
    required property bool recorded
    required property bool typed
    required property int version
    required property var versions
    required property real latency
    required property var stages
    required property var cost
    required property string clock
    required property var sources

    required property real column
    required property var app

    readonly property bool last: index === ListView.view.count - 1

    implicitHeight: loader.item ? (loader.item as Item).implicitHeight : 0

    HoverHandler {
        id: pointer
    }

    Loader {
        id: loader

        anchors.horizontalCenter: parent.horizontalCenter
        width: message.column
        sourceComponent: message.role === "user" ? question : answer
    }

    Component {
        id: question

        Question {
            number: message.index + 1
            turn: message.turn
            status: message.status
            text: message.text
            what: message.what
            recorded: message.recorded
            typed: message.typed
            clock: message.clock
            version: message.version
            versions: message.versions
            hovered: pointer.hovered
            onReplay: message.app.replay(message.turn, "user")
            onCopy: message.app.copy(message.turn, "user")
            onResend: text => message.app.editAndSend(message.turn, text)
            onRetry: message.app.retry(message.turn, "", "")
            onShowVersion: turn => message.app.showVersion(turn)
        }
    }

    Component {
        id: answer

        Answer {
            number: message.index + 1
            turn: message.turn
            status: message.status
            text: message.text
            blocks: message.blocks
            what: message.what
            why: message.why
            fix: message.fix
            engine: message.engine
            latency: message.latency
            stages: message.stages
            cost: message.cost
            sources: message.sources
            recorded: message.recorded
            hovered: pointer.hovered || message.last
            recognisers: message.status === "failed" ? message.app.engineList.ready.stt ?? [] : []
            models: message.status === "failed" ? message.app.engineList.ready.llm ?? [] : []
            onReplay: message.app.replay(message.turn, "assistant")
            onCopy: message.app.copy(message.turn, "assistant")
            onCopyText: text => message.app.copyText(text)
            onRegenerate: message.app.regenerate(message.turn)
            onRetry: (stage, engine) => message.app.retry(message.turn, stage, engine)
            onFollow: address => message.app.openLink(address)
            onOpenSource: source => message.app.documentList.sheet.open(source)
        }
    }
}
