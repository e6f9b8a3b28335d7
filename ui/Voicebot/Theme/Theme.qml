pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// Every colour, size and duration of the window. Warm neutrals, one accent.
QtObject {
    id: theme

    property bool dark: Application.styleHints.colorScheme === Qt.ColorScheme.Dark
    property bool reducedMotion: false
    property real textScale: 1

    // Surfaces, from the back to the front.
    readonly property color window: dark ? "#1b1917" : "#f6f3ee"
    readonly property color surface: dark ? "#22201d" : "#fcfaf7"
    readonly property color surfaceRaised: dark ? "#2b2825" : "#ffffff"
    readonly property color surfaceSunken: dark ? "#161412" : "#efebe4"
    readonly property color userBubble: dark ? "#37332e" : "#e9e4da"
    readonly property color hover: dark ? "#34302b" : "#eae5dc"
    readonly property color pressed: dark ? "#3f3a34" : "#e0dacf"
    readonly property color accentSoft: dark ? "#24382f" : "#dfeae4"
    readonly property color highlight: dark ? "#574a1f" : "#f6e3ae"
    readonly property color codeBackground: dark ? "#191714" : "#f0ece5"
    readonly property color selection: dark ? "#2d5547" : "#c9e0d6"
    readonly property color overlay: dark ? "#80000000" : "#4d24211d"
    readonly property color shadow: dark ? "#14000000" : "#0524211d"

    // Words and marks.
    readonly property color text: dark ? "#ece8e1" : "#24211d"
    readonly property color textMuted: dark ? "#b3aba0" : "#615b52"
    readonly property color textOnAccent: dark ? "#0f231c" : "#ffffff"
    readonly property color textOnDanger: dark ? "#2c0b07" : "#ffffff"
    readonly property color accent: dark ? "#86c0ae" : "#2c6a5b"
    readonly property color accentHover: dark ? "#9ccfbf" : "#235849"
    readonly property color accentPressed: dark ? "#b2decf" : "#1b473b"
    readonly property color danger: dark ? "#f0968a" : "#a8362b"
    readonly property color dangerHover: dark ? "#f5aaa0" : "#8f2b22"
    readonly property color success: dark ? "#86cc97" : "#2a6b3c"
    readonly property color warning: dark ? "#e2b565" : "#7c5200"
    readonly property color listening: dark ? "#f2a077" : "#a8431f"
    readonly property color speaking: accent
    readonly property color focus: dark ? "#8fd2bd" : "#2c6a5b"

    // `border` only decorates; `borderStrong` is what shows where a control is.
    readonly property color border: dark ? "#3b3732" : "#ddd7cc"
    readonly property color borderStrong: dark ? "#8a8278" : "#8a8378"

    // Which words may stand on which surface: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
    readonly property var textPairs: ({
            "text": [...surfaces, "pressed", "highlight", "codeBackground", "selection"],
            "textMuted": [...surfaces, "pressed", "codeBackground"],
            "textOnAccent": ["accent", "accentHover", "accentPressed"],
            "textOnDanger": ["danger", "dangerHover"],
            "accent": [...surfaces, "pressed"],
            "danger": [...surfaces, "pressed"],
            "success": surfaces,
            "warning": surfaces,
            "listening": surfaces,
            "speaking": surfaces
        })
    // Which marks may stand on which surface: at least 3 to 1 (WCAG 2.2, 1.4.11).
    readonly property var markPairs: ({
            "focus": [...surfaces, "pressed", "codeBackground"],
            "borderStrong": ["window", "surface", "surfaceRaised", "surfaceSunken"],
            "accent": [...surfaces, "pressed", "selection"]
        })
    readonly property var surfaces: ["window", "surface", "surfaceRaised", "surfaceSunken", "userBubble", "hover", "accentSoft"]

    // Type. A text item that sets no family gets the program's own font, with its fallbacks for Korean. What the templates
    // write in does not: it names the first of them that there is ("Sans Serif" is no font, it stands for one).
    readonly property list<string> fonts: [Application.font.family, "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"]
    readonly property string family: fonts.find(one => one !== "Sans Serif" && Qt.fontFamilies().includes(one)) ?? fonts[0]
    readonly property string monospace: Qt.platform.os === "windows" ? "Consolas" : Qt.platform.os === "osx" ? "Menlo" : "monospace"
    readonly property int caption: Math.round(13 * textScale)
    readonly property int body: Math.round(15 * textScale)
    readonly property int heading: Math.round(17 * textScale)
    readonly property int title: Math.round(22 * textScale)
    readonly property real lineHeight: 1.5

    // Spacing, sizes and corners, in device-independent pixels.
    readonly property int space4: 4
    readonly property int space8: 8
    readonly property int space12: 12
    readonly property int space16: 16
    readonly property int space24: 24
    readonly property int space32: 32
    readonly property int controlHeight: Math.round(36 * Math.max(1, textScale))
    readonly property int touchHeight: Math.round(40 * Math.max(1, textScale))
    readonly property int iconSize: Math.round(20 * textScale)
    readonly property int radiusSmall: 6
    readonly property int radius: 10
    readonly property int radiusLarge: 16

    // Motion, in milliseconds; none when the person asked for none.
    readonly property int quick: reducedMotion ? 0 : 120
    readonly property int calm: reducedMotion ? 0 : 240
    readonly property int easing: Easing.OutCubic
    readonly property int hintDelay: 600
}
