import QtQuick
import QtTest
import Voicebot.Chat

Item {
    width: 400
    height: 100

    Timings {
        id: timings

        number: 2
        latency: 0.9
        stages: [
            {
                stage: "first_token",
                seconds: 0.25
            }
        ]
        engine: "openai:m1"
        cost: ({})
    }

    TestCase {
        name: "Timings"
        when: windowShown

        function spent(total: string): var {
            return {
                total: total,
                wasted: "$0.0001",
                uses: [
                    {
                        model: "m1",
                        kind: "output tokens",
                        amount: 100,
                        cost: total
                    }
                ]
            };
        }

        function shown(): string {
            return timings.Accessible.name;
        }

        function cleanup(): void {
            timings.cost = {};
            timings.latency = 0.9;
        }

        function test_what_was_free_shows_no_price(): void {
            compare(shown(), "answered after 0.90 s, message 2");
            compare(timings.details, "thinking: 0.25 s\nopenai:m1");
        }

        function test_what_it_cost(): void {
            timings.cost = spent("$0.0004");
            compare(shown(), "answered after 0.90 s · $0.0004, message 2");
            compare(timings.details, "thinking: 0.25 s\nopenai:m1\nm1, 100 tokens written: $0.0004\n$0.0001 of it begun in vain");
        }

        function test_a_typed_question_shows_its_price_too(): void {
            timings.latency = 0;
            timings.cost = spent("$0.0004");
            compare(shown(), "openai:m1 · $0.0004, message 2");
        }

        function test_a_price_that_is_not_known_is_said(): void {
            timings.cost = spent("");
            compare(shown(), "answered after 0.90 s · no price known, message 2");
            verify(timings.details.includes("m1, 100 tokens written: no price known"));
        }
    }
}
