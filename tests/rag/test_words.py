import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.rag.words import query_terms, terms
from voicebot.rag.words.stems import stems


def overlap(question: str, passage: str) -> float:
    """The share of a question's terms that a passage has."""
    wanted = query_terms(question)
    return len(set(wanted) & set(terms(passage))) / len(wanted)


# --- English ---


def test_forms_of_a_word_are_one_term_and_repeats_stay():
    assert terms("Upgrades: upgrading an upgraded package") == ["upgrad", "upgrad", "upgrad", "packag"]


def test_stems_are_those_of_porter_s_paper():
    examples = {
        "caresses": "caress",
        "ponies": "poni",
        "agreed": "agre",
        "plastered": "plaster",
        "hopping": "hop",
        "filing": "file",
        "relational": "relat",
        "formalize": "formal",
        "adjustment": "adjust",
    }
    assert stems(examples) == examples
    assert stems([*examples, "sky"]) == {**examples, "sky": "sky"}  # some known, some not


def test_many_threads_may_ask_at_once():
    texts = [f"{word}ing {word}ed" for word in ("jump", "turn", "walk", "pack", "point", "start", "work", "look")] * 20
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(terms, texts)) == [[text.split("ing")[0]] * 2 for text in texts]


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("os.path.join", {"ospathjoin", "os", "path", "join"}),
        ("--no-cache", {"nocach", "no", "cach"}),
        ("getElementById", {"getelementbyid", "get", "element", "id"}),
        ("HTTPServer", {"httpserver", "http", "server"}),
        ("capture_output", {"captureoutput", "captur", "output"}),
        ("/etc/apt/sources.list", {"etcaptsourceslist", "etc", "apt", "sourc", "list"}),
        ("780MB", {"780mb", "780", "mb"}),
        ("e-mails", {"email", "e", "mail"}),
        ("3.11", {"3_11", "3", "11"}),
        ("v1.2", {"v1_2", "v", "1", "2"}),
        ("1,160", {"1160"}),
        ("12,34", {"12", "34"}),
        ("don't", {"do"}),
        ("Müller", {"muller"}),
        ("naïve", {"naiv"}),
    ],
)
def test_a_name_is_found_whole_and_in_parts(name, found_by):
    assert set(terms(name)) == found_by


def test_what_a_person_says_finds_what_a_program_is_called():
    assert overlap("what does os path join do", "os.path.join(path, *paths)") == 1
    assert overlap("capture output", "If capture_output is true, stdout will be captured.") == 1
    assert overlap("the no cache option", "pass --no-cache") >= 0.5


def test_words_that_only_ask_are_not_looked_for():
    assert query_terms("Could you please tell me how I get the password of the router?") == ["password", "router"]
    assert query_terms("password, passwords, Password") == ["password"]


def test_a_question_of_nothing_else_keeps_its_words():
    assert query_terms("How do I use it?") == terms("How do I use it?") != []
    assert query_terms("...?!") == terms("—") == []


# --- Korean ---


def test_korean_is_taken_in_pairs_of_letters():
    assert terms("메모리를 늘린다") == ["메모", "모리", "리를", "늘린", "린다"]
    assert query_terms("메모리를 어떻게 늘려?") == ["메모", "모리", "늘려"]


def test_a_word_of_one_letter_is_found_with_and_without_its_particle():
    assert "값" in terms("값을 바꾼다")
    assert query_terms("값은 뭐야?") == ["값"]


@pytest.mark.parametrize("noun", ["휴가", "회의", "국가", "도로"])
def test_a_noun_that_ends_like_a_particle_is_found_whole(noun):
    assert noun in query_terms(noun)
    assert set(query_terms(noun)) & set(terms(f"{noun}를 쓴다"))


@pytest.mark.parametrize("word", ["병가", "국가", "결과", "사과", "속도", "도로", "온도", "회의", "나이", "높이"])
@pytest.mark.parametrize("asked", ["{}", "{}는?", "{}는 언제야?", "{} 시간"])
def test_a_word_that_ends_like_a_particle_is_found_with_a_particle_behind_it(word, asked):
    wanted = query_terms(asked.format(word))
    assert all(set(wanted) & set(terms(f"{word}{particle}")) for particle in ("", "는", "를", "에는", "에서"))


@pytest.mark.parametrize("said", ["주 파티션을 만든다", "주파티션을만든다", "주 파 티션을 만든 다"])
def test_spaces_may_be_anywhere(said):
    assert overlap(said, "주 파티션은 디스크에 네 개까지 만든다.") >= 0.5


def test_letters_in_pieces_and_whole_are_the_same():
    text = "데비안 설치 안내서"
    assert terms(unicodedata.normalize("NFD", text)) == terms(text)


def test_korean_and_english_stand_side_by_side():
    assert query_terms("USB메모리로 debian을 설치") == ["usb", "메모", "모리", "debian", "설치"]
    assert {"ipv6", "주소"} <= set(terms("IPv6주소는"))


def test_other_scripts_have_terms_too():
    assert terms("東京タワー") == ["東京", "京タ", "タワ", "ワー"]
    assert terms("Привет, МИР") == ["привет", "мир"]
    assert terms("ＡＢＣ") == ["abc"]


# --- Any text ---


@given(st.text(max_size=80))
def test_a_term_is_one_word_for_an_index(text):
    for term in [*terms(text), *query_terms(text)]:
        assert term == term.lower()
        assert re.fullmatch(r"\w+", term), term


@given(st.text(max_size=80))
def test_what_is_looked_for_is_in_the_text_itself(text):
    assert set(query_terms(text)) <= set(terms(text)) | {term[:1] for term in terms(text)}
