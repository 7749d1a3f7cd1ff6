"""One page as values: `extract_page` for HTML, in the order chrome off, content, people, comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from scraper.extract.addresses import own_link, post_address, print_address
from scraper.extract.assembly import EXTRACTOR_VERSION, Head, Shown, Words, assemble_page
from scraper.extract.authors.author_boxes import Box
from scraper.extract.authors.people import present_people
from scraper.extract.authors.signers import signed_by, take_boxes, with_notes
from scraper.extract.blocks.chrome import CLOSED, Survey, label_chrome
from scraper.extract.blocks.content import Content, content_at, find_content
from scraper.extract.blocks.debug import take_debug_output
from scraper.extract.body import EMPTY, Body, find_body
from scraper.extract.given import Given, Origin, stated_base
from scraper.extract.kinds import find_platform
from scraper.extract.metadata.candidates import Candidates
from scraper.extract.metadata.fields import Fields, resolve_fields
from scraper.extract.platforms import GENERIC
from scraper.extract.taught.profile import knowledge_of
from scraper.extract.threads.comment_times import Clock
from scraper.extract.threads.comments import Context, read_comments
from scraper.extract.threads.declared_comments import declared_comments
from scraper.extract.threads.discussion import Discussion, find_discussion
from scraper.extract.threads.topics import Opening, read_topic
from scraper.extract.threads.traits import find_traits
from scraper.extract.undisturbed import undisturbed
from scraper.model import Byline, Claim, Outlink, Page, Profile, Removal
from scraper.parse.budget import within_characters
from scraper.parse.decode import Decoded, decode
from scraper.parse.html import parse_html
from scraper.parse.metadata import find_claims
from scraper.parse.outlinks import header_anchors, outlinks
from scraper.text.prose import fold, whole_characters

Headers = Iterable[tuple[str, str]]


def extract_page(
    html: bytes | str,
    url: str | None = None,
    *,
    fetched_at: datetime | None = None,
    headers: Headers = (),
    fetched_before: datetime | None = None,
    profile: Profile | None = None,
) -> Page:
    """Everything that one HTML page shows. A pure function of its arguments; it raises for no input.

    :param html: the page's bytes (decoded by the order of parse/decode.py) or its text.
    :param url: where it came from; relative links are resolved against it.
    :param fetched_at: when it was captured, aware; relative times are resolved against it.
    :param headers: the response's headers; `Content-Type` names the encoding.
    :param fetched_before: where `fetched_at` is not known, the latest moment at which it was captured.
    :param profile: what many pages of this blog taught (extract/taught/teaching.py).
    """
    with undisturbed():
        return _extract(html, Origin(url, tuple(headers), fetched_at, fetched_before), profile, linked=False)[0]


def extract_linked(
    html: bytes | str,
    url: str | None = None,
    *,
    fetched_at: datetime | None = None,
    headers: Headers = (),
    profile: Profile | None = None,
) -> tuple[Page, tuple[Outlink, ...]]:
    """What `extract_page` gives, and the links of the page and its headers. The arguments are the same."""
    with undisturbed():
        return _extract(html, Origin(url, tuple(headers), fetched_at, None), profile, linked=True)


def _extract(
    html: bytes | str, origin: Origin, profile: Profile | None, *, linked: bool
) -> tuple[Page, tuple[Outlink, ...]]:
    decoded = _decoded(html, origin)
    document = parse_html(decoded.text, CLOSED, linked=linked)
    decoded = replace(decoded, text="")  # a large page is there often enough
    claims = find_claims(document, origin.url)
    known = knowledge_of(profile) if profile else None
    base = stated_base(document, claims, origin.url)
    declared = outlinks(header_anchors(origin.headers), origin.url) if linked else ()
    links = (*declared, *outlinks(document.anchors, base))
    page = _read(Given(document, claims, origin, find_platform(document, claims), known, base), decoded)
    document.release()
    return page, links


def extract_text(
    text: bytes | str,
    url: str | None = None,
    *,
    fetched_at: datetime | None = None,
    headers: Headers = (),
    fetched_before: datetime | None = None,
) -> Page:
    """What a page saved as plain text shows; the arguments are those of `extract_page`."""
    from scraper.extract.dump import page_from_dump

    origin = Origin(url, tuple(headers), fetched_at, fetched_before)
    decoded = _decoded(text, origin)
    kept, notices = within_characters(decoded.text)
    decoded = replace(decoded, text=kept, notices=(*decoded.notices, *notices))
    return page_from_dump(decoded, url, fetched_at, fetched_before, EXTRACTOR_VERSION)


def _decoded(content: bytes | str, origin: Origin) -> Decoded:
    if isinstance(content, bytes):
        return decode(content, origin.header("content-type"))
    return Decoded(whole_characters(content), None, None, ())


def _read(given: Given, decoded: Decoded) -> Page:
    """The steps over one document; each labels what it took, so that the next leaves it alone."""
    document, origin = given.document, given.origin
    removals: list[Removal] = []
    traits = find_traits(document)
    talk = find_discussion(given, traits, removals)
    boxes = take_boxes(given, traits, talk.kind, removals)
    doubts = given.known.label(document, removals) if given.known else ()
    survey = label_chrome(document, given.platforms[0])
    head = _read_head(given, talk, boxes, survey)
    clock = Clock(origin.fetched_at, origin.fetched_before, head.fields.published, given.rounding)
    context = Context(given.base, head.post_url, _folded(head.bylines), clock)
    opening, answers = read_topic(talk.topic, GENERIC.comments, context) if talk.topic else (None, ())
    head = _opened_by(opening, talk.records.rule, head) if talk.topic else head
    content = _find_content(given, talk, opening, head.fields, survey)
    removals += survey.removals
    people = present_people(boxes, given.claims, head.bylines, given.base)
    people = with_notes(given, people, content.node, head.bylines, removals)
    contexts, debug = take_debug_output(document, content.node)
    removals += debug
    content.cut_runs()
    if talk.topic is not None:
        words = Words(Body(opening.body if opening else EMPTY), answers, talk.kind, talk.rule, head.post_url)
    else:
        words = _read_words(given, talk, content, head.fields, context, removals)
    notices = (*decoded.notices, *document.notices, *doubts)
    shown = Shown(head, words, content.rule, people, tuple(contexts), tuple(removals), notices)
    return assemble_page(given, decoded, talk, shown)


def _read_head(given: Given, talk: Discussion, boxes: Sequence[Box], survey: Survey) -> Head:
    """What the page says about its post."""
    document, claims, origin = given.document, given.claims, given.origin
    offered = Candidates(document, given.rules, claims, given.base, origin.latest, survey.labels)
    fields = resolve_fields(offered, is_post=talk.kind != "other")
    signed = signed_by(boxes, claims, fields)
    bylines = fields.bylines or tuple(Byline(claim.value, boxes[0].person.url) for claim in signed)
    named = fields.canonical_url or print_address(document, origin.url, given.base)
    if named is None and talk.kind == "post" and given.platform is not None:
        named = own_link(document, given.platform, given.base)
    post_url, number = post_address(origin.url, named, given.platform)
    if talk.page is not None:
        post_url, number = talk.page.topic, talk.page.number
    return Head(fields, signed, bylines, post_url, number)


def _read_words(
    given: Given, talk: Discussion, content: Content, fields: Fields, context: Context, removals: list[Removal]
) -> Words:
    """What the post says and what was said under it; a page without any prose is no post."""
    body = find_body(given, content, fields, context.post_url, talk.kind, removals)
    post_url = body.parts.post_url if body.parts else context.post_url
    context = replace(context, post_url=post_url)
    comments = read_comments(talk.records, GENERIC.comments, context)
    if talk.kind == "post" and not comments:
        comments = declared_comments(given.claims.structured_comments, context)
    if talk.kind == "post" and not body.rendered.text and body.withheld is None:
        return Words(body, comments, "other", "no prose", post_url)
    return Words(body, comments, talk.kind, talk.rule, post_url)


def _find_content(given: Given, talk: Discussion, opening: Opening | None, fields: Fields, survey: Survey) -> Content:
    """Where the post stands."""
    if talk.topic is not None:
        return content_at(given.document, opening.node if opening else None, talk.records.rule, survey)
    if talk.kind == "listing":
        return Content(None, "")
    return find_content(given, survey, fields, talk.kind)


def _opened_by(opening: Opening | None, rule: str, head: Head) -> Head:
    """The same with author and time of the message that opened a topic, as claims too; without it there is neither."""
    message = opening.message if opening else None
    told: dict[str, str] = {}
    if message and message.author:
        told["author"] = message.author
    if message and message.published:
        told["published"] = message.published.shown
    fields = head.fields
    lost = {"author", "published"} if message is None else set(told)
    kept = (replace(claim, accepted=False) if claim.field in lost else claim for claim in fields.claims)
    claims = (*kept, *(Claim(field, value, "topic", rule, True) for field, value in told.items()))
    if message is None:
        return replace(head, bylines=(), fields=replace(fields, published=None, claims=claims))
    bylines = (Byline(message.author, message.author_url),) if message.author else fields.bylines
    fields = replace(fields, published=message.published or fields.published, claims=claims)
    return replace(head, bylines=bylines, fields=fields)


def _folded(bylines: tuple[Byline, ...]) -> frozenset[str]:
    return frozenset(fold(byline.name).casefold() for byline in bylines)
