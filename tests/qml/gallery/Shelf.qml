pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// A heading, and what stands under it.
Card {
    id: shelf

    required property string heading
    default property alias things: column.data

    contentItem: Column {
        id: column

        spacing: Theme.space12

        Heading {
            text: shelf.heading
        }
    }
}
