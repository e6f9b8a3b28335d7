pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Theme

// A list of things to do, by pointer or with the arrows, Enter and Escape.
T.Menu {
    id: menu

    required property string label

    implicitWidth: Math.max(180 * Theme.textScale, contentWidth + leftPadding + rightPadding)
    implicitHeight: contentHeight + topPadding + bottomPadding
    padding: Theme.space4
    margins: Theme.space8
    overlap: 1
    modal: false

    // A popup takes no attached name: the item that carries it does.
    onAboutToShow: contentItem.parent.Accessible.name = label

    delegate: MenuItem {}

    contentItem: ListView {
        implicitHeight: contentHeight
        implicitWidth: menu.widest(count)
        model: menu.contentModel
        interactive: contentHeight > height
        clip: interactive
        currentIndex: menu.currentIndex
        highlightMoveDuration: 0
        Accessible.ignored: true

        T.ScrollBar.vertical: ScrollBar {}
    }

    background: Elevation {}

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.quick
        }
    }

    function widest(count: int): real {
        let width = 0;
        for (let at = 0; at < count; at++)
            width = Math.max(width, itemAt(at)?.implicitWidth ?? 0);
        return Math.min(width, 360 * Theme.textScale);
    }
}
