pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// Everything that can be set, in sections; it covers the window until the person goes back.
FocusScope {
    id: page

    required property var app
    property string section: "sound"
    readonly property bool narrow: width < 720
    readonly property var sections: [
        {
            value: "sound",
            text: qsTr("Microphone and speaker"),
            symbol: Icons.microphone
        },
        {
            value: "hearing",
            text: qsTr("Hearing"),
            symbol: Icons.wave
        },
        {
            value: "thinking",
            text: qsTr("Thinking"),
            symbol: Icons.logo
        },
        {
            value: "speaking",
            text: qsTr("Speaking"),
            symbol: Icons.speaker
        },
        {
            value: "talking",
            text: qsTr("Talking"),
            symbol: Icons.keyboard
        },
        {
            value: "models",
            text: qsTr("Models"),
            symbol: Icons.download
        },
        {
            value: "documents",
            text: qsTr("Documents"),
            symbol: Icons.library
        },
        {
            value: "looks",
            text: qsTr("Looks"),
            symbol: Icons.sun
        },
        {
            value: "privacy",
            text: qsTr("Privacy"),
            symbol: Icons.document
        },
        {
            value: "keys",
            text: qsTr("Keys"),
            symbol: Icons.pin
        },
        {
            value: "about",
            text: qsTr("About"),
            symbol: Icons.logo
        }
    ]

    signal back
    signal testKey
    signal doctor
    signal documents

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")
    Component.onCompleted: leave.forceActiveFocus(Qt.OtherFocusReason)
    Keys.onEscapePressed: back()

    Rectangle {
        anchors.fill: parent
        color: Theme.window

        MouseArea {
            anchors.fill: parent
            acceptedButtons: Qt.AllButtons
            hoverEnabled: true
            onWheel: wheel => wheel.accepted = true
        }
    }

    IconButton {
        id: leave

        x: Theme.space8
        y: Theme.space8
        symbol: Icons.chevronLeft
        label: qsTr("Back to the conversation")
        shortcut: "Esc"
        onClicked: page.back()
    }

    Title {
        anchors.left: leave.right
        anchors.leftMargin: Theme.space8
        anchors.verticalCenter: leave.verticalCenter
        text: qsTr("Settings")
    }

    SectionList {
        id: list

        visible: !page.narrow
        x: Theme.space12
        y: leave.y + leave.height + Theme.space16
        width: 230 * Theme.textScale
        sections: page.sections
        current: page.section
        onChosen: section => page.section = section
    }

    Choice {
        id: choice

        visible: page.narrow
        x: Theme.space16
        y: leave.y + leave.height + Theme.space8
        width: page.width - Theme.space32
        label: qsTr("Section")
        model: page.sections
        textRole: "text"
        currentIndex: page.sections.findIndex(one => one.value === page.section)
        onActivated: index => page.section = page.sections[index].value
    }

    SectionView {
        anchors.fill: parent
        anchors.topMargin: page.narrow ? choice.y + choice.height + Theme.space12 : leave.y + leave.height + Theme.space16
        anchors.leftMargin: page.narrow ? 0 : list.x + list.width
        app: page.app
        section: page.section
        onWanted: section => page.section = section
        onTestKey: page.testKey()
        onDoctor: page.doctor()
        onDocuments: page.documents()
    }
}
