"""The model's weights fit its rows, and no page makes it raise."""

from __future__ import annotations

import numpy as np
import pytest

from scraper.extract.blocks.block_arrays import AROUND, TAGS, told_by
from scraper.extract.blocks.block_features import NUMBERS, ODDS, STATED_IN, WIDTHS, Landmarks, describe
from scraper.extract.blocks.block_model import FAR, NEAR, beside, scaled, score, weights
from scraper.extract.blocks.block_texts import cue_bits, read_texts
from scraper.extract.blocks.block_words import CUES, NAMES, bits_of
from scraper.extract.blocks.lexicon import NOTHING, lexicon, text_odds, text_words
from scraper.parse.html import parse_html
from tests.extract.pages import PROSE, plain

NOWHERE = Landmarks(None, None, None, None, False, "")
ROWS = (
    *("words", "sentence", "colon", "small", "capitals", "digit", "commas", "sentences", "bar", "dots"),
    *("again", "heading", "since", "title", "comment headings"),
)


def rows_of(html: str, landmarks: Landmarks = NOWHERE) -> np.ndarray:
    document = parse_html(html)
    return describe(document, document.blocks, [block.text() for block in document.blocks], landmarks)


def test_the_weights_have_the_shapes_of_the_rows() -> None:
    model = weights()
    assert model.mean.shape == model.deviation.shape == (NUMBERS,)
    assert model.first.shape[0] == NUMBERS + sum(WIDTHS) == rows_of(plain()).shape[1]
    assert model.near.shape[0] == len(NEAR) * model.first.shape[1]
    assert model.far.shape[0] == len(FAR) * model.near.shape[1]
    assert model.last.shape == (model.first.shape[1] + model.near.shape[1] + model.far.shape[1],)
    assert all(np.isfinite(part).all() for part in (model.first, model.near, model.page, model.far, model.last))


def test_paragraphs_are_likelier_than_a_menu() -> None:
    html = f"<ul class=menu><li><a href=/>Home</a><li><a href=/b>All posts</a></ul><h1>Bread</h1><div>{PROSE}</div>"
    odds = score(rows_of(html), weights())
    assert len(odds) == 11
    assert odds[3:].min() > odds[:2].max()


@pytest.mark.parametrize(
    "html",
    ["x", "<p>x", "<li>" * 600 + "x", "<a>" * 3_000 + "x", "<p>\u0000x", "<p>1.2.3 | ©", "<p>x</p>" * 3_000],
)
def test_any_page_is_scored(html: str) -> None:
    odds = score(rows_of(html), weights())
    assert np.isfinite(odds).all() and len(odds) >= 1


def test_a_page_is_scored_alike_whatever_strips_its_rows_are_cut_into(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(plain(PROSE * 9))
    whole = score(rows, weights())
    monkeypatch.setattr("scraper.extract.blocks.block_model.MOST_ALONE", 1 << 15)
    assert np.allclose(score(rows, weights()), whole, atol=1e-4)


def test_neighbours_stand_beside_a_row_and_zeros_where_there_is_none() -> None:
    rows = np.array([[1.0], [2.0], [3.0]])
    assert beside(rows, (-1, 0, 1)).tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 0]]


def test_numbers_are_scaled_and_the_rows_stay_as_they_are() -> None:
    rows = rows_of(plain())
    before = rows.copy()
    out = scaled(rows, weights())
    assert (rows == before).all()
    assert out.shape == (len(rows), NUMBERS)
    assert np.abs(out).max() <= 4.0
    mean, deviation = weights().mean[0], weights().deviation[0]
    assert np.allclose(out[:, 0], np.clip((rows[:, 0] - mean) / deviation, -4, 4))


def test_an_element_is_marked_by_its_own_tag_and_by_those_around_it() -> None:
    first, second = rows_of("<blockquote><p>One.</p></blockquote><p>Two.")[:, NUMBERS:]
    own, around = 3 * WIDTHS[0] + TAGS.index("p"), sum(WIDTHS[:5]) + AROUND.index("blockquote")
    assert [first[own], second[own]] == [1, 1]
    assert [first[around], second[around]] == [1, 0]


def test_texts_are_read_one_by_one_and_in_their_order() -> None:
    texts = ["Comments :", "Fish, chips? Yes! 7 | no. Or", "WHO", "WHO", "so it ends..."]
    lower = [text.casefold() for text in texts]
    size = np.array([float(len(text)) for text in texts])
    rows, (own, of_heading, long), odds = read_texts(texts, lower, "who", size, np.zeros(5, bool))
    named = dict(zip(ROWS, rows.tolist(), strict=True))
    assert named["words"] == pytest.approx([np.log(3), np.log(8), np.log(2), np.log(2), np.log(4)])
    assert named["sentence"] == [0, 0, 0, 0, 1] and named["colon"] == [1, 0, 0, 0, 0]
    assert named["small"] == [0, 0, 0, 0, 1] and named["capitals"] == [0, 0, 1, 1, 0]
    assert named["digit"] == [0, 1, 0, 0, 0] and named["bar"] == [0, 1, 0, 0, 0]
    assert named["commas"] == pytest.approx([0, 1 / 8, 0, 0, 0]) and named["dots"] == [0, 0, 0, 0, 1]
    assert named["sentences"] == [0] * 5 and named["again"] == [0, 0, 1, 1, 0]
    assert named["heading"] == [1, 0, 0, 0, 0] and named["since"] == [0, 1, 2, 3, 4]
    assert named["title"] == [0, 0, 1, 1, 0] and named["comment headings"] == [1] * 5
    assert odds.tolist() == [text_odds(each.split()) for each in lower]
    assert own[0] and of_heading.tolist() == [own[0]] * 5 and not long.any()


