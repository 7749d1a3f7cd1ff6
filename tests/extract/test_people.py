"""Each person once, signers first, with all that boxes, structured data and the page say; no site and no teaser."""

from __future__ import annotations

import json

import pytest

from tests.extract.pages import PROSE, plain, read
from tests.extract.test_author_boxes import BIO, META, bios, box

LONG = "Ann is a baker. She has written about bread for ten years, and lives in a small town by the sea."


def stated(*people: dict[str, object], kind: str = "BlogPosting") -> str:
    """JSON-LD that says who made the post, as engines print it: in a graph, by reference."""
    authors = [{"@id": f"#{number}"} for number in range(len(people))]
    graph = [{"@type": "Person", "@id": f"#{number}", **person} for number, person in enumerate(people)]
    post = {"@type": kind, "headline": "Slow bread", "author": authors}
    return f"<script type='application/ld+json'>{json.dumps({'@graph': [post, *graph]})}</script>"


def test_structured_data_gives_bio_picture_and_profiles() -> None:
    ann = {
        "name": "Ann Lee",
        "url": "/author/ann",
        "description": "<p>Ann bakes &amp; writes.</p>",
        "image": {"url": "https://img.example/ann.jpg?s=96&amp;d=mm"},
        "sameAs": ["https://mastodon.example/@ann", "https://ann.example/", "https://github.com/ann"],
    }
    (person,) = read(plain(PROSE, stated(ann))).people
    assert (person.name, person.url, person.bio_text) == (
        "Ann Lee",
        "https://blog.example/author/ann",
        "Ann bakes & writes.",
    )
    assert person.picture_url == "https://img.example/ann.jpg?s=96&d=mm"
    assert person.profiles == ("https://mastodon.example/@ann", "https://github.com/ann")


def test_what_the_box_shows_comes_before_what_structured_data_says() -> None:
    (person,) = read(plain(PROSE + box(), stated({"name": "Ann Lee", "description": LONG, "image": "/b.jpg"}))).people
    assert (person.bio_text, person.picture_url) == (BIO, "https://blog.example/ann.jpg")


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Ann Lee", "description": "Lorem ipsum dolor sit amet, consetetur sadipscing elitr."},
        {"name": "Ann Lee", "description": "Text BIO"},
        {"name": "Bread Blog", "description": "The newest and best stories about bread."},
        {"name": "Ann Lee", "@type": "Organization", "description": "The newest and best stories about bread."},
    ],
)
def test_fillers_and_the_site_itself_are_no_people(other: dict[str, object]) -> None:
    head = "<meta property=og:site_name content='Bread Blog'>" + stated(other)
    assert all(person.bio_text is None for person in read(plain(PROSE, head)).people)


def test_a_box_without_byline_signs_the_post() -> None:
    page = read(plain(PROSE + box()))
    assert page.post is not None
    assert [byline.name for byline in page.post.bylines] == ["Ann Lee"]


def test_boxes_about_a_whole_team_sign_nothing() -> None:
    team = "".join(box(heading=f"About {name}") for name in ("Ann Lee", "Bob Ray", "Cleo Fox", "Dan Poe"))
    page = read(plain(PROSE + team))
    assert page.post is not None
    assert page.post.bylines == ()


def test_signers_come_first_and_several_nameless_boxes_are_theirs_in_order() -> None:
    head = stated({"name": "Ann Lee"}, {"name": "Bob Ray"})
    pair = "".join(
        f"<div class=author_bio>{words}</div>" for words in ("She bakes bread by the sea.", "He eats all of it.")
    )
    other = "<div class=author-box><h4>Cleo Fox</h4><p>Cleo Fox is the editor of all the stories here.</p></div>"
    found = bios(plain("<p class=byline>By Ann Lee and Bob Ray</p>" + PROSE + other + pair, head))
    assert [name for name, _ in found] == ["Ann Lee", "Bob Ray", "Cleo Fox"]
    assert found[1][1] == "He eats all of it."


def test_a_nameless_box_tells_of_the_declared_author_where_nobody_signs() -> None:
    page = read(plain(f"{PROSE}<div class=author_bio>She bakes bread by the sea.</div>", META))
    assert page.post is not None
    assert page.post.bylines == ()
    assert [(person.name, person.bio_text) for person in page.people] == [("Ann Lee", "She bakes bread by the sea.")]


def test_nameless_boxes_that_are_more_or_fewer_than_the_signers_are_nobodys() -> None:
    pair = "".join(
        f"<div class=author_bio>{words}</div>" for words in ("She bakes bread by the sea.", "He eats all of it.")
    )
    assert bios(plain(PROSE + pair, META)) == []


def test_a_first_name_in_the_box_is_the_signer_of_that_name() -> None:
    html = f"{PROSE}<div class=author-box><h4>Ann</h4><p>{LONG}</p></div>"
    assert bios(plain(html, META)) == [("Ann Lee", LONG)]


def test_the_same_person_in_two_boxes_is_one_with_the_fuller_bio() -> None:
    short = "<div class=author-info><h4>Ann Lee</h4><p>Contributing Writer and teacher of bakers</p></div>"
    assert bios(plain(f"{short}{PROSE}<div class=author-box><h4>Ann Lee</h4><p>{LONG}</p></div>", META)) == [
        ("Ann Lee", LONG)
    ]


def test_a_picture_of_somebody_who_does_not_sign_is_a_teasers() -> None:
    teaser = "<div class=author-block><img src=/bob.jpg alt='Bob Ray'><a href=/author/bob>Bob Ray</a></div>"
    assert bios(plain("<p class=byline>By Ann Lee</p>" + PROSE + teaser, META)) == []


def test_a_signer_has_the_address_of_the_byline() -> None:
    html = plain(PROSE + box().replace("/author/ann", "/team/ann"), stated({"name": "Ann Lee", "url": "/author/ann"}))
    (person,) = read(html).people
    assert person.url == "https://blog.example/author/ann"
