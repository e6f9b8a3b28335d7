pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What can be chosen of the window itself: colours, language, motion, hands-free, and the test of the talk key.
Menu {
    id: looks

    required property var app
    readonly property var look: app.look

    signal testKey

    label: qsTr("Settings")

    MenuItem {
        text: qsTr("Hands-free")
        checkable: true
        checked: looks.app.talkState.handsFree
        onTriggered: looks.app.talkState.handsFree = checked
    }

    MenuItem {
        text: qsTr("Test my talk key")
        symbol: Icons.keyboard
        onTriggered: looks.testKey()
    }

    MenuSeparator {}

    MenuItem {
        text: qsTr("Colours as the system has them")
        checkable: true
        checked: looks.look.theme === "system"
        onTriggered: looks.look.theme = "system"
    }

    MenuItem {
        text: qsTr("Light")
        checkable: true
        checked: looks.look.theme === "light"
        onTriggered: looks.look.theme = "light"
    }

    MenuItem {
        text: qsTr("Dark")
        checkable: true
        checked: looks.look.theme === "dark"
        onTriggered: looks.look.theme = "dark"
    }

    MenuSeparator {}

    MenuItem {
        text: "English"
        checkable: true
        checked: looks.look.languageNow === "en"
        onTriggered: looks.look.language = "en"
    }

    MenuItem {
        text: "한국어"
        checkable: true
        checked: looks.look.languageNow === "ko"
        onTriggered: looks.look.language = "ko"
    }

    MenuSeparator {}

    MenuItem {
        text: qsTr("Less motion")
        checkable: true
        checked: looks.look.reducedMotion
        onTriggered: looks.look.reducedMotion = checked
    }
}
