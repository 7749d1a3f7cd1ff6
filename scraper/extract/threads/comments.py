"""The comments of one page: `read_comments` turns the records that records.py found into values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from scraper.extract.blocks.chrome import kind_by_name
from scraper.extract.layout.render import Rendered, joined, render
from scraper.extract.platforms.rules import CommentRules, Selectors
from scraper.extract.threads.comment_links import Links, says_answered
from scraper.extract.threads.comment_state import state_of, votes_of
from scraper.extract.threads.comment_times import LONGEST_LINE, Clock, order_of_dates
from scraper.extract.threads.comment_words import FURNITURE
from scraper.extract.threads.commenters import LONGEST_NAME, find_commenter
from scraper.extract.threads.nesting import link_replies
from scraper.extract.threads.record import Record
from scraper.extract.threads.records import Records
from scraper.model import Comment, CommentKind
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.prose import fold
from scraper.text.urls import resolve, without_fragment

EMPTY = Rendered("", "", (), ())
TURNED = "[dir=rtl i]"
PING = re.compile(r"^\s*(pingback|trackback)\s*:?\s*", re.I)
BUTTONS = frozenset({"share", "login_prompt", "tool", "rating", "menu", "comments", "pagination"})
SAMPLE = 50  # comments of a thread that tell whether all have an element for their words
FEW = 5  # comments that tell nothing of it
BODIED = 0.9  # share of them that must have one
NUMBER_OF_ID = re.compile(r"(?<=[-_])\d+(?= $)")
SMALL = 40  # characters of furniture


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a thread needs to know of its page."""

    base: str | None
    post_url: str | None
    post_authors: frozenset[str]  # folded and without case
    clock: Clock


def read_comments(found: Records, generic: CommentRules, context: Context) -> tuple[Comment, ...]:
    """The comments in page order, parents resolved as far as the page shows them; those not approved are left out."""
    if not found.records:
        return ()
    document = found.records[0].node.document
    reader = _Reader(found.rules, generic, context, document)
    kept = [record for record in found.records if not any(record.shows(css) for css in found.rules.hidden)]
    reader.is_bodied = _are_bodied(kept, reader.body_selectors)
    comments = [reader.read(record, position) for position, record in enumerate(kept)]
    day_first = order_of_dates(kept) if any(each.published is None for each in comments) else None
    if day_first is not None:
        reader.context = replace(context, clock=replace(context.clock, day_first=day_first))
        comments = [reader.read(record, position) for position, record in enumerate(kept)]
    return link_replies(comments, kept, found.rules)


def read_opening(
    record: Record, rules: CommentRules, generic: CommentRules, context: Context
) -> tuple[Comment, Rendered, Node | None]:
    """The message that opened a topic, its words as the post's, and the element that holds them."""
    if rules.opening_body:
        rules = replace(rules, body=rules.opening_body)
        generic = replace(generic, body=())
    reader = _Reader(rules, generic, context, record.node.document)
    node = _first(record, reader.body_selectors)
    comment, body = reader.read_rendered(record, 0)
    if node is None and rules.opening_body:
        return replace(comment, text="", html=""), Rendered("", "", (), ()), None
    return comment, body, node or record.node


