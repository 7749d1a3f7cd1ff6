"""What the steps over a page found, put together: `assemble_page`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scraper.extract.addresses import comment_pages, view_of
from scraper.extract.body import Body
from scraper.extract.directives import find_directives
from scraper.extract.given import Given
from scraper.extract.layout.pictures import image_of
from scraper.extract.layout.render import Rendered
from scraper.extract.metadata.fields import Fields
from scraper.extract.platforms import GENERIC
from scraper.extract.threads.discussion import Discussion
from scraper.extract.threads.elsewhere import find_elsewhere
from scraper.extract.threads.records import Records
from scraper.model import Byline, Claim, Comment, Image, Page, PageKind, Person, Post, Removal
from scraper.parse.decode import Decoded
from scraper.text.prose import excerpt

EXTRACTOR_VERSION = "1"
MOST_TRIED = 6  # rules for threads that are told of


@dataclass(frozen=True, slots=True)
class Head:
    """What the page says about its post: its fields, who signed it, its address.

    `signed` are the claims of those whom only a box names; `comment_page` is which page of the thread this one is.
    """

    fields: Fields
    signed: tuple[Claim, ...]
    bylines: tuple[Byline, ...]
    post_url: str | None
    comment_page: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """What the post says and what was said under it; the page's kind by which rule, and its post's address."""

    body: Body
    comments: tuple[Comment, ...]
    kind: PageKind
    rule: str
    post_url: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All that one page shows, and what was taken off it; `content_rule` found where the post stands."""

    head: Head
    words: Words
    content_rule: str
    people: tuple[Person, ...]
    contexts: tuple[str, ...]
    removals: tuple[Removal, ...]
    notices: tuple[str, ...]


def assemble_page(given: Given, decoded: Decoded, talk: Discussion, shown: Shown) -> Page:
    """The page of what was found on it."""
    document, url = given.document, given.origin.url
    head, words, fields = shown.head, shown.words, shown.head.fields
    selectors = (*talk.records.rules.pages, *GENERIC.comments.pages)
    pages = comment_pages(document, selectors, url, given.base, words.post_url, given.platform)
    pages = talk.page.others if talk.page is not None else pages
    declared = fields.comment_count if fields.comment_count is not None else talk.declared(document)
    return Page(
        url=url,
        canonical_url=fields.canonical_url,
        post_url=words.post_url,
        comment_page=head.comment_page,
        comment_pages=pages,
        kind=words.kind,
        post=_post(given, head, words.body, declared) if words.kind != "listing" else None,
        people=shown.people,
        comments=words.comments,
        comments_complete=_complete(words.comments, pages, head.comment_page, declared),
        comments_elsewhere=find_elsewhere(document) if not words.comments else None,
        site_name=fields.site_name,
        platform=given.platform.name if given.platform else None,
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        contexts=shown.contexts,
        removals=shown.removals,
        claims=(*fields.claims, *head.signed, *_claims(words, shown.content_rule, talk.records)),
        notices=shown.notices,
        source="html",
        extractor_version=EXTRACTOR_VERSION,
        post_page=words.body.number,
        post_pages=words.body.others,
        view=view_of(url, words.post_url),
        is_topic=talk.topic is not None,
        robots=find_directives(document, given.origin.headers),
    )


def _post(given: Given, head: Head, body: Body, declared: int | None) -> Post:
    fields = head.fields
    return Post(
        title=fields.title,
        subtitle=fields.subtitle,
        bylines=head.bylines,
        published=fields.published,
        modified=fields.modified,
        section=fields.section,
        html=body.rendered.html,
        text=body.rendered.text,
        language=fields.language,
        tags=fields.tags,
        categories=fields.categories,
        images=(*_lead_images(given, body.rendered), *body.rendered.images),
        links=body.rendered.links,
        declared_comment_count=declared,
        view_count=fields.view_count,
        withheld=body.withheld,
    )


def _lead_images(given: Given, body: Rendered) -> tuple[Image, ...]:
    known = {image.url for image in body.images}
    selectors = given.platform.lead_image if given.platform else ()
    nodes = [node for css in selectors for node in given.document.body.select(css)[:1]]
    found = [image for node in nodes if (image := image_of(node, given.base))]
    return tuple(image for image in found if image.url not in known)


def _claims(words: Words, content_rule: str, found: Records) -> Iterator[Claim]:
    """What decided the kind, the body, and the thread: for that also other rules that found something."""
    yield Claim("kind", words.kind, "rule", words.rule, True)
    if words.body.rendered.text:
        yield Claim("body", excerpt(words.body.rendered.text), "content", content_rule, True)
    if words.comments and not found.records:
        yield Claim("comments", f"{len(words.comments)} comments, confidence high", "json-ld", "comment", True)
    for each in sorted(found.tried, key=lambda each: each.rule != found.rule)[:MOST_TRIED]:
        value = f"{each.elements} elements, {each.comments} of them comments, confidence {each.confidence}"
        yield Claim("comments", value, "thread", each.rule, each.rule == found.rule)


def _complete(
    comments: tuple[Comment, ...], pages: tuple[str, ...], number: int | None, declared: int | None
) -> bool | None:
    if pages or number is not None:
        return False
    return len(comments) == declared if declared is not None else None
