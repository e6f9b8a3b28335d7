pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Voicebot.Controls
import Voicebot.Theme

// One section of the settings, scrolled when it is longer than the window. What has the focus is kept in sight.
Flickable {
    id: view

    required property var app
    required property string section
    readonly property real margin: Theme.space24

    signal wanted(string section)
    signal testKey
    signal doctor
    signal documents

    contentWidth: width
    contentHeight: loader.height + margin * 2
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    onSectionChanged: contentY = 0

    T.ScrollBar.vertical: ScrollBar {}

    Loader {
        id: loader

        x: Math.round(Math.max(view.margin / 1.5, (view.width - width) / 2))
        y: Theme.space4
        width: Math.min(view.width - view.margin * 1.33, 680 * Theme.textScale)
        sourceComponent: view.pages[view.section]
    }

    readonly property var pages: ({
            sound: sound,
            hearing: hearing,
            thinking: thinking,
            speaking: speaking,
            talking: talking,
            models: models,
            documents: documents,
            looks: looks,
            privacy: privacy,
            keys: keys,
            about: about
        })
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: Qt.callLater(reveal)

    function reveal(): void {
        const item = focused;
        for (let above = item; above; above = above.parent) {
            if (above === loader) {
                const top = item.mapToItem(contentItem, 0, 0).y;
                contentY = Math.max(0, Math.min(Math.max(contentY, top + item.height + margin - height), top - margin, contentHeight - height));
                return;
            }
        }
    }

    Component {
        id: sound
        SoundPage {
            app: view.app
            onDoctor: view.doctor()
        }
    }
    Component {
        id: hearing
        HearingPage {
            app: view.app
            onWanted: section => view.wanted(section)
        }
    }
    Component {
        id: thinking
        ThinkingPage {
            app: view.app
            onWanted: section => view.wanted(section)
        }
    }
    Component {
        id: speaking
        SpeakingPage {
            app: view.app
            onWanted: section => view.wanted(section)
        }
    }
    Component {
        id: talking
        TalkingPage {
            app: view.app
            onTestKey: view.testKey()
        }
    }
    Component {
        id: models
        ModelsPage {
            models: view.app.modelList
        }
    }
    Component {
        id: documents
        ReadingPage {
            app: view.app
            onWanted: section => view.wanted(section)
            onDocuments: view.documents()
        }
    }
    Component {
        id: looks
        LooksPage {
            app: view.app
        }
    }
    Component {
        id: privacy
        PrivacyPage {
            app: view.app
        }
    }
    Component {
        id: keys
        KeysPage {
            app: view.app
        }
    }
    Component {
        id: about
        AboutPage {
            app: view.app
        }
    }
}
