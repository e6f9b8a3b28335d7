pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A question that must be answered first. Enter takes the button that has the focus, Escape says no. What is put inside
// stands between the words and the buttons.
T.Dialog {
    id: dialog

    property string text: ""
    property string acceptText: ""
    property string rejectText: qsTr("Close")
    property bool danger: false
    property bool acceptable: true
    property real wantedWidth: 440 * Theme.textScale
    default property alias body: extra.data
    // What gets the focus first, when it is not a button.
    property Item firstItem: null

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    width: Math.min(wantedWidth, parent ? parent.width - Theme.space32 : wantedWidth)
    height: Math.min(implicitHeight, parent ? parent.height - Theme.space32 : implicitHeight)
    implicitHeight: contentHeight + topPadding + bottomPadding
    padding: Theme.space24
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape

    onOpened: (firstItem ?? (acceptButton.visible && !danger ? acceptButton : rejectButton)).forceActiveFocus(Qt.TabFocusReason)

    T.Overlay.modal: Rectangle {
        color: Theme.overlay
    }

    background: Elevation {
        radius: Theme.radiusLarge
    }

    contentItem: Column {
        id: sheet

        spacing: Theme.space16
        Keys.onReturnPressed: dialog.confirm()
        Keys.onEnterPressed: dialog.confirm()

        Title {
            width: parent.width
            visible: text !== ""
            text: dialog.title
            wrapMode: Text.Wrap
        }

        Body {
            width: parent.width
            visible: text !== ""
            text: dialog.text
            color: Theme.textMuted
        }

        Column {
            id: extra

            width: parent.width
            spacing: Theme.space12
            visible: children.length > 0
        }

        Flow {
            width: parent.width
            layoutDirection: Qt.RightToLeft
            spacing: Theme.space12

            PushButton {
                id: acceptButton

                visible: dialog.acceptText !== ""
                enabled: dialog.acceptable
                text: dialog.acceptText
                kind: dialog.danger ? PushButton.Danger : PushButton.Primary
                width: Math.min(implicitWidth, sheet.width)
                onClicked: dialog.accept()
            }

            PushButton {
                id: rejectButton

                visible: dialog.rejectText !== ""
                text: dialog.rejectText
                width: Math.min(implicitWidth, sheet.width)
                onClicked: dialog.reject()
            }
        }
    }

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.calm
        }
    }
    exit: Transition {
        NumberAnimation {
            property: "opacity"
            to: 0
            duration: Theme.quick
        }
    }

    // Enter in a field inside the dialog is a yes, but never to something that destroys.
    function confirm(): void {
        if (acceptButton.visible && acceptable && !danger)
            accept();
    }
}
