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
    readonly property MessageFocus focusOrder: MessageFocus {
        messages: list
    }
    readonly property bool away: contentHeight > height && !atYEnd && !following
    property bool following: true

    model: app.conversationModel
    clip: true
    spacing: 0
    header: Item {
        implicitHeight: Theme.space16
    }
    footer: Item {
        implicitHeight: Theme.space16
    }
    reuseItems: false
    cacheBuffer: 600
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: false
    currentIndex: -1
    activeFocusOnTab: count > 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversation")
    onActiveFocusChanged: if (activeFocus)
        focusOrder.enter()
    onMovementStarted: following = false
    onMovementEnded: settle()
    onContentHeightChanged: follow()
    onHeightChanged: follow()
    onAtYBeginningChanged: if (atYBeginning && count > 0 && !following)
        app.loadOlder()

    T.ScrollBar.vertical: ScrollBar {
        onPressedChanged: {
            list.following = false;
            if (!pressed)
                list.settle();
        }
    }

    FocusRing {
        parent: list
        shown: list.focusOrder.atList
        gap: -6
    }

    delegate: Message {
        width: list.width
        column: list.column
        app: list.app
    }

    // As shortcuts, for every control would take Tab itself before the list is asked.
    Shortcut {
        enabled: list.activeFocus
        sequences: ["Tab"]
        onActivated: list.focusOrder.step(true)
    }

    Shortcut {
        enabled: list.activeFocus
        sequences: ["Shift+Tab", "Backtab"]
        onActivated: list.focusOrder.step(false)
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
        onClicked: list.toEnd()
    }

    function follow(): void {
        if (following)
            Qt.callLater(catchUp);
    }

    // The person may have gone away meanwhile.
    function catchUp(): void {
        if (following)
            positionViewAtEnd();
    }

    function settle(): void {
        following = atYEnd;
    }

    function page(direction: int): void {
        following = false;
        const last = Math.max(originY, originY + contentHeight - height);
        contentY = Math.max(originY, Math.min(last, contentY + direction * height * 0.85));
        settle();
    }

    function toBeginning(): void {
        following = false;
        positionViewAtBeginning();
        settle();
    }

    function toEnd(): void {
        following = true;
        follow();
    }
}