class _Reader:
    """Reads records with one set of rules; the generic rules speak where those are silent."""

    def __init__(self, rules: CommentRules, generic: CommentRules, context: Context, document: Document) -> None:
        def possible(*selectors: Selectors) -> Selectors:
            """Those that can match on this page, once each: a page has many comments, and they look alike."""
            joined = dict.fromkeys(css for each in selectors for css in each)
            return tuple(css for css in joined if document.possible(css))

        self.rules = rules
        self.is_bodied = False  # whether the thread has an element for each comment's words
        self.context = context
        self.author = possible(rules.author, generic.author)
        self.date = possible(rules.date, generic.date)
        self.body_selectors = possible(rules.body, generic.body)
        self.furniture = ", ".join(possible(rules.furniture, generic.furniture))
        self.subject = possible(rules.subject or generic.subject)
        self.links = Links(
            re.compile(rules.identity, re.I),
            possible(rules.permalink or generic.permalink),
            possible(rules.reply_to or generic.reply_to),
            says_answered(document.body),
            context.base,
            context.post_url,
        )
        self.avatars = possible(rules.avatar or generic.avatar)
        self.vote_marks = possible(rules.votes, generic.votes)
        self.is_turned = document.root.matches(TURNED) or document.select_one(TURNED) is not None
        names = document.names.lower()
        self.author_marks = _as_names(rules.by_post_author or generic.by_post_author, names)
        self.pings = _as_names(rules.ping, names)
        self.ping_regions = _as_names(rules.ping_region, names)
        self.furniture_marks = (self.furniture,) if self.furniture else ()

    def read(self, record: Record, position: int) -> Comment:
        return self.read_rendered(record, position)[0]

    def read_rendered(self, record: Record, position: int) -> tuple[Comment, Rendered]:
        body_node = _longest(record, self.body_selectors)
        date_node, published = self.context.clock.of(record, self.date, body_node)
        subject_node = self.subject_node(record)
        fields = [node for node in (date_node, subject_node) if node and node.text_length <= LONGEST_LINE]
        commenter = find_commenter(record, self.author, self.context.clock, fields, body_node)
        author = _declared_author(record.node) or (commenter.name if commenter else None)
        author_url = self.author_url(commenter.node, record) if commenter else None
        if commenter:
            fields += [each for each in (commenter.node, commenter.line) if each]
        own_link = self.links.own(record)
        kind = self.kind(record)
        if body_node is None and self.is_bodied and kind == "comment":
            body = self.wordless(record)
        else:
            body = self.body(record, body_node, fields)
        text, html = body.text if body_node else self.own_lines(body.text), body.html
        if kind != "comment":
            author, author_url, text, html = self.ping(record, author, author_url, body)
        comment = Comment(
            id=self.links.identity_of(record, own_link),
            permalink=self.links.permalink(record, own_link),
            parent=None,
            parent_ref=self.links.answered(record),
            position=position,
            depth=0,
            author=author,
            author_url=author_url,
            avatar_url=self.avatar(record),
            by_post_author=self.is_post_author(record, author),
            subject=(subject_node.text() or None) if subject_node else None,
            published=published,
            html=html,
            text=text,
            kind=kind,
            state=state_of(record, text, self.rules.deleted),
            votes=votes_of(record, self.vote_marks),
        )
        return comment, body

    def own_lines(self, text: str) -> str:
        """The text without lines of furniture ('Says:') or time at its beginning."""
        while (line := text.partition("\n")[0]) != text:
            if not FURNITURE.fullmatch(line.strip()) and (len(line) > SMALL or self.context.clock.read(line) is None):
                break
            text = text[len(line) + 1 :]
        return text

    def subject_node(self, record: Record) -> Node | None:
        """The element of the comment's title; a link that only says 'Permalink', or the time, is none."""
        for node in record.each(self.subject):
            text = node.text()
            if text and not FURNITURE.fullmatch(text) and self.context.clock.read(text) is None:
                return node
        return None

    def kind(self, record: Record) -> CommentKind:
        for name in self.pings:
            if name in record.node.names:
                return "trackback" if "trackback" in name else "pingback"
        if self.ping_regions:
            around = [up.names for up in islice(record.node.ancestors(), 3)]
            if any(name in names for name in self.ping_regions for names in around):
                return "trackback"
        return "comment"

    def body(self, record: Record, node: Node | None, fields: list[Node]) -> Rendered:
        """The comment's own words: without the replies nested in it, the fields read already, and its buttons."""
        places = [node] if node else [part for part in record.parts if not any([each.contains(part) for each in fields])]
        furniture = [*record.each(self.furniture_marks)]
        body = self.words(record, places, node, fields, furniture)
        if body.text or node is not None or not furniture:
            return body
        return self.words(record, places, node, fields, [])  # a theme's name for the words may be another's for a line

    def wordless(self, record: Record) -> Rendered:
        """What a comment without words shows, where the others of its thread have an element for theirs: a picture."""
        node = next(iter(record.each(self.body_selectors)), None)
        return render(node, self.context.base, record.nested, keep_labelled=True) if node else EMPTY

    def words(
        self, record: Record, places: list[Node], node: Node | None, fields: list[Node], furniture: list[Node]
    ) -> Rendered:
        without = dict.fromkeys(record.nested)
        for each in (*furniture, *fields):
            if not _holds_one(each, places):
                without[each] = None
        for each in record.select("[class], [id]"):
            is_inside = node is None or (node.contains(each) and each is not node)
            if is_inside and each not in without and _is_button(each) and not _holds_one(each, fields):
                without[each] = None
        if node is None or any(node.contains(each) for each in fields):
            end = 0  # of what is left out with all in it
            for each in record.subtree() if node is None else node.subtree():
                if each.index < end:
                    continue
                if each in without:
                    end = each.end
                elif each.text_length <= SMALL and each not in places and _is_furniture(each):
                    without[each] = None
        left = [place for place in places if not any([each.contains(place) for each in without])]
        base, turned = self.context.base, self.is_turned
        return joined([render(place, base, without, keep_labelled=True, turned=turned) for place in left])

    def ping(
        self, record: Record, author: str | None, url: str | None, body: Rendered
    ) -> tuple[str | None, str | None, str, str]:
        """A short ping is a link and nothing else: its text is the title of the page that links here."""
        text = PING.sub("", body.text)
        link = next((link for link in record.select("a[href]") if not (link.get("href") or "").startswith("#")), None)
        if link is None:
            return author, url, text, body.html
        title = link.text()
        if author is None or PING.match(author):
            author = title or None
        url = url or resolve(self.context.base, link.get("href") or "")
        return (author, url, "", "") if text == title else (author, url, text, body.html)

    def author_url(self, node: Node, record: Record) -> str | None:
        places = [*record.each(self.rules.author_link)]
        if not places and node.tag == "a":
            places = [node]
        elif not places:
            within = [link for link in record.select("a[href]") if node.contains(link)]
            places = within or _around_as_link(node)
        for place in places:
            href = place.get("href") or ""
            is_own = href.startswith("#") or self.links.number(href.partition("#")[2]) is not None
            url = resolve(self.context.base, href) if href and not is_own else None
            if url and (self.context.post_url is None or without_fragment(url) != self.context.post_url):
                return url
        return None

    def avatar(self, record: Record) -> str | None:
        for node in record.each(self.avatars):
            source = node.get("data-src") or node.get("src") or ""
            if source and not source.startswith("data:"):
                return resolve(self.context.base, source)
        return None

    def is_post_author(self, record: Record, author: str | None) -> bool:
        if self.author_marks and any(name in record.node.names for name in self.author_marks):
            return True
        authors = self.context.post_authors
        return bool(authors) and author is not None and fold(author).casefold() in authors


