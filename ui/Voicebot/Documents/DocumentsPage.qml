pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// The person's own documents: adding them, how far they are read, searching them, and what is on in the conversation.
// It covers the window.
FocusScope {
    id: page

    required property var app
    readonly property var documents: app.documentList
    readonly property bool searching: documents.passages.query.trim() !== ""
    readonly property bool empty: documents.looked && documents.collections.length === 0
    readonly property real column: Math.min(width - Theme.space32, 760 * Theme.textScale)
    readonly property Item focused: Window.activeFocusItem
    property bool writing: false

    signal back

    // What has the keyboard is kept in sight.
    function reveal(): void {
        const above = rows.headerItem;
        for (let one = focused; one && above; one = one.parent) {
            if (one === above) {
                const top = focused.mapToItem(rows.contentItem, 0, 0).y;
                const margin = Theme.space24;
                rows.contentY = Math.max(rows.originY, Math.min(Math.max(rows.contentY, top + focused.height + margin - rows.height), top - margin));
                rows.atTop = rows.atYBeginning;
                return;
            }
        }
    }

    function byPage(direction: int): void {
        const last = Math.max(rows.originY, rows.originY + rows.contentHeight - rows.height);
        rows.contentY = Math.max(rows.originY, Math.min(last, rows.contentY + direction * rows.height * 0.85));
        rows.atTop = rows.atYBeginning;
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Documents")
    Component.onCompleted: {
        documents.watch(true);
        leave.forceActiveFocus(Qt.OtherFocusReason);
    }
    Component.onDestruction: {
        documents.watch(false);
        documents.passages.query = "";
    }
    Keys.onEscapePressed: back()
    onFocusedChanged: Qt.callLater(reveal)

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
        text: qsTr("Documents")
    }

    ListView {
        id: rows

        // What stands above the files grows and shrinks: at the top it stays in sight.
        property bool atTop: true

        function stay(): void {
            if (atTop)
                positionViewAtBeginning();
        }

        anchors.fill: parent
        anchors.topMargin: leave.y + leave.height + Theme.space8
        clip: true
        model: page.searching ? page.documents.passages.found : page.documents.files
        delegate: page.searching ? found : file
        // What is made ahead is made bit by bit, and complains when the page is left meanwhile.
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        currentIndex: -1
        Accessible.role: Accessible.List
        Accessible.name: page.searching ? qsTr("What was found") : qsTr("Files")
        onMovementEnded: atTop = atYBeginning
        footer: Item {
            width: rows.width
            implicitHeight: offer.visible ? offer.height + Theme.space24 * 2 : Theme.space24

            MeaningOffer {
                id: offer

                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.space24
                width: page.column
                visible: page.documents.meaning === "" && offers.rows.length > 0
                app: page.app
            }
        }
        header: Column {
            width: rows.width
            spacing: Theme.space16
            bottomPadding: Theme.space12
            onHeightChanged: Qt.callLater(rows.stay)

            Adding {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                documents: page.documents
                empty: page.empty
                service: DocumentWords.service(page.app.engineList)
            }

            IndexProgress {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                documents: page.documents
            }

            Collections {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: !page.empty
                documents: page.documents
            }

            Sources {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: page.documents.shown !== ""
                documents: page.documents
            }

            TextInputField {
                id: search

                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: page.documents.shown !== ""
                label: qsTr("Search in %1").arg(page.documents.shown)
                placeholder: qsTr("Search in %1").arg(page.documents.shown)
                symbol: Icons.search
                onEdited: page.documents.passages.query = text
                onActiveFocusChanged: page.writing = activeFocus
            }

            Caption {
                anchors.horizontalCenter: parent.horizontalCenter
                width: page.column
                visible: page.searching && rows.count === 0
                text: page.documents.passages.busy ? qsTr("Searching…") : qsTr("Nothing about that was found.")
                wrapMode: Text.Wrap
            }
        }

        T.ScrollBar.vertical: ScrollBar {
            onPressedChanged: rows.atTop = rows.atYBeginning
        }
    }

    Component {
        id: file

        FileRow {
            width: rows.width
            column: page.column
            meaning: page.documents.meaning
        }
    }

    Component {
        id: found

        FoundRow {
            width: rows.width
            column: page.column
            onOpen: page.documents.sheet.open(modelData)
            onFocused: {
                rows.atTop = false;
                rows.positionViewAtIndex(index, ListView.Contain);
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
        enabled: !page.writing
        onActivated: {
            rows.atTop = true;
            rows.stay();
        }
    }

    Shortcut {
        sequences: ["End", "Ctrl+End"]
        enabled: !page.writing
        onActivated: {
            rows.atTop = false;
            rows.positionViewAtEnd();
        }
    }
}
