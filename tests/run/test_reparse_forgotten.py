"""After something was forgotten a reparse takes nothing of others out of rows, and puts nothing masked into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.upkeep.forget import forget
from scraper.run.upkeep.reparse import Reparsed, reparse
from scraper.settings import Settings
from scraper.store.takedowns.forget_target import Wish
from tests.run.conftest import SiteWarc
from tests.run.soundness import rows

BLOG = "https://blog.example"
GONE, KEPT, FEED = f"{BLOG}/2012/05/barge/", f"{BLOG}/2012/06/lock/", f"{BLOG}/comments/feed/"
BARGE = "The barge lay three weeks under the bridge before anybody came to ask whose it might have been. " * 4
LOCK = "A lock keeper counts the boats in the morning and again at night, and writes both numbers down. " * 4
RUN_ON = (
    "Three weeks under the bridge before",
    "anybody came to ask whose boat mine is.",
)  # in BARGE one after the other


def page(title: str, text: str, comment: str = "") -> bytes:
    return (
        f'<html><head><title>{title}</title></head><body class="single"><div class="post hentry">'
        f'<h1 class="entry-title">{title}</h1><div class="entry-content"><p>{text}</p></div></div>'
        f'<ol class="commentlist">{comment}</ol></body></html>'
    ).encode()


def comment(number: int, text: str, subject: str = "") -> str:
    return (
        f'<li id="comment-{number}" class="comment"><div class="comment-author"><cite class="fn">Ida Moor</cite></div>'
        f'<h3 class="comment-title">{subject}</h3><div class="comment-content"><p>{text}</p></div></li>'
    )


def feed(*items: tuple[str, int, str, str]) -> bytes:
    entries = "".join(
        f"<item><title>On it</title><link>{post}#comment-{number}</link><guid>{post}#comment-{number}</guid>"
        f"<dc:creator>{author}</dc:creator><pubDate>Fri, 0{number} Jun 2012 10:00:00 +0000</pubDate>"
        f"<description>{text}</description></item>"
        for post, number, author, text in items
    )
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    return f"{head}<title>Comments</title><link>{BLOG}</link>{entries}</channel></rss>".encode()


def take(db: Path, site: SiteWarc, *pages: tuple[str, bytes]) -> None:
    for url, body in pages:
        site.response(url, "200 OK", "application/rss+xml" if url == FEED else "text/html", body)
    import_paths(db, (site.done(),), ImportOptions(), Settings())


def forgotten_and_read_again(db: Path) -> Reparsed:
    assert forget(db, Wish(GONE), Settings()) is not None
    return reparse(db, Settings(), readers=0)


def others(db: Path) -> list[tuple[Any, ...]]:
    return rows(
        db,
        "SELECT posts.text, posts.html, comments.author, comments.subject, comments.text, comments.published"
        f" FROM posts LEFT JOIN comments ON post_id = posts.id WHERE url = '{KEPT}'",
    )


def test_a_time_whose_feed_was_emptied_stays(db: Path, site: SiteWarc) -> None:
    said, other = "Mine counts only the swans that come by.", "Nobody came for it while I lived there."
    take(
        db,
        site,
        (GONE, page("The barge", BARGE, comment(3, other))),
        (KEPT, page("The lock", LOCK, comment(4, said))),
        (FEED, feed((GONE, 3, "Ida Moor", other), (KEPT, 4, "Ida Moor", said))),
    )
    before = others(db)
    assert [row[-1] for row in before] == ["2012-06-04T10:00:00+00:00"]
    assert not forgotten_and_read_again(db).changes
    assert others(db) == before


def test_words_that_run_from_field_to_field_stay(db: Path, site: SiteWarc) -> None:
    subject, text = RUN_ON
    take(db, site, (GONE, page("The barge", BARGE)), (KEPT, page("The lock", LOCK, comment(4, text, subject))))
    before = others(db)
    assert [row[3:5] for row in before] == [RUN_ON]
    done = forgotten_and_read_again(db)
    assert (others(db), done.changes) == (before, {})
    assert done.report.counts["forgotten"] == 1
