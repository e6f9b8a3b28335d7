pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Where the clips or the texts are: in a folder or a file, by its path or chosen in a dialog; empty for what is here.
Column {
    id: source

    required property string label
    required property string placeholder
    required property string explanation
    required property var lab
    property bool folders: true
    property alias path: field.text

    // A dialog brings libraries of its own: it is loaded when it is first wanted, and so has no type here.
    function choose(file: string): void {
        chooser.active = false;
        chooser.source = file;
        chooser.active = true;
    }

    spacing: Theme.space4
    Component.onDestruction: chooser.item?.close()

    Caption {
        text: source.label
        Accessible.ignored: true
    }

    TextInputField {
        id: field

        width: parent.width
        label: source.label
        placeholder: source.placeholder
    }

    Flow {
        width: parent.width
        spacing: Theme.space8

        PushButton {
            visible: source.folders
            text: qsTr("Choose a folder")
            onClicked: source.choose("FolderChooser.qml")
        }

        PushButton {
            text: qsTr("Choose a list")
            onClicked: source.choose("FileChooser.qml")
        }
    }

    Caption {
        width: parent.width
        text: source.explanation
        wrapMode: Text.Wrap
    }

    Loader {
        id: chooser

        active: false
        onLoaded: item.open()
    }

    Connections {
        target: chooser.item
        ignoreUnknownSignals: true

        function onAccepted(): void {
            field.text = source.lab.local(chooser.item.chosen);
        }
    }
}
