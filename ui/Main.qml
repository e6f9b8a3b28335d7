pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Chat
import Voicebot.Controls
import Voicebot.Documents
import Voicebot.Lab
import Voicebot.Settings
import Voicebot.Talk
import Voicebot.Theme
import Voicebot.Transcribe
import Voicebot.Welcome

// The window: conversations at the side, the conversation in the middle, speaking and typing below it.
Window {
    id: window

    required property var app
    readonly property bool narrow: width < 720
    property bool sidebarWanted: true
    property var waiting: []
    property string page: ""
    property Item resumed: null
    readonly property bool covered: page !== ""

    width: 1040
    height: 720
    minimumWidth: 360
    minimumHeight: 420
    visible: true
    title: "Voicebot"
    color: Theme.window
    onClosing: close => {
        if (app.hasTray)
            close.accepted = true;
        else
            Qt.quit();
    }

    Binding {
        target: Theme
        property: "dark"
        value: window.app.look.dark
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.app.look.reducedMotion
    }

    Binding {
        target: Theme
        property: "textScale"
        value: window.app.look.textSize
    }

    Sidebar {
        id: sidebar

        readonly property bool shown: window.narrow ? drawerOpen : window.sidebarWanted
        property bool drawerOpen: false

        app: window.app
        width: Math.min(280 * Theme.textScale, window.width - 56)
        height: parent.height
        x: shown ? 0 : -width
        z: 2
        visible: x > -width && !window.covered
        enabled: shown
        onOpened: drawerOpen = false
        onNewConversation: {
            drawerOpen = false;
            window.begin();
        }
        onExportWanted: (number, kind) => window.app.exportConversation(number, kind)

        Behavior on x {
            NumberAnimation {
                duration: Theme.calm
                easing.type: Theme.easing
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        z: 1
        visible: window.narrow && sidebar.shown && !window.covered
        color: Theme.overlay

        TapHandler {
            onTapped: sidebar.drawerOpen = false
        }
    }

    Item {
        id: main

        anchors.fill: parent
        anchors.leftMargin: window.narrow ? 0 : sidebar.x + sidebar.width
        enabled: !(window.narrow && sidebar.shown)
        visible: !window.covered

        Header {
            id: header

            app: window.app
            narrow: window.narrow
            sidebarShown: sidebar.shown
            width: parent.width
            onToggleSidebar: {
                if (window.narrow)
                    sidebar.drawerOpen = !sidebar.drawerOpen;
                else
                    window.sidebarWanted = !window.sidebarWanted;
            }
            onNewConversation: window.begin()
            onTranscribe: window.cover("transcribe")
            onLab: window.cover("lab")
            onDocuments: window.cover("documents")
            onSettings: window.showSettings("sound")
            onThinking: window.showSettings("thinking")
        }

        Banner {
            id: banner

            anchors.top: header.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width - Theme.space32, 760 * Theme.textScale)
            text: window.app.micDoctor.line || window.app.notes.banner
            onMore: micDoctor.open()
            onDismiss: {
                window.app.micDoctor.dismiss();
                window.app.notes.dismiss();
            }
        }

        MessageList {
            id: messages

            app: window.app
            anchors.top: banner.bottom
            anchors.bottom: composer.top
            width: parent.width
        }

        Empty {
            anchors.centerIn: messages
            app: window.app
            width: Math.min(parent.width - Theme.space32, 560 * Theme.textScale)
            visible: messages.count === 0
            onAsk: text => window.app.ask(text)
            onFirstMinute: window.cover("welcome")
        }

        Composer {
            id: composer

            app: window.app
            anchors.bottom: parent.bottom
            width: parent.width
            onDocuments: window.cover("documents")
        }
    }

    Loader {
        id: pages

        property string section: "sound"

        anchors.fill: parent
        z: 2
        sourceComponent: ({
                settings: settings,
                welcome: welcome,
                transcribe: transcribe,
                lab: lab,
                documents: documents
            })[window.page] ?? null
    }

    Component {
        id: settings

        SettingsPage {
            app: window.app
            section: pages.section
            onBack: window.uncover()
            onTestKey: keyTest.open()
            onDoctor: micDoctor.open()
            onDocuments: window.page = "documents"
        }
    }

    Component {
        id: welcome

        FirstMinute {
            app: window.app
            onDone: window.uncover()
        }
    }

    Component {
        id: transcribe

        TranscribePage {
            app: window.app
            onBack: window.uncover()
        }
    }

    Component {
        id: lab

        LabPage {
            app: window.app
            onBack: window.uncover()
        }
    }

    Component {
        id: documents

        DocumentsPage {
            app: window.app
            onBack: window.uncover()
        }
    }

    DropSheet {
        anchors.fill: parent
        z: 4
        onFiles: addresses => {
            const page = window.app.take(addresses, window.page === "documents" ? window.app.documentList.shown : "");
            if (page !== "")
                window.cover(page);
        }
    }

    SourceSheet {
        app: window.app
    }

    Toast {
        id: toast

        property var undo: null

        anchors.horizontalCenter: main.horizontalCenter
        anchors.bottom: main.bottom
        anchors.bottomMargin: (window.covered ? 0 : composer.height) + Theme.space16
        width: Math.min(implicitWidth, main.width - Theme.space32)
        z: 3
        onAction: undo?.()
        onClosed: Qt.callLater(window.tellNext)
    }

    KeyTest {
        id: keyTest

        app: window.app
    }

    MicDoctor {
        id: micDoctor

        app: window.app
    }

    Loader {
        active: window.app.hasBar && window.app.hasTray && !window.visible

        sourceComponent: TalkBar {
            app: window.app
            visible: true
            onBack: {
                window.show();
                window.raise();
                window.requestActivate();
            }
        }
    }

    Connections {
        target: window.app.notes

        function onSaid(line: string, kind: string): void {
            if (window.waiting.length < 8)
                window.waiting.push(line);
            window.tellNext();
        }
    }

    Connections {
        target: window.app.conversationList

        function onRemoved(title: string): void {
            window.tell(qsTr("“%1” was deleted").arg(title), qsTr("Undo"), () => window.app.conversationList.restore());
        }

        function onExported(path: string): void {
            window.tell(qsTr("Exported to %1").arg(path), "", null);
        }
    }

    Connections {
        target: window.app.transcriptionList

        function onExported(path: string): void {
            window.tell(qsTr("Exported to %1").arg(path), "", null);
        }

        function onRefused(address: string): void {
            window.tell(qsTr("%1 is not on this machine: download it first").arg(address), "", null);
        }
    }

    Connections {
        target: window.app.documentList

        function onAdded(name: string, count: int): void {
            window.tell(count === 0 ? qsTr("There is nothing to read in it") : qsTr("%1 in “%2”").arg(DocumentWords.files(count)).arg(name), "", null);
        }

        function onRefused(address: string): void {
            window.tell(qsTr("%1 is not on this machine: download it first").arg(address), "", null);
        }
    }

    Connections {
        target: window.app.documentList.sheet

        function onMissing(name: string): void {
            window.tell(qsTr("%1 cannot be opened: it was moved or deleted, or no program opens it").arg(name), "", null);
        }
    }

    Connections {
        target: window.app.labBench

        function onExported(path: string): void {
            window.tell(qsTr("Exported to %1").arg(path), "", null);
        }
    }

    Connections {
        target: window.app

        function onCopied(): void {
            window.tell(qsTr("Copied"), "", null);
        }

        function onFilesGiven(): void {
            window.cover("transcribe");
        }
    }

    Connections {
        target: window.app.talkState

        function onRefused(reason: string): void {
            window.tell(qsTr("The microphone is muted"), qsTr("Unmute"), () => window.app.talkState.muted = false);
        }
    }

    Shortcut {
        sequences: ["Ctrl+N"]
        onActivated: window.begin()
    }

    Shortcut {
        sequences: ["Ctrl+F", "Ctrl+K"]
        onActivated: {
            window.page = "";
            window.sidebarWanted = true;
            sidebar.drawerOpen = window.narrow;
            sidebar.searchNow();
        }
    }

    Shortcut {
        sequences: ["Ctrl+M"]
        onActivated: window.app.talkState.muted = !window.app.talkState.muted
    }

    Shortcut {
        sequences: ["Ctrl+,"]
        onActivated: window.showSettings(pages.section)
    }

    Shortcut {
        sequences: ["Ctrl+T"]
        onActivated: window.cover("transcribe")
    }

    Shortcut {
        sequences: ["Ctrl+B"]
        onActivated: window.cover("lab")
    }

    Shortcut {
        sequences: ["Ctrl+D"]
        onActivated: window.cover("documents")
    }

    Shortcut {
        sequences: ["Ctrl+L"]
        onActivated: composer.field.forceActiveFocus()
    }

    Shortcut {
        sequences: ["Escape"]
        enabled: window.covered || (window.narrow && sidebar.drawerOpen) || window.app.talkState.state !== "idle"
        onActivated: {
            if (window.app.talkState.state !== "idle")
                window.app.talkState.stop();
            else if (window.covered)
                window.uncover();
            else
                sidebar.drawerOpen = false;
        }
    }

    Shortcut {
        sequences: ["PgUp"]
        enabled: !window.covered
        onActivated: messages.page(-1)
    }

    Shortcut {
        sequences: ["PgDown"]
        enabled: !window.covered
        onActivated: messages.page(1)
    }

    Shortcut {
        sequences: ["Home", "Ctrl+Home"]
        enabled: !window.covered
        onActivated: messages.toBeginning()
    }

    Shortcut {
        sequences: ["End", "Ctrl+End"]
        enabled: !window.covered
        onActivated: messages.toEnd()
    }

    Shortcut {
        sequences: ["Ctrl+Q"]
        onActivated: Qt.quit()
    }

    function showSettings(section: string): void {
        pages.section = section;
        cover("settings");
    }

    function cover(by: string): void {
        if (!covered)
            resumed = activeFocusItem;
        page = by;
    }

    // The keyboard goes back to where it was: to the message, or to nothing, so that Space talks.
    function uncover(): void {
        page = "";
        (resumed ?? contentItem).forceActiveFocus(Qt.OtherFocusReason);
    }

    function begin(): void {
        page = "";
        app.newConversation();
        composer.field.forceActiveFocus();
    }

    // What the program says by itself waits until the word before it has passed; what answers a click does not wait.
    function tellNext(): void {
        if (!toast.shown && waiting.length > 0)
            tell(waiting.shift(), "", null);
    }

    function tell(text: string, actionText: string, undo: var): void {
        toast.undo = undo;
        toast.show(text, actionText);
    }
}
