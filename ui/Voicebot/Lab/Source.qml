pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Where the clips or the texts are: in a folder or a file, by its path or chosen in a dialog; empty for what is here.
Column {
    id: place

    required property string label
    required property string placeholder
    required property string explanation
    required property var lab
    readonly property var dialog: chooser.item
    property bool folders: true
    property alias path: field.text

    // A dialog brings libraries of its own: it is loaded when it is first wanted, and so has no type here.
    function choose(file: string): void {
        chooser.active = false;
        chooser.source = file;
        chooser.active = true;
    }

    spacing: Theme.space4
    Component.onDestruction: dialog?.close()

    Caption {
        text: place.label
        Accessible.ignored: true
    }

    TextInputField {
        id: field

        width: parent.width
        label: place.label
        placeholder: place.placeholder
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        PushButton {
            visible: place.folders
            text: qsTr("Choose a folder")
            onClicked: place.choose("FolderChooser.qml")
        }

        PushButton {
            text: qsTr("Choose a list")
            onClicked: place.choose("FileChooser.qml")
        }
    }

    Caption {
        width: parent.width
        text: place.explanation
        wrapMode: Text.Wrap
    }

    Loader {
        id: chooser

        active: false
        onLoaded: place.dialog.open()
    }

    Connections {
        target: chooser.item
        ignoreUnknownSignals: true

        function onAccepted(): void {
            field.text = place.lab.local(place.dialog.chosen);
        }
    }
}
