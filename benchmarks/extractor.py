"""`extract(html_bytes, url)` as the page scorer wants it, which is given its name as extractor:extract.

benchmarks/README.md has the command.
"""

from __future__ import annotations

from typing import Any

from scraper import Page, extract_page
from scraper.model import Comment


def extract(html_bytes: bytes, url: str | None) -> dict[str, Any]:
    """Text, title, author names, date and comments of the page; a page that is no post gives no text.

    The gold's threads are what a reader sees, so a comment is its author, time, subject and words. Of a forum's topic
    the gold of all sets has every message as the text, and the words alone as comments where it has those: here the
    opening message, which is the post, counts among the comments, and they are the text.
    """
    return as_prediction(extract_page(html_bytes, url))


def shown(comment: Comment) -> str:
    """The comment as a reader sees it."""
    when = comment.published.shown if comment.published else None
    return "\n".join(filter(None, (comment.author, when, comment.subject, comment.text)))


def as_prediction(page: Page) -> dict[str, Any]:
    comments = [{"author": each.author, "text": each.text if page.is_topic else shown(each)} for each in page.comments]
    post = page.post
    if post is None:
        return {"comments": comments}
    text = post.text
    if page.is_topic:
        opening = {"author": post.bylines[0].name if post.bylines else None, "text": text}
        comments = [opening, *comments] if text else comments
        text = "\n".join(each["text"] or "" for each in comments)
    return {
        "text": text,
        "title": post.title,
        "author": [byline.name for byline in post.bylines],
        "date": post.published.iso if post.published else None,
        "comments": comments,
    }
