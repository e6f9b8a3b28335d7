import QtQuick
import QtTest
import Voicebot.Controls
import Voicebot.Theme

Item {
    width: 300
    height: 200

    Column {
        Meter {
            id: meter

            label: "Microphone level"
        }

        Spinner {
            id: spinner

            label: "Thinking"
            running: false
        }

        ProgressLine {
            id: line

            label: "Download"
        }
    }

    TestCase {
        name: "Levels"
        when: windowShown

        function cleanup(): void {
            Theme.reducedMotion = false;
            spinner.running = false;
        }

        function test_a_meter_stays_on_its_scale_data(): var {
            return [
                {
                    "level": -30,
                    "position": 0.5
                },
                {
                    "level": -90,
                    "position": 0
                },
                {
                    "level": 3,
                    "position": 1
                },
                {
                    "level": Number.NEGATIVE_INFINITY,
                    "position": 0
                }
            ];
        }

        function test_a_meter_stays_on_its_scale(row: var): void {
            meter.level = row.level;
            compare(meter.position, row.position);
            compare(meter.clipping, row.level > -3);
        }

        function test_a_spinner_stands_still_when_motion_is_reduced(): void {
            verify(!spinner.turning);
            spinner.running = true;
            verify(spinner.turning);
            Theme.reducedMotion = true;
            verify(spinner.visible && !spinner.turning);
        }

        function test_progress(): void {
            line.value = 0.25;
            compare(line.position, 0.25);
            line.value = 2;
            compare(line.position, 1);
        }
    }
}
