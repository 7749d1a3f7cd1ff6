"""What a post is filed under, by links whose addresses say so: `filed_under`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from scraper.model import Claim
from scraper.parse.node import Node
from scraper.text.urls import host_of, path_of, resolve

LONGEST_TAG = 80
NOT_OF_POST = frozenset("comments comment_form widget menu related pagination popup search".split())
FOOT = frozenset({"footer"})  # an article's foot tells of the article
WORDS_BESIDE = 60  # characters beside the links of a line that tells what a post is filed under
EXAMPLE = "https://blog.example/"  # against which addresses are resolved, whose path alone counts


@dataclass(frozen=True)
class Filed:
    """How engines of any kind write the addresses of what posts are filed under, and how many names one post has."""

    field: str
    beginnings: tuple[str, ...]  # of the words
    words: str
    most: int

    @cached_property
    def links(self) -> str:
        return ", ".join(f"a[href*='{beginning}' i]" for beginning in self.beginnings)

    @cached_property
    def reference(self) -> re.Pattern[str]:
        return re.compile(rf"(?:^|/)(?:{self.words})/.", re.I)

    @cached_property
    def address(self) -> re.Pattern[str]:
        return re.compile(rf"/(?:{self.words})/[^/]+/?$", re.I)


FILED = {
    "tags": Filed(
        "tags",
        ("tag", "label", "schlagw", "etiqueta", "topic", "keyword", "mots-cles", "etiket"),
        "tags?|tagged|hashtags?|labels?|topics?|keywords?|schlagw(?:ort|orte|oerter)|etiquetas?|mots-cles|etiket(?:ler)?",
        12,
    ),
    "categories": Filed("categories", ("categor", "kategorie"), "categor(?:y|ies)|kategorien?|categorias?", 5),
}


def filed_under(around: Node, filed: Filed, url: str | None) -> list[Claim]:
    """The post's tags or categories as links of the site whose addresses say so, outside of text, menus and columns.

    More than a post has are those of all posts.
    """
    base = url or EXAMPLE
    found: list[Claim] = []
    for link in around.select(filed.links):
        href = link.get("href") or ""
        is_fair = 0 < link.text_length <= LONGEST_TAG and filed.reference.search(href) and _tells_of_post(link)
        target = resolve(base, href) if is_fair else None
        if target is None or not filed.address.search(path_of(target)) or host_of(target) != host_of(base):
            continue
        said = (link.get("rel") or "").split()
        if filed.field == "tags" or "tag" not in said or "category" in said:  # where both have the same addresses
            found.append(Claim(filed.field, link.text(), "address", link.path))
    return found if len({claim.value for claim in found}) <= filed.most else []


def _tells_of_post(link: Node) -> bool:
    """Whether a link stands in a short line that is no menu's, column's or page's foot's."""
    line = link.parent
    if line is None or line.text_length - line.link_length > WORDS_BESIDE or link.stands_in(NOT_OF_POST):
        return False
    return not link.stands_in(FOOT) or any(up.tag == "article" for up in link.ancestors())


def around_title(title: Node | None) -> Node | None:
    """The outermost article around the title, or the main part of the page that it stands in."""
    if title is None:
        return None
    above = list(title.ancestors())
    articles = [up for up in above if up.tag == "article"]
    return next(reversed(articles), None) or next((up for up in above if up.tag == "main"), None)
