pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Settings

// The microphone opens for this step, so that its level can be seen.
Column {
    id: step

    required property var app

    Component.onCompleted: app.deviceList.refresh()

    MicrophoneSection {
        title: ""
        app: step.app
    }
}
