pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

Shelf {
    id: shelf

    heading: "Drawings"

    Flow {
        width: shelf.availableWidth
        spacing: Theme.space12

        Repeater {
            model: Object.keys(Icons).filter(name => typeof Icons[name] === "string" && name !== "objectName")

            Icon {
                required property string modelData

                path: Icons[modelData]
                size: 32
            }
        }
    }

    Row {
        spacing: Theme.space12

        Repeater {
            model: [14, 16, 18, 20, 24, 48]

            Row {
                id: pair

                required property int modelData

                Icon {
                    path: Icons.settings
                    size: pair.modelData
                    color: Theme.accent
                }

                Icon {
                    path: Icons.logo
                    size: pair.modelData
                    color: Theme.accent
                }
            }
        }
    }
}
