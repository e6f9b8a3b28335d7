pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// A passage: the time at which it begins, which plays it, and its words, which can be selected.
Item {
    id: passage

    required property int index
    required property real start
    required property string clock
    required property string words
    required property real column

    signal play
    signal focused

    implicitHeight: Math.max(time.height, body.height) + Theme.space4

    FontMetrics {
        id: line

        font: body.font
    }

    PushButton {
        id: time

        x: (passage.width - passage.column) / 2
        width: 84 * Theme.textScale
        text: passage.clock
        Accessible.name: qsTr("Play from %1, passage %2").arg(passage.clock).arg(passage.index + 1)
        hint: qsTr("Play from here")
        kind: PushButton.Quiet
        aligned: Qt.AlignLeft
        symbol: Icons.play
        onClicked: passage.play()
        onActiveFocusChanged: if (activeFocus)
            passage.focused()
    }

    TextEdit {
        id: body

        anchors.left: time.right
        anchors.leftMargin: Theme.space8
        width: passage.column - time.width - Theme.space8
        topPadding: Math.max(0, (time.height - line.height) / 2)
        text: passage.words
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        activeFocusOnTab: false
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        font.pixelSize: Theme.body
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
