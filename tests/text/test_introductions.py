"""By-words tell that a name follows, or follows in the next element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.introductions import begins_byline, byline_of, ends_in_by, is_by_another


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Doe", "— by Jane Doe", "Posted by Jane Doe", "von Hans Müller", "Autor: Hans Müller",
        "Ein Artikel von Hans Müller", "作者：李雷", "Text & Fotos: Hans Müller",
    ],
)  # fmt: skip
def test_a_byline_begins_with_a_by_word(text):
    assert begins_byline(text)


@pytest.mark.parametrize("text", ["", "By", "Jane Doe", "Bystanders saw it", "Read more: Jane Doe", "12:30 Uhr"])
def test_other_texts_do_not(text):
    assert not begins_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "by",
        "By ",
        "Posted by",
        "14 May 2012 by",
        "14 May 2012 | von",
        "Autor:",
        "Auteur :",
        "Autorin/Autor",
        "@ 18:13 // Autor:",
    ],
)
def test_a_name_may_follow_a_by_word_at_the_end(text):
    assert ends_in_by(text)


@pytest.mark.parametrize("text", ["", "14 May 2012", "a poem written by", "the book of", "reviewed by", "Standby"])
def test_no_name_follows_prose(text):
    assert not ends_in_by(text)


@pytest.mark.parametrize("text", ["Reviewed by", "Medically reviewed by:", "edited by", "Übersetzung:", "Fotos:"])
def test_other_work_than_writing_is_told(text):
    assert is_by_another(text)


@pytest.mark.parametrize("text", ["", "by", "Written by", "Updated May 14, 2012", "photo"])
def test_writing_is_no_other_work(text):
    assert not is_by_another(text)


@given(st.text(max_size=80))
def test_any_text_is_read_and_what_begins_a_byline_has_one(text):
    found = byline_of(text)
    assert found is None or len(found[0]) <= len(text)
    assert not begins_byline(text) or (found is not None and found[1])
    assert isinstance(ends_in_by(text), bool) and isinstance(is_by_another(text), bool)
