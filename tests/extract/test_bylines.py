"""Bylines are people's names from one source: no roles, no site, nobody from the thread."""

from __future__ import annotations

import pytest

from scraper.model import Byline
from tests.extract.pages import PROSE, plain, read, wordpress, wordpress_comment


def bylines_of(head: str = "", line: str = "") -> tuple[Byline, ...]:
    page = read(plain(line + PROSE, head))
    assert page.post is not None
    return page.post.bylines


@pytest.mark.parametrize("role", ["admin", "Administrator", "editor", "Staff", "Guest author", "webmaster"])
def test_a_role_is_no_name(role: str) -> None:
    assert bylines_of(f"<meta name=author content='{role}'>", f"<p class=byline>By {role}</p>") == ()


def test_the_site_does_not_sign() -> None:
    assert bylines_of("<meta property=og:site_name content='Ann Lee'><meta name=author content='Ann Lee'>") == ()


def test_co_authors_are_kept() -> None:
    assert bylines_of("", "<p class=byline>By Ann Lee and Cy Doe</p>") == (Byline("Ann Lee"), Byline("Cy Doe"))


def test_a_second_spelling_from_another_source_is_not_a_second_author() -> None:
    assert bylines_of("<meta name=author content='A. Lee'>", "<p class=byline>By Ann Lee</p>") == (Byline("A. Lee"),)


def test_a_name_takes_the_address_that_it_links_to() -> None:
    assert bylines_of("", "<p class=byline>By <a rel=author href=/ann>Ann Lee</a></p>") == (
        Byline("Ann Lee", "https://blog.example/ann"),
    )


def test_commenters_do_not_sign_the_post() -> None:
    page = read(wordpress(wordpress_comment(1, name="Bob Ray")))
    assert page.post is not None
    assert page.post.bylines == ()
