pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What stays true until it is mended: a microphone that is gone, a sound server that died.
Rectangle {
    id: banner

    required property string text

    signal dismiss
    signal more

    visible: text !== ""
    implicitHeight: visible ? Math.max(words.implicitHeight, closing.height) + Theme.space8 : 0
    color: Theme.surfaceRaised
    border.color: Theme.warning
    radius: Theme.radius
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    onTextChanged: if (text !== "")
        Accessible.announce(text, Accessible.Assertive)

    Icon {
        id: mark

        x: Theme.space12
        anchors.verticalCenter: parent.verticalCenter
        path: Icons.warning
        color: Theme.warning
    }

    Body {
        id: words

        anchors.left: mark.right
        anchors.leftMargin: Theme.space12
        anchors.right: closer.left
        anchors.rightMargin: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        text: banner.text
        Accessible.ignored: true
    }

    PushButton {
        id: closer

        anchors.right: closing.left
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Look closer")
        kind: PushButton.Quiet
        onClicked: banner.more()
    }

    IconButton {
        id: closing

        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        symbol: Icons.close
        label: qsTr("Close the warning")
        iconSize: 16
        onClicked: banner.dismiss()
    }
}
