pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import Voicebot.Controls

// The recognisers and models that can run here and now.
Menu {
    id: engines

    required property var recognisers
    required property var models

    signal chosen(string stage, string engine)

    label: qsTr("Engines")

    Instantiator {
        model: engines.recognisers
        onObjectAdded: (index, object) => engines.insertItem(index, object as MenuItem)
        onObjectRemoved: (index, object) => engines.removeItem(object as MenuItem)

        delegate: MenuItem {
            required property string modelData

            text: qsTr("Recognise with %1").arg(modelData)
            onTriggered: engines.chosen("stt", modelData)
        }
    }

    Instantiator {
        model: engines.models
        onObjectAdded: (index, object) => engines.insertItem(engines.recognisers.length + index, object as MenuItem)
        onObjectRemoved: (index, object) => engines.removeItem(object as MenuItem)

        delegate: MenuItem {
            required property string modelData

            text: qsTr("Answer with %1").arg(modelData)
            onTriggered: engines.chosen("llm", modelData)
        }
    }
}
