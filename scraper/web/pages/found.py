"""What a search finds, with facets: kind, blog and year."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scraper.query.search import search
from scraper.store.discussion import times_of
from scraper.store.hits import Hit
from scraper.store.rows import among
from scraper.web.asked import Answer, Asked, elsewhere
from scraper.web.pager import Pager

MOST = 200  # hits that are looked at: the best ones
HITS = 20  # on a page
SHOWN = 12  # values of a facet


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to choose among the hits: its values with how many hits each would leave."""

    name: str
    title: str
    values: tuple[tuple[str, str, int], ...]  # value, words for it, hits
    chosen: str | None


def page(asked: Asked) -> Answer:
    """What `?q=` finds; the address of a post leads to it."""
    typed = asked.text("q")
    if typed is None:
        return Answer("found.html", {"hits": None})
    if typed.startswith(("http://", "https://")) and " " not in typed:
        post = asked.reader.post(typed)
        if post is not None:
            return elsewhere(f"/posts/{post.id}")
    hits = search(asked.reader, typed, MOST)
    blogs = _blogs(asked, hits)
    names = dict(blogs.values())
    ways: dict[str, Callable[[Hit], str]] = {
        "kind": lambda hit: "comment" if hit.kind == "comment" else "post",
        "blog": lambda hit: blogs.get(hit.post_id, ("", ""))[0],
        "year": lambda hit: (hit.published or "")[:4],
    }
    chosen = {name: asked.text(name) for name in ways}
    left = [hit for hit in hits if _fits(hit, ways, chosen)]
    pager = Pager.of(asked.page, len(left), HITS)
    titles = {"kind": "What", "blog": "Blog", "year": "Year"}
    facets = []
    for name, way in ways.items():
        others = {each: value for each, value in chosen.items() if each != name}
        counts = Counter(way(hit) for hit in hits if _fits(hit, ways, others))
        value = chosen[name]
        if value is not None:
            counts.setdefault(value, 0)  # so that it can be taken back
        facets.append(Facet(name, titles[name], _values(name, counts, names), value))
    shown = left[pager.offset : pager.offset + HITS]
    values = {
        "hits": shown,
        "times": times_of(asked.reader.connection, [hit.comment_id for hit in shown if hit.comment_id]),
        "blogs": blogs,
        "found": len(hits),
        "is_cut": len(hits) == MOST,
        "facets": facets,
        "pager": pager,
        "link": asked.link,
        "query": typed,
    }
    return Answer("found.html", values)


def _fits(hit: Hit, ways: dict[str, Callable[[Hit], str]], chosen: dict[str, str | None]) -> bool:
    return all(value is None or ways[name](hit) == value for name, value in chosen.items())


def _values(name: str, counts: Counter[str], names: dict[str, str]) -> tuple[tuple[str, str, int], ...]:
    known = [(value, number) for value, number in counts.most_common(SHOWN) if value]
    if name == "year":
        known.sort(reverse=True)
    words = {"comment": "Comments", "post": "Posts", **names}
    return tuple((value, words.get(value, value), number) for value, number in known)


def _blogs(asked: Asked, hits: Sequence[Hit]) -> dict[int, tuple[str, str]]:
    """Id and name of the blog of each post."""
    ids = json.dumps(sorted({hit.post_id for hit in hits}))
    rows = asked.reader.connection.execute(_BLOGS, (ids,))
    return {post_id: (str(blog_id), name) for post_id, blog_id, name in rows}


_BLOGS = f"""
SELECT posts.id, blogs.id, coalesce(blogs.name, blogs.host) FROM posts JOIN blogs ON blogs.id = posts.blog_id
WHERE {among("posts.id")}"""
