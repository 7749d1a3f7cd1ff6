"""What a page declares about itself: every candidate for every field, unresolved, each with its source and place.

`find_claims` collects; choosing among the claims is the extraction's work. The tables below say which declaration
speaks for which field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scraper.model import Claim
from scraper.parse.html import Document
from scraper.parse.markup import HEAD_TAGS, is_marked, markup_claims
from scraper.parse.markup import SELECTOR as MARKUP_SELECTOR
from scraper.parse.node import Node
from scraper.parse.structured import LIST_MARK, JsonLd, Stated, StructuredComment, StructuredPerson
from scraper.text.entities import unescape
from scraper.text.prose import fold

MAX_VALUE = 2_000  # characters of one claim
MAX_CLAIMS = 300

# strongest first
SOURCES = ("json-ld", "microdata", "rdfa", "opengraph", "meta", "microformats", "twitter", "link", "html")
RANKS = {source: rank for rank, source in enumerate(SOURCES)}

# names of <meta> elements (property, name, itemprop or http-equiv, in lower case): field
META = {
    "title": (
        "og:title og:article:title dc.title dcterms.title citation_title sailthru.title parsely-title title "
        "hdl bt:title cxenseparse:title headline twitter:title"
    ),
    "subtitle": "subtitle sailthru.subtitle article:subtitle",
    "description": (
        "og:description description dc.description dcterms.description dcterms.abstract sailthru.description "
        "twitter:description abstract excerpt"
    ),
    "author": (
        "author article:author og:author og:article:author dc.creator dcterms.creator dc.contributor.author "
        "citation_author sailthru.author parsely-author bt:author byl byline cxenseparse:author "
        "shareaholic:article_author_name article:author_name article.author authors article_author creator "
        "dcsext.author vr:author rbauthors content_author"
    ),
    "author_url": "article:author:url author_url",
    "published": (
        "article:published_time article:published og:article:published_time og:published_time og:pubdate "
        "og:publish_date article:post_date date dc.date dc.date.issued dc.date.created dc.date.publication "
        "dcterms.created dcterms.issued dcterms.date dcterms.available dc.created dc.issued "
        "citation_publication_date citation_date citation_online_date sailthru.date parsely-pub-date "
        "bt:pubdate pubdate pub_date publishdate publish-date publish_date publication_date publication-date "
        "publicationdate published published_time published-date date.created datecreated "
        "article_date_original article.published article_publish_date originalpublicationdate creation_date "
        "created cxenseparse:recs:publishtime shareaholic:article_published_time ptime pdate datepublished "
        "displaydate dateline dcterms.dateaccepted release_date rnews:datepublished"
    ),
    "modified": (
        "article:modified_time article:modified og:article:modified_time og:updated_time og:modified_time "
        "dc.date.modified dcterms.modified dc.modified last-modified lastmod last_modified revised modified "
        "article.updated datemodified shareaholic:article_modified_time utime date.updated updated_time "
        "cxenseparse:recs:modifiedtime"
    ),
    "section": (
        "article:section og:article:section sailthru.section parsely-section section article.section "
        "cxenseparse:category dc.type.articletype article_section"
    ),
    "tag": (
        "article:tag og:article:tag keywords news_keywords dc.subject dcterms.subject sailthru.tags parsely- "
        "tags citation_keywords tags bt:tags"
    ),
    "language": "og:locale language dc.language dcterms.language content-language citation_language",
    "canonical_url": "og:url parsely-link citation_public_url twitter:url",
    "site_name": (
        "og:site_name application-name twitter:app:name:iphone dc.source citation_journal_title publication_name"
    ),
    "image": (
        "og:image og:image:url og:image:secure_url twitter:image twitter:image:src sailthru.image.full "
        "parsely-image-url thumbnail"
    ),
    "comment_count": "comment_count comments article:comment_count",
    "access": "article:content_tier",
    "generator": "generator",
    "type": "og:type parsely-type",
}
PREFIXES = {"og:": "opengraph", "article:": "opengraph", "twitter:": "twitter"}  # the rest is 'meta'
LINKS = {
    "canonical": "canonical_url", "shortlink": "shortlink", "amphtml": "amp_url", "author": "author_url",
    "next": "next_page", "prev": "previous_page", "previous": "previous_page",
}  # fmt: skip

# What the pair twitter:label1 and twitter:data1 may be about.
LABELS = {
    "written by": "author", "author": "author", "by": "author", "posted by": "author", "verfasst von": "author",
    "geschrieben von": "author", "autor": "author", "écrit par": "author", "auteur": "author", "escrito por": "author",
    "scritto da": "author", "geschreven door": "author", "napisane przez": "author", "skriven av": "author",
    "skrevet av": "author", "skrevet af": "author", "автор": "author", "написано автором": "author", "執筆者": "author",
    "作者": "author", "yazan": "author", "kirjoittanut": "author", "published": "published",
}  # fmt: skip

SELECTOR = f"meta,link[rel],title,h1,script[type*=json],{MARKUP_SELECTOR}"
URL = re.compile(r"(?:https?:)?//\S+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims, strongest source first and in page order within one; the comments and people of structured data.

    `stated_text` is what that says to be the post's text, often with markup in it; empty where it says nothing.
    """

    claims: tuple[Claim, ...]
    structured_comments: tuple[StructuredComment, ...] = ()
    structured_people: tuple[StructuredPerson, ...] = ()
    stated_text: str = ""

    def of(self, field: str) -> tuple[Claim, ...]:
        """The claims for one field."""
        return tuple([claim for claim in self.claims if claim.field == field])


