"""What is said for what is written, in English and Korean alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.sentences import split
from voicebot.speakable import Reason, Rephrased, Skipped, Spoken, explain, speakable

MARKUP = set("*_`#|<>~\\[]{}")

untimed = settings(deadline=None)

FRAGMENTS = [
    "**", "*", "_", "`", "```", "```py\n", "\n", "\n\n", " ", "  ", "# ", "- ", "1. ", "2) ", "> ", "|", "[", "]",
    "(", ")", "| a | b |\n|---|---|\n", "](http://a.b)", "http://x.y/z", "https://", "www.", "<think>", "</think>",
    "<b>", "</b>", "<br>", "<", "<=", ">", ">=", "=", "==", "+", "++", "-", "--", "->", "→", "≥", "×", "±", "$",
    "₩", "€", "5", "3.14", "1,000", "2024", "%", "°", "°C", "C", "&", "&amp;", "&lt;", "#", "@", "~", "~~", "^",
    "²", "\\", "\\(", "\\)", "\\[", "\\]", "$$", "{", "}", "e.g.", "e", "g", ".", "i.e.", "etc.", "vs", "No. ",
    "w/", "/", "1/2", ",", ";", ":", "!", "?", "…", "😀", "👍🏽", "㎡", "①", "℃", "½", "π", "안녕", "하세요", "다.",
    "ㅋㅋ", "word", "a", "B", "x", "\u200b", "\ufe0f", "\u20e3", "•", "·", "—", "–", "'", '"', "“", "”", "[^1]",
    "[1]", "【1†a】", "![", " km/h", "k", "M", "만", "mailto:", "file://", "\t", "\r\n", "\\frac{1}{2}", "\\alpha",
    "\\begin{a}", "___", "---", "***", "p.", "ca.", "ｆ", "％", "＊",
]  # fmt: skip
any_text = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
    st.text(alphabet="ab5 .,*_`#|<>~\\[]{}()$%&-=+/^:!?\n@'\"한다", max_size=60),
)
any_language = st.sampled_from(["en", "ko"])


# -- what every text has in common -----------------------------------------------------------------------------------


@untimed
@given(any_text, any_language)
def test_what_is_said_would_be_said_the_same_again(text: str, language: str) -> None:
    said = speakable(text, language)
    assert speakable(said, language) == said


@untimed
@given(any_text, any_language)
def test_no_markup_symbol_is_said(text: str, language: str) -> None:
    assert not MARKUP & set(speakable(text, language))


@untimed
@given(any_text, any_language)
def test_it_is_one_line_with_something_to_say_or_nothing(text: str, language: str) -> None:
    said = speakable(text, language)
    assert said == " ".join(said.split())
    assert said == "" or any(character.isalnum() for character in said)


@untimed
@given(any_text, any_language)
def test_the_parts_account_for_the_whole_text(text: str, language: str) -> None:
    parts = explain(text, language)
    assert "".join(part.text for part in parts) == text
    assert "".join(part.said for part in parts) == speakable(text, language)


@untimed
@given(any_text, any_language)
def test_a_spoken_part_is_said_as_it_is_written(text: str, language: str) -> None:
    for part in explain(text, language):
        if isinstance(part, Spoken):
            assert "".join(part.said.split()) == "".join(part.text.split())


@untimed
@given(st.lists(st.sampled_from(["Hello", "there", "안녕하세요", "오늘은", "tea", "日本語", "Füße"]), min_size=1))
def test_words_of_any_script_survive_in_any_language(words: list[str]) -> None:
    text = " ".join(words)
    assert speakable(text, "en") == speakable(text, "ko") == text


# -- tables of examples ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Hello** _there_, *my* __friend__", "Hello there, my friend"),
        ("an **open one", "an open one"),
        ("one that** closes", "one that closes"),
        ("snake_case and 2*3*4", "snake case and 2 times 3 times 4"),
        ("~~20~~ 15 left", "15 left"),
        ("\\*not markup\\*", "not markup"),
        ("# A title\n\nThe text", "A title. The text"),
        ("A title\n=======\nThe text", "A title. The text"),
        ("- one\n- two\n* three\n+ four\n• five", "one. two. three. four. five"),
        ("- [ ] to do\n- [x] done", "to do. done"),
        ("1. First\n2) Second", "1. First. 2. Second"),
        ("- Well, then:\n  - this\n  - that!\n  - no more", "Well, then: this. that! no more"),
        ("> a quote\n> of two lines", "a quote of two lines"),
        ("> [!NOTE]\n> Mind this", "NOTE. Mind this"),
        ("before\n\n---\n\nafter", "before. after"),
        ("a wrapped\nline", "a wrapped line"),
        ("the [documentation](https://docs.example.com/a_(b)?c=d) says", "the documentation says"),
        ("the [documentation][1]\n\n[1]: https://example.com", "the documentation"),
        ("a link [cut off](https://exam", "a link cut off"),
        ("see https://www.example.com/a/b.html?c=d.", "see a link to example.com."),
        ("(www.example.com)", "(a link to example.com)"),
        ("<https://example.com:8080/>", "a link to example.com"),
        ("write to kim@example.com", "write to kim at example.com"),
        ("[Kim](mailto:kim@example.com) or mailto:kim@example.com", "Kim or kim at example.com"),
        ("![a black cat](cat.png)", "a black cat"),
        ("[![build](b.svg)](https://example.com)", "build"),
        ("run `main.py`", "run main.py"),
        ("call `print()` or `my_function(a, b)`", "call print or my function a, b"),
        ("`git commit --amend`", "git commit amend"),
        ("if `a <= b`", "if a less than or equal to b"),
        ("the `<think>` tag", "the think tag"),
        ("an `open one", "an open one"),
        ("``` ```", ""),
        ("Here:\n```python\na\n\nb\n```\nDone.", "Here: a code block in Python, 3 lines, is on the screen. Done."),
        ("```\nmake\n```", "a code block, 1 line, is on the screen"),
        ("```c++\nint x;\nint y;", "a code block in C plus plus, 2 lines, is on the screen"),
        ("~~~sql\nselect 1\n~~~", "a code block in SQL, 1 line, is on the screen"),
        ("|a|b|\n|---|:-:|\n|1|2|\n|3|4|\n|5|6|", "a table with 3 rows is on the screen: a, b"),
        ("| Name | **Price** |\n|---|---|\n| x | $1 |\n\nSo.", "a table with 1 row is on the screen: Name, Price. So."),
        ("| only | a row |", "only, a row"),
        ("<b>bold</b> and<br/>a <a href='x'>link</a><!-- no -->", "bold and a link"),
        ("<ul><li>one</li><li>two</li></ul>", "one. two"),
        ("Tom &amp; Jerry &lt; 5&nbsp;kg", "Tom and Jerry less than 5 kg"),
        ("a List<String> x", "a List String x"),
        ("It is so.[1][2] And so[^note] too [3, 4].", "It is so. And so too."),
        ("as they say [[2]](https://example.com).", "as they say."),
        ("as they say【4:1†source】.", "as they say."),
        ("<think>Hm. Let me see.</think>\n\nYes.", "Yes."),
        ("<think>Hm. Let me", ""),
        ("let me see.</think>\nYes.", "Yes."),
        ("Great 😀 job!👍🏽 👩‍💻🇰🇷 1️⃣", "Great job! 1"),
        ("Done ✅ (🎉)", "Done"),
        ("Bye :-)", "Bye"),
        ("$$E = mc^2$$", "E equals mc squared"),
        ("so \\(\\frac{a}{b}\\) and $x_1 \\leq \\alpha$", "so a over b and x 1 less than or equal to alpha"),
        ("\\[\\begin{matrix}a & b\\end{matrix}\\]", "a formula is on the screen"),
    ],
)  # fmt: skip
def test_markup_in_english(written: str, said: str) -> None:
    assert speakable(written, "en") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**안녕하세요** _여러분_", "안녕하세요 여러분"),
        ("**파이썬**은 `print()`를 씁니다", "파이썬은 print를 씁니다"),
        ("# 제목\n\n본문입니다", "제목. 본문입니다"),
        ("- 하나\n- 둘", "하나. 둘"),
        ("오늘은 여기까지입니다\n내일 또 만나요", "오늘은 여기까지입니다. 내일 또 만나요"),
        ("[설명서](https://example.com)를 보세요", "설명서를 보세요"),
        ("https://example.com에서 받으세요", "example.com 링크에서 받으세요"),
        ("```python\n1\n2\n```", "파이썬 코드 블록 2줄이 화면에 있습니다"),
        ("```\n1\n```", "코드 블록 1줄이 화면에 있습니다"),
        ("| 이름 | 값 |\n|---|---|\n| 가 | 1 |\n| 나 | 2 |", "2행짜리 표가 화면에 있습니다: 이름, 값"),
        ("\\(\\frac{1}{2}\\)과 $\\begin{x}$", "2분의 1과 수식이 화면에 있습니다"),
        ("<think>음, 글쎄.</think>네, 맞아요.", "네, 맞아요."),
        ("좋아요 😀 ㅋㅋㅋ", "좋아요"),
        ("반가워요~ 오늘은 어때요^^ 저는 좋아요ㅎㅎ", "반가워요. 오늘은 어때요. 저는 좋아요"),
        ("서울입니다.[1] 네 [2].", "서울입니다. 네."),
    ],
)
def test_markup_in_korean(written: str, said: str) -> None:
    assert speakable(written, "ko") == said


@pytest.mark.parametrize(
    ("written", "english", "korean"),
    [
        ("$29.50", "29.50 dollars", "29.50달러"),
        ("$1", "1 dollar", "1달러"),
        ("₩5,000", "5,000 won", "5,000원"),
        ("US$3", "3 US dollars", "3 미국 달러"),
        ("€1.5B", "1.5 billion euros", "15억유로"),
        ("-£2.35 million", "minus 2.35 million pounds", "마이너스 235만파운드"),
        ("$5-$10", "5 dollars to 10 dollars", "5달러에서 10달러"),
        ("5€", "5 euros", "5유로"),
        ("50%", "50 percent", "50퍼센트"),
        ("5%p", "5 percentage points", "5퍼센트포인트"),
        ("20°C", "20 degrees Celsius", "섭씨 20도"),
        ("-5 °F", "minus 5 degrees Fahrenheit", "화씨 영하 5도"),
        ("20~25℃", "20 to 25 degrees Celsius", "섭씨 20도에서 25도"),
        ("1°", "1 degree", "1도"),
        ("60 km/h", "60 kilometres per hour", "시속 60킬로미터"),
        ("30㎡", "30 square metres", "30제곱미터"),
        ("5~10", "5 to 10", "5에서 10"),
        ("~5", "about 5", "약 5"),
        ("salt & pepper", "salt and pepper", "salt 그리고 pepper"),
        ("R&D", "R and D", "R 앤 D"),
        ("A → B", "A to B", "A에서 B"),
        ("A -> B", "A to B", "A에서 B"),
        ("Settings > Network > Wi-Fi", "Settings, Network, Wi-Fi", "Settings, Network, Wi-Fi"),
        ("x ≥ 5", "x greater than or equal to 5", "x 5 이상"),
        ("p < 0.05", "p less than 0.05", "p 0.05 미만"),
        ("a > b", "a greater than b", "a는 b보다 크다"),
        ("2 + 3 = 5", "2 plus 3 equals 5", "2 더하기 3은 5"),
        ("3 × 4 ± 1", "3 times 4 plus or minus 1", "3 곱하기 4 플러스마이너스 1"),
        ("8 ÷ 2 - 1", "8 divided by 2 minus 1", "8 나누기 2 빼기 1"),
        ("x² or 2^10", "x squared or 2 to the power of 10", "x 제곱 or 2의 10제곱"),
        ("√2 ≈ 1.41 ≠ π", "the square root of 2 approximately 1.41 not equal to pi", "루트 2 약 1.41 같지 않은 파이"),
        ("C++ and C#", "C plus plus and C sharp", "C 플러스 플러스 and C 샵"),
        ("#5", "number 5", "5번"),
        ("1½", "1 and one half", "1과 2분의 1"),
        ("e.g. this", "for example this", "예를 들어 this"),
        ("E.g., this", "For example, this", "예를 들어, this"),
        ("i.e. that", "that is that", "즉 that"),
        ("tea, etc. or", "tea, et cetera or", "tea, 등 or"),
        ("tea vs. VS Code", "tea versus VS Code", "tea 대 VS Code"),
        ("No. 5", "Number 5", "번호 5"),
        ("사과·배", "사과, 배", "사과, 배"),
        ("TCP/IP", "TCP IP", "TCP IP"),
    ],
)
def test_symbols_and_abbreviations(written: str, english: str, korean: str) -> None:
    assert speakable(written, "en") == english
    assert speakable(written, "ko") == korean


@pytest.mark.parametrize(
    "text",
    [
        "It is 10:30 a.m. on January 5, 2025.",
        "2025-01-05",
        "Dr. Kim isn't here; she's in the U.S. (on holiday), I think…",
        "오늘은 3월 5일, 오후 2시 30분입니다.",
        "“안녕”은 a Korean word, 「그렇죠」?",
        "Version 3.14 costs 1,000 or 1/2 of that — more or less!",
        "제 이름은 Kim입니다. I'm from 서울.",
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_plain_text_is_left_to_the_voice(text: str, language: str) -> None:
    assert speakable(text, language) == text
    assert explain(text, language) == [Spoken(text, text)]


@pytest.mark.parametrize(
    "text", ["", " \n", "😀", "😀 🎉!", "---", "***", "**", "```", "...", "[1]", "<br>", "# ", "![](a.png)"]
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_to_say(text: str, language: str) -> None:
    assert speakable(text, language) == ""


# -- the account -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "It is **so** 😀",
            [
                Spoken("It is ", "It is "),
                Skipped("**", Reason.MARKUP),
                Spoken("so", "so"),
                Skipped("**", Reason.MARKUP),
                Spoken(" ", ""),
                Skipped("😀", Reason.EMOJI),
            ],
        ),
        (
            "See [this](http://a.b) for $5 [1]",
            [
                Spoken("See ", "See "),
                Rephrased("[this](http://a.b)", "this", Reason.LINK),
                Spoken(" for ", " for "),
                Rephrased("$5", "5 dollars", Reason.SYMBOL),
                Skipped(" [1]", Reason.NOTE),
            ],
        ),
        (
            "<think>Hm</think>Yes, e.g. `a_b`",
            [
                Skipped("<think>Hm</think>", Reason.REASONING),
                Spoken("Yes, ", "Yes, "),
                Rephrased("e.g.", "for example", Reason.ABBREVIATION),
                Spoken(" ", " "),
                Rephrased("`a_b`", "a b", Reason.CODE),
            ],
        ),
        (
            "```py\nx\n```",
            [Rephrased("```py\nx\n```", "a code block in Python, 1 line, is on the screen", Reason.CODE)],
        ),
        ("|a|\n|-|\n|1|", [Rephrased("|a|\n|-|\n|1|", "a table with 1 row is on the screen: a", Reason.TABLE)]),
        ("$x^2$", [Rephrased("$x^2$", "x squared", Reason.FORMULA)]),
        ("![cat](c.png)", [Rephrased("![cat](c.png)", "cat", Reason.IMAGE)]),
        ("...", [Skipped("...", Reason.EMPTY)]),
        ("", []),
    ],
)
def test_the_parts(text: str, parts: list[Spoken | Skipped | Rephrased]) -> None:
    assert explain(text) == parts


# -- with the splitter -----------------------------------------------------------------------------------------------


def test_a_reply_is_said_piece_by_piece() -> None:
    reply = (
        "<think>A greeting. Then code.</think>\n\nHere's a **short, simple** example, e.g. for v2.1. It costs $29.50:\n"
        "```py\nprint(1)\n\nprint(2)\n```\nThat's it! 🎉\n\n| a | b |\n|---|---|\n| 1. One | 2 |\n\nGoodbye."
    )
    said = [speakable(piece) for piece in split(reply)]
    assert [words for words in said if words] == [
        "Here's a short,",
        "simple example, for example for v2.1.",
        "It costs 29.50 dollars:",
        "a code block in Python, 3 lines, is on the screen",
        "That's it!",
        "a table with 1 row is on the screen: a, b",
        "Goodbye.",
    ]


@untimed
@given(any_text, any_language)
def test_no_piece_of_any_text_is_said_with_markup(text: str, language: str) -> None:
    for piece in split(text):
        assert not MARKUP & set(speakable(piece, language))
