pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// What a citation opens: the page or section, with the quote marked and in sight. The text is data: nothing in it is
// followed or fetched.
Dialog {
    id: sheet

    required property var app
    readonly property var source: app.documentList.sheet
    readonly property bool there: source.html !== ""
    readonly property string remark: {
        switch (source.standing) {
        case "reading":
            return qsTr("Looking it up…");
        case "unknown":
            return qsTr("Its page cannot be shown here. This was quoted from it:");
        case "gone":
            return qsTr("This document is not in your collections any more. This was quoted from it:");
        case "changed":
            return qsTr("The document was changed: the quoted words are not on this page any more.");
        }
        return "";
    }

    title: source.title
    text: [source.place, source.path].filter(part => part !== "" && part !== source.title).join("  ·  ")
    acceptText: source.path !== "" ? qsTr("Open the file") : ""
    wantedWidth: 720 * Theme.textScale
    firstItem: view
    onAccepted: source.openFile()
    onOpened: Qt.callLater(view.toQuote)

    Caption {
        width: parent.width
        visible: text !== ""
        text: sheet.remark
        wrapMode: Text.Wrap
        color: sheet.source.standing === "reading" ? Theme.textMuted : Theme.warning
        Accessible.role: Accessible.AlertMessage
    }

    Rectangle {
        width: parent.width
        height: Math.min(Math.max(page.height, 80), Math.max(120, (sheet.parent?.height ?? 600) - 290 * Theme.textScale))
        radius: Theme.radius
        color: Theme.surfaceSunken

        Flickable {
            id: view

            function toQuote(): void {
                const line = page.positionToRectangle(sheet.source.at);
                const last = Math.max(0, contentHeight - height);
                contentY = Math.max(0, Math.min(last, line.y - height / 4));
            }

            function move(by: real): void {
                contentY = Math.max(0, Math.min(Math.max(0, contentHeight - height), contentY + by));
            }

            anchors.fill: parent
            anchors.margins: Theme.space4
            clip: true
            contentWidth: width
            contentHeight: page.height
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            Accessible.role: Accessible.Document
            Accessible.name: qsTr("The page")
            Accessible.description: sheet.source.quote
            Accessible.focusable: true
            Keys.onDownPressed: move(48)
            Keys.onUpPressed: move(-48)
            Keys.onPressed: event => {
                event.accepted = event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp;
                if (event.accepted)
                    move((event.key === Qt.Key_PageDown ? 0.85 : -0.85) * height);
            }

            T.ScrollBar.vertical: ScrollBar {}

            TextEdit {
                id: page

                readonly property string style: `<style>.quoted { background-color: ${Theme.highlight}; } p { white-space: pre-wrap; line-height: 140%; }</style>`

                width: view.width
                padding: Theme.space12
                readOnly: true
                selectByMouse: true
                activeFocusOnTab: false
                textFormat: sheet.there ? TextEdit.RichText : TextEdit.PlainText
                text: sheet.there ? `${style}<p>${sheet.source.html}</p>` : sheet.source.standing !== "reading" ? sheet.source.quote : ""
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                font.pixelSize: Theme.body
                Accessible.role: Accessible.StaticText
                Accessible.name: getText(0, length)
                onTextChanged: Qt.callLater(view.toQuote)
            }
        }

        FocusRing {
            shown: view.activeFocus
            cornerRadius: Theme.radius
        }
    }

    Connections {
        target: sheet.source

        function onWanted(): void {
            sheet.open();
        }
    }
}