def find_claims(document: Document, url: str | None) -> Claims:
    """Everything that the page declares for any field. `url` is the page's own address, to tell its objects apart."""
    scripts: list[str] = []
    stated: list[Stated] = []
    marked: list[Node] = []
    metas: list[Any] = []
    for element in document.elements(SELECTOR):
        tag = element.tag
        if tag == "meta":
            metas.append(element)
        elif tag == "script":
            if "ld+json" in (element.attr("type") or "").lower():
                scripts.append(document.raw_text(element))
        elif tag == "link":
            stated.extend(_link(element))
        elif tag == "title":
            stated.append(("title", document.raw_text(element), "html", "title"))
        if tag not in HEAD_TAGS or is_marked(element):
            marked.append(document.node_of(element))
    json_ld = JsonLd(scripts)
    stated.extend(json_ld.claims(url))
    stated.extend(_metas(metas))
    stated.extend(markup_claims(marked))
    language = document.root.get("lang") or document.root.get("xml:lang")
    if language:
        stated.append(("language", language, "html", "html[lang]"))
    return Claims(tuple(_kept(stated)), json_ld.comments(url), json_ld.people(url), json_ld.text(url))


FIELDS_BY_META = {name: field for field, names in META.items() for name in names.split()}


def _metas(metas: Iterable[Any]) -> Iterator[Stated]:
    labels: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for element in metas:
        content = element.attr("content")
        if not content:
            continue
        for attribute in ("property", "name", "http-equiv"):
            stated = element.attr(attribute)
            if not stated:
                continue
            name = stated.strip().lower()
            if name.startswith(("twitter:label", "twitter:data")):
                labels[name] = content
                pairs.append((name, content))
            field = FIELDS_BY_META.get(name)
            if field:
                yield from _meta(field, content, name, f'meta[{attribute}="{name}"]')
                break
    for name, content in pairs:
        field = LABELS.get(labels.get(name.replace("data", "label"), "").strip(" :").lower())
        if field and name.startswith("twitter:data"):
            yield field, content, "twitter", f'meta[name="{name}"]'


def _meta(field: str, content: str, name: str, where: str) -> Iterator[Stated]:
    source = next((source for prefix, source in PREFIXES.items() if name.startswith(prefix)), "meta")
    if field == "tag":
        for value in LIST_MARK.split(content):
            yield field, value, source, where
    elif field == "author" and URL.match(content.strip()):
        yield "author_url", content, source, where
    else:
        yield field, content, source, where


def _link(element: Any) -> Iterator[Stated]:
    href = element.attr("href")
    for word in (element.attr("rel") or "").lower().split():
        if href and word in LINKS:
            yield LINKS[word], href, "link", f'link[rel="{word}"]'


def _kept(stated: Iterable[Stated]) -> Iterator[Claim]:
    """The claims, their values folded and capped; empty ones and repetitions from one source are left out."""
    seen: set[tuple[str, str, str]] = set()
    for field, value, source, where in sorted(stated, key=lambda each: RANKS[each[2]]):
        value = value[: MAX_VALUE * 4]
        if "&" in value:
            value = unescape(value)  # many templates escape twice
        value = fold(value)[:MAX_VALUE]
        if field == "language":
            value = value.replace("_", "-")
        key = (field, value, source)
        if value and key not in seen and len(seen) < MAX_CLAIMS:
            seen.add(key)
            yield Claim(field, value, source, where)
