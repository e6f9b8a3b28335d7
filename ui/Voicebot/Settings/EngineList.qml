pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls

// The engines of a stage. One that sends something away is used only after the person has been told what.
Section {
    id: list

    required property var app
    required property string stage
    property bool mendable: true
    readonly property string chosen: String(app.settings.values[stage + "_engine"] ?? "auto").split(":")[0]
    readonly property var mends: ({
            whisper: qsTr("Get a model"),
            openai: qsTr("Enter a key")
        })

    // Counted, so that a row stays the same item when what is known of its engine changes: a click is never lost.
    readonly property var found: app.engineList.rows[stage] ?? []

    signal wanted(string section)

    function choose(name: string): void {
        app.settings.set(stage + ".engine", name);
    }

    Component.onCompleted: app.engineList.refresh()

    EngineRow {
        name: "auto"
        title: qsTr("The best on this machine")
        description: qsTr("Takes what is ready, and never a service")
        chosen: list.chosen === "auto"
        onUse: list.choose("auto")
    }

    Repeater {
        model: list.found.length

        delegate: EngineRow {
            required property int index
            readonly property var row: list.found[index] ?? ({})

            name: row.name ?? ""
            title: EngineWords.title(name)
            description: EngineWords.describe(list.stage, name)
            chosen: list.chosen === name
            ready: row.ready ?? false
            local: row.local ?? true
            why: row.why ?? ""
            fix: (list.mendable ? row.fix : row.why) ?? ""
            mend: list.mendable ? list.mends[name] ?? "" : ""
            onMended: list.wanted(name === "openai" ? "keys" : "models")
            onUse: {
                if (local)
                    list.choose(name);
                else
                    consent.ask(name);
            }
        }
    }

    Dialog {
        id: consent

        property string engine: ""

        title: qsTr("Use %1?").arg(EngineWords.title(engine))
        text: EngineWords.sends[list.stage]
        acceptText: qsTr("Use it")
        rejectText: qsTr("Stay on this machine")
        onAccepted: list.choose(engine)

        function ask(name: string): void {
            engine = name;
            open();
        }
    }
}
