from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.sitemaps import DEEPEST, sitemap_leads
from scraper.model import Lead

HOST = "https://tide.example"


def urlset(*paths: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{HOST}{path}</loc></url>' for path in paths)}</urlset>".encode()


def index(*names: str) -> bytes:
    inner = "".join(f"<sitemap><loc>{HOST}/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex>{inner}</sitemapindex>".encode()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("post-sitemap.xml", "post"), ("post-sitemap2.xml", "post"), ("wp-sitemap-posts-post-1.xml", "post"),
        ("wp-sitemap-posts-page-1.xml", "page"), ("page-sitemap.xml", "page"), ("sitemap-posts.xml", "post"),
        ("category-sitemap.xml", "listing"), ("wp-sitemap-taxonomies-category-1.xml", "listing"),
        ("wp-sitemap-taxonomies-post_tag-1.xml", "listing"), ("post_tag-sitemap.xml", "listing"),
        ("author-sitemap.xml", "author"), ("wp-sitemap-users-1.xml", "author"), ("sitemap.xml", "page"),
    ],
)  # fmt: skip
def test_the_name_of_a_sitemap_says_what_it_lists(name: str, role: str) -> None:
    assert [lead.role for lead in sitemap_leads(urlset("/ferry"), f"{HOST}/{name}")] == [role]


def test_in_one_of_no_name_the_address_says_it() -> None:
    paths = ("/", "/2011/02/03/ferry/", "/2011/02/", "/category/sea/", "/author/mara/", "/about/", "/ferry.pdf")
    leads = sitemap_leads(urlset(*paths), f"{HOST}/sitemap.xml")
    assert [lead.role for lead in leads] == ["home", "post", "listing", "listing", "author", "page"]


def test_sitemaps_of_posts_are_asked_for_first_and_those_of_pictures_never() -> None:
    names = (
        "author-sitemap.xml",
        "image-sitemap-1.xml",
        "page-sitemap.xml",
        "category-sitemap.xml",
        "post-sitemap.xml",
    )
    leads = sitemap_leads(index(*names), f"{HOST}/sitemap_index.xml")
    assert [lead.url.rpartition("/")[2] for lead in leads] == [names[4], names[2], names[3], names[0]]
    assert {(lead.role, lead.source) for lead in leads} == {("sitemap", "sitemap")}


def test_an_index_leads_only_so_deep_and_never_to_itself() -> None:
    assert sitemap_leads(index("a.xml"), f"{HOST}/a.xml") == ()
    assert len(sitemap_leads(index("b.xml"), f"{HOST}/a.xml", depth=DEEPEST - 1)) == 1
    assert sitemap_leads(index("b.xml"), f"{HOST}/a.xml", depth=DEEPEST) == ()


def test_a_day_of_change_is_over_when_it_is_over_everywhere() -> None:
    payload = f"<urlset><url><loc>{HOST}/a</loc><lastmod>2011-02-03</lastmod></url></urlset>".encode()
    assert sitemap_leads(payload, f"{HOST}/post-sitemap.xml") == (
        Lead(f"{HOST}/a", "post", "sitemap", datetime(2011, 2, 4, 12, tzinfo=UTC)),
    )


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_fail(payload: bytes, name: str) -> None:
    assert all(lead.url.startswith("http") for lead in sitemap_leads(payload, f"{HOST}/{name}"))
