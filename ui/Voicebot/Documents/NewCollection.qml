pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls

// The name of a new collection.
Dialog {
    id: dialog

    required property var documents

    function ask(): void {
        field.text = "";
        open();
    }

    title: qsTr("New collection")
    text: qsTr("Files that belong together, such as those of your work or of a course. One collection at a time is on in the conversation.")
    acceptText: qsTr("Begin it")
    rejectText: qsTr("Cancel")
    acceptable: field.text.trim() !== "" && !taken
    firstItem: field
    onAccepted: documents.make(field.text)

    readonly property bool taken: documents.collections.some(one => one.name.toLowerCase() === field.text.trim().toLowerCase())

    TextInputField {
        id: field

        width: parent.width
        label: qsTr("Name of the collection")
        placeholder: qsTr("Name")
        maximumLength: 60
        error: dialog.taken ? qsTr("There is a collection of this name") : ""
    }
}
