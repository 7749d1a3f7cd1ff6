"""A post and its thread as markup that is HTML and XHTML at once, for pages of a site and chapters of a book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from scraper.export.answers import Placed, nested_list
from scraper.export.dates import time_text
from scraper.export.plain import plain_line
from scraper.export.polyglot import body_markup, safe_link
from scraper.store.reader import ArchivedPost, Signer, ThreadComment

WITHHELD = {
    "teaser": "The rest was behind a link.",
    "paywall": "The page said that it was not free.",
    "password": "The page asked for a password.",
}
LONGEST_NAME = 200  # characters that are shown of what signs a comment
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z]{2}|-[0-9]{3})?")


def line(text: str | None) -> str:
    """The text on one line, escaped."""
    return escape(plain_line(text))


def title_of(post: ArchivedPost) -> str:
    return plain_line(post.title) or "(no title)"


def language_of(post: ArchivedPost) -> str | None:
    """The language as markup may state it."""
    stated = (post.language or "").replace("_", "-")
    return stated if _LANGUAGE.fullmatch(stated) else None


def post_markup(post: ArchivedPost, people: str | None = None) -> Iterator[str]:
    """The post with title, byline, text, bios and thread.

    :param people: the folder in which the people who sign have their pages; None: they have none.
    """
    yield f'<h1 dir="auto">{escape(title_of(post))}</h1>'
    if post.subtitle:
        yield f'<p class="subtitle" dir="auto">{line(post.subtitle)}</p>'
    yield f'<p class="about">{" · ".join(_facts(post, people))}</p>'
    yield f'<div class="text" dir="auto">{body_markup(post.html, post.text, f"p{post.id}")}</div>'
    if post.withheld:
        yield f'<p class="notice">Not all of it is here. {WITHHELD.get(post.withheld, "")}</p>'
    if post.missing_pages:
        yield f'<p class="notice">Not held: page {", ".join(map(str, post.missing_pages))} of this post.</p>'
    if post.gone_since:
        yield f'<p class="notice">Gone from the web since {line(post.gone_since[:10])}.</p>'
    if post.tags or post.categories:
        filed = dict.fromkeys(map(line, (*post.categories, *post.tags)))
        yield f'<p class="tags">Filed under: <bdi>{"</bdi>, <bdi>".join(filed)}</bdi></p>'
    for signer in post.signers:
        if signer.bio_text:
            bio = body_markup(signer.bio_html, signer.bio_text, f"b{signer.person_id}")
            yield f'<div class="bio"><p><strong><bdi>{line(signer.name)}</bdi></strong></p>{bio}</div>'
    yield f"<h2>{_count(post)}</h2>"
    yield from nested_list(post.comments, _comment)


def _facts(post: ArchivedPost, people: str | None) -> Iterator[str]:
    if post.signers:
        yield "By " + ", ".join(_name(signer, people) for signer in post.signers)
    if when := time_text(post.published):
        yield escape(when)
    if link := safe_link(post.url):
        yield f'<a href="{escape(link)}">original</a>'
    if post.captured_at:
        yield f"captured {line(post.captured_at[:10])}"


def _name(signer: Signer, people: str | None) -> str:
    name = f"<bdi>{line(signer.name)}</bdi>"
    return name if people is None else f'<a href="{people}{signer.person_id}.html">{name}</a>'


def _count(post: ArchivedPost) -> str:
    number = post.comments_held
    said = f"{number} {'comment' if number == 1 else 'comments'}"
    declared = post.declared_comment_count
    return said if declared is None or declared == number else f"{said} held, {declared} declared"


def commenter_of(comment: ThreadComment) -> str:
    """Who signs the comment, as it is shown."""
    return plain_line(comment.author)[:LONGEST_NAME] or ("(forgotten)" if comment.is_empty else "(no name)")


def _comment(placed: Placed) -> str:
    comment = placed.comment
    facts = [f"<strong><bdi>{escape(commenter_of(comment))}</bdi></strong>"]
    if comment.by_post_author:
        facts.append("author of the post")
    if comment.kind != "comment":
        facts.append(line(comment.kind))
    if when := time_text(comment.published):
        facts.append(escape(when))
    if placed.answered and not placed.is_below:
        name = escape(commenter_of(placed.answered))
        facts.append(f'answers <a href="#comment-{placed.answered.id}"><bdi>{name}</bdi></a>')
    if link := safe_link(comment.permalink):
        facts.append(f'<a href="{escape(link)}">permalink</a>')
    if comment.not_seen_since:
        facts.append(f"not there any more on {line(comment.not_seen_since[:10])}")
    subject = f'<p class="subject" dir="auto">{line(comment.subject)}</p>' if comment.subject else ""
    words = body_markup(comment.html, comment.text, f"c{comment.id}", 3)
    return f'<p class="about">{" · ".join(facts)}</p>{subject}<div class="text" dir="auto">{words}</div>'
