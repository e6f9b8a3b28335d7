pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Theme

// Every control in every state, to be looked at. `dark`, `textScale` and `reducedMotion` are set from outside.
Window {
    id: gallery

    property bool dark: false
    property real textScale: 1
    property bool reducedMotion: false

    width: 1180
    height: 1250
    visible: true
    color: Theme.window
    title: "Controls"

    Component.onCompleted: {
        Theme.dark = Qt.binding(() => gallery.dark);
        Theme.textScale = Qt.binding(() => gallery.textScale);
        Theme.reducedMotion = Qt.binding(() => gallery.reducedMotion);
    }

    Row {
        anchors.fill: parent
        anchors.margins: Theme.space24
        spacing: Theme.space24

        Column {
            id: one

            width: (parent.width - Theme.space24) / 2
            spacing: Theme.space16

            TypeShelf {
                width: one.width
            }

            ButtonShelf {
                width: one.width
            }

            IconShelf {
                width: one.width
            }
        }

        Column {
            id: other

            width: one.width
            spacing: Theme.space16

            FieldShelf {
                width: other.width
            }

            ChoiceShelf {
                width: other.width
            }

            ProgressShelf {
                width: other.width
            }
        }
    }

    FloatingShelf {
        objectName: "floating"
        anchors.fill: parent
    }
}
