"""A block that shows a signer's name by itself and then tells of the person presents the signer, whatever its classes."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE, plain, read, text_of
from tests.extract.test_author_boxes import META

BIO = "Ann lays hedges from October to March and spends the summer looking at them."
FACE = "<img src=/ann.jpg alt='Ann Lee'>"
BYLINE = "<p>By Ann Lee</p>"


def people(below: str, before: str = "", body: str = PROSE) -> list[tuple[str | None, str | None, str | None]]:
    html = plain(BYLINE + body + before, META).replace("</body>", f"{below}</body>")
    return [(person.name, person.bio_text, person.picture_url) for person in read(html).people]


@pytest.mark.parametrize(
    "card",
    [
        f"<div class=mt-12>{FACE}<div><h3 class=text-lg>Ann Lee</h3><p>{BIO}</p></div></div>",
        f"<div class=css-1x>{FACE}<div class=css-2y><a href=/ann>Ann Lee</a><p class=css-3z>{BIO}</p></div></div>",
        f"<div class=creator-profile>{FACE}<div><span>Ann Lee</span><p>{BIO}</p></div></div>",
        f"<aside>{FACE}<span>Written by Ann Lee</span><p>{BIO}</p></aside>",
    ],
)
def test_a_block_around_the_name_is_the_signers_wherever_it_stands_below_the_post(card: str) -> None:
    expected = [("Ann Lee", BIO, "https://blog.example/ann.jpg")]
    assert people(card) == expected
    assert people("", before=card) == expected
    assert BIO not in text_of(read(plain(BYLINE + PROSE + card, META)))


@pytest.mark.parametrize(
    "block",
    [
        f"<div>{FACE}<b>Ann Lee</b><h3>How to lay a hedge</h3><p>{BIO}</p></div>",  # a post of hers
        f"<div>{FACE}<b>Ann Lee</b><time>14 May 2012</time><p>{BIO}</p></div>",
        "<div><b>Ann Lee</b><p>The harbour was full of boats, and none of them went out that day.</p></div>",
        "<div><b>Ann Lee</b><p>Ann: I like what you say of the harbour, and of the boats in it.</p></div>",
        "<div><b>Ann Lee</b><p>Bob Ray, baker</p><p>Eve Poe, editor of all</p><p>Ann of Sea</p></div>",
        "<div><p>This entry was posted in Bread of all kinds by <a href=/ann>Ann Lee</a> and may be shared.</p></div>",
        f"<div>{FACE}<b>Bob Ray</b><p>Bob lays hedges from October to March and sells them in the summer.</p></div>",
    ],
)
def test_other_blocks_with_a_name_are_no_cards(block: str) -> None:
    assert [bio for _, bio, _ in people(block) if bio] == []


def test_two_different_texts_below_one_name_are_what_the_person_said_and_no_bio() -> None:
    assert people(f"<div>{FACE}<b>Ann Lee</b><p>{BIO}</p></div><div>{FACE}<b>Ann Lee</b><p>I {BIO[4:]}</p></div>") == []


def test_the_names_place_in_the_middle_of_the_post_is_its_text() -> None:
    card = f"<div>{FACE}<h3>Ann Lee</h3><p>{BIO}</p></div>"
    assert people("", body=PROSE * 2 + card + PROSE * 4) == []
