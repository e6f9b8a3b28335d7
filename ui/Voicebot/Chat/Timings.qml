pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// How long the person waited for the first sound, and on hover which stage took how long.
Item {
    id: timings

    required property int number
    required property real latency
    required property var stages
    required property string engine

    readonly property var names: ({
            "committed": qsTr("end of speech"),
            "transcript": qsTr("recognising"),
            "first_token": qsTr("thinking"),
            "first_sentence": qsTr("first sentence"),
            "first_audio": qsTr("voice"),
            "first_sound": qsTr("speaker"),
            "last_sound": qsTr("speaking")
        })
    readonly property string details: [...stages.filter(one => one.stage in names).map(one => qsTr("%1: %2 s").arg(names[one.stage]).arg(one.seconds.toFixed(2))), engine].filter(Boolean).join("\n")

    visible: latency > 0 || engine !== ""
    implicitWidth: line.implicitWidth
    implicitHeight: line.implicitHeight
    activeFocusOnTab: visible
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1, message %2").arg(line.text).arg(number)
    Accessible.description: details

    Caption {
        id: line

        Accessible.ignored: true
        text: timings.latency > 0 ? qsTr("answered after %1 s").arg(timings.latency.toFixed(2)) : timings.engine
        color: Theme.textMuted
    }

    FocusRing {
        shown: timings.activeFocus
        cornerRadius: Theme.radiusSmall
    }

    HoverHandler {
        id: pointer
    }

    ToolTip {
        visible: (pointer.hovered || timings.activeFocus) && timings.details !== ""
        text: timings.details
    }
}
