pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// Drawings on a grid of 24 by 24, as SVG paths to be stroked with round caps.
QtObject {
    readonly property real grid: 24
    readonly property real stroke: 1.75

    readonly property string logo: "M12 3.5 C7 3.5 3.5 6.7 3.5 11 C3.5 13.3 4.5 15.3 6.1 16.7 L5.5 20.5 L9.8 18.3 C10.5 18.4 11.2 18.5 12 18.5 C17 18.5 20.5 15.3 20.5 11 C20.5 6.7 17 3.5 12 3.5 Z M8.5 10 V12 M12 8 V14 M15.5 10 V12"

    // Talking and hearing
    readonly property string microphone: "M12 3.5 a3 3 0 0 0 -3 3 v5 a3 3 0 0 0 6 0 v-5 a3 3 0 0 0 -3 -3 Z M5.5 11.5 a6.5 6.5 0 0 0 13 0 M12 18 V20.5"
    readonly property string microphoneOff: "M4 4 L20 20 M9 9 v2.5 a3 3 0 0 0 4.6 2.5 M15 10.5 v-4 a3 3 0 0 0 -5.9 -0.8 M5.5 11.5 a6.5 6.5 0 0 0 10.2 5.3 M18.5 11.5 a6.5 6.5 0 0 1 -0.6 2.7 M12 18 V20.5"
    readonly property string speaker: "M4 9.5 v5 h3.2 L12 18.5 v-13 L7.2 9.5 Z M15.5 9 a4.2 4.2 0 0 1 0 6 M18 6.5 a7.8 7.8 0 0 1 0 11"
    readonly property string speakerOff: "M4 9.5 v5 h3.2 L12 18.5 v-13 L7.2 9.5 Z M16 9.5 l5 5 M21 9.5 l-5 5"
    readonly property string headphones: "M4 18 v-5.5 a8 8 0 0 1 16 0 V18 M4 14.5 h2.2 a1 1 0 0 1 1 1 V19 a1 1 0 0 1 -1 1 h-0.7 a1.5 1.5 0 0 1 -1.5 -1.5 Z M20 14.5 h-2.2 a1 1 0 0 0 -1 1 V19 a1 1 0 0 0 1 1 h0.7 a1.5 1.5 0 0 0 1.5 -1.5 Z"
    readonly property string wave: "M4 10.5 v3 M8 7.5 v9 M12 4.5 v15 M16 7.5 v9 M20 10.5 v3"
    readonly property string stop: "M8 6.5 h8 a1.5 1.5 0 0 1 1.5 1.5 v8 a1.5 1.5 0 0 1 -1.5 1.5 h-8 a1.5 1.5 0 0 1 -1.5 -1.5 v-8 a1.5 1.5 0 0 1 1.5 -1.5 Z"
    readonly property string play: "M8 5.5 v13 l11 -6.5 Z"
    readonly property string pause: "M8.5 5.5 v13 M15.5 5.5 v13"
    readonly property string replay: "M4 12 a8 8 0 1 0 8 -8 a8.6 8.6 0 0 0 -6 2.4 L4 8.5 M4 4 v4.5 h4.5 M10.5 9.3 v5.4 l4.4 -2.7 Z"

    // Doing something to a message, a conversation, a document
    readonly property string send: "M12 19.5 v-15 M5.5 11 L12 4.5 L18.5 11"
    readonly property string copy: "M10 8.5 h8 a1.5 1.5 0 0 1 1.5 1.5 v8 a1.5 1.5 0 0 1 -1.5 1.5 h-8 a1.5 1.5 0 0 1 -1.5 -1.5 v-8 a1.5 1.5 0 0 1 1.5 -1.5 Z M15.5 8.5 V6 a1.5 1.5 0 0 0 -1.5 -1.5 H6 A1.5 1.5 0 0 0 4.5 6 v8 a1.5 1.5 0 0 0 1.5 1.5 h2.5"
    readonly property string check: "M5 12.5 l4.5 4.5 L19 7.5"
    readonly property string edit: "M4.5 19.5 l0.9 -4 L16 4.9 a1.9 1.9 0 0 1 2.7 0 l0.4 0.4 a1.9 1.9 0 0 1 0 2.7 L8.5 18.6 Z M14 7 l3 3"
    readonly property string refresh: "M4 11.5 a8 8 0 0 1 8 -7.5 a8.6 8.6 0 0 1 6 2.4 l2 2.1 M20 4 v4.5 h-4.5 M20 12.5 a8 8 0 0 1 -8 7.5 a8.6 8.6 0 0 1 -6 -2.4 l-2 -2.1 M4 20 v-4.5 h4.5"
    readonly property string retry: "M20 12 a8 8 0 1 1 -8 -8 a8.6 8.6 0 0 1 6 2.4 l2 2.1 M20 4 v4.5 h-4.5"
    readonly property string undo: "M9 14 L4 9 l5 -5 M4 9 h10.5 a5.5 5.5 0 0 1 0 11 H11"
    readonly property string pin: "M8.5 4 h7 M10 4 v5.5 l-3 3.5 v1.5 h10 V13 l-3 -3.5 V4 M12 14.5 V20"
    readonly property string unpin: "M4 4 L20 20 M10 4 h5.5 M14 4 v5.5 l2 2.3 M9.6 10 l-2.6 3 v1.5 h7.5 M12 14.5 V20"
    readonly property string trash: "M4.5 7 h15 M9.5 7 V5 a1 1 0 0 1 1 -1 h3 a1 1 0 0 1 1 1 v2 M6.5 7 l0.7 11.6 a1.5 1.5 0 0 0 1.5 1.4 h6.6 a1.5 1.5 0 0 0 1.5 -1.4 L17.5 7 M10 11 v5 M14 11 v5"
    readonly property string exportFile: "M12 15 V4 M7.5 8 L12 3.5 L16.5 8 M4.5 15 v3 a2 2 0 0 0 2 2 h11 a2 2 0 0 0 2 -2 v-3"
    readonly property string download: "M12 3.5 V15 M7.5 11 L12 15.5 L16.5 11 M4.5 15 v3 a2 2 0 0 0 2 2 h11 a2 2 0 0 0 2 -2 v-3"
    readonly property string external: "M13.5 4.5 h6 v6 M19.5 4.5 L11 13 M17.5 13.5 V18 a1.5 1.5 0 0 1 -1.5 1.5 H6 A1.5 1.5 0 0 1 4.5 18 V8 A1.5 1.5 0 0 1 6 6.5 h4.5"
    readonly property string document: "M13.5 3.5 H7 A1.5 1.5 0 0 0 5.5 5 v14 A1.5 1.5 0 0 0 7 20.5 h10 a1.5 1.5 0 0 0 1.5 -1.5 V8.5 Z M13.5 3.5 v5 h5 M9 13 h6 M9 16.5 h4"

    readonly property string folder: "M3.5 7 a1.5 1.5 0 0 1 1.5 -1.5 h4.2 l2 2.5 H19 a1.5 1.5 0 0 1 1.5 1.5 v8 a1.5 1.5 0 0 1 -1.5 1.5 H5 a1.5 1.5 0 0 1 -1.5 -1.5 Z"
    readonly property string library: "M4 4.5 h4 v15 H4 Z M8 7.5 h4 v12 H8 Z M13.4 7.2 l3.6 -0.9 l3 12.3 l-3.6 0.9 Z M4 16 h4 M8 16 h4"

    // Finding the way
    readonly property string search: "M10.5 4 a6.5 6.5 0 1 0 0 13 a6.5 6.5 0 0 0 0 -13 Z M15.3 15.3 L20 20"
    readonly property string more: "M4.8 12 a0.7 0.7 0 1 0 1.4 0 a0.7 0.7 0 1 0 -1.4 0 Z M11.3 12 a0.7 0.7 0 1 0 1.4 0 a0.7 0.7 0 1 0 -1.4 0 Z M17.8 12 a0.7 0.7 0 1 0 1.4 0 a0.7 0.7 0 1 0 -1.4 0 Z"
    readonly property string menu: "M5.5 4.5 h13 A1.5 1.5 0 0 1 20 6 v12 a1.5 1.5 0 0 1 -1.5 1.5 h-13 A1.5 1.5 0 0 1 4 18 V6 a1.5 1.5 0 0 1 1.5 -1.5 Z M9.5 4.5 v15"
    readonly property string plus: "M12 5 v14 M5 12 h14"
    readonly property string close: "M6 6 L18 18 M18 6 L6 18"
    readonly property string chevronLeft: "M14.5 6 l-6 6 l6 6"
    readonly property string chevronRight: "M9.5 6 l6 6 l-6 6"
    readonly property string chevronDown: "M6 9.5 l6 6 l6 -6"
    readonly property string chevronUp: "M6 14.5 l6 -6 l6 6"
    readonly property string arrowDown: "M12 4.5 v15 M5.5 13 L12 19.5 L18.5 13"

    // Settings and signs
    readonly property string settings: "M4 7 h9 M17 7 h3 M15 5 a2 2 0 1 0 0 4 a2 2 0 0 0 0 -4 Z M4 17 h3 M11 17 h9 M9 15 a2 2 0 1 0 0 4 a2 2 0 0 0 0 -4 Z"
    readonly property string sun: "M12 8 a4 4 0 1 0 0 8 a4 4 0 0 0 0 -8 Z M12 3 v1.5 M12 19.5 V21 M3 12 h1.5 M19.5 12 H21 M5.6 5.6 l1.1 1.1 M17.3 17.3 l1.1 1.1 M5.6 18.4 l1.1 -1.1 M17.3 6.7 l1.1 -1.1"
    readonly property string moon: "M20 14.2 A8.2 8.2 0 0 1 9.8 4 A8.2 8.2 0 1 0 20 14.2 Z"
    readonly property string monitor: "M4.5 5 h15 A1.5 1.5 0 0 1 21 6.5 v8 a1.5 1.5 0 0 1 -1.5 1.5 h-15 A1.5 1.5 0 0 1 3 14.5 v-8 A1.5 1.5 0 0 1 4.5 5 Z M12 16 v3.5 M8.5 19.5 h7"
    readonly property string globe: "M12 3.5 a8.5 8.5 0 1 0 0 17 a8.5 8.5 0 0 0 0 -17 Z M3.5 12 h17 M12 3.5 c2.3 2.4 3.4 5.3 3.4 8.5 s-1.1 6.1 -3.4 8.5 c-2.3 -2.4 -3.4 -5.3 -3.4 -8.5 s1.1 -6.1 3.4 -8.5 Z"
    readonly property string keyboard: "M4.5 6 h15 A1.5 1.5 0 0 1 21 7.5 v9 a1.5 1.5 0 0 1 -1.5 1.5 h-15 A1.5 1.5 0 0 1 3 16.5 v-9 A1.5 1.5 0 0 1 4.5 6 Z M7 10 h0.2 M10.3 10 h0.2 M13.6 10 h0.2 M16.9 10 h0.2 M8 14 h8"
    readonly property string info: "M12 3.5 a8.5 8.5 0 1 0 0 17 a8.5 8.5 0 0 0 0 -17 Z M12 11 v5 M12 7.9 v0.2"
    readonly property string warning: "M10.9 4.7 a1.3 1.3 0 0 1 2.2 0 l7.6 12.9 a1.3 1.3 0 0 1 -1.1 1.9 H4.4 a1.3 1.3 0 0 1 -1.1 -1.9 Z M12 9.5 v4 M12 16.4 v0.2"
    readonly property string lab: "M9.5 3.5 v6 L4.6 17.8 a1.8 1.8 0 0 0 1.6 2.7 h11.6 a1.8 1.8 0 0 0 1.6 -2.7 L14.5 9.5 v-6 M8 3.5 h8 M7.3 14.5 h9.4"
}
