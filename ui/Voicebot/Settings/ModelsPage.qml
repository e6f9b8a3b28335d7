pragma ComponentBehavior: Bound

import QtQuick

// The models that can be downloaded: what each is and needs, whether it is here, and how far its download is.
Section {
    id: page

    required property var models

    title: qsTr("Models")
    text: qsTr("A model is downloaded once, checked, and then works without a network. A download that was broken off goes on where it was.")
    Component.onCompleted: models.refresh()

    Repeater {
        model: page.models

        delegate: ModelRow {
            models: page.models
        }
    }
}
