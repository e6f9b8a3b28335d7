pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Language model servers that answer on this machine, each with its models, one click away.
Section {
    id: servers

    required property var app
    readonly property var brain: app.thinking

    title: qsTr("Servers on this machine")
    Component.onCompleted: brain.refresh()

    Caption {
        width: parent.width
        visible: servers.brain.servers.length === 0
        text: servers.brain.looking ? qsTr("Looking for Ollama, LM Studio, llama.cpp and vLLM…") : qsTr("No server was found. Start Ollama, LM Studio, llama.cpp or vLLM, then look again: nothing you say leaves this machine.")
        wrapMode: Text.Wrap
    }

    Repeater {
        model: servers.brain.servers.length

        delegate: LocalServer {
            required property int index

            brain: servers.brain
            found: servers.brain.servers[index] ?? ({})
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
