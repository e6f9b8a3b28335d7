pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What went wrong in a turn, why, what to do, and another try: with the same engines, or with another one.
Rectangle {
    id: failure

    required property int number
    required property string what
    required property string why
    required property string fix
    required property var recognisers
    required property var models

    signal retry(string stage, string engine)

    implicitHeight: column.implicitHeight + Theme.space12 * 2
    radius: Theme.radius
    color: Theme.surfaceRaised
    border.color: Theme.danger

    Column {
        id: column

        x: Theme.space12
        y: Theme.space12
        width: parent.width - Theme.space24
        spacing: Theme.space8

        Row {
            width: parent.width
            spacing: Theme.space8

            Icon {
                path: Icons.warning
                color: Theme.danger
            }

            Body {
                width: parent.width - Theme.iconSize - Theme.space8
                text: failure.sentence(failure.why !== "" ? `${failure.what}: ${failure.why}` : failure.what)
            }
        }

        Body {
            width: parent.width
            visible: failure.fix !== ""
            text: failure.sentence(failure.fix)
            color: Theme.textMuted
        }

        Flow {
            width: parent.width
            spacing: Theme.space8

            PushButton {
                text: qsTr("Try again")
                Accessible.name: qsTr("%1, message %2").arg(text).arg(failure.number)
                symbol: Icons.retry
                onClicked: failure.retry("", "")
            }

            PushButton {
                id: others

                visible: failure.recognisers.length + failure.models.length > 1
                text: qsTr("With another engine")
                Accessible.name: qsTr("%1, message %2").arg(text).arg(failure.number)
                kind: PushButton.Quiet
                onClicked: menu.popup(others, 0, others.height)
            }
        }
    }

    // What the core says begins in lower case, for the terminal writes it in the middle of a line.
    function sentence(text: string): string {
        return text.charAt(0).toUpperCase() + text.slice(1);
    }

    EngineMenu {
        id: menu

        recognisers: failure.recognisers
        models: failure.models
        onChosen: (stage, engine) => failure.retry(stage, engine)
    }
}
