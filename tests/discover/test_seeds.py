from __future__ import annotations

import pytest

from scraper.discover.seeds import first_leads, guessed_leads
from scraper.model import Lead


def test_of_a_host_that_is_not_known_only_the_seed_is_asked_for() -> None:
    assert first_leads("https://tide.example/blog/") == (Lead("https://tide.example/blog/", "home", "seed"),)


@pytest.mark.parametrize(
    ("url", "role"), [("https://tide.example/feed/", "feed"), ("https://tide.example/sitemap.xml", "sitemap")]
)
def test_a_seed_is_taken_for_what_its_address_says(url: str, role: str) -> None:
    assert [(lead.url, lead.role) for lead in first_leads(url)] == [(url, role)]


def test_hosts_of_many_blogs_have_their_feed_at_one_place() -> None:
    assert [lead.url for lead in first_leads("https://tide.wordpress.com/2011/02/")] == [
        "https://tide.wordpress.com/2011/02/", "https://tide.wordpress.com/feed/",
    ]  # fmt: skip
    assert first_leads("https://tide.blogspot.co.uk/")[1].url == "https://tide.blogspot.co.uk/feeds/posts/default"
    assert [lead.role for lead in first_leads("https://tide.substack.com/")] == ["home", "feed", "post_api"]
    assert len(first_leads("https://nottumblr.com/")) == 1


def test_guesses_are_for_what_nothing_names() -> None:
    assert [lead.url for lead in guessed_leads("https://tide.example/blog/", "wordpress", set())] == [
        "https://tide.example/blog/feed/", "https://tide.example/sitemap.xml", "https://tide.example/?sitemap=index",
    ]  # fmt: skip
    found = guessed_leads("https://tide.example/blog/", "wordpress", {"feed"})
    assert [lead.role for lead in found] == ["sitemap", "sitemap"]
    assert guessed_leads("https://tide.example/blog/", "wordpress", {"feed", "sitemap"}) == ()


def test_no_feed_is_guessed_for_an_unknown_platform() -> None:
    assert [lead.role for lead in guessed_leads("https://tide.example/", None, set())] == ["sitemap"]
