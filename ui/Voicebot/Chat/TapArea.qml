import QtQuick

// Where a pointer is held: what happens when it goes down and when it goes up, wherever it went meanwhile.
MouseArea {
    signal down
    signal up

    cursorShape: Qt.PointingHandCursor
    preventStealing: true
    onPressed: down()
    onReleased: up()
    onCanceled: up()
}
