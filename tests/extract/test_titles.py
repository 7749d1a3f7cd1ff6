"""The title is what the page calls the post, without the site's name; the site's name is never the title."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE, plain, read, wordpress


@pytest.mark.parametrize(
    ("head", "heading", "title", "site"),
    [
        ("<title>Slow bread | Crumbs</title>", "<h1>Slow bread</h1>", "Slow bread", "Crumbs"),
        ("<title>Crumbs: Slow bread</title>", "<h1>Crumbs</h1><h2>Slow bread</h2>", "Slow bread", None),
        ("<meta property=og:title content='Slow bread'><title>x</title>", "", "Slow bread", None),
        (
            "<meta property=og:title content='Slow bread - Crumbs'><meta property=og:site_name content=Crumbs>",
            "",
            "Slow bread",
            "Crumbs",
        ),
        ("", "<h1>Slow bread</h1>", "Slow bread", None),
        ("", "", None, None),
    ],
)
def test_title_and_site_name(head: str, heading: str, title: str | None, site: str | None) -> None:
    page = read(f"<html><head>{head}</head><body>{heading}<div>{PROSE}</div></body></html>")
    assert page.post is not None
    assert (page.post.title, page.site_name) == (title, site)


def test_the_platforms_own_element_comes_first() -> None:
    page = read(wordpress(head="<meta property=og:title content='Another'>"))
    assert page.post is not None
    assert page.post.title == "Slow bread"


def test_a_heading_of_the_thread_is_no_title() -> None:
    page = read(f"<body><div>{PROSE}</div><div id=comments><h2>Slow bread</h2></div></body>")
    assert page.post is not None
    assert page.post.title is None


def test_the_claim_that_won_is_marked() -> None:
    page = read(plain(head="<title>Slow bread | Crumbs</title>"))
    assert [claim.value for claim in page.claims if claim.field == "title" and claim.accepted] == ["Slow bread"]