def test_sentences_are_counted_in_a_text_that_is_no_label() -> None:
    text = "One two three four. Five six seven? Eight nine ten! Eleven twelve thirteen. Fourteen fifteen"
    rows, *_ = read_texts([text], [text.casefold()], "", np.array([92.0]), np.zeros(1, bool))
    assert rows[ROWS.index("sentences"), 0] == 4


def test_words_tell_their_kinds_alone_and_in_pairs() -> None:
    kinds = list(CUES)
    assert cue_bits(["you", "may", "also", "like"])[1] & 1 << kinds.index("related")
    assert cue_bits(["bread", "and", "butter"]) == (0, 0)
    assert told_by(" entry-content ")[0] & 1 << list(NAMES).index("content")
    assert told_by(" related-posts ")[0] >> len(NAMES)  # what chrome.py reads in it


def test_no_word_is_listed_with_a_capital_or_twice_in_a_kind() -> None:
    for kinds in (NAMES, CUES):
        for words in kinds.values():
            listed = [word.strip() for word in words.split(",")]
            assert len(listed) == len(set(listed)) and all(word == word.lower() and word for word in listed)
        assert max(bits_of(kinds).values()).bit_length() == len(kinds)


def test_words_and_names_have_weights_of_a_few_log_odds() -> None:
    known = lexicon()
    tables = (known.tags, known.names, known.parts)
    assert len(known.text) > 1_000 and min(map(len, tables)) > 20
    weights_of_names = [weight for table in tables for each in table.values() for weight in each]
    assert all(abs(weight) < 10 for weight in (*known.text.values(), *weights_of_names))
    assert any(known.text.values()) and any(weights_of_names)
    assert all(word == word.casefold() and "\n" not in word for word in (*known.text, *known.names, *known.parts))


def test_a_text_s_odds_are_the_sum_over_its_words() -> None:
    text = "leave a comment below".split()
    assert text_odds(text) == sum(lexicon().text.get(word, 0.0) for word in text_words(text)) < 0
    assert text_odds([]) == 0


def test_a_block_has_the_odds_of_the_names_on_its_element_near_it_and_far_around_it() -> None:
    nest = "<main class=content><section><article class=entry><div class=sidebar><p class=meta>One.</p>"
    (row,) = rows_of(f"<html><body class=single>{nest}")
    around = [("p", "meta"), ("div", "sidebar"), ("article", "entry"), ("section", ""), ("main", "content")]
    tags = [lexicon().tags.get(tag, NOTHING) for tag, _ in (*around, ("body", "single"))]
    names = [told_by(f" {name} ")[1:] for _, name in (*around, ("body", "single"))]
    own, near, outer, *far = np.array(tags) + np.array(names)
    wanted = [text_odds(["one."]), own[0], near[1] + outer[1], sum(each[2] for each in far)]
    assert row[ODDS].tolist() == pytest.approx(wanted)
    assert wanted[3] != 0


def test_blocks_are_told_by_the_text_that_the_page_states_whatever_its_markup() -> None:
    stated = (
        "&lt;p&gt;"
        + " ".join(f"The ferry left at {hour} o\u2019clock, or did not." for hour in range(20))
        + "&lt;/p&gt;"
    )
    shown = "".join(f"<p>The ferry left at <b>{hour}</b> o\u2019clock, or did not.</p>" for hour in range(20))
    landmarks = Landmarks(None, None, None, None, False, stated)
    rows = rows_of(f"{shown}<p>More from us</p>", landmarks)
    assert rows[:, STATED_IN].tolist() == [[1, 0]] * 20 + [[0, 1]]


@pytest.mark.parametrize("stated", ["", "The ferry left.", "Another text altogether. " * 40, "<img src=/a.jpg>" * 60])
def test_a_stated_text_that_is_short_or_another_or_has_no_words_tells_nothing(stated: str) -> None:
    rows = rows_of("<p>The ferry left.</p><p>More from us</p>", Landmarks(None, None, None, None, False, stated))
    assert not rows[:, STATED_IN].any()


def test_a_stated_text_is_not_searched_for_more_blocks_than_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = "The ferry left at noon, or did not. " * 20
    landmarks = Landmarks(None, None, None, None, False, stated)
    html = "<p>The ferry left at noon, or did not.</p>" * 20
    assert rows_of(html, landmarks)[:, STATED_IN].any()
    monkeypatch.setattr("scraper.extract.blocks.block_features.MOST_SEARCHED", 20 * 400)
    assert not rows_of(html, landmarks)[:, STATED_IN].any()
