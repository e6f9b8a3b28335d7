pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

Shelf {
    id: shelf

    heading: "Buttons"

    Flow {
        width: shelf.availableWidth
        spacing: Theme.space8

        PushButton {
            text: "Save 저장"
            kind: PushButton.Primary
        }

        PushButton {
            text: "Plain"
        }

        PushButton {
            text: "Quiet"
            kind: PushButton.Quiet
        }

        PushButton {
            text: "Delete"
            kind: PushButton.Danger
            symbol: Icons.trash
        }

        PushButton {
            text: "Test the key"
            symbol: Icons.keyboard
        }

        PushButton {
            text: "Disabled"
            enabled: false
            kind: PushButton.Primary
        }

        PushButton {
            width: 130
            text: "Far too many words for it"
        }
    }

    Row {
        spacing: Theme.space4

        IconButton {
            symbol: Icons.copy
            label: "Copy"
            shortcut: "Ctrl+C"
        }

        IconButton {
            symbol: Icons.pin
            label: "Pin"
            checkable: true
            checked: true
        }

        IconButton {
            symbol: Icons.trash
            label: "Delete conversation"
            danger: true
        }

        IconButton {
            symbol: Icons.send
            label: "Send"
            accented: true
            size: Theme.touchHeight
            cornerRadius: size / 2
        }

        IconButton {
            symbol: Icons.microphone
            label: "Talk"
            accented: true
            size: 56
            iconSize: 26
            cornerRadius: size / 2
        }

        IconButton {
            symbol: Icons.replay
            label: "Replay"
            enabled: false
        }

        Item {
            width: Theme.controlHeight + 8
            height: Theme.controlHeight + 8

            IconButton {
                anchors.centerIn: parent
                symbol: Icons.refresh
                label: "Focused"

                FocusRing {
                    shown: true
                }
            }
        }
    }
}
