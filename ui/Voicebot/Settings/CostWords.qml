pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// What paid engines cost, in words.
QtObject {
    readonly property var kinds: ({
            "input tokens": qsTr("%1 tokens read"),
            "cached input tokens": qsTr("%1 tokens read again"),
            "output tokens": qsTr("%1 tokens written"),
            "seconds": qsTr("%1 s of sound"),
            "characters": qsTr("%1 characters")
        })
    readonly property var charges: ({
            tokens: qsTr("%1 costs %2 for a million tokens read and %3 for a million written; listed on %4."),
            minute: qsTr("%1 costs %2 a minute; listed on %4."),
            characters: qsTr("%1 costs %2 for 1,000 characters; listed on %4.")
        })

    // One thing that was used, as `Spending` tells it: {model, kind, amount, cost}.
    function used(use: var): string {
        const amount = Number(use.amount).toLocaleString(Qt.locale(), "f", use.kind === "seconds" ? 1 : 0);
        return qsTr("%1, %2: %3").arg(use.model).arg((kinds[use.kind] ?? "%1").arg(amount)).arg(use.cost !== "" ? use.cost : qsTr("no price known"));
    }

    // What a model costs, as `Spending` tells it: {model, by, usd, written, date}. Only the service itself is paid for.
    function price(found: var, host: string): string {
        if (!found)
            return "";
        if (host !== "")
            return qsTr("What %1 charges is not known.").arg(host);
        if (!(found.by in charges))
            return qsTr("It costs money; no price of %1 is known, so no cap can stop it in time.").arg(found.model);
        return charges[found.by].replace("%1", found.model).replace("%2", found.usd).replace("%3", found.written).replace("%4", found.date);
    }
}
