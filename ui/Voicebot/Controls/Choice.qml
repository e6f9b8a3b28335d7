pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// One of many, from a list that drops down.
T.ComboBox {
    id: control

    required property string label
    property string description: ""
    property bool opening: false

    implicitWidth: 220 * Theme.textScale
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.space12
    rightPadding: Theme.space32
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.ComboBox
    Accessible.name: label
    Accessible.description: description !== "" ? displayText + ". " + description : displayText

    // The box itself takes the release of Enter for a choice made, so the list opens on the release too.
    Keys.onReturnPressed: opening = !popup.visible
    Keys.onEnterPressed: opening = !popup.visible
    Keys.onReleased: event => {
        event.accepted = opening && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter);
        if (event.accepted)
            popup.open();
        opening = false;
    }

    contentItem: Text {
        id: words

        text: control.displayText
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        color: Theme.text
        font.pixelSize: Theme.body
        Accessible.ignored: true
    }

    indicator: Icon {
        x: control.width - width - Theme.space8
        y: Math.round((control.height - height) / 2)
        path: Icons.chevronDown
        color: Theme.textMuted
        size: Math.round(18 * Theme.textScale)
    }

    background: Rectangle {
        radius: Theme.radius
        color: control.pressed ? Theme.pressed : control.hovered ? Theme.hover : Theme.surfaceRaised
        border.width: 1
        border.color: Theme.borderStrong

        FocusRing {
            shown: control.visualFocus
        }
    }

    delegate: ChoiceRow {
        required property int index

        width: ListView.view.width
        text: control.textAt(index)
        current: index === control.currentIndex
        highlighted: index === control.highlightedIndex
    }

    popup: T.Popup {
        y: control.height + Theme.space4
        width: control.width
        height: Math.min(contentItem.implicitHeight + topPadding + bottomPadding, 9 * Theme.controlHeight)
        padding: Theme.space4
        margins: Theme.space8

        // A popup takes no attached name: the item that carries it does.
        onAboutToShow: {
            contentItem.parent.Accessible.name = control.label;
            contentItem.parent.Accessible.role = Accessible.List;
        }

        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: control.popup.visible ? control.delegateModel : null
            currentIndex: control.highlightedIndex
            highlightMoveDuration: 0
            boundsBehavior: Flickable.StopAtBounds
            Accessible.ignored: true

            T.ScrollBar.vertical: ScrollBar {}
        }

        background: Elevation {}
    }

    Hint {
        text: control.displayText
        wanted: control.hovered && words.truncated && !control.popup.visible
    }
}
