pragma ComponentBehavior: Bound

import QtQuick.Dialogs

// The system's own dialog where there is one, Qt's otherwise.
FolderDialog {
    readonly property list<url> chosen: [selectedFolder]

    title: qsTr("Choose a folder")
}