def _around_as_link(node: Node) -> list[Node]:
    """The link in which a node stands, if it is in one."""
    return [next(up for up in node.ancestors() if up.tag == "a")] if node.in_link else []


def _holds_one(node: Node, others: Sequence[Node]) -> bool:
    """Whether one of the others is in a node."""
    for other in others:
        if node.contains(other):
            return True
    return False


def _declared_author(node: Node) -> str | None:
    """The name in `data-author`, as forums have it; a number is none."""
    stated = node.get("data-author")
    if stated is None:
        return None
    name = fold(stated)
    return name if name and not name.isdecimal() and len(name) <= LONGEST_NAME else None


def _as_names(selectors: Selectors, all_names: str) -> tuple[str, ...]:
    """Classes and ids as they stand in `Node.names`, as far as the page has them."""
    names = (f" {css.lstrip('.#')} " for css in selectors)
    return tuple(name for name in names if name in all_names)


def _first(record: Record, selectors: Selectors) -> Node | None:
    return next((node for node in record.each(selectors) if node.text_length), None)


def _are_bodied(records: Sequence[Record], selectors: Selectors) -> bool:
    """Whether the comments of a thread have an element for their words; one or the other may have none."""
    asked = records[:SAMPLE]
    return len(asked) >= FEW and sum(_longest(each, selectors) is not None for each in asked) >= BODIED * len(asked)


def _longest(record: Record, selectors: Selectors) -> Node | None:
    """Of the matches of the first selector that has some, the one with the most text."""
    for css in selectors:
        found = record.select(css)
        longest = max(found, key=lambda node: node.text_length) if found else None
        if longest is not None and longest.text_length:
            return longest
    return None


def _is_button(node: Node) -> bool:
    names = node.names
    return node.text_length <= 3 * SMALL and bool(names) and _names_button(NUMBER_OF_ID.sub("0", names))


@lru_cache(maxsize=4096)
def _names_button(names: str) -> bool:
    found = kind_by_name(names)
    return found is not None and found[0] in BUTTONS


def _is_furniture(node: Node) -> bool:
    return FURNITURE.fullmatch(node.text()) is not None
