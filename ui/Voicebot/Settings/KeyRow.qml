pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// One key: where it comes from, a field to enter another, and a way to remove it.
SettingRow {
    id: row

    required property var keyring
    required property string name
    required property string source
    required property string variable
    readonly property string title: EngineWords.title(name)

    function keep(): void {
        if (field.text.trim() === "")
            return;
        keyring.keep(name, field.text);
        field.text = "";
    }

    label: title
    description: {
        if (source === "keyring")
            return qsTr("A key is kept in the keyring");
        return source === "environment" ? qsTr("A key was found in %1; it stands above the keyring").arg(variable) : qsTr("No key yet");
    }
    wide: true

    Flow {
        width: parent.width
        spacing: Theme.space8

        TextInputField {
            id: field

            width: Math.min(320 * Theme.textScale, parent.width)
            enabled: row.keyring.whyNot === ""
            label: qsTr("Key for %1").arg(row.title)
            placeholder: row.source === "keyring" ? qsTr("Another key") : qsTr("Paste the key here")
            secret: true
            onAccepted: row.keep()
        }

        PushButton {
            height: Theme.controlHeight
            text: qsTr("Keep")
            Accessible.name: qsTr("Keep the key for %1").arg(row.title)
            enabled: field.text.trim() !== ""
            onClicked: row.keep()
        }

        PushButton {
            height: Theme.controlHeight
            visible: row.source === "keyring"
            text: qsTr("Remove")
            Accessible.name: qsTr("Remove the key for %1").arg(row.title)
            kind: PushButton.Quiet
            onClicked: row.keyring.forget(row.name)
        }
    }
}
