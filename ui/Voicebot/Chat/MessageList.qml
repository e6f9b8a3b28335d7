pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// The conversation. It follows what is written at its end, unless the person has scrolled away from there.
ListView {
    id: list

    required property var app
    readonly property real column: Math.min(width - Theme.space16 * 2, 760 * Theme.textScale)
    readonly property bool away: contentHeight > height && !atYEnd && !following
    property bool following: true

    model: app.conversationModel
    clip: true
    spacing: 0
    topMargin: Theme.space16
    bottomMargin: Theme.space16
    reuseItems: false
    cacheBuffer: 600
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: false
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversation")
    onMovementStarted: following = false
    onMovementEnded: settle()
    onContentHeightChanged: follow()
    onHeightChanged: follow()
    onAtYBeginningChanged: if (atYBeginning && count > 0 && !following)
        app.loadOlder()

    T.ScrollBar.vertical: ScrollBar {}

    delegate: Message {
        width: list.width
        column: list.column
        app: list.app
    }

    Connections {
        target: list.model

        function onAppended(): void {
            list.following = true;
            list.follow();
        }

        function onModelReset(): void {
            list.following = true;
            list.follow();
        }
    }

    IconButton {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space12
        visible: list.away
        symbol: Icons.arrowDown
        label: qsTr("To the end")
        accented: true
        onClicked: {
            list.following = true;
            list.follow();
        }
    }

    function follow(): void {
        if (following)
            Qt.callLater(positionViewAtEnd);
    }

    function settle(): void {
        following = atYEnd;
    }

    function page(direction: int): void {
        following = false;
        contentY = Math.max(originY - topMargin, Math.min(originY + contentHeight - height + bottomMargin, contentY + direction * height * 0.85));
        settle();
    }
}
