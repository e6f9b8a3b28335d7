pragma ComponentBehavior: Bound

import QtQuick
import Voicebot.Settings

// What searching by meaning would add, and the models for it, each one click away.
ModelOffers {
    id: offer

    required property var app

    title: qsTr("Search by meaning too")
    text: qsTr("Passages are found by their words. With a model they are found as well where other words say the same: “car” finds “vehicle”. It runs on this machine.")
    offers: app.documentList.offers
    engine: "sentence-transformers"
    engines: app.documentList.engines
}
