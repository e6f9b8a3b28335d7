pragma ComponentBehavior: Bound

import QtQuick.Dialogs

// The system's own dialog where there is one, Qt's otherwise.
FileDialog {
    title: qsTr("Choose recordings")
    fileMode: FileDialog.OpenFiles
    nameFilters: [qsTr("Sound and films") + " (*.mp3 *.wav *.flac *.ogg *.opus *.m4a *.aac *.wma *.amr *.aiff *.mp4 *.m4v *.mkv *.webm *.mov *.avi *.wmv *.ts *.3gp)", qsTr("All files") + " (*)"]
}
