pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// Recognisers and voices compared: a new run, the earlier ones, and what one of them came to. It covers the window.
FocusScope {
    id: page

    required property var app
    readonly property var lab: app.labBench
    readonly property bool hasResult: lab.result.id !== undefined
    readonly property bool listening: lab.blind.active
    readonly property string shownRun: lab.result.id ?? ""
    property bool isOpen: false
    // For as long as it takes until its height is known.
    property bool toResult: false
    readonly property real column: Math.min(width - Theme.space32, 760 * Theme.textScale)
    readonly property Item focused: Window.activeFocusItem

    signal back

    // The button that was pressed last has gone with the test.
    function showResult(): void {
        trials.headerItem.showResult();
    }

    // A run that was opened, or has ended, is seen.
    function scrollToResult(): void {
        if (!toResult)
            return;
        const top = trials.headerItem.resultItem.mapToItem(trials.contentItem, 0, 0).y - Theme.space8;
        const last = Math.max(trials.originY, trials.originY + trials.contentHeight - trials.height);
        trials.contentY = Math.max(trials.originY, Math.min(last, top));
    }

    // What has the keyboard is kept in sight.
    function reveal(): void {
        const above = toResult ? null : trials.headerItem;
        for (let one = focused; one && above; one = one.parent) {
            if (one === above) {
                const top = focused.mapToItem(trials.contentItem, 0, 0).y;
                const margin = Theme.space24;
                trials.contentY = Math.max(trials.originY, Math.min(Math.max(trials.contentY, top + focused.height + margin - trials.height), top - margin));
                return;
            }
        }
    }

    function byPage(direction: int): void {
        toResult = false;
        const last = Math.max(trials.originY, trials.originY + trials.contentHeight - trials.height);
        trials.contentY = Math.max(trials.originY, Math.min(last, trials.contentY + direction * trials.height * 0.85));
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Lab")
    Component.onCompleted: {
        lab.refresh();
        leave.forceActiveFocus(Qt.OtherFocusReason);
        isOpen = true;
    }
    onShownRunChanged: toResult = isOpen && shownRun !== ""
    onToResultChanged: Qt.callLater(scrollToResult)
    Keys.onEscapePressed: back()
    onFocusedChanged: Qt.callLater(reveal)
    onListeningChanged: Qt.callLater(listening ? trials.positionViewAtBeginning : showResult)

    Timer {
        running: page.toResult
        interval: 500
        onTriggered: page.toResult = false
    }

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
        text: qsTr("Lab")
    }

    ListView {
        id: trials

        anchors.fill: parent
        anchors.topMargin: leave.y + leave.height + Theme.space8
        clip: true
        model: page.listening ? [] : page.lab.trials
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        onMovementStarted: page.toResult = false
        onContentHeightChanged: Qt.callLater(page.scrollToResult)
        currentIndex: -1
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Word by word")
        footer: Item {
            implicitHeight: Theme.space24
        }
        header: Column {
            width: trials.width
            spacing: Theme.space16
            bottomPadding: Theme.space12

            readonly property Item resultItem: results

            function showResult(): void {
                results.takeFocus();
            }

            NewRun {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: !page.listening
                app: page.app
            }

            Runs {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: page.lab.runs.length > 0 && !page.listening
                lab: page.lab
            }

            BlindTest {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: page.listening
                test: page.lab.blind
                onVisibleChanged: if (visible)
                    takeFocus()
            }

            Label {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: text !== ""
                text: page.lab.blind.fault
                wrapMode: Text.Wrap
                color: Theme.danger
                Accessible.role: Accessible.AlertMessage
            }

            ResultView {
                id: results

                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: page.hasResult && !page.listening
                lab: page.lab
            }

            Column {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: trials.count > 0
                spacing: Theme.space4

                Heading {
                    width: parent.width
                    text: qsTr("Word by word")
                }

                Caption {
                    width: parent.width
                    text: qsTr("−struck out: it is missing. +underlined: it was added. Both with an arrow: one was heard as the other.")
                    wrapMode: Text.Wrap
                }
            }
        }

        T.ScrollBar.vertical: ScrollBar {}

        delegate: TrialRow {
            width: trials.width
            column: page.column
            onPlay: page.lab.play(modelData.sound)
            onFocused: trials.positionViewAtIndex(index, ListView.Contain)
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
            page.toResult = false;
            trials.positionViewAtBeginning();
        }
    }

    Shortcut {
        sequences: ["End", "Ctrl+End"]
        onActivated: {
            page.toResult = false;
            trials.positionViewAtEnd();
        }
    }
}
