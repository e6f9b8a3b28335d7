pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// A passage that was found: where it stands, which opens it, and the words around what was looked for.
Item {
    id: found

    required property var modelData
    required property int index
    required property real column
    readonly property string place: DocumentWords.place(modelData.title ?? "", modelData.place ?? "")

    signal open
    signal focused

    implicitHeight: words.height + Theme.space16

    Column {
        id: words

        x: (found.width - found.column) / 2
        y: Theme.space8
        width: found.column

        PushButton {
            x: -leftPadding
            width: Math.min(implicitWidth, parent.width + leftPadding)
            text: found.place
            Accessible.name: qsTr("Open %1, result %2").arg(found.place).arg(found.index + 1)
            hint: qsTr("Show the page")
            kind: PushButton.Quiet
            aligned: Qt.AlignLeft
            onClicked: found.open()
            onActiveFocusChanged: if (activeFocus)
                found.focused()
        }

        // Escaped, but for the marks around the words that were looked for.
        Text {
            width: parent.width
            text: found.modelData.html ?? ""
            textFormat: Text.StyledText
            wrapMode: Text.Wrap
            color: Theme.text
            font.pixelSize: Theme.body
            lineHeight: 1.25
            Accessible.role: Accessible.StaticText
            Accessible.name: found.modelData.words ?? ""
        }
    }
}
