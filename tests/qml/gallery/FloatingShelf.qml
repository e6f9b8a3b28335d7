pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// What floats above the window. `open` shows one of it.
Item {
    id: shelf

    function open(what: string): void {
        if (what === "dialog")
            dialog.open();
        else if (what === "menu")
            menu.popup(Theme.space24, Theme.space32);
        else if (what === "toast")
            toast.show("The conversation was deleted. 대화를 삭제했습니다.", "Undo");
    }

    Menu {
        id: menu

        label: "Conversation"

        MenuItem {
            text: "Rename"
            symbol: Icons.edit
            shortcut: "F2"
        }

        MenuItem {
            text: "Export with the recordings"
            symbol: Icons.exportFile
            shortcut: "Ctrl+Shift+E"
        }

        MenuItem {
            text: "Pin"
            symbol: Icons.pin
            enabled: false
        }

        MenuItem {
            text: "Speak answers"
            checkable: true
            checked: true
        }

        MenuSeparator {}

        MenuItem {
            text: "Delete"
            symbol: Icons.trash
            danger: true
        }
    }

    Dialog {
        id: dialog

        title: "Delete this conversation?"
        text: "12 messages and their recordings go. 되돌릴 수 있습니다."
        acceptText: "Delete"
        rejectText: "Keep"
        danger: true
    }

    Toast {
        id: toast

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space24
    }
}
