pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The engines of a stage. One that sends something away is used only after the person has been told what, and to whom.
Section {
    id: list

    required property var app
    required property string stage
    property bool mendable: true
    readonly property string chosen: String(app.settings.values[stage + "_engine"] ?? "auto").split(":")[0]
    readonly property string used: app.engineList.used[stage].split(":")[0]
    readonly property string preparing: app.engineList.preparing[stage].split(":")[0]
    readonly property var mends: ({
            whisper: qsTr("Get a model"),
            "faster-whisper": qsTr("Get a model"),
            transformers: qsTr("Get a model"),
            piper: qsTr("Get a voice"),
            openai: qsTr("Enter a key"),
            elevenlabs: qsTr("Enter a key")
        })

    // Counted, so that a row stays the same item when what is known of its engine changes: a click is never lost.
    readonly property var found: app.engineList.rows[stage] ?? []

    signal wanted(string section)

    // What is chosen already could not be used: it is tried again.
    function choose(name: string): void {
        if (name === chosen)
            app.use(stage, "");
        else
            app.settings.set(stage + ".engine", name);
    }

    Component.onCompleted: {
        app.engineList.refresh();
        app.spent.refresh();
    }

    EngineRow {
        name: "auto"
        title: qsTr("The best on this machine")
        description: list.chosen === "auto" && list.used !== "" ? qsTr("Takes what is ready, and never a service. Now: %1").arg(EngineWords.title(list.used)) : qsTr("Takes what is ready, and never a service")
        chosen: list.chosen === "auto"
        onUse: list.choose("auto")
    }

    Repeater {
        model: list.found.length

        delegate: EngineRow {
            required property int index
            readonly property var row: list.found[index] ?? ({})
            readonly property bool lacksKey: name === "openai" || name === "elevenlabs"

            name: row.name ?? ""
            title: EngineWords.title(name)
            description: EngineWords.describe(list.stage, name, row.host ?? "")
            chosen: list.chosen === name
            used: list.used === name || list.used === ""
            preparing: list.preparing === name
            ready: row.ready ?? false
            local: row.local ?? true
            sends: EngineWords.sent(list.stage, name, row.host ?? "")
            costs: local ? "" : CostWords.price(list.app.spent.prices[`${list.stage}_${name}`], row.host ?? "")
            why: row.why ?? ""
            fix: (list.mendable || row.uninstalled ? row.fix : row.why) ?? ""
            mend: list.mendable && !row.uninstalled ? list.mends[name] ?? "" : ""
            onMended: list.wanted(lacksKey ? "keys" : "models")
            onUse: {
                if (local || chosen)
                    list.choose(name);
                else
                    consent.ask(row);
            }
        }
    }

    Dialog {
        id: consent

        property string engine: ""
        property string host: ""

        title: qsTr("Use %1?").arg(EngineWords.title(engine))
        text: EngineWords.sent(list.stage, engine, host)
        acceptText: qsTr("Use it")
        rejectText: qsTr("Stay on this machine")
        onAccepted: list.choose(engine)

        function ask(row: var): void {
            engine = row.name;
            host = row.host;
            open();
        }

        Body {
            width: parent.width
            visible: text !== ""
            text: EngineWords.describe(list.stage, consent.engine, consent.host)
            color: Theme.textMuted
        }

        Body {
            width: parent.width
            visible: text !== ""
            text: CostWords.price(list.app.spent.prices[`${list.stage}_${consent.engine}`], consent.host)
        }
    }
}
