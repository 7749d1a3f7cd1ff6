"""A sentence that says who a signer is tells of the person where it ends the post or stands below it."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE, plain, read, text_of, wordpress, wordpress_comment
from tests.extract.test_author_boxes import META, bios

NOTE = "Ann Lee is a baker in a small town by the sea, and writes about it."


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        "Ann Lee, 34, ist Bäckerin in einer kleinen Stadt am Meer.",
        "Ann Lee (Lyon) est boulangère et écrit des livres sur le pain.",
        "Ann Lee has written about bread for more than ten years.",
        "Ann Lee escribe sobre pan y vive en una ciudad pequeña.",
    ],
)
@pytest.mark.parametrize("html", ["<p><em>{}</em></p>", "<div><b>{}</b></div>", "<p>{}</p>"])
def test_the_last_words_of_a_post_say_who_wrote_it(note: str, html: str) -> None:
    page = read(plain(PROSE + html.format(note), META))
    assert [(person.name, person.bio_text) for person in page.people] == [("Ann Lee", note)]
    assert note not in text_of(page)


def test_the_name_may_be_a_link_whose_person_has_profiles_in_the_note() -> None:
    note = NOTE.replace("Ann Lee", "<a href=/ann>Ann Lee</a>").replace("baker", "<a href=https://x.com/ann>baker</a>")
    (ann,) = read(plain(f"{PROSE}<p><i>{note}</i></p>", META)).people
    assert (ann.bio_text, ann.profiles) == (NOTE, ("https://x.com/ann",))


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee and her friends were late for dinner again, and the bread was cold.",
        "Ann Lee is here to help with all questions that you may have about bread.",
        "Bob Ray is a baker in a small town by the sea, and writes about it.",
    ],
)
def test_other_sentences_stay_in_the_post(words: str) -> None:
    page = read(plain(f"{PROSE}<p>{words}</p>", META))
    assert all(person.bio_text is None for person in page.people)
    assert words in text_of(page)


def test_what_stands_in_the_middle_of_the_post_is_its_text() -> None:
    page = read(plain(f"{PROSE * 2}<p>{NOTE}</p>{PROSE * 4}", META))
    assert page.people == ()
    assert NOTE in text_of(page)


@pytest.mark.parametrize("html", ["<p><em>{}</em></p>", "<div class=author-intro><img src=/a.jpg><p>{}</p></div>"])
def test_a_slanted_first_paragraph_or_one_in_the_authors_place_is_a_note(html: str) -> None:
    page = read(plain(html.format(NOTE) + PROSE * 2, META))
    assert [(person.name, person.bio_text) for person in page.people] == [("Ann Lee", NOTE)]
    assert NOTE not in text_of(page)


def test_a_plain_first_paragraph_about_the_signer_is_the_posts_text() -> None:
    page = read(plain(f"<p>{NOTE}</p>{PROSE * 2}", META))
    assert page.people == ()
    assert NOTE in text_of(page)


def test_what_a_commenter_says_of_the_signer_is_no_bio() -> None:
    html = wordpress(wordpress_comment(1).replace("Words 1.", NOTE), head=META)
    assert bios(html) == []


def test_a_signer_with_a_box_needs_no_note() -> None:
    bio = "She bakes bread and has three cats, two of them grey."
    page = read(plain(f"{PROSE}<p>{NOTE}</p><div class=author-bio><p>{bio}</p></div>", META))
    assert [person.bio_text for person in page.people] == [bio]
    assert NOTE in text_of(page)
