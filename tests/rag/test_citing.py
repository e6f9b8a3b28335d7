"""Places in words, citations that are spoken, and quotes that stand on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.events import Citation
from voicebot.rag.citing import Speaking, citation, cited, place, quote, spoken, titled, without_marks
from voicebot.rag.passages import Found, Passage
from voicebot.rag.quoting import LONGEST, spans
from voicebot.sentences import split
from voicebot.speakable import speakable

HANDBOOK = Citation(1, "handbook.pdf", "page 14", "/home/kim/secret/handbook.pdf", "", 14)
CONTRACT = Citation(2, "Rental contract", "page 3", "/home/kim/contract.pdf", "", 3)
FURTHER = Citation(3, "handbook.pdf", "page 15", "/home/kim/secret/handbook.pdf", "", 15)
NOTES = Citation(4, "meeting_notes.md", "Decisions", "/home/kim/meeting_notes.md", "")
SOURCES = (HANDBOOK, CONTRACT, FURTHER, NOTES)
KOREAN = (
    Citation(1, "핸드북.pdf", "14쪽", "/집/핸드북.pdf", "", 14),
    Citation(2, "임대차 계약서", "3쪽", "/집/계약서.pdf", "", 3),
    Citation(3, "회의록.md", "결정 사항", "/집/회의록.md", ""),
)

PAGE = (
    "Annual leave is granted to all staff. Employees get 15 days of leave per year, e.g. from January on. It accrues"
    " monthly.\n\nUp to 5 days can be carried over until March. Unused days expire.\n- Part-timers get 8 days\n"
    "- Interns get none"
)
KOREAN_PAGE = (
    "직원은 매년 연차 15일을 받습니다. 남은 연차는 5일까지 이월할 수 있습니다. 이월한 연차는 3월 말까지 써야 합니다."
)


def passage(path: str, page: int | None = None, headings: tuple[str, ...] = (), text: str = PAGE) -> Passage:
    return Passage(7, 1, "work", 0, text, "Staff handbook", path, headings, page)


@pytest.mark.parametrize(
    ("page", "headings", "path", "english", "korean"),
    [
        (14, ("Leave",), "/a/handbook.pdf", "page 14", "14쪽"),
        (3, (), "/a/plan.pptx", "slide 3", "슬라이드 3"),
        (None, ("Staff", "Annual \n leave"), "/a/handbook.md", "Annual leave", "Annual leave"),
        (None, (), "/a/notes.txt", "", ""),
    ],
)
def test_a_place_is_a_page_or_else_a_heading(
    page: int | None, headings: tuple[str, ...], path: str, english: str, korean: str
) -> None:
    assert place(passage(path, page, headings), "en") == english
    assert place(passage(path, page, headings), "ko") == korean


@pytest.mark.parametrize(
    ("title", "english", "korean"),
    [
        ("handbook.pdf", "the handbook", "handbook"),
        ("핸드북.pdf", "핸드북", "핸드북"),
        ("/home/kim/secret/employee_handbook-2024.PDF", "the employee handbook 2024", "employee handbook 2024"),
        ("C:\\Users\\kim\\Report.docx", "the Report", "Report"),
        ("https://example.com/a/staff-guide.html?x=1#y", "the staff guide", "staff guide"),
        ("War and Peace", "War and Peace", "War and Peace"),
        ("The Handbook", "the Handbook", "The Handbook"),
        ("Kim's notes.txt", "Kim's notes", "Kim's notes"),
        ("TCP/IP Guide", "the TCP/IP Guide", "TCP/IP Guide"),
        ("**Plan** [1] <b>x</b> see https://evil.example/y", "the Plan 1 b x /b see", "Plan 1 b x /b see"),
        ("", "your document", "문서"),
    ],
)
def test_a_title_is_said_without_what_nobody_says(title: str, english: str, korean: str) -> None:
    assert titled(title, "en") == english
    assert titled(title, "ko") == korean


def test_a_long_title_is_cut_at_a_word() -> None:
    assert titled("seven " * 40, "en") == "seven seven seven seven seven seven seven seven seven seven"


def test_a_place_is_spoken_with_its_title() -> None:
    assert spoken("handbook.pdf", "page 14", "en") == "the handbook, page 14"
    assert spoken("핸드북.pdf", "14쪽", "ko") == "핸드북 14쪽"
    assert spoken("회의록.md", "결정 사항", "ko") == "회의록, 결정 사항"
    assert spoken("notes.md", "", "en") == "the notes"


ENGLISH_REPLIES = [
    ("You get 15 days [1].", "You get 15 days, the handbook, page 14."),
    ("You get 15 days. [1] And more [1].", "You get 15 days, the handbook, page 14. And more."),
    ("You get 15 days.[1][2] Good.", "You get 15 days, the handbook, page 14, the Rental contract, page 3. Good."),
    ("15 days [1, 3] and more [2].", "15 days, the handbook, page 14, page 15, and more, the Rental contract, page 3."),
    ("According to [1], you get 15.", "According to the handbook, page 14, you get 15."),
    ("[1] says you do.", "The handbook, page 14, says you do."),
    ("[1] You do.", "The handbook, page 14. You do."),
    ("Really? [1] You do.", "Really? The handbook, page 14. You do."),
    ("You do (see [ 1 ]).", "You do (see the handbook, page 14)."),
    ("You do 【1】 and 【2†source】.", "You do, the handbook, page 14, and the Rental contract, page 3."),
    ("You do [1](https://evil.example/x) now.", "You do, the handbook, page 14, now."),
    ("It was decided [4].", "It was decided, the meeting notes, Decisions."),
    ("The handbook says on page 14: you do [1].", "The handbook says on page 14: you do."),
    ("The handbook says you do [1].", "The handbook says you do, page 14."),
    ("You do, on page 14 [1]. On page 15 you do not [3].", "You do, on page 14, the handbook. On page 15 you do not."),
    ("Page 140 has it [1].", "Page 140 has it, the handbook, page 14."),
    ("Both do [1-2].", "Both do, the handbook, page 14, the Rental contract, page 3."),
    ("Nobody [9] knows [12].", "Nobody knows."),
    ("Write `rows[1]` there.", "Write `rows[1]` there."),
    ("```\nrows[1]\n```\nDone [1].", "```\nrows[1]\n```\nDone, the handbook, page 14."),
    ("An [open bracket and [1", "An [open bracket and [1"),
]  # fmt: skip
KOREAN_REPLIES = [
    ("연차는 15일이에요[1].", "연차는 15일이에요, 핸드북 14쪽."),
    ("연차는 15일이에요. [1] 이월도 돼요 [1].", "연차는 15일이에요, 핸드북 14쪽. 이월도 돼요."),
    ("[1]에 따르면 15일이에요.", "핸드북 14쪽에 따르면 15일이에요."),
    ("핸드북 14쪽에 따르면 15일이에요[1].", "핸드북 14쪽에 따르면 15일이에요."),
    ("15일이며 [1][2] 이월돼요.", "15일이며, 핸드북 14쪽, 임대차 계약서 3쪽, 이월돼요."),
    ("정해졌어요 [3].", "정해졌어요, 회의록, 결정 사항."),
]


@pytest.mark.parametrize(("written", "said"), ENGLISH_REPLIES)
def test_citations_are_said_once_in_words(written: str, said: str) -> None:
    assert Speaking(SOURCES, "en").say(written) == said


@pytest.mark.parametrize(("written", "said"), KOREAN_REPLIES)
def test_citations_are_said_in_korean(written: str, said: str) -> None:
    assert Speaking(KOREAN, "ko").say(written) == said


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_mark_may_come_in_parts(size: int) -> None:
    replies = [(SOURCES, "en", *reply) for reply in ENGLISH_REPLIES] + [
        (KOREAN, "ko", *reply) for reply in KOREAN_REPLIES
    ]
    for sources, language, written, said in replies:
        if "```" not in written:  # a block of code is one piece to the splitter, and is not spoken
            speaking = Speaking(sources, language)
            parts = [written[at : at + size] for at in range(0, len(written), size)]
            assert "".join([*map(speaking.feed, parts), speaking.finish()]) == said


@given(st.lists(st.text("ab .,[]12【】(\n", max_size=6), max_size=12))
def test_what_is_said_does_not_depend_on_how_it_came(parts: list[str]) -> None:
    speaking = Speaking(SOURCES, "en")
    assert "".join([*map(speaking.feed, parts), speaking.finish()]) == Speaking(SOURCES, "en").say("".join(parts))


@given(st.text("ab .[]12【】`\n", max_size=80))
def test_a_reply_without_sources_is_said_as_it_is_but_for_its_marks(text: str) -> None:
    if not cited(text, [Citation(n, "", "", "", "") for n in range(1000)]):
        assert Speaking((), "en").say(text) == text


def test_sentence_by_sentence_to_the_voice() -> None:
    reply = "You get 15 days of leave.[1] Five can be carried over until March [1][2]. That is all there is to say."
    speaking = Speaking(SOURCES, "en")
    said = [speakable(speaking.say(piece), "en") for piece in split(reply)]
    assert " ".join(said) == (
        "You get 15 days of leave, the handbook, page 14. Five can be carried over until March, the Rental contract,"
        " page 3. That is all there is to say."
    )


def test_a_path_or_address_is_never_said() -> None:
    sources = (
        Citation(1, "/etc/passwd", "page 2", "/etc/passwd", "", 2),
        Citation(2, "https://x.example/y", "", "", ""),
    )
    said = Speaking(sources, "en").say("A [1]. B [2].")
    assert said == "A, passwd, page 2. B, y."


def test_those_that_a_reply_cites() -> None:
    assert cited("A [3], B [1]. C [7] `[2]`", SOURCES) == (HANDBOOK, FURTHER)
    assert cited("A [1-2]【4】", SOURCES) == (HANDBOOK, CONTRACT, NOTES)
    assert cited("nothing", SOURCES) == ()


def test_quoted_words_cite_nothing() -> None:
    assert (
        without_marks("It is so [2], and [[3]], and 【1†x】, and [1, 2].")
        == "It is so (2), and (3), and (1), and (1, 2)."
    )
    assert without_marks("[a] and rows[i]") == "[a] and rows[i]"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many days of leave do employees get", "Employees get 15 days of leave per year, e.g. from January on."),
        ("and how much of it can I carry over?", "Up to 5 days can be carried over until March."),
        ("what do part-timers get", "- Part-timers get 8 days"),
        ("does it accrue", "Employees get 15 days of leave per year, e.g. from January on. It accrues monthly."),
        ("what happens to days that are unused", "Unused days expire."),
        ("who is the president", "Annual leave is granted to all staff."),
    ],
)
def test_the_sentence_that_answers_is_quoted(question: str, expected: str) -> None:
    assert quote(PAGE, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("연차는 며칠이야?", "직원은 매년 연차 15일을 받습니다."),
        ("얼마나 이월할 수 있어?", "남은 연차는 5일까지 이월할 수 있습니다."),
        ("이월한 건 언제까지 써야 해?", "이월한 연차는 3월 말까지 써야 합니다."),
    ],
)
def test_the_sentence_that_answers_is_quoted_in_korean(question: str, expected: str) -> None:
    assert quote(KOREAN_PAGE, question) == expected


def test_what_a_question_takes_for_granted_decides_the_rest() -> None:
    assert quote(KOREAN_PAGE, "그건 언제까지야?") == "직원은 매년 연차 15일을 받습니다."
    assert (
        quote(KOREAN_PAGE, "그건 언제까지야?", "이월한 연차는 언제까지야?") == "이월한 연차는 3월 말까지 써야 합니다."
    )


@given(st.text("ab c.!?,\n-1가다 ", max_size=900), st.text("abc가 ", max_size=20))
def test_a_quote_stands_on_the_page_and_can_be_spoken(text: str, question: str) -> None:
    quoted = quote(text, question)
    assert quoted in text
    assert len(quoted) <= LONGEST
    assert bool(quoted) == any(character.isalnum() for character in text)


@given(st.text("ab c.!?,\n-1가다 ", max_size=300))
def test_sentences_hold_all_words_in_their_order(text: str) -> None:
    found = [text[start:end] for start, end in spans(text)]
    assert all(one == one.strip() for one in found)
    assert "".join("".join(found).split()) in "".join(text.split()) or len(found) > 1
    assert sum(map(str.isalnum, "".join(found))) == sum(map(str.isalnum, text))


def test_a_long_sentence_is_quoted_where_it_answers() -> None:
    text = "the list goes on, " * 60 + "the deposit is two months, " + "and on it goes, " * 40
    quoted = quote(text, "how high is the deposit")
    assert "the deposit is two months" in quoted
    assert quoted in text


def test_a_citation_has_it_all() -> None:
    found = Found(passage("/a/handbook.pdf", 14), 1.0)
    made = citation(2, found, "how much can be carried over", "ko")
    assert made == Citation(
        2, "Staff handbook", "14쪽", "/a/handbook.pdf", "Up to 5 days can be carried over until March.", 14, 7
    )


def test_a_passage_from_elsewhere_has_no_id() -> None:
    foreign = Passage(-5, 0, "", 0, "Words.", "Elsewhere", "https://example.com")
    assert citation(1, Found(foreign, 1.0), "", "en").passage == 0


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        ("Leave\nEvery employee gets fifteen days of leave.\nAsk early.", "how much leave", "Every employee gets"),
        ("휴가\n직원은 한 해에 휴가를 십오 일 쓴다.", "휴가는 며칠이야", "직원은 한 해에"),
        ("Every employee of the company gets fifteen\nDays of leave in March.", "how much leave", "Every employee of"),
    ],
)
def test_a_heading_above_a_sentence_is_no_part_of_it(text: str, question: str, words: str) -> None:
    assert quote(text, question).startswith(words)
