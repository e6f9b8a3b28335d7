pragma ComponentBehavior: Bound

import QtQuick.Dialogs

// The system's own dialog where there is one, Qt's otherwise.
FileDialog {
    readonly property url chosen: selectedFile

    title: qsTr("Choose a list")
    nameFilters: [qsTr("Lists and texts") + " (*.tsv *.csv *.jsonl *.json *.txt)", qsTr("All files") + " (*)"]
}
