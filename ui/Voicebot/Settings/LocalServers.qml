pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Language model servers that answer on this machine, each with its models, one click away.
Section {
    id: servers

    required property var app
    readonly property var brain: app.thinking
    readonly property string used: app.settings.values.llm_base_url + "|" + app.settings.values.llm_engine

    title: qsTr("On this machine")
    Component.onCompleted: brain.refresh()

    Caption {
        width: parent.width
        visible: servers.brain.servers.length === 0
        text: servers.brain.looking ? qsTr("Looking for Ollama, LM Studio, llama.cpp and vLLM…") : qsTr("No server was found. Start Ollama, LM Studio, llama.cpp or vLLM, then look again: nothing you say leaves this machine.")
        wrapMode: Text.Wrap
    }

    Repeater {
        model: servers.brain.servers.length

        delegate: SettingRow {
            id: server

            required property int index
            readonly property var found: servers.brain.servers[index] ?? ({})

            label: found.name ?? ""
            description: found.address ?? ""

            Row {
                spacing: Theme.space8

                Choice {
                    id: models

                    width: Math.min(200 * Theme.textScale, server.width - use.width - Theme.space8)
                    label: qsTr("Models of %1").arg(server.label)
                    model: server.found.models ?? []
                }

                PushButton {
                    id: use

                    readonly property bool chosen: servers.used === `${server.found.address}|openai:${models.currentText}`

                    text: chosen ? qsTr("in use") : qsTr("Use")
                    enabled: !chosen
                    Accessible.name: qsTr("Use %1").arg(server.label)
                    onClicked: servers.brain.use(server.found.address, models.currentText)
                }
            }
        }
    }

    PushButton {
        text: qsTr("Look again")
        Accessible.name: qsTr("Look again for servers")
        kind: PushButton.Quiet
        symbol: Icons.refresh
        enabled: !servers.brain.looking
        onClicked: servers.brain.refresh()
    }
}
