pragma ComponentBehavior: Bound

import QtQuick.Dialogs

// The system's own dialog where there is one, Qt's otherwise.
FileDialog {
    readonly property list<url> chosen: selectedFiles

    title: qsTr("Choose documents")
    fileMode: FileDialog.OpenFiles
    nameFilters: [qsTr("Documents") + " (*.pdf *.txt *.md *.markdown *.rst *.log *.html *.htm *.docx *.pptx *.xlsx *.csv *.epub)", qsTr("All files") + " (*)"]
}
