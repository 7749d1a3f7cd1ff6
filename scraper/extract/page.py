"""One page as values: `extract_page` for HTML, in the order chrome off, content, people, comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.extract.addresses import comment_page_number, comment_pages, post_address, print_address, view_of
from scraper.extract.author_boxes import Box, find_boxes
from scraper.extract.author_pages import with_owner
from scraper.extract.candidates import Candidates
from scraper.extract.chrome import CLOSED, label, label_chrome
from scraper.extract.comment_times import Clock
from scraper.extract.comments import Context, read_comments
from scraper.extract.content import Content, Ending, content_at, find_content
from scraper.extract.counts import declared_count
from scraper.extract.debug import take_debug_output
from scraper.extract.elsewhere import find_elsewhere
from scraper.extract.fields import Fields, resolve_fields
from scraper.extract.kinds import ENTRIES_RULE, find_platform, page_kind
from scraper.extract.messages import find_messages
from scraper.extract.notes import find_notes
from scraper.extract.parts import Parts, Where, find_parts
from scraper.extract.people import declared_names, joined_people, present_people, signing_box
from scraper.extract.pictures import image_of
from scraper.extract.platforms import GENERIC, Platform
from scraper.extract.profile import knowledge_of
from scraper.extract.record import Record
from scraper.extract.records import Records, find_records
from scraper.extract.render import Rendered, render
from scraper.extract.topics import Opening, Topic, find_topic, read_topic
from scraper.extract.traits import Traits, find_traits
from scraper.extract.withheld import Shown, beside_form, find_withheld
from scraper.model import (
    Byline,
    Claim,
    Comment,
    Elsewhere,
    Image,
    Page,
    PageKind,
    Person,
    Post,
    Profile,
    Removal,
    Withheld,
)
from scraper.parse.budget import within_characters
from scraper.parse.decode import Decoded, decode
from scraper.parse.html import Document, parse_html
from scraper.parse.metadata import Claims, find_claims
from scraper.parse.node import Node
from scraper.text.dates import Rounding
from scraper.text.prose import excerpt, fold, whole_characters
from scraper.text.urls import resolve

EXTRACTOR_VERSION = "1"
COMMENT_FORMS = ("#respond, .comment-respond", "#comment-form, form.comment-form, #commentform, form[action*=comment]")
LONGEST_FORM = 400  # characters; a longer one is a form only while it holds no more than this share of the page:
FORM_SHARE = 0.5  # some systems put the whole page into one form
NOTHING = Rendered("", "", (), ())
Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a page's bytes came: its URL, response headers, and when they were captured or at the latest."""

    url: str | None
    headers: tuple[tuple[str, str], ...]
    fetched_at: datetime | None
    fetched_before: datetime | None

    @property
    def latest(self) -> datetime | None:
        """Nothing that the page shows is later."""
        return self.fetched_at or self.fetched_before

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


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
    :param profile: what many pages of this blog taught (extract/teaching.py).
    """
    origin = Origin(url, tuple(headers), fetched_at, fetched_before)
    decoded = _decoded(html, origin)
    document = parse_html(decoded.text, CLOSED)
    decoded = replace(decoded, text="")  # a large page is there often enough
    claims = find_claims(document, url)
    platform = find_platform(document, claims)
    elsewhere = find_elsewhere(document)
    page = _Extraction(document, decoded, claims, platform, origin, profile).page(elsewhere)
    document.release()
    return page


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


class _Extraction:
    """The steps over one document; each labels what it took, so that the next leaves it alone."""

    def __init__(
        self,
        document: Document,
        decoded: Decoded,
        claims: Claims,
        platform: Platform | None,
        origin: Origin,
        profile: Profile | None = None,
    ) -> None:
        self.document = document
        self.decoded = decoded
        self.claims = claims
        self.platform = platform
        self.platforms = (platform, GENERIC) if platform else (GENERIC,)
        self.known = knowledge_of(profile) if profile else None
        self.origin = origin
        self.removals: list[Removal] = []
        self.base = self.stated_base()

    def page(self, elsewhere: Elsewhere | None) -> Page:
        document, origin, base = self.document, self.origin, self.base
        traits = find_traits(document)
        platforms = (self.known.rules, *self.platforms) if self.known else self.platforms
        kind, kind_rule, found, topic = self.thread(platforms, traits)
        has_post = kind != "listing"
        boxes = self.boxes(traits, kind)
        doubts = self.known.label(document, self.removals) if self.known else ()
        survey = label_chrome(document, self.platforms[0])
        offered = Candidates(document, platforms, self.claims, base, origin.latest, survey.labels)
        fields = resolve_fields(offered, is_post=kind != "other")
        signed = _signed(boxes, self.claims, fields)
        bylines = fields.bylines or tuple(Byline(claim.value, boxes[0].person.url) for claim in signed)
        named = fields.canonical_url or print_address(document, origin.url, base)
        post_url, number = post_address(origin.url, named, self.platform)
        clock = Clock(origin.fetched_at, origin.fetched_before, fields.published, self.rounding())
        context = Context(base, post_url, _folded(bylines), clock)
        opening, comments = read_topic(topic, GENERIC.comments, context) if topic else (None, ())
        bylines, fields = _opened_by(opening, fields) if topic else (bylines, fields)
        people = present_people(boxes, self.claims, bylines, base)
        if topic is not None:
            chosen = content_at(document, opening.node if opening else None, found.rule, survey)
        else:
            chosen = find_content(document, platforms, survey, fields, kind) if has_post else Content(None, "")
        content = chosen.node
        self.removals += survey.removals
        people = self.with_notes(people, content, bylines)
        contexts, debug = take_debug_output(document, content)
        self.removals += debug
        chosen.cut_runs()
        parts, withheld = None, None
        body = opening.body if opening else render(content, base) if content else NOTHING
        if topic is None:
            parts, withheld, body = self.wholeness(chosen, body, post_url, fields, kind)
            post_url = parts.post_url if parts else post_url
            if kind == "post" and not body.text and withheld is None:
                kind, kind_rule = "other", "no prose"
            comments = read_comments(found, GENERIC.comments, replace(context, post_url=post_url))
        selectors = (*found.rules.pages, *GENERIC.comments.pages)
        pages = comment_pages(document, selectors, origin.url, base, post_url, self.platform)
        declared = self.declared(found, fields)
        return Page(
            url=origin.url,
            canonical_url=fields.canonical_url,
            post_url=post_url,
            comment_page=number,
            comment_pages=pages,
            kind=kind,
            post=self.post(kind, fields, bylines, body, declared, withheld),
            people=people,
            comments=comments,
            comments_complete=_complete(comments, pages, number, declared),
            comments_elsewhere=elsewhere if not comments else None,
            site_name=fields.site_name,
            platform=self.platform.name if self.platform else None,
            encoding=self.decoded.encoding,
            encoding_source=self.decoded.source,
            contexts=tuple(contexts),
            removals=tuple(self.removals),
            claims=(
                *fields.claims,
                *signed,
                Claim("kind", kind, "rule", kind_rule, True),
                *_body_claim(body, chosen.rule),
            ),
            notices=(*self.decoded.notices, *document.notices, *doubts),
            source="html",
            extractor_version=EXTRACTOR_VERSION,
            post_page=parts.number if parts else None,
            post_pages=parts.others if parts else (),
            view=view_of(origin.url, post_url),
            is_topic=topic is not None,
        )

    def wholeness(
        self, chosen: Content, body: Rendered, post_url: str | None, fields: Fields, kind: PageKind
    ) -> tuple[Parts | None, Withheld | None, Rendered]:
        """The post's other pages, why there is more of it than is shown, and what is its own of the body."""
        endings = ((body.text, body.links), *chosen.lines_behind(self.base))
        links = [link for _, found in endings for link in found]
        where = Where(self.origin.url, self.base, post_url, self.platform)
        parts = find_parts(self.document, where, links, self.claims) if kind == "post" else None
        withheld, body = self.withheld(chosen.node, body, endings, fields, parts) if kind != "listing" else (None, body)
        return parts, withheld, body

    def withheld(
        self,
        content: Node | None,
        body: Rendered,
        endings: tuple[Ending, ...],
        fields: Fields,
        parts: Parts | None,
    ) -> tuple[Withheld | None, Rendered]:
        """Why there is more of the post, and what is its own of the body."""
        here = (self.origin.url, fields.canonical_url, *(parts.others if parts else ()))
        tiers = (claim.value for claim in self.claims.of("access"))
        shown = Shown(self.document, content, body.text, endings, fields.title)
        why = find_withheld(shown, here, tiers, self.removals)
        if why != "password":
            return why, body
        block = beside_form(self.document, content)
        return why, render(block, self.base) if block else NOTHING

    def stated_base(self) -> str | None:
        """What relative links are resolved against: the stated base, else the page's own address."""
        stated = self.document.select_one("base[href]")
        return (
            (resolve(self.origin.url, stated.get("href") or "") if stated else None)
            or self.origin.url
            or self.canonical_if_absolute()
        )

    def canonical_if_absolute(self) -> str | None:
        """A saved page without a URL has its canonical link for one."""
        return next((found for claim in self.claims.of("canonical_url") if (found := resolve(None, claim.value))), None)

    def rounding(self) -> Rounding:
        return self.platform.rounding if self.platform else "calendar"

    def thread(self, platforms: tuple[Platform, ...], traits: Traits) -> tuple[PageKind, str, Records, Topic | None]:
        """What kind of page it is by which rule, and its comments: those of a post, or the answers in a topic."""
        document, url = self.document, self.origin.url
        kind, rule = page_kind(document, self.platform, self.claims, url)
        if rule == ENTRIES_RULE and self.known and self.known.shows_one_post(document):
            kind, rule = "post", "profile: one body"
        nothing = Records((), GENERIC.comments, "", ())
        found = find_records(document, platforms, traits) if kind != "listing" else nothing
        is_board = kind == "listing" and self.platform is not None and rule.startswith(f"{self.platform.name}:")
        if not is_board and not (found.rules.is_topic and found.records):
            found = find_messages(document, url, self.claims) or found
        number, first = comment_page_number(url, self.platform), self.platforms[0].first_comment_page
        topic = find_topic(found, document, is_later_page=number is not None and number > first)
        if topic is not None:
            kind, rule, found = "post", f"topic, {found.rule}", topic.answers
        self.mark_thread(found, topic.opening if topic else None)
        return kind, rule, found, topic

    def boxes(self, traits: Traits, kind: PageKind) -> Sequence[Box]:
        """The author boxes, which no later step takes."""
        document, base = self.document, self.base
        boxes = find_boxes(document, self.platforms, traits, base, declared_names(self.claims))
        boxes = with_owner(boxes, document, self.platforms, self.origin.url, base, kind)
        for box in boxes:
            for node in box.nodes:
                label(node, "author_box", "people", box.rule, self.removals)
        return boxes

    def mark_thread(self, found: Records, opening: Record | None) -> None:
        """Labels the thread's regions and records, and the comment forms, so that no later step takes them."""
        body = self.document.body
        headings = {id(up) for heading in body.select("h1") for up in (heading, *heading.ancestors())}
        if opening is not None:
            headings.update(id(up) for up in (opening.node, *opening.node.ancestors()))
        holding = {id(up) for record in found.records for up in (*record.parts, *record.node.ancestors())}
        for node in found.regions:
            if node is not body and node.tag not in ("html", "main") and id(node) not in headings:
                kind = "comments" if id(node) in holding else "comment_form"
                label(node, kind, "comments", found.rule or "thread", self.removals)
        for record in found.records:
            for part in record.parts:
                part.label = "comments"
        for css in COMMENT_FORMS:
            for node in body.select(css):
                if id(node) in headings or node.text_length > max(LONGEST_FORM, FORM_SHARE * body.text_length):
                    continue
                if node.label is None and not any(up.label == "comment_form" for up in node.ancestors()):
                    label(node, "comment_form", "comments", css, self.removals)

    def with_notes(
        self, people: tuple[Person, ...], content: Node | None, bylines: tuple[Byline, ...]
    ) -> tuple[Person, ...]:
        """The people, with what a sentence of its own says of a signer without a bio; it leaves the post."""
        told = {person.name for person in people if person.bio_text}
        untold = [byline for byline in bylines if byline.name not in told]
        notes = find_notes(self.document, content, untold, self.base) if untold else []
        for _, node in notes:
            label(node, "author_box", "people", "says who the signer is", self.removals)
        return joined_people((*people, *(person for person, _ in notes)), bylines) if notes else people

    def post(
        self, kind: PageKind, fields: Fields, bylines: tuple[Byline, ...], body: Rendered, declared: int | None,
        withheld: Withheld | None,
    ) -> Post | None:  # fmt: skip
        if kind == "listing":
            return None
        return Post(
            title=fields.title,
            subtitle=fields.subtitle,
            bylines=bylines,
            published=fields.published,
            modified=fields.modified,
            section=fields.section,
            html=body.html,
            text=body.text,
            language=fields.language,
            tags=fields.tags,
            categories=fields.categories,
            images=(*self.lead_images(body), *body.images),
            links=body.links,
            declared_comment_count=declared,
            view_count=fields.view_count,
            withheld=withheld,
        )

    def lead_images(self, body: Rendered) -> tuple[Image, ...]:
        known = {image.url for image in body.images}
        selectors = self.platform.lead_image if self.platform else ()
        nodes = [node for css in selectors for node in self.document.body.select(css)[:1]]
        found = [image for node in nodes if (image := image_of(node, self.base))]
        return tuple(image for image in found if image.url not in known)

    def declared(self, found: Records, fields: Fields) -> int | None:
        if fields.comment_count is not None:
            return fields.comment_count
        nodes = (
            node for css in (*found.rules.count, *GENERIC.comments.count) for node in self.document.body.select(css)
        )
        return declared_count(nodes)


