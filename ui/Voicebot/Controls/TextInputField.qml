pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// One line of text. `label` names it for screen readers; `error` stands below it when there is one. What is `secret` is
// shown as dots of our own: of a field with Qt's password mode a screen reader gets no name.
FocusScope {
    id: field

    required property string label
    property string placeholder: ""
    property string error: ""
    property string symbol: ""
    property string description: ""
    property bool readOnly: false
    property alias text: input.text
    property bool secret: false
    property alias maximumLength: input.maximumLength

    signal accepted
    signal edited

    function selectAll(): void {
        input.selectAll();
    }

    function clear(): void {
        input.clear();
        edited();
        input.forceActiveFocus(Qt.OtherFocusReason);
    }

    implicitWidth: 240 * Theme.textScale
    implicitHeight: input.height + (complaint.visible ? complaint.height + Theme.space4 : 0)
    opacity: enabled ? 1 : 0.45

    T.TextField {
        id: input

        readonly property real drawingRoom: field.symbol !== "" ? Theme.iconSize + Theme.space8 : 0

        width: field.width
        height: Theme.controlHeight
        focus: true
        readOnly: field.readOnly
        echoMode: field.secret ? TextInput.NoEcho : TextInput.Normal
        leftPadding: Theme.space12 + drawingRoom
        rightPadding: clearButton.visible ? clearButton.width + Theme.space4 : Theme.space12
        verticalAlignment: TextInput.AlignVCenter
        hoverEnabled: true
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        font.family: Theme.family
        font.pixelSize: Theme.body
        Accessible.role: Accessible.EditableText
        Accessible.name: field.label
        Accessible.description: field.error !== "" ? field.error : field.description
        onAccepted: field.accepted()
        onTextEdited: field.edited()
        Keys.onEscapePressed: event => {
            event.accepted = text !== "" && !readOnly;
            if (event.accepted)
                field.clear();
        }

        background: Rectangle {
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: input.activeFocus || field.error !== "" ? 2 : 1
            border.color: field.error !== "" ? Theme.danger : input.activeFocus ? Theme.focus : Theme.borderStrong
        }

        Text {
            x: input.leftPadding
            width: input.width - input.leftPadding - input.rightPadding
            height: input.height
            visible: input.text === "" && input.preeditText === ""
            text: field.placeholder
            textFormat: Text.PlainText
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            color: Theme.textMuted
            font.pixelSize: Theme.body
            Accessible.ignored: true
        }

        Text {
            x: input.leftPadding
            width: input.width - input.leftPadding - input.rightPadding
            height: input.height
            visible: field.secret
            text: "•".repeat(Math.min(input.length, 40))
            textFormat: Text.PlainText
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            color: Theme.text
            font.pixelSize: Theme.body
            Accessible.ignored: true
        }

        Icon {
            x: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            visible: field.symbol !== ""
            path: field.symbol
            color: Theme.textMuted
        }
    }

    IconButton {
        id: clearButton

        x: field.width - width
        y: Math.round((input.height - height) / 2)
        visible: input.text !== "" && !input.readOnly && field.enabled
        symbol: Icons.close
        label: qsTr("Clear")
        Accessible.name: qsTr("Clear %1").arg(field.label)
        iconSize: Math.round(16 * Theme.textScale)
        onClicked: field.clear()
    }

    Label {
        id: complaint

        y: input.height + Theme.space4
        width: field.width
        visible: field.error !== ""
        text: field.error
        wrapMode: Text.Wrap
        color: Theme.danger
        font.pixelSize: Theme.caption
    }
}
