pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The first minute: a microphone, a voice, a brain, one after another. Each can be skipped, and none is asked twice.
FocusScope {
    id: minute

    required property var app
    readonly property var titles: [qsTr("Your microphone"), qsTr("Its voice"), qsTr("Its brain")]
    readonly property var texts: [qsTr("Say something: the bar should move."), qsTr("Press play, and choose what you like to hear."), qsTr("The built-in assistant works at once, without a network. More is one click away.")]
    property int step: Math.min(app.settings.values.desktop_first_minute ?? 0, 2)

    signal done
    signal wanted(string section)

    function next(): void {
        const last = step === 2;
        app.settings.set("desktop.first_minute", step + 1); // the step follows
        if (last)
            done();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("The first minute")
    onStepChanged: Qt.callLater(() => forward.forceActiveFocus(Qt.OtherFocusReason))
    Component.onCompleted: forward.forceActiveFocus(Qt.OtherFocusReason)

    Rectangle {
        anchors.fill: parent
        color: Theme.window

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true
            onWheel: wheel => wheel.accepted = true
        }
    }

    Column {
        id: heading

        x: sheet.x
        y: Theme.space32
        width: sheet.width
        spacing: Theme.space8

        Caption {
            width: parent.width
            text: qsTr("Step %1 of 3").arg(minute.step + 1)
        }

        Title {
            width: parent.width
            text: minute.titles[minute.step]
            wrapMode: Text.Wrap
            onTextChanged: text => Accessible.announce(text)
        }

        Body {
            width: parent.width
            text: minute.texts[minute.step]
            color: Theme.textMuted
        }
    }

    Flickable {
        id: sheet

        anchors.top: heading.bottom
        anchors.topMargin: Theme.space24
        anchors.bottom: buttons.top
        anchors.bottomMargin: Theme.space16
        x: Math.round((minute.width - width) / 2)
        width: Math.min(minute.width - Theme.space32, 620 * Theme.textScale)
        contentHeight: content.height
        clip: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds

        Loader {
            id: content

            width: sheet.width
            sourceComponent: [microphone, voice, brain][minute.step]
        }
    }

    Flow {
        id: buttons

        x: sheet.x
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space24
        width: sheet.width
        layoutDirection: Qt.RightToLeft
        spacing: Theme.space12

        PushButton {
            id: forward

            text: minute.step === 2 ? qsTr("Done") : qsTr("Next")
            kind: PushButton.Primary
            onClicked: minute.next()
        }

        PushButton {
            text: qsTr("Skip")
            Accessible.name: qsTr("Skip: %1").arg(minute.titles[minute.step])
            kind: PushButton.Quiet
            onClicked: minute.next()
        }
    }

    Component {
        id: microphone

        MicrophoneStep {
            app: minute.app
        }
    }

    Component {
        id: voice

        VoiceStep {
            app: minute.app
        }
    }

    Component {
        id: brain

        BrainStep {
            app: minute.app
        }
    }
}