def _signed(boxes: Sequence[Box], claims: Claims, fields: Fields) -> tuple[Claim, ...]:
    """The name of an author box as a claim, which is believed where the page has no byline; never the site's."""
    box = signing_box(boxes, claims)
    if box is None or box.person.name in (None, fields.site_name):
        return ()
    return (Claim("author", box.person.name or "", "author box", box.rule, not fields.bylines),)


def _opened_by(opening: Opening | None, fields: Fields) -> tuple[tuple[Byline, ...], Fields]:
    """The author and the time of the message that opened a topic; a page without it shows neither."""
    if opening is None:
        return (), replace(fields, published=None)
    message = opening.message
    bylines = (Byline(message.author, message.author_url),) if message.author else fields.bylines
    return bylines, replace(fields, published=message.published or fields.published)


def _body_claim(body: Rendered, rule: str) -> tuple[Claim, ...]:
    return (Claim("body", excerpt(body.text), "content", rule, True),) if body.text else ()


def _folded(bylines: tuple[Byline, ...]) -> frozenset[str]:
    return frozenset(fold(byline.name).casefold() for byline in bylines)


def _complete(
    comments: tuple[Comment, ...], pages: tuple[str, ...], number: int | None, declared: int | None
) -> bool | None:
    if pages or number is not None:
        return False
    return len(comments) == declared if declared is not None else None
