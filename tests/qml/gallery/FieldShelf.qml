pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

Shelf {
    id: shelf

    heading: "Fields"

    Row {
        spacing: Theme.space12

        TextInputField {
            width: (shelf.availableWidth - Theme.space12) / 2
            label: "Search"
            placeholder: "Search everything said"
            symbol: Icons.search
        }

        TextInputField {
            width: (shelf.availableWidth - Theme.space12) / 2
            label: "Address"
            text: "localhost:11434"
            error: "This needs http:// or https:// in front."
        }
    }

    Row {
        spacing: Theme.space12

        TextInputField {
            width: (shelf.availableWidth - Theme.space12) / 2
            label: "Name"
            text: "이름"
        }

        TextInputField {
            width: (shelf.availableWidth - Theme.space12) / 2
            label: "Key"
            text: "disabled"
            enabled: false
        }
    }

    TextEditor {
        width: shelf.availableWidth
        label: "Message"
        placeholder: "Write a message, or hold Space to talk"
    }

    TextEditor {
        focus: true
        width: shelf.availableWidth
        label: "Longer message"
        text: "Two lines of a message,\n그리고 한국어로 쓴 두 번째 줄."
    }

    TextEditor {
        width: shelf.availableWidth
        label: "Longest message"
        maximumLines: 4
        text: "one\ntwo\nthree\nfour\nfive\nsix"
    }
}
