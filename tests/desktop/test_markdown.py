"""Markdown becomes HTML that can load nothing, whatever a model writes; and marks stay where they belong."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.desktop.markdown import LINE_END, LONGEST_LIST, PIECE, Block, _Drawing, blocks, pieces, reader
from voicebot.desktop.marks import END, MARKS, SPOKEN, UNHEARD, end_of, marked, plain
from voicebot.sentences import split

TAGS = {
    *("p", "ul", "ol", "li", "blockquote", "b", "i", "s", "table", "thead", "tbody", "tr", "th", "td"),
    *("h2", "h3", "h4", "pre", "code", "br", "a", "span"),
}
VALUES = {
    ("a", "href"): re.compile(r"https?://[^/].*", re.IGNORECASE),
    ("ol", "start"): re.compile(r"\d+"),
    ("span", "class"): re.compile("spoken|unheard"),
}

HOSTILE = [
    "<img src=http://evil.example/a.png>",
    "<style>* { background: url(http://evil.example) }</style>",
    "<script>alert(1)</script>",
    "![a](http://evil.example/b.png)",
    "![a][b]\n\n[b]: http://evil.example/c.png",
    "[a](javascript:alert(1))",
    "[a](file:///etc/passwd)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](//evil.example/d)",
    "[a](http:///e)",
    "[a](http:evil)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<file:///etc/passwd>",
    "<a@b.example>",
    "[a](&#106;avascript:alert(1))",
    '[a](http://x.example/" onclick="alert(1))',
    "[a](http://x.example '\"><img src=x>')",
    "&lt;img src=x&gt; &#60;img src=x&#62;",
    "```<img src=x>\n<img src=x>\n```",
    "| <img src=x> | b |\n|---|---|\n| ![a](x) | `<b>` |",
    "# <h1 style='x'>",
    "1000000000. x\n\n999999999. y",
    f"{SPOKEN}a{UNHEARD}b{END}c &#xFDD0; &#64976;",
    "\ud83d half a letter",
    "a\x00b\x1bc\u2028d\r\n\r\re",
]
MARKDOWN = st.lists(
    st.one_of(
        st.sampled_from([*HOSTILE, "\n", "\n\n", "- ", "> ", "1. ", "# ", "**", "*", "_", "`", "```\n"]),
        st.sampled_from(["~~", "|", "---\n", "    "]),
        st.text(max_size=12),
    ),
    max_size=24,
).map("".join)


class Checked(HTMLParser):
    """Fails on a tag or an attribute that is not allowed, and on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words = ""
        self.spans: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            allowed = VALUES.get((tag, name))
            assert allowed is not None and allowed.fullmatch(value or ""), (tag, name, value)
        if tag != "br":
            self.open.append(tag)
        if tag == "span":
            self.spans.append((str(dict(attrs)["class"]), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        if "span" in self.open:
            kind, words = self.spans[-1]
            self.spans[-1] = (kind, words + data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def checked(drawn: list[Block]) -> Checked:
    found = Checked()
    for block in drawn:
        assert block.kind in ("text", "code", "rule")
        if block.kind == "text":
            found.feed(block.body)
            found.close()
            assert not found.open
        else:
            assert not MARKS.search(block.body + block.language)
    assert not MARKS.search(found.words)
    return found


def spans(text: str, kind: str = "spoken") -> str:
    """The words that are marked, joined."""
    return "".join(words for of, words in checked(blocks(text)).spans if of == kind)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left(text: str) -> None:
    checked(blocks(plain(text)))


@given(MARKDOWN, st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=150)
def test_whatever_is_written_becomes_safe_html(text: str, start: int, length: int) -> None:
    cleaned = plain(text)
    checked(blocks(cleaned))
    checked(blocks(marked(cleaned, min(start, len(cleaned)), min(start + length, len(cleaned)), UNHEARD)))


def test_raw_html_is_words() -> None:
    assert "<img src=x>" in checked(blocks("a <img src=x> b")).words


def test_links_keep_their_words_and_lose_what_is_no_web_address() -> None:
    assert blocks("[a](https://x.example/?q=1&r=2)")[0].body == '<p><a href="https://x.example/?q=1&amp;r=2">a</a></p>'
    assert blocks("[a](mailto:b@x.example)")[0].body == "<p><a>a</a></p>"
    assert blocks("<https://x.example>")[0].body == '<p><a href="https://x.example">https://x.example</a></p>'


def test_an_image_is_its_description() -> None:
    assert blocks("![a cat](http://x.example/cat.png)")[0].body == "<p>[a cat]</p>"


def test_a_list_goes_on_with_its_number_and_code_stays_as_it_is() -> None:
    drawn = blocks("3. a\n\n```python\nprint('<b>')\n```\n\n---\n")
    assert [block.kind for block in drawn] == ["text", "code", "rule"]
    assert '<ol start="3">' in drawn[0].body
    assert drawn[1] == Block("code", "print('<b>')", "python")


@pytest.mark.parametrize(
    "line", ["[" * 20_000, "*a " * 10_000, "![" * 10_000, "> " * 20_000, "- " * 20_000, "`" * 100_000, "가" * 100_000]
)
def test_endless_lines_and_nesting_are_drawn(line: str) -> None:
    checked(blocks(line))


# -- pieces ----------------------------------------------------------------------------------------------------------

PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "A paragraph of **some** words, with `code` in it. " * 6,
            "- one\n- two\n\n- three\n\n  and more of three",
            "1. one\n\n2. two",
            "```python\nfirst = 1\n\nsecond = 2\n\n\nthird = 3\n```",
            "~~~\n```\n\nno end of the code\n~~~",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "> quoted\n\n> again",
            "# Heading",
            "    indented = code\n\n    more = code",
            "한국어 문단입니다. " * 30,
            "line\nline\nline",
        ]
    ),
    max_size=14,
).map("\n\n".join)


