"""What kind of page it is, and what is said on it: `find_discussion`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from scraper.extract.addresses import comment_page_number
from scraper.extract.blocks.chrome import is_labelled, label
from scraper.extract.entries import GUESSES
from scraper.extract.given import Given
from scraper.extract.kinds import page_kind
from scraper.extract.platforms import GENERIC
from scraper.extract.threads.counts import declared_count
from scraper.extract.threads.messages import find_lone_message, find_messages, lists_topics
from scraper.extract.threads.record import Record, around
from scraper.extract.threads.records import Records, find_records, is_mere_form
from scraper.extract.threads.scopes import HEADINGS, counted_in_heading
from scraper.extract.threads.topic_pages import TopicPage, find_topic_page
from scraper.extract.threads.topics import Topic, find_topic
from scraper.extract.threads.traits import Traits
from scraper.model import PageKind, Removal
from scraper.parse.html import Document
from scraper.parse.node import Node

COMMENT_FORMS = ("#respond, .comment-respond", "#comment-form, form.comment-form, #commentform, form[action*=comment]")
HIGHEST = 4  # elements around the first comment that its heading may stand before
NOTHING = Records((), GENERIC.comments, "", ())


@dataclass(frozen=True, slots=True)
class Discussion:
    """The kind of page and the rule that told it; the comments of its post, or a forum's topic with its answers."""

    kind: PageKind
    rule: str
    records: Records
    topic: Topic | None
    page: TopicPage | None = None  # where it stands in its topic, where no platform's rules say so

    def declared(self, document: Document) -> int | None:
        """How many comments the page says there are."""
        selectors = (*self.records.rules.count, *GENERIC.comments.count)
        stated = declared_count(node for css in selectors for node in document.body.select(css))
        if stated is not None or self.topic is not None:
            return stated
        if not self.records.records and not self.records.regions:
            return None
        return counted_in_heading(document, self.records.records[0].node if self.records.records else None)


def find_discussion(given: Given, traits: Traits, removals: list[Removal]) -> Discussion:
    """The page's kind and its thread, which no later step takes."""
    document, url = given.document, given.origin.url
    kind, rule = page_kind(document, given.platform, given.claims, url)
    if rule in GUESSES and given.known and given.known.shows_one_post(document):
        kind, rule = "post", "profile: one body"
    found = find_records(document, given.rules, traits) if kind != "listing" else NOTHING
    is_board = kind == "listing" and given.platform is not None and rule.startswith(f"{given.platform.name}:")
    if not is_board and not (found.rules.is_topic and found.records):
        found = find_messages(document, url, given.claims) or found
    if not found.records and kind != "listing" and given.platform is None:
        found = find_lone_message(document, url, given.claims) or found
    number, first = comment_page_number(url, given.platform), given.platforms[0].first_comment_page
    page = _topic_page(given, found) if number is None else None
    is_later = (number is not None and number > first) or (page is not None and page.number is not None)
    topic = find_topic(found, document, is_later_page=is_later)
    if topic is not None:
        kind, rule, found = "post", f"topic, {found.rule}", topic.answers
    elif kind == "post" and not found.records and lists_topics(document, url, given.claims):
        kind, rule = "listing", "rows of a forum"
    _mark_thread(document, found, topic.opening if topic else None, removals)
    return Discussion(kind, rule, found, topic, page if topic is not None else None)


def _topic_page(given: Given, found: Records) -> TopicPage | None:
    """Where the page stands in its topic, of a forum of which no rule says how it writes the addresses of pages."""
    platform = given.platform
    if not found.rules.is_topic or (platform is not None and (platform.comment_page or platform.comment_page_query)):
        return None
    return find_topic_page(given.document, given.origin.url, given.base, found.records)


def _mark_thread(document: Document, found: Records, opening: Record | None, removals: list[Removal]) -> None:
    """Labels the thread's regions and records, and the comment forms."""
    body = document.body
    headings = {id(up) for heading in body.select("h1") for up in (heading, *heading.ancestors())}
    if opening is not None:
        headings.update(id(up) for up in (opening.node, *opening.node.ancestors()))
    holding = around(found.records).union(id(part) for record in found.records for part in record.parts)
    for node in found.regions:
        if node is not body and node.tag not in ("html", "main") and id(node) not in headings:
            kind = "comments" if id(node) in holding else "comment_form"
            label(node, kind, "comments", found.rule or "thread", removals)
    for record in found.records:
        for part in record.parts:
            part.label = "comments"
    heading = _heading_above(found.records[0].node) if found.records and not found.rules.is_topic else None
    if heading is not None and not is_labelled(heading):
        label(heading, "comments", "comments", "heading", removals)
    for css in COMMENT_FORMS:
        for node in body.select(css):
            if id(node) in headings or not is_mere_form(node):
                continue
            if node.label is None and not any(up.label == "comment_form" for up in node.ancestors()):
                label(node, "comment_form", "comments", css, removals)


def _heading_above(first: Node) -> Node | None:
    """The heading right before the first comment, or right before the element that begins with it."""
    for node in islice((first, *first.ancestors()), HIGHEST):
        before = node.previous()
        while before is not None and not before.text_length:
            before = before.previous()
        if before is not None:
            return before if _is_heading(before) else None
    return None


def _is_heading(node: Node) -> bool:
    """Whether an element is a heading, or a box around one and nothing else."""
    if node.tag in HEADINGS:
        return True
    return any(
        each.tag in HEADINGS and each.text_length == node.text_length for each in islice(node.subtree(), HIGHEST)
    )
