pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// One block of an answer: text, code, or a line across.
Loader {
    id: view

    required property int index
    required property string kind
    required property string body
    required property string language

    property int number: 0

    signal follow(string address)
    signal copyText(string text)

    sourceComponent: kind === "code" ? code : kind === "rule" ? rule : words

    Component {
        id: words

        RichText {
            html: view.body
            onFollow: address => view.follow(address)
        }
    }

    Component {
        id: code

        CodeBlock {
            name: qsTr("%1, message %2, part %3").arg(qsTr("Copy the code")).arg(view.number).arg(view.index + 1)
            code: view.body
            language: view.language
            onCopy: view.copyText(view.body)
        }
    }

    Component {
        id: rule

        Item {
            implicitHeight: Theme.space16

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                height: 1
                color: Theme.border
            }
        }
    }
}
