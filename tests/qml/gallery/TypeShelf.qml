pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

Shelf {
    id: shelf

    heading: "Words 글자"

    Title {
        width: shelf.availableWidth
        text: "Good evening. 안녕하세요, 무엇을 도와드릴까요? A title that is too long to fit"
    }

    Body {
        width: shelf.availableWidth
        text: "Body text wraps where it has to. 본문은 필요한 곳에서 줄이 바뀝니다. Nothing here is loaded from <img src='http://example.invalid/a.png'>."
    }

    Caption {
        text: "Caption, 2.1 s to the first sound"
    }

    Flow {
        width: shelf.availableWidth
        spacing: Theme.space8

        Badge {
            text: "Offline"
        }

        Badge {
            text: "Local"
            kind: Badge.Accent
            symbol: Icons.check
        }

        Badge {
            text: "Ready 준비됨"
            kind: Badge.Success
        }

        Badge {
            text: "Interrupted"
            kind: Badge.Warning
        }

        Badge {
            text: "Failed"
            kind: Badge.Danger
            symbol: Icons.warning
        }
    }
}
