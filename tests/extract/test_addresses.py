"""A page knows which post it belongs to, whatever part of the thread its URL asks for."""

from __future__ import annotations

import pytest

from scraper.extract.addresses import post_address
from scraper.extract.platforms import PLATFORMS

WORDPRESS, DRUPAL = PLATFORMS
POST = "https://blog.example/2012/slow-bread"


@pytest.mark.parametrize(
    ("url", "platform", "expected"),
    [
        (f"{POST}#comment-7", None, (POST, None)),
        (f"{POST}/comment-page-3/#comments", WORDPRESS, (f"{POST}/", 3)),
        (f"{POST}/comment-page-3", None, (f"{POST}/", 3)),
        (f"{POST}?cpage=2", WORDPRESS, (POST, 2)),
        (f"{POST}?replytocom=7#respond", WORDPRESS, (POST, None)),
        (f"{POST}?p=3&replytocom=7", WORDPRESS, (f"{POST}?p=3", None)),
        (f"{POST}?page=1", DRUPAL, (POST, 1)),
        (f"{POST}?page=1", WORDPRESS, (f"{POST}?page=1", None)),
        (f"{POST}/comment-page-{'9' * 40}/", WORDPRESS, (f"{POST}/", None)),
        (f"{POST}?cpage={'9' * 5000}", WORDPRESS, (POST, None)),
        ("urn:sha256:00ff", None, ("urn:sha256:00ff", None)),
        ("http://[", WORDPRESS, ("http://[", None)),
        (None, None, (None, None)),
    ],
)
def test_comment_pages_and_reply_links_belong_to_their_post(
    url: str | None, platform: object, expected: tuple[str | None, int | None]
) -> None:
    assert post_address(url, None, platform) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://blog.example/slow-bread", "https://blog.example/slow-bread"),
        ("http://www.blog.example/slow-bread", "http://www.blog.example/slow-bread"),
        ("/slow-bread", "https://blog.example/slow-bread"),
        ("https://other.example/slow-bread", POST),
        ("https://blog.example/", POST),
        ("https://blog.example/index.php", POST),
        ("http://[", POST),
    ],
)
def test_a_canonical_link_counts_on_its_own_site_only_and_not_the_home_page(canonical: str, expected: str) -> None:
    assert post_address(POST, canonical, None) == (expected, None)
