import QtQuick
import QtTest
import QtQuick.Templates as T

TestCase {
    id: test

    name: "Gallery"

    Component {
        id: gallery

        Gallery {}
    }

    function initTestCase(): void {
        failOnWarning(/.?/);
    }

    function test_every_control_in_every_look_data(): var {
        return [
            {
                "tag": "light",
                "dark": false,
                "textScale": 1
            },
            {
                "tag": "dark",
                "dark": true,
                "textScale": 1
            },
            {
                "tag": "large",
                "dark": false,
                "textScale": 1.5
            }
        ];
    }

    function test_every_control_in_every_look(row: var): void {
        const window = createTemporaryObject(gallery, test, {
            "dark": row.dark,
            "textScale": row.textScale,
            "reducedMotion": true
        });
        verify(window);
        waitForRendering(window.contentItem);
        const controls = everything(window.contentItem).filter(isOperated);
        verify(controls.length > 20, controls.length + " controls");
        controls.forEach(control => {
            verify(control.height >= 36, control + " is " + control.height + " high");
            verify(control.Accessible.name !== "", control + " has no name");
        });
    }

    function isOperated(item: Item): bool {
        return item.visible && (item instanceof T.AbstractButton || item instanceof T.ComboBox || item instanceof T.Slider || item instanceof T.TextField);
    }

    function everything(item: Item): var {
        return [item].concat(...item.children.map(child => everything(child)));
    }
}
