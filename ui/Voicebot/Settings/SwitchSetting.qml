pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls

// A setting that is on or off, by its name "group.key".
Switch {
    id: control

    required property var settings
    required property string name

    width: parent?.width ?? implicitWidth
    enabled: !settings.overridden.includes(name)
    checked: settings.values[name.replace(".", "_")] ?? false
    onToggled: settings.set(name, checked)
}
