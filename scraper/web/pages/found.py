"""What a search finds, with facets: kind, blog and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scraper.query.search import count_by_facet, search
from scraper.query.typed import misread
from scraper.store.lookup.discussion import times_of
from scraper.store.lookup.hits import HitCounts
from scraper.web.asked import Answer, Asked, elsewhere
from scraper.web.pager import Pager
from scraper.web.wording import MARKS

HITS = 20  # on a page
PAGES = 50  # that can be looked through; after that other words are better
SHOWN = 20  # values of a facet
KINDS = {"posts": "Posts", "comments": "Comments"}


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the search: its values with how many each leaves, and the one that is chosen."""

    name: str
    title: str
    values: tuple[tuple[str, str, int], ...]  # value, words for it, how many
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
    chosen = {name: asked.text(name) for name in ("kind", "blog", "year")}
    words = " ".join((*_narrowing(chosen), typed))  # what was typed may have a quote without an end
    counts = count_by_facet(asked.reader, words)
    pager = Pager.of(asked.page, min(counts.total, HITS * PAGES), HITS)
    hits = search(asked.reader, words, HITS, pager.offset, marks=MARKS)
    values = {
        "hits": hits,
        "times": times_of(asked.reader.connection, [hit.comment_id for hit in hits if hit.comment_id]),
        "total": counts.total,
        "is_whole": counts.is_whole,
        "facets": _facets(counts, chosen),
        "is_narrowed": any(chosen.values()),
        "pager": pager,
        "link": asked.link,
        "query": typed,
        "misread": misread(typed),
    }
    return Answer("found.html", values)


def _narrowing(chosen: Mapping[str, str | None]) -> list[str]:
    """What is chosen, in the words that a person would type."""
    kind, blog, year = chosen["kind"], chosen["blog"], chosen["year"]
    words = []
    if kind in KINDS:
        words.append(f"in:{kind}")
    if blog:
        quoted = blog.replace('"', " ")
        words.append(f'blog:"{quoted}"')
    if year and year.isascii() and year.isdigit() and len(year) == 4:
        words += [f"after:{year}", f"before:{int(year) + 1:04}"]
    return words


def _facets(counts: HitCounts, chosen: Mapping[str, str | None]) -> list[Facet]:
    comments = counts.kinds.get("comment", 0)
    kinds = {"posts": sum(counts.kinds.values()) - comments, "comments": comments}
    years = dict(sorted(counts.years.items(), reverse=True))
    held = (("kind", "What", kinds), ("blog", "Blog", counts.blogs), ("year", "Year", years))
    return [_facet(name, title, values, chosen[name]) for name, title, values in held]


def _facet(name: str, title: str, values: Mapping[str, int], chosen: str | None) -> Facet:
    found = [(value, number) for value, number in values.items() if number or value == chosen]
    if chosen and chosen not in values:
        found.insert(0, (chosen, 0))  # so that it can be taken back
    return Facet(
        name, title, tuple((value, KINDS.get(value, value), number) for value, number in found[:SHOWN]), chosen
    )
