pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Settings

// How many there are of what, and how a file stands, in words.
QtObject {
    function files(count: int): string {
        return count === 1 ? qsTr("1 file") : qsTr("%1 files").arg(count);
    }

    function passages(count: int): string {
        return count === 1 ? qsTr("1 passage") : qsTr("%1 passages").arg(count);
    }

    function pages(count: int): string {
        return count === 1 ? qsTr("1 page") : qsTr("%1 pages").arg(count);
    }

    // `meaning` is what `Documents` says of searching by meaning: "", "coming" or "there".
    function standing(standing: string, count: int, meaning: string): string {
        switch (standing) {
        case "waiting":
            return qsTr("waits to be read");
        case "reading":
            return qsTr("is being read…");
        case "failed":
            return qsTr("could not be read");
        }
        if (count === 0)
            return qsTr("has no text");
        if (meaning === "coming")
            return qsTr("found by its words, soon by its meaning");
        return meaning === "there" ? qsTr("found by its words and its meaning") : qsTr("found by its words");
    }

    // Who gets to know what answers rest on; "" while a model on this machine answers. It looks for every engine.
    function service(engines: var): string {
        const used = engines.used.llm.split(":")[0];
        const row = (engines.rows.llm ?? []).find(one => one.name === used);
        return row && !row.local ? row.host || (EngineWords.companies[used] ?? EngineWords.title(used)) : "";
    }

    function sent(service: string): string {
        return service !== "" ? qsTr("Passages are sent to %1 with the question.").arg(service) : "";
    }

    function place(title: string, place: string): string {
        return place !== "" && place !== title ? qsTr("%1, %2").arg(title).arg(place) : title;
    }
}
