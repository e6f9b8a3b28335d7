pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Settings
import Voicebot.Theme

// How long the person waited for the first sound, and what it cost; on hover which stage took how long, and of what.
Item {
    id: timings

    required property int number
    required property real latency
    required property var stages
    required property string engine
    required property var cost

    // Nothing at all where no paid engine was asked.
    readonly property var uses: cost?.uses ?? []
    readonly property string price: uses.length === 0 ? "" : cost.total || qsTr("no price known")
    readonly property string wasted: cost?.wasted ? qsTr("%1 of it begun in vain").arg(cost.wasted) : ""
    readonly property var names: ({
            "committed": qsTr("end of speech"),
            "transcript": qsTr("recognising"),
            "passages": qsTr("documents"),
            "first_token": qsTr("thinking"),
            "first_sentence": qsTr("first sentence"),
            "first_audio": qsTr("voice"),
            "first_sound": qsTr("speaker"),
            "last_sound": qsTr("speaking")
        })
    readonly property string details: [...stages.filter(one => one.stage in names).map(one => qsTr("%1: %2 s").arg(names[one.stage]).arg(one.seconds.toFixed(2))), engine, ...uses.map(use => CostWords.used(use)), wasted].filter(Boolean).join("\n")

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
        text: [timings.latency > 0 ? qsTr("answered after %1 s").arg(timings.latency.toFixed(2)) : timings.engine, timings.price].filter(Boolean).join(" · ")
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
