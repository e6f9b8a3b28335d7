import pytest

from voicebot.rag.relevance import RELEVANT, near, relevance, weight
from voicebot.rag.words import query_terms, terms

OFTEN = {"handbook": 900, "holiday": 12, "days": 80}


def test_all_of_a_question_is_more_than_some_and_none_is_nothing():
    asked = ["holiday", "days"]
    both, one, none = (relevance(asked, {*held, "x"}, OFTEN, 1_000) for held in (asked, ["holiday"], []))
    assert 1 > both > RELEVANT > 0.5 * one > none == 0


def test_what_stands_everywhere_tells_little():
    asked = ["handbook", "holiday"]
    assert relevance(asked, {"holiday"}, OFTEN, 1_000) > RELEVANT > relevance(asked, {"handbook"}, OFTEN, 1_000)


def test_a_word_that_no_document_has_counts_against_the_rest():
    asked = ["days", "holiday"]
    assert relevance([*asked, "mars"], asked, OFTEN, 1_000) < relevance([*asked, "handbook"], asked, OFTEN, 1_000)
    assert weight(0, 1_000) > weight(1, 1_000) == weight(5, 1_000)


def test_meaning_lifts_what_has_other_words_and_lowers_what_has_the_same_ones_by_chance():
    alone = relevance(["holiday", "days"], {"leave"}, OFTEN, 1_000)
    assert alone < RELEVANT <= relevance(["holiday", "days"], {"leave"}, OFTEN, 1_000, cosine=0.6)
    by_chance = relevance(["holiday", "mars", "rocket"], {"holiday"}, OFTEN, 1_000)
    assert relevance(["holiday", "mars", "rocket"], {"holiday"}, OFTEN, 1_000, cosine=0.1) < by_chance


def test_a_model_that_finds_everything_alike_is_measured_by_its_own_scale():
    asked, held = ["holiday"], {"leave"}
    assert relevance(asked, held, OFTEN, 1_000, cosine=0.75, unrelated=0.72) == 0
    assert relevance(asked, held, OFTEN, 1_000, cosine=0.92, unrelated=0.72) > RELEVANT


@pytest.mark.parametrize(("cosine", "expected"), [(-1, 0), (0.2, 0), (0.45, 0.5), (0.7, 1), (1, 1)])
def test_a_cosine_has_a_bottom_and_a_top(cosine, expected):
    assert near(cosine) == pytest.approx(expected)


@pytest.mark.parametrize("passages", [0, 1, 5, 1_000_000])
def test_any_size_of_a_library_will_do(passages):
    frequencies = dict.fromkeys(["a", "b"], min(1, passages))
    assert 0 <= relevance(["a", "b"], {"a"}, frequencies, passages) <= 1
    assert relevance([], {"a"}, {}, passages) == relevance(["a"], (), {}, passages) == 0


def test_one_handbook_is_enough_for_a_scale():
    handbook = ["연차는 1년에 15일이다.", "출근 시간은 아홉 시이다.", "주차장은 지하 2층에 있다."]
    indexed = [set(terms(text)) for text in handbook]

    def best(question: str) -> float:
        asked = query_terms(question)
        frequencies = {term: sum(term in held for held in indexed) for term in asked}
        return max(relevance(asked, held, frequencies, len(handbook)) for held in indexed)

    assert best("연차는 며칠이야?") > RELEVANT
    assert best("주차장은 어디에 있어?") > RELEVANT
    assert best("점심 메뉴는 뭐야?") < RELEVANT
