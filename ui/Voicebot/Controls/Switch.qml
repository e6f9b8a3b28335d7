pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// On or off, at once. The words stand on the left, the switch at the right end.
T.Switch {
    id: control

    property string description: ""

    implicitWidth: implicitContentWidth + (text !== "" ? Theme.space16 : 0) + implicitIndicatorWidth
    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight + Theme.space8)
    rightPadding: implicitIndicatorWidth + (text !== "" ? Theme.space16 : 0)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: description
    Accessible.checkable: true
    Accessible.checked: checked

    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    indicator: Rectangle {
        x: control.width - width
        y: Math.round((control.height - height) / 2)
        implicitWidth: 40
        implicitHeight: 24
        radius: height / 2
        color: control.checked ? (control.hovered ? Theme.accentHover : Theme.accent) : (control.hovered ? Theme.hover : Theme.surfaceRaised)
        border.width: control.checked ? 0 : 1.5
        border.color: Theme.borderStrong

        Rectangle {
            x: Math.round(control.visualPosition * (parent.width - width - 8)) + 4
            anchors.verticalCenter: parent.verticalCenter
            width: 16
            height: 16
            radius: 8
            color: control.checked ? Theme.textOnAccent : Theme.textMuted

            Behavior on x {
                enabled: !control.pressed

                NumberAnimation {
                    duration: Theme.quick
                    easing.type: Theme.easing
                }
            }
        }

        FocusRing {
            shown: control.visualFocus
            cornerRadius: 12
        }
    }

    contentItem: Column {
        topPadding: Math.max(0, (control.height - words.height - (details.visible ? details.height + 2 : 0)) / 2)
        spacing: 2

        Label {
            id: words

            width: parent.width
            text: control.text
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Caption {
            id: details

            width: parent.width
            visible: control.description !== ""
            text: control.description
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
