from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.extract.page import extract_page
from scraper.extract.signature import newest_time, signature_of
from scraper.model import Page

THEN, LATER = datetime(2024, 3, 20, tzinfo=UTC), datetime(2024, 9, 1, tzinfo=UTC)
HTML = """<html><head><title>Slow bread</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Slow bread</h1><p>By Ann Lee</p><time datetime="2012-05-14">14 May 2012</time>
<div class="entry-content"><p>Bread takes its time, and nobody should hurry it, least of all a baker in the morning.</p>
<p>It is best on the second day, when the crust has given up and the crumb has not.</p></div></article>
<div id="comments"><h2>1 comment</h2><ol class="comment-list"><li class="comment" id="comment-1">
<cite class="fn">Bob</cite><time datetime="2012-05-15T10:00:00Z">long ago</time><span class="votes">3 likes</span>
<div class="comment-content"><p>Good bread.</p></div></li></ol></div>
<aside class="ad">Buy flour</aside></body></html>"""


def read(html: str, at: datetime = THEN) -> Page:
    return extract_page(html, "https://blog.example/bread", fetched_at=at)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Buy flour", "Buy two flours"), ("Home", "Start"), ("3 likes", "4 likes"), ("<nav>", "<nav data-nonce='1f'>")],
)
def test_what_is_no_news_for_a_reader_does_not_count(old: str, new: str) -> None:
    assert signature_of(read(HTML)) == signature_of(read(HTML.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [("second day", "third day"), ("Slow bread", "Quick bread"), ("Good bread", "Fine bread"), (">Bob<", ">Bea<"),
     ("14 May", "15 May"), ("Ann Lee", "Ann Low")],
)  # fmt: skip
def test_each_word_of_post_and_thread_counts(old: str, new: str) -> None:
    assert signature_of(read(HTML)) != signature_of(read(HTML.replace(old, new).replace("2012-05-14", "2012-05-15")
                                                    if "May" in old else HTML.replace(old, new)))  # fmt: skip


def test_a_time_told_from_now_that_moved_on_is_no_news() -> None:
    def ago(years: int) -> str:
        return HTML.replace('<time datetime="2012-05-15T10:00:00Z">long ago</time>', f"<span>{years} years ago</span>")

    assert signature_of(read(ago(11))) == signature_of(read(ago(12), LATER))


def test_of_a_page_without_a_post_what_it_lists_counts() -> None:
    page = read("<html><body><p>Nothing.</p></body></html>")
    listing = signature_of(page, ("https://blog.example/a",))
    if page.post is None:
        assert listing != signature_of(page, ("https://blog.example/b",))
    assert listing == signature_of(page, ("https://blog.example/a",))


def test_the_newest_time_is_that_of_the_last_comment() -> None:
    assert newest_time(read(HTML)) == datetime(2012, 5, 15, 10, tzinfo=UTC)