@given(PARAGRAPHS)
@settings(max_examples=60)
def test_pieces_drawn_by_themselves_are_what_the_whole_is(text: str) -> None:
    cut = list(pieces(text))
    assert "".join(cut) == text

    def html(drawn: list[Block]) -> list[tuple[str, str]]:
        joined: list[tuple[str, str]] = []
        for block in drawn:
            if block.kind == "text" and joined and joined[-1][0] == "text":
                joined[-1] = ("text", joined[-1][1] + block.body)
            else:
                joined.append((block.kind, block.body))
        return joined

    assert html(blocks(text)) == html(list(_Drawing().blocks(reader().parse(LINE_END.sub("\n", text)))))


def test_a_growing_answer_changes_only_its_last_piece() -> None:
    text = "\n\n".join(f"Paragraph {number} has a few words in it." for number in range(200))
    before = list(pieces(text[:-30]))
    after = list(pieces(text))
    assert len(before) > 4 and max(map(len, before)) < 2 * PIECE
    assert after[: len(before) - 1] == before[:-1]


@pytest.mark.parametrize("item", ["- item **number** {}\n\n", "{}. item\n", "* item\n\n  goes on\n\n"])
def test_an_endless_list_is_cut_between_its_items(item: str) -> None:
    text = "".join(item.format(number) for number in range(1, 1500))
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert max(map(len, cut)) < 2 * LONGEST_LIST
    assert all(one.startswith(("-", "*")) or one[0].isdigit() for one in cut)
    assert "".join(checked(blocks(text)).words.split()).count("item") == 1499


def test_what_defines_links_is_drawn_whole() -> None:
    text = "See [a].\n\n" + "words " * 400 + "\n\nMore.\n\n[a]: https://x.example\n"
    assert list(pieces(text)) == [text]
    assert 'href="https://x.example"' in blocks(text)[0].body


# -- marks -----------------------------------------------------------------------------------------------------------


def words_of(text: str) -> str:
    return "".join(checked(blocks(text)).words.split())


@pytest.mark.parametrize(
    "text",
    [
        "# The heading\n\nAnd a sentence that follows it here.",
        "1. The first thing to do is this.\n2. The second thing to do is that.\n",
        "- A bullet with **bold.**\n- *Another* one, in italics.\n> - quoted\n",
        "| name | size |\n|---|---|\n| a | 1 |\n| b | 2 |\n",
        "```python\n# a comment\nprint(1)\n```\n\nThat was the code of it.",
        "이것은 **아주 중요한** 문장입니다. 다음 문장도 있습니다.\n\n- 목록 하나\n- 목록 둘\n",
        "A [link with words](https://x.example/a 'a title') and more, then.\\\nA break, and \\*stars\\*.",
        "Setext\n======\n\nBody of it, with `code` and ~~struck~~ words.",
    ],
)
def test_marking_any_stretch_changes_no_drawing(text: str) -> None:
    whole = blocks(text)
    bare = [re.sub(r"</?span[^>]*>", "", block.body) for block in whole]
    for start in range(len(text) + 1):
        if start and not text[start - 1].isspace():
            continue
        for sentence in split(text[start:])[:1]:
            drawn = blocks(marked(text, start, start + len(sentence), SPOKEN))
            assert [re.sub(r"</?span[^>]*>", "", block.body) for block in drawn] == bare, (start, sentence)
        rest = blocks(marked(text, start, len(text), UNHEARD))
        assert [re.sub(r"</?span[^>]*>", "", block.body) for block in rest] == bare, start


def test_an_ordered_list_stays_one_while_its_item_is_spoken() -> None:
    text = "1. The first thing.\n2. The second thing."
    drawn = blocks(marked(text, 0, text.index("\n"), SPOKEN))
    assert drawn[0].body.startswith('<ol start="1"><li><span class="spoken">The first thing.</span>')


def test_a_mark_that_begins_in_code_goes_on_behind_it() -> None:
    text = "```\na = 1\nb = 2\n```\n\nNever heard."
    assert spans(marked(text, text.index("b ="), len(text), UNHEARD), "unheard") == "Never heard."


def test_a_mark_that_ends_in_code_ends() -> None:
    text = "Spoken words.\n\n```\na = 1\n```\n\nNot yet."
    assert spans(marked(text, 0, text.index("a = 1") + 2, SPOKEN)) == "Spoken words."


def test_a_cut_inside_bold_strikes_the_rest_of_it() -> None:
    text = "This is **very important** indeed."
    body = blocks(marked(text, text.index(" important"), len(text), UNHEARD))[0].body
    assert body == (
        '<p>This is <b>very <span class="unheard">important</span></b><span class="unheard"> indeed.</span></p>'
    )


def test_where_what_was_heard_ends() -> None:
    assert end_of("  One.\n\nTwo three", "One. Two") == 11
    assert end_of("One.", "") == 0
    assert end_of("One.", "One. Two.") is None
    assert end_of("One.", "Two.") is None
