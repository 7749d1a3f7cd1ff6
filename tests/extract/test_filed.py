"""What a post is filed under is told by its own links, and not by those of a column beside it."""

from __future__ import annotations

import pytest

from scraper.model import Post
from tests.extract.pages import PROSE, read

COLUMN = "<aside id=sidebar><h3>Tags</h3><ul>{}</ul></aside>"
ALL_TAGS = "".join(f"<li><a href=/tags/{word}/ rel=tag>{word}</a></li>" for word in ("rye", "oats", "spelt", "salt"))


def post(beside: str, head: str = "", around: str = "article") -> Post:
    html = f"<head>{head}</head><body><{around}><h1>Slow bread</h1>{PROSE * 2}{beside}</{around}>{COLUMN.format(ALL_TAGS)}</body>"
    found = read(html).post
    assert found is not None
    return found


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Tags: <a href=/tag/rye.html>Rye</a> <a href=../tag/salt.html>salt</a></p>",
        "<footer><p>Filed on 3 May 2012 under <a href=/tags/rye/>Rye</a>, <a href=/tags/salt/>salt</a></p></footer>",
        "<ul><li><a href=https://blog.example/tags/rye/># Rye</a></li><li><a href=/tags/salt/>#salt</a></li></ul>",
        "<aside><nav><ul class=tags itemprop=keywords><li><a href=/c/rye rel=tag>Rye</a><li><a rel=tag href=/c/salt>salt</a></ul></nav></aside>",
        "<div class=tags><a href=/t/rye># Rye</a><a href=/t/salt># salt</a><a href=/t/salt># Salt</a></div>",
    ],
)
@pytest.mark.parametrize("around", ["article", "main"])
def test_a_posts_own_links_to_tags_are_its_tags(beside: str, around: str) -> None:
    if around == "article" or not beside.startswith(("<footer", "<aside")):
        assert post(beside, around=around).tags == ("Rye", "salt")


@pytest.mark.parametrize(
    "beside",
    [
        f"<p>{'Bread of all kinds has been baked here since long before that. ' * 2}<a href=/tags/rye/>Rye</a>.</p>",
        "<p><a href=https://other.example/tags/rye/>Rye elsewhere</a></p>",
        "<nav><a href=/tags/rye/>Rye</a></nav>",
        "<div class=related><a href=/tags/rye/>Rye</a></div>",
        "<p><a href=/tags/>All tags</a></p>",
        "<p>" + " ".join(f"<a href=/tags/{n}/>Tag {n}</a>" for n in range(40)) + "</p>",
    ],
)
def test_other_links_to_tags_are_none_of_its(beside: str) -> None:
    assert "Rye" not in post(beside).tags


def test_what_the_page_declares_comes_before_the_column_beside_it() -> None:
    assert post("", head="<meta property=article:tag content=Rye>").tags == ("Rye",)


def test_keywords_that_a_site_states_for_all_pages_come_behind_the_posts_own_links() -> None:
    head = "<meta name=keywords content='Bread, baking'>"
    assert post("<p><a href=/tags/rye/>Rye</a></p>", head=head).tags == ("Rye",)
    assert post("", head=head).tags == ("Bread", "baking")


def test_a_link_to_a_category_is_told_by_its_address_too() -> None:
    found = post("<p>In <a href=/categories/field-notes/>Field notes</a></p>")
    assert found.categories == ("Field notes",)


def test_a_tag_at_the_address_of_a_category_is_a_tag() -> None:
    found = post("<p><a href=/categories/rye/ rel=tag>Rye</a></p>")
    assert (found.tags, found.categories) == (("Rye",), ())
