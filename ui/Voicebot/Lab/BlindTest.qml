pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The same text by two voices; which is which is not told before all are answered.
Card {
    id: card

    required property var test

    function takeFocus(): void {
        playA.forceActiveFocus(Qt.OtherFocusReason);
    }

    function choose(which: string): void {
        test.choose(which);
        takeFocus();
    }

    contentItem: Column {
        spacing: Theme.space12

        Heading {
            width: parent.width
            text: qsTr("Pair %1 of %2").arg(card.test.total - card.test.left + 1).arg(card.test.total)
        }

        Body {
            width: parent.width
            text: card.test.text
        }

        Flow {
            width: parent.width
            spacing: Theme.space8

            PushButton {
                id: playA

                text: qsTr("Play A")
                symbol: Icons.play
                onClicked: card.test.play("a")
            }

            PushButton {
                text: qsTr("Play B")
                symbol: Icons.play
                onClicked: card.test.play("b")
            }
        }

        Caption {
            width: parent.width
            text: card.test.bothHeard ? qsTr("Which is better?") : qsTr("Play both, then choose")
            wrapMode: Text.Wrap
        }

        Flow {
            width: parent.width
            spacing: Theme.space8

            PushButton {
                enabled: card.test.bothHeard
                text: qsTr("A is better")
                onClicked: card.choose("a")
            }

            PushButton {
                enabled: card.test.bothHeard
                text: qsTr("B is better")
                onClicked: card.choose("b")
            }

            PushButton {
                enabled: card.test.bothHeard
                text: qsTr("The same")
                onClicked: card.choose("same")
            }

            PushButton {
                text: qsTr("Go on later")
                kind: PushButton.Quiet
                onClicked: card.test.leave()
            }
        }
    }
}
