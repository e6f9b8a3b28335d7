pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One file: what it is, how far it is, and what is wrong with it.
Item {
    id: file

    required property string title
    required property string name
    required property string folder
    required property string standing
    required property int passages
    required property int pages
    required property string size
    required property string fault
    required property string remarks

    required property real column
    property string meaning: ""

    implicitHeight: words.height + Theme.space16

    Column {
        id: words

        x: (file.width - file.column) / 2
        y: Theme.space8
        width: file.column
        spacing: 2

        Label {
            width: parent.width
            text: file.title
            elide: Text.ElideMiddle
        }

        Caption {
            width: parent.width
            text: [file.name !== file.title ? file.name : "", file.pages > 0 ? DocumentWords.pages(file.pages) : "", file.passages > 0 ? DocumentWords.passages(file.passages) : "", file.size, DocumentWords.standing(file.standing, file.passages, file.meaning)].filter(part => part !== "").join(" · ")
            wrapMode: Text.Wrap
        }

        Caption {
            width: parent.width
            visible: text !== ""
            text: file.fault
            wrapMode: Text.Wrap
            color: Theme.danger
        }

        Caption {
            width: parent.width
            visible: text !== ""
            text: file.remarks
            wrapMode: Text.Wrap
            color: Theme.warning
        }
    }

    Rectangle {
        x: words.x
        width: file.column
        height: 1
        color: Theme.border
    }
}
