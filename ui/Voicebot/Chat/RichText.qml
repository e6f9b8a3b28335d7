pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Text of a message that can be selected. Its HTML comes from `markdown.py`, which writes nothing that could be loaded.
TextEdit {
    id: edit

    required property string html
    property color ink: Theme.text

    signal follow(string address)

    readOnly: true
    selectByMouse: true
    persistentSelection: false
    activeFocusOnTab: false
    textFormat: TextEdit.RichText
    wrapMode: TextEdit.Wrap
    color: ink
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    font.pixelSize: Theme.body
    text: style + html
    Accessible.ignored: true
    onLinkActivated: address => follow(address)

    readonly property string style: "<style>"
        + `a { color: ${Theme.accent}; }`
        + `a.source { text-decoration: none; font-size: ${Theme.caption}px; }`
        + `.spoken { background-color: ${Theme.highlight}; }`
        + `.unheard { color: ${Theme.textMuted}; text-decoration: line-through; }`
        + `code, pre { font-family: ${Theme.monospace}; background-color: ${Theme.codeBackground}; }`
        + `blockquote { color: ${Theme.textMuted}; }`
        + `p, li, h1, h2, h3, h4 { line-height: 140%; } p { margin-top: 0px; margin-bottom: 8px; }`
        + `h2 { font-size: ${Theme.heading + 2}px; } h3 { font-size: ${Theme.heading}px; } h4 { font-size: ${Theme.body}px; }`
        + `th, td { padding: 4px 10px; }`
        + "</style>"

    HoverHandler {
        enabled: edit.hoveredLink !== ""
        cursorShape: Qt.PointingHandCursor
    }
}
