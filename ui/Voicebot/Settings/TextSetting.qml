pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// A text, by its name "group.key": kept with Enter, or when the field is left.
SettingRow {
    id: row

    required property var settings
    required property string name
    property string placeholder: ""
    readonly property string value: {
        const value = settings.values[name.replace(".", "_")] ?? "";
        return typeof value === "object" ? Array.from(value).join(", ") : String(value);
    }

    fault: settings.faults[name] ?? ""
    locked: settings.overridden.includes(name)

    TextInputField {
        width: row.wide ? row.width : Math.min(260 * Theme.textScale, row.width)
        label: row.label
        description: row.fault !== "" ? row.fault : row.description
        placeholder: row.placeholder
        text: row.value
        onAccepted: row.keep(text)
        onActiveFocusChanged: if (!activeFocus)
            row.keep(text)
    }

    function keep(text: string): void {
        if (text !== value)
            settings.set(name, text.trim());
    }
}
