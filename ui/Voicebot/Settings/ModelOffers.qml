pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Controls
import Voicebot.Theme

// The catalogue's models of one engine, each one click away: fetched, and used as soon as it is here.
Section {
    id: list

    required property var offers
    required property string engine
    // What the engine itself lacks is told once, for no download helps it.
    required property var engines
    readonly property var row: engines.find(one => one.name === engine) ?? null
    readonly property bool uninstalled: row?.uninstalled ?? false
    readonly property var found: offers.rows

    visible: found.length > 0
    Component.onCompleted: offers.refresh()

    Caption {
        width: parent.width
        visible: list.uninstalled
        text: list.row?.fix ?? ""
        wrapMode: Text.Wrap
        color: Theme.warning
    }

    Repeater {
        model: list.found.length

        delegate: ModelOffer {
            required property int index

            offers: list.offers
            offered: list.found[index] ?? ({})
            usable: !list.uninstalled
        }
    }
}
