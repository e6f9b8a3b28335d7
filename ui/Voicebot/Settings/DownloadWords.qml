pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// How far a download or a check has come, in words.
QtObject {
    // `state` and `progress` as `Models` tells them, `detail` its {done, total, speed, left}.
    function standing(state: string, progress: real, detail: var): string {
        switch (state) {
        case "waiting":
            return qsTr("Waits for the download before it");
        case "checking":
            return qsTr("Checking");
        case "paused":
            return qsTr("Paused at %1 %").arg(Math.floor(progress * 100));
        case "broken":
            return qsTr("This file is damaged: download it again");
        case "downloading":
            return arrived(detail);
        }
        return "";
    }

    function arrived(detail: var): string {
        const parts = [qsTr("%1 of %2").arg(detail.done ?? "").arg(detail.total ?? "")];
        if (detail.speed)
            parts.push(qsTr("%1 a second").arg(detail.speed));
        if ((detail.left ?? -1) >= 0)
            parts.push(qsTr("%1 s left").arg(detail.left));
        return parts.join(", ");
    }
}
