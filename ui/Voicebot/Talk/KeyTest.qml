pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What arrives when a key is pressed: here in the window, and from the system when another program has the focus.
Dialog {
    id: test

    required property var app
    readonly property var keys: app.keyTest

    title: qsTr("Test my talk key")
    text: keys.ready ? qsTr("Press Space here, or %1 anywhere.").arg(keys.shortcut) : keys.shortcut !== "" ? keys.why : qsTr("Press Space here. To talk while another program has the focus, choose a key.")
    firstItem: pad
    onOpened: keys.watched = true
    onClosed: keys.watched = false

    Row {
        width: parent.width
        spacing: Theme.space8

        TextInputField {
            id: field

            width: parent.width - save.width - Theme.space8
            label: qsTr("Key for everywhere")
            placeholder: qsTr("F9, or Ctrl+Alt+Space")
            text: test.keys.shortcut
            error: test.keys.fault
            onAccepted: test.keys.shortcut = text
        }

        PushButton {
            id: save

            height: Theme.controlHeight
            text: qsTr("Use")
            onClicked: test.keys.shortcut = field.text
        }
    }

    FocusScope {
        id: pad

        function take(event: var, down: bool): void {
            event.accepted = ![Qt.Key_Tab, Qt.Key_Backtab, Qt.Key_Escape].includes(event.key);
            test.keys.note(event.key, down, event.isAutoRepeat);
        }

        width: parent.width
        height: 120 * Theme.textScale
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("What arrived")
        Accessible.description: test.keys.heard.join(", ")

        // A text field gets Space, which elsewhere talks; what is pressed is shown and never written.
        TextInput {
            id: keyboard

            anchors.fill: parent
            focus: true
            activeFocusOnTab: true
            cursorVisible: false
            cursorDelegate: Item {}
            inputMethodHints: Qt.ImhNoPredictiveText
            Accessible.ignored: true
            Keys.onPressed: event => pad.take(event, true)
            Keys.onReleased: event => pad.take(event, false)
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: Theme.surfaceSunken
            border.width: pad.activeFocus ? 2 : 1
            border.color: pad.activeFocus ? Theme.focus : Theme.border
        }

        Column {
            anchors.fill: parent
            anchors.margins: Theme.space12
            clip: true

            Repeater {
                model: test.keys.heard

                delegate: Caption {
                    required property string modelData

                    text: modelData
                    color: Theme.text
                }
            }
        }
    }
}
