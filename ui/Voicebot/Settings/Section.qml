pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Settings that belong together, on a sheet, below their name.
Column {
    id: section

    property string title: ""
    property string text: ""
    default property alias rows: inside.data

    width: parent?.width ?? 0
    spacing: Theme.space8

    Heading {
        width: parent.width
        visible: section.title !== ""
        text: section.title
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }

    Caption {
        width: parent.width
        visible: section.text !== ""
        text: section.text
        wrapMode: Text.Wrap
    }

    Card {
        width: parent.width

        contentItem: Column {
            id: inside

            spacing: Theme.space16
        }
    }
}
