pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Settings
import Voicebot.Theme

// Recognisers or voices to compare, several at once, or with `single` one at most. One that sends something away is
// taken only after the person has been told what, and to whom.
Column {
    id: comparing

    required property string title
    required property string stage
    required property var candidates
    property bool single: false
    property var chosen: []

    function toggle(name: string): void {
        chosen = chosen.includes(name) ? chosen.filter(one => one !== name) : single ? [name] : [...chosen, name];
    }

    spacing: Theme.space4

    Caption {
        width: parent.width
        text: comparing.title
        wrapMode: Text.Wrap
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        Repeater {
            model: comparing.candidates

            delegate: Tick {
                required property var modelData
                readonly property string title: modelData.detail !== "" ? `${EngineWords.title(modelData.engine)} · ${modelData.detail}` : EngineWords.title(modelData.engine)

                text: modelData.local ? title : qsTr("%1: sends to a service").arg(title)
                Accessible.name: qsTr("%1: %2").arg(comparing.title).arg(text)
                ticked: comparing.chosen.includes(modelData.name)
                onClicked: {
                    if (modelData.local || ticked)
                        comparing.toggle(modelData.name);
                    else
                        consent.ask(modelData);
                }
            }
        }
    }

    Caption {
        width: parent.width
        visible: comparing.candidates.length === 0
        text: qsTr("There is none that can be used yet: the settings say what each needs")
        wrapMode: Text.Wrap
    }

    Dialog {
        id: consent

        property string name: ""
        property string engine: ""

        title: qsTr("Use %1?").arg(EngineWords.title(engine))
        text: engine !== "" ? LabWords.sent(comparing.stage, engine) : ""
        acceptText: qsTr("Use it")
        rejectText: qsTr("Stay on this machine")
        onAccepted: comparing.toggle(name)

        function ask(candidate: var): void {
            name = candidate.name;
            engine = candidate.engine;
            open();
        }
    }
}
