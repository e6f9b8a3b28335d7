pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// A passing word, with one thing to do about it. It stays while the pointer or the keyboard is on it.
FocusScope {
    id: toast

    property string text: ""
    property string actionText: ""
    property real seconds: 6
    property bool shown: false
    readonly property bool held: pointer.hovered || activeFocus
    property Timer clock: Timer {
        interval: toast.seconds * 1000
        running: toast.shown && !toast.held
        onTriggered: toast.close()
    }

    signal action
    signal closed

    // Says `text` now; what was said before gives way.
    function show(text: string, actionText: string): void {
        close();
        toast.text = text;
        toast.actionText = actionText;
        shown = true;
        Accessible.announce(text, Accessible.Polite);
    }

    function close(): void {
        if (!shown)
            return;
        shown = false;
        closed();
    }

    function act(): void {
        action();
        close();
    }

    implicitWidth: Math.min(Math.ceil(words.implicitWidth) + buttons.width + Theme.space16 + Theme.space8 * 2, 480 * Theme.textScale)
    implicitHeight: Math.max(buttons.height, words.height) + Theme.space8
    visible: opacity > 0
    enabled: shown
    opacity: shown ? 1 : 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Keys.onEscapePressed: close()

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.calm
        }
    }

    HoverHandler {
        id: pointer
    }

    Elevation {
        anchors.fill: parent
    }

    Text {
        id: words

        x: Theme.space16
        width: toast.width - x - buttons.width - Theme.space8 * 2
        anchors.verticalCenter: parent.verticalCenter
        topPadding: Theme.space8
        bottomPadding: Theme.space8
        text: toast.text
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.text
        font.pixelSize: Theme.body
    }

    Row {
        id: buttons

        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter

        PushButton {
            visible: text !== ""
            text: toast.actionText
            kind: PushButton.Quiet
            onClicked: toast.act()
        }

        IconButton {
            symbol: Icons.close
            label: qsTr("Close the message")
            onClicked: toast.close()
        }
    }
}
