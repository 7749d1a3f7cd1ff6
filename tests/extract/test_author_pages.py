"""An author's page is the page of one person, and says of that person what its boxes and introduction say."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE, read
from tests.extract.test_author_boxes import BIO

URL = "https://blog.example/author/ann/"
ENTRY = "<article class=hentry><h2><a href=/{n}>Post {n}</a></h2><p>" + "Bread takes its time. " * 8 + "</p></article>"
ENTRIES = "".join(ENTRY.format(n=n) for n in range(4))


@pytest.mark.parametrize(
    "heading", ["Ann Lee", "Author: Ann Lee", "Posts by Ann Lee", "Author Archives: Ann Lee", "Autor: Ann Lee"]
)
@pytest.mark.parametrize(
    "words",
    [
        f"<div class=archive-description><p>{BIO}</p></div>",
        f"<div class=author-bio><p>{BIO}</p></div>",
        f"<div class=author-info><h3>Ann Lee</h3><p>{BIO}</p></div>",
    ],
)
def test_the_heading_names_the_owner_and_the_introduction_tells_of_them(heading: str, words: str) -> None:
    page = read(f"<body><h1>{heading}</h1>{words}{ENTRIES}", URL)
    assert [(person.name, person.url, person.bio_text) for person in page.people] == [("Ann Lee", URL, BIO)]
    assert page.post is None


def test_its_further_pages_are_the_same_persons() -> None:
    page = read(f"<body><h1>Posts by Ann Lee</h1>{ENTRIES}", f"{URL}page/2/?sort=old#top")
    assert [(person.name, person.url) for person in page.people] == [("Ann Lee", URL)]


def test_a_profile_of_a_user_keeps_its_text() -> None:
    head = "<meta name=generator content='Drupal 7'>"
    body = f"<h1 id=page-title>Ann Lee</h1><div class=field-name-field-bio><p>{BIO}</p></div>{PROSE}"
    page = read(f"<head>{head}</head><body class=page-user>{body}", "https://blog.example/users/ann")
    assert page.kind == "about"
    assert [(person.name, person.bio_text) for person in page.people] == [("Ann Lee", BIO)]
    assert page.post is not None
    assert BIO in page.post.text


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("https://blog.example/category/ann/", "Ann Lee"),
        ("https://blog.example/author/page/2/", "Ann Lee"),
        (URL, "All our stories"),
    ],
)
def test_another_listing_has_no_owner(url: str, heading: str) -> None:
    page = read(f"<body><h1>{heading}</h1><div class=archive-description><p>{BIO}</p></div>{ENTRIES}", url)
    assert page.people == ()
