pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls

// The name of a new collection, or another name of one that is there.
Dialog {
    id: dialog

    required property var documents

    // The one to be renamed; "" for a new one.
    property string renamed: ""

    function ask(which: string): void {
        renamed = which;
        field.text = which;
        open();
        field.selectAll();
    }

    title: renamed !== "" ? qsTr("Rename “%1”").arg(renamed) : qsTr("New collection")
    text: renamed !== "" ? "" : qsTr("Files that belong together, such as those of your work or of a course. One collection at a time is on in the conversation.")
    acceptText: renamed !== "" ? qsTr("Rename") : qsTr("Begin it")
    rejectText: qsTr("Cancel")
    acceptable: field.text.trim() !== "" && !taken
    firstItem: field
    onAccepted: renamed !== "" ? documents.rename(renamed, field.text) : documents.make(field.text)

    readonly property bool taken: documents.collections.some(one => one.name !== renamed && one.name.toLowerCase() === field.text.trim().toLowerCase())

    TextInputField {
        id: field

        width: parent.width
        label: qsTr("Name of the collection")
        placeholder: qsTr("Name")
        maximumLength: 60
        error: dialog.taken ? qsTr("There is a collection of this name") : ""
    }
}
