pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// Several lines of text that grow with what is written. Enter accepts, Shift+Enter breaks the line, and an Enter that
// ends a syllable which is still being composed does only that.
FocusScope {
    id: editor

    required property string label
    property string placeholder: ""
    property string description: ""
    property int maximumLines: 8
    property bool framed: true
    property bool readOnly: false
    property alias text: area.text
    property alias cursorPosition: area.cursorPosition
    readonly property bool composing: area.inputMethodComposing
    readonly property int shownLines: Math.max(1, Math.min(maximumLines, area.lineCount))

    signal accepted
    signal edited

    function clear(): void {
        area.clear();
    }

    function selectAll(): void {
        area.selectAll();
    }

    implicitWidth: 320 * Theme.textScale
    implicitHeight: Math.max(Theme.touchHeight, Math.ceil(area.contentHeight * shownLines / Math.max(1, area.lineCount)) + (area.topPadding + view.anchors.margins) * 2)
    opacity: enabled ? 1 : 0.45

    FontMetrics {
        id: metrics

        font: area.font
    }

    Rectangle {
        anchors.fill: parent
        visible: editor.framed
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: area.activeFocus ? 2 : 1
        border.color: area.activeFocus ? Theme.focus : Theme.borderStrong
    }

    Flickable {
        id: view

        anchors.fill: parent
        anchors.margins: 2
        clip: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height

        T.ScrollBar.vertical: ScrollBar {}

        T.TextArea.flickable: T.TextArea {
            id: area

            topPadding: Math.round((Theme.touchHeight - metrics.lineSpacing) / 2) - view.anchors.margins
            bottomPadding: topPadding
            leftPadding: Theme.space12
            rightPadding: Theme.space12
            implicitHeight: contentHeight + topPadding + bottomPadding
            focus: true
            readOnly: editor.readOnly
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            font.family: Theme.family
            font.pixelSize: Theme.body
            Accessible.role: Accessible.EditableText
            Accessible.name: editor.label
            Accessible.description: editor.description
            Accessible.multiLine: true
            onTextEdited: editor.edited()

            Keys.onPressed: event => editor.take(event)
        }
    }

    Text {
        x: area.leftPadding + 2
        y: area.topPadding + 2
        width: editor.width - x * 2
        visible: area.text === "" && area.preeditText === ""
        text: editor.placeholder
        textFormat: Text.PlainText
        elide: Text.ElideRight
        color: Theme.textMuted
        font: area.font
        Accessible.ignored: true
    }

    function take(event: var): void {
        const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
        if (enter && composing) {
            InputMethod.commit();
            event.accepted = true;
        } else if (enter && !(event.modifiers & Qt.ShiftModifier)) {
            event.accepted = true;
            if (!event.isAutoRepeat)
                accepted();
        } else if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) {
            event.accepted = true;
            leave(event.key === Qt.Key_Tab);
        }
    }

    // Tab moves on: written into a message it would be of no use, and without it the keyboard could not get out.
    function leave(forward: bool): void {
        const next = area.nextItemInFocusChain(forward);
        if (next)
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }
}
