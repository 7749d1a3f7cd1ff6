from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.places import is_about, is_dated_post, is_feed, is_file, is_home, is_sitemap, listing_kind

HOST = "https://tide.example"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/page/3/", "pager"), ("/blog/page/2", "pager"), ("/category/sea/page/2/", "pager"), ("/?paged=3", "pager"),
        ("/search?updated-max=2012-05-01T00:00:00Z&max-results=7", "pager"), ("/node?page=2", "pager"),
        ("/2012/05/", "date"), ("/archives/2012/05", "date"), ("/2012_05_01_archive.html", "date"), ("/?m=201205", "date"),
        ("/archive", "archive"), ("/archives.html", "archive"), ("/Kategorie/Reisen", "category"), ("/?cat=3", "category"),
        ("/taxonomy/term/5", "category"), ("/search/label/Sea", "category"), ("/tag/sea", "tag"), ("/etiqueta/mar/", "tag"),
        ("/author/mara/", "author"), ("/%D0%BC%D0%B5%D1%82%D0%BA%D0%B0/x", "tag"),
        ("/", None), ("/2012/05/ferry", None), ("/archives/123", None), ("/archive/of-a-life", None), ("/?p=7", None),
        ("/about", None), ("/tagline", None),
    ],
)  # fmt: skip
def test_a_list_of_posts_is_known_by_its_address(path: str, kind: str | None) -> None:
    assert listing_kind(HOST + path) == kind


@pytest.mark.parametrize("path", ["/feed", "/blog/rss.xml", "/atom.xml", "/feeds/posts/default?x=1", "/?feed=rss2"])
def test_a_feed_is_known_by_its_address(path: str) -> None:
    assert is_feed(HOST + path)


@pytest.mark.parametrize("path", ["/", "/feedback", "/2012/05/atom-and-eve/", "/rss-is-dead.html"])
def test_what_only_speaks_of_feeds_is_none(path: str) -> None:
    assert not is_feed(HOST + path)


def test_pages_about_a_blog_and_its_first_page_are_known() -> None:
    assert is_about(f"{HOST}/ueber-mich/")
    assert is_about(f"{HOST}/about.html")
    assert not is_about(f"{HOST}/about-the-ferry")
    assert is_home(HOST)
    assert is_home(f"{HOST}/index.php")
    assert not is_home(f"{HOST}/?p=7")


@given(st.text(max_size=80))
def test_no_address_fails(url: str) -> None:
    for each in (url, HOST + url):
        assert listing_kind(each) in {None, "pager", "date", "archive", "category", "tag", "author"}
        assert {is_about(each), is_dated_post(each), is_feed(each), is_file(each), is_home(each), is_sitemap(each)} <= {
            True, False,
        }  # fmt: skip
