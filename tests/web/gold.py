"""What an archive has to hold of a blog, and what it holds: two values that are equal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.web.blogs import Article
from tests.web.sites import BlogSite


@dataclass(frozen=True, slots=True, order=True)
class HeldRemark:
    author: str | None
    text: str
    published: str | None  # to the minute
    answers: str | None  # the text of the answered comment


@dataclass(frozen=True, slots=True)
class HeldPost:
    title: str | None
    author: str | None
    published: str | None  # the day
    text: str
    bio: str | None
    remarks: tuple[HeldRemark, ...]


Held = dict[str, HeldPost]


def gold_of(sites: Iterable[BlogSite]) -> Held:
    """The posts of these blogs as they are now, by address."""
    return {site.base + site.theme.post(each): _gold(site, each) for site in sites for each in site.blog.articles}


def _gold(site: BlogSite, article: Article) -> HeldPost:
    is_flat = site.theme.name == "handmade"
    texts = {each.number: each.text for each in article.remarks}
    remarks = (
        HeldRemark(
            each.author,
            each.text,
            f"{each.written:%Y-%m-%dT%H:%M}",
            None if is_flat or each.parent is None else texts[each.parent],
        )
        for each in article.remarks
    )
    return HeldPost(
        article.title,
        article.author,
        f"{article.published:%Y-%m-%d}",
        "\n".join(article.paragraphs),
        None if is_flat else site.blog.bios[article.author],
        tuple(sorted(remarks)),
    )


def held_in(db: Path, with_gone: bool = False) -> Held:
    """The posts of an archive, by address; those that the web says are gone only if asked for."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        gone = {url for (url,) in connection.execute("SELECT url FROM pages WHERE state = 'gone'")}
        posts = connection.execute(_POSTS).fetchall()
        remarks: dict[int, list[HeldRemark]] = {}
        for post, author, text, published, answers in connection.execute(_COMMENTS):
            remarks.setdefault(post, []).append(HeldRemark(author, text, published and published[:16], answers))
    return {
        url: HeldPost(title, author, published and published[:10], text, bio, tuple(sorted(remarks.get(key, []))))
        for key, url, title, author, published, text, bio in posts
        if with_gone or url not in gone
    }


_POSTS = """
SELECT posts.id, posts.url, title, people.name, published, posts.text, bios.text FROM posts
LEFT JOIN post_people ON post_people.post_id = posts.id AND post_people.position = 0
LEFT JOIN people ON people.id = post_people.person_id LEFT JOIN bios ON bios.person_id = people.id
WHERE posts.kind = 'post' ORDER BY posts.url
"""
_COMMENTS = """
SELECT comments.post_id, comments.author, comments.text, comments.published, parents.text FROM comments
LEFT JOIN comments AS parents ON parents.id = comments.parent_id
"""
