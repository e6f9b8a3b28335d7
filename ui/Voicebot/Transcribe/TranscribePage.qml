pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// Recordings into text: what to transcribe, how far each is, and the text of one of them. It covers the window.
FocusScope {
    id: page

    required property var app
    readonly property var list: app.transcriptionList
    readonly property var above: passages.headerItem
    readonly property real column: Math.min(width - Theme.space32, 760 * Theme.textScale)

    signal back

    function byPage(direction: int): void {
        const last = Math.max(passages.originY, passages.originY + passages.contentHeight - passages.height);
        passages.contentY = Math.max(passages.originY, Math.min(last, passages.contentY + direction * passages.height * 0.85));
        passages.atTop = passages.atYBeginning;
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Transcribe")
    Component.onCompleted: list.unbegun > 0 ? above.takeFocus() : leave.forceActiveFocus(Qt.OtherFocusReason)
    Keys.onEscapePressed: back()

    Rectangle {
        anchors.fill: parent
        color: Theme.window

        MouseArea {
            anchors.fill: parent
            acceptedButtons: Qt.AllButtons
            hoverEnabled: true
            onWheel: wheel => wheel.accepted = true
        }
    }

    IconButton {
        id: leave

        x: Theme.space8
        y: Theme.space8
        symbol: Icons.chevronLeft
        label: qsTr("Back to the conversation")
        shortcut: "Esc"
        onClicked: page.back()
    }

    Title {
        anchors.left: leave.right
        anchors.leftMargin: Theme.space8
        anchors.right: parent.right
        anchors.verticalCenter: leave.verticalCenter
        text: qsTr("Transcribe")
    }

    ListView {
        id: passages

        // What stands above the text grows and shrinks: at the top it stays in sight.
        property bool atTop: true

        function stay(): void {
            if (atTop)
                positionViewAtBeginning();
        }

        anchors.fill: parent
        anchors.topMargin: leave.y + leave.height + Theme.space8
        clip: true
        model: page.list.text
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        currentIndex: -1
        Accessible.role: Accessible.List
        Accessible.name: qsTr("The text")
        onMovementEnded: atTop = atYBeginning
        footer: Item {
            implicitHeight: Theme.space24
        }
        header: Column {
            width: passages.width
            spacing: Theme.space16
            bottomPadding: Theme.space12
            onHeightChanged: Qt.callLater(passages.stay)

            function takeFocus(): void {
                choosing.takeFocus();
            }

            Choosing {
                id: choosing

                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                app: page.app
            }

            Repeater {
                model: page.list

                delegate: RecordingRow {
                    anchors.horizontalCenter: parent?.horizontalCenter
                    width: page.column
                    list: page.list
                }
            }

            Heading {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: passages.count > 0
                text: page.list.shownName
                elide: Text.ElideMiddle
                Accessible.role: Accessible.Heading
            }

            Exports {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: passages.count > 0
                app: page.app
            }
        }

        T.ScrollBar.vertical: ScrollBar {
            onPressedChanged: passages.atTop = passages.atYBeginning
        }

        delegate: Passage {
            width: passages.width
            column: page.column
            onPlay: page.list.play(start)
            onFocused: {
                passages.atTop = false;
                passages.positionViewAtIndex(index, ListView.Contain);
            }
        }
    }

    Shortcut {
        sequences: ["PgUp"]
        onActivated: page.byPage(-1)
    }

    Shortcut {
        sequences: ["PgDown"]
        onActivated: page.byPage(1)
    }

    Shortcut {
        sequences: ["Home", "Ctrl+Home"]
        onActivated: {
            passages.atTop = true;
            passages.stay();
        }
    }

    Shortcut {
        sequences: ["End", "Ctrl+End"]
        onActivated: {
            passages.atTop = false;
            passages.positionViewAtEnd();
        }
    }
}
