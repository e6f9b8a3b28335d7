pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Takes files that are dropped anywhere on the window, and says so while they hover.
DropArea {
    id: area

    signal files(var addresses)

    keys: ["text/uri-list"]
    onEntered: drag => drag.accepted = drag.hasUrls
    onDropped: drop => {
        drop.accept(Qt.CopyAction);
        area.files(drop.urls);
    }

    Rectangle {
        anchors.fill: parent
        visible: area.containsDrag
        color: Theme.window
        opacity: 0.94

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.space16
            radius: Theme.radiusLarge
            color: Theme.accentSoft
            border.width: 2
            border.color: Theme.accent
        }

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.space32 * 2
            spacing: Theme.space12

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                path: Icons.document
                size: 40
                color: Theme.accent
            }

            Title {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                text: qsTr("Drop documents to ask about them, recordings to transcribe them")
            }
        }
    }
}
