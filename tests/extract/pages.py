"""Small pages for the unit tests: a post with what stands around it, and comments as engines print them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from scraper.extract import extract_page
from scraper.model import Comment, Page

URL = "https://blog.example/2012/slow-bread"
CAPTURED = datetime(2013, 1, 1, tzinfo=UTC)
LINE = "Bread takes its time, and nobody should hurry it, neither you nor I."
PROSE = f"<p>{LINE}</p>" * 8


def wordpress(
    comments: str = "", body: str = PROSE, head: str = "", beside: str = "", title: str = "Slow bread"
) -> str:
    return (
        f"<html><head><meta name=generator content='WordPress 6.4'>{head}</head><body class='single single-post'>"
        f"<article class='post hentry'><h1 class=entry-title>{title}</h1><div class=entry-content>{body}</div></article>"
        f"<div id=comments><ol class=comment-list>{comments}</ol></div>{beside}</body></html>"
    )


def drupal(comments: str = "", body: str = PROSE) -> str:
    return (
        "<html><head><meta name=generator content='Drupal 7'></head><body class='page-node node-type-blog'>"
        f"<h1 id=page-title>Slow bread</h1><div class=node><div class=field-name-body>{body}</div></div>"
        f"<div id=comments>{comments}</div></body></html>"
    )


def plain(body: str = PROSE, head: str = "", comments: str = "") -> str:
    return f"<html><head>{head}</head><body><h1>Slow bread</h1><div>{body}</div><div>{comments}</div></body></html>"


def wordpress_comment(number: int, inside: str = "", classes: str = "comment", name: str = "Bob") -> str:
    return (
        f"<li class='{classes}' id=comment-{number}><article><cite class=fn>{name}</cite>"
        f"<time datetime='2012-05-15T10:0{number % 10}:00+00:00'>15 May 2012</time>"
        f"<div class=comment-content><p>Words {number}.</p></div></article>{inside}</li>"
    )


def drupal_comment(number: int, classes: str = "comment") -> str:
    return (
        f"<a id=comment-{number}></a><div class='{classes}'><h3><a href='#comment-{number}'>Subject {number}</a></h3>"
        f"<div class=submitted><span class=username>Bob</span> 2 months ago</div>"
        f"<div class=content><p>Words {number}.</p></div></div>"
    )


def read(html: str, url: str | None = URL) -> Page:
    return extract_page(html, url, fetched_at=CAPTURED)


def seconds_to_read(html: str, url: str | None = URL) -> float:
    begin = time.process_time()
    read(html, url)
    return time.process_time() - begin


def text_of(page: Page) -> str:
    assert page.post is not None
    return page.post.text


def tree_of(comments: tuple[Comment, ...]) -> list[tuple[str | None, str | None, int]]:
    """Of each comment its id, its parent's id and its depth."""
    return [(each.id, comments[each.parent].id if each.parent is not None else None, each.depth) for each in comments]
