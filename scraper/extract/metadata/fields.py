"""The page's fields, each by its ordered candidates: `resolve_fields`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.extract.authors.bylines import find_bylines
from scraper.extract.metadata.candidates import Candidates
from scraper.extract.metadata.published import Dates
from scraper.extract.metadata.site_names import find_site_name
from scraper.extract.metadata.titles import find_title
from scraper.model import Byline, Claim, When
from scraper.parse.node import Node

COUNT_LABEL = re.compile(
    r"^(?:number of comments|comments?|kommentare|commentaires|comentarios|comentários|commenti|reacties)"
    r"\s*[:(]?\s*(\d[\d.,]*)?\)?$",
    re.I,
)
VIEW_LABEL = re.compile(
    r"^(?:total views|views?|page views|post views|aufrufe|vues|vistas|visualizações|visualizzazioni)"
    r"\s*[:(]?\s*(\d[\d.,]*)?\)?$",
    re.I,
)
CANONICAL = ("link", "opengraph", "json-ld", "microdata", "meta")


@dataclass(frozen=True, slots=True)
class Fields:
    """The values that won, the elements that show them, and every claim with the winners marked."""

    title: str | None
    title_node: Node | None
    subtitle: str | None
    bylines: tuple[Byline, ...]
    byline_node: Node | None
    published: When | None
    published_node: Node | None
    modified: When | None
    section: str | None
    language: str | None
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    site_name: str | None
    canonical_url: str | None
    comment_count: int | None
    view_count: int | None
    claims: tuple[Claim, ...]


def resolve_fields(candidates: Candidates, *, is_post: bool = True) -> Fields:
    """The page's fields by their ordered candidates; None rather than a value that does not convince.

    :param is_post: false where the platform calls it a page that is no post.
    """
    title, title_node = find_title(candidates)
    dates = Dates(candidates, title_node, is_post=is_post)
    published, published_node = dates.published()
    bylines, byline_node = find_bylines(candidates, title_node)
    tags = candidates.listed("tags", "tag", title_node)
    categories = candidates.listed("categories", "category", title_node)
    if set(tags) <= set(categories):  # links to categories are often marked up as those to tags are
        tags = ()
    return Fields(
        title=title,
        title_node=title_node,
        subtitle=candidates.first_shown("subtitle"),
        bylines=bylines,
        byline_node=byline_node,
        published=published,
        published_node=published_node,
        modified=dates.modified(published),
        section=candidates.first_shown("section") or candidates.first_declared("section"),
        language=candidates.first_declared("language"),
        tags=tags,
        categories=categories,
        site_name=find_site_name(candidates, title),
        canonical_url=candidates.address("canonical_url", CANONICAL),
        comment_count=candidates.number("comment_count", COUNT_LABEL),
        view_count=candidates.number("view_count", VIEW_LABEL),
        claims=candidates.marked(),
    )
