"""The comments of one page: `read_comments` turns the records that records.py found into values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from itertools import islice

from scraper.extract.layout.render import PLACE_SIGNS, Rendered
from scraper.extract.platforms.rules import CommentRules, Selectors
from scraper.extract.threads.comment_bodies import SMALL, Bodies
from scraper.extract.threads.comment_links import Links, says_answered
from scraper.extract.threads.comment_state import state_of, votes_of
from scraper.extract.threads.comment_times import LONGEST_LINE, Clock, order_of_dates
from scraper.extract.threads.comment_words import FURNITURE
from scraper.extract.threads.commenters import LONGEST_NAME, Commenter, find_commenter, holds_blocks
from scraper.extract.threads.common_lines import without_common_lines
from scraper.extract.threads.nesting import link_replies
from scraper.extract.threads.record import Record
from scraper.extract.threads.records import Records
from scraper.model import Comment, CommentKind
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.prose import fold
from scraper.text.urls import resolve, without_fragment

BREAKS = re.compile(r"(?:<br>|\s)*")
PING = re.compile(r"^\s*(pingback|trackback)\s*:?\s*", re.I)


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
    reader.bodies.learn(kept)
    return link_replies(without_common_lines(reader.read_all(kept)), kept, found.rules)


def read_opening(
    record: Record, rules: CommentRules, generic: CommentRules, context: Context
) -> tuple[Comment, Rendered, Node | None]:
    """The message that opened a topic, its words as the post's, and the element that holds them."""
    if rules.opening_body:
        rules = replace(rules, body=rules.opening_body)
        generic = replace(generic, body=())
    reader = _Reader(rules, generic, context, record.node.document)
    node = reader.bodies.first(record)
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
        self.context = context
        self.author = possible(rules.author, generic.author)
        self.date = possible(rules.date, generic.date)
        words, furniture = possible(rules.body, generic.body), possible(rules.furniture, generic.furniture)
        self.bodies = Bodies(words, furniture, document, context.base)
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
        names = document.names.lower()
        self.author_marks = _as_names(rules.by_post_author or generic.by_post_author, names)
        self.pings = _as_names(rules.ping, names)
        self.ping_regions = _as_names(rules.ping_region, names)

    def read_all(self, records: list[Record]) -> list[Comment]:
        """The comments of a thread. At the first without a time all are asked how they write dates, and read so."""
        comments: list[Comment] = []
        is_asked = False
        for position, record in enumerate(records):
            comments.append(self.read(record, position))
            if comments[-1].published is None and not is_asked:
                is_asked = True
                day_first = order_of_dates(records)
                if day_first is not None:
                    self.context = replace(self.context, clock=replace(self.context.clock, day_first=day_first))
                    comments = [self.read(each, place) for place, each in enumerate(records[: position + 1])]
        return comments

    def read(self, record: Record, position: int) -> Comment:
        return self.read_rendered(record, position)[0]

    def read_rendered(self, record: Record, position: int) -> tuple[Comment, Rendered]:
        body_node = self.bodies.longest(record)
        date_node, published = self.context.clock.of(record, self.date, body_node)
        subject_node = self.subject_node(record)
        fields = [node for node in (date_node, subject_node) if node and node.text_length <= LONGEST_LINE]
        author, author_url = self.signature(record, body_node, fields)
        holds_fields = body_node is None or any(map(body_node.contains, fields))
        if date_node is not None and holds_blocks(date_node):  # words are in it as well
            fields = [node for node in fields if node is not date_node]
        own_link = self.links.own(record)
        kind = self.kind(record)
        body = self.body(record, body_node, fields, kind)
        text, html = self.own_lines(body) if holds_fields else (body.text, body.html)
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
            subject=_title_in(subject_node) if subject_node else None,
            published=published,
            html=html,
            text=text,
            kind=kind,
            state=state_of(record, text, self.rules.deleted),
            votes=votes_of(record, self.vote_marks),
        )
        return comment, body

    def signature(self, record: Record, body_node: Node | None, fields: list[Node]) -> tuple[str | None, str | None]:
        """Who wrote the comment, and the address that they gave; the elements that show them become fields."""
        declared = _declared_author(record.node)
        commenter = find_commenter(record, self.author, self.context.clock, fields, body_node)
        if commenter is None:
            return declared, None
        fields += [each for each in (commenter.node, commenter.line) if each]
        return declared or commenter.name, self.author_url(commenter, record)

    def body(self, record: Record, node: Node | None, fields: list[Node], kind: CommentKind) -> Rendered:
        """The comment's words, without its fields."""
        if node is None and self.bodies.are_marked and kind == "comment":
            return self.bodies.wordless(record)
        return self.bodies.read(record, node, fields)

    def own_lines(self, body: Rendered) -> tuple[str, str]:
        """Text and HTML without lines of furniture ('Says:') or time at their beginning."""
        text, html = body.text, body.html
        begin = begin_html = 0
        while (end := text.find("\n", begin)) >= 0:
            line = text[begin:end]
            if not FURNITURE.fullmatch(line.strip()) and (len(line) > SMALL or self.context.clock.read(line) is None):
                break
            shown = escape(line, quote=False)
            begin_html = _behind_breaks(html, begin_html)
            begin_html += len(shown) if html.startswith(shown, begin_html) else 0
            begin = end + 1
        return text[begin:], html[_behind_breaks(html, begin_html) :] if begin else html

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
        return (author, url, text, body.html) if text.strip() not in ("", title) else (author, url, "", "")

    def author_url(self, commenter: Commenter, record: Record) -> str | None:
        node = commenter.node
        places = [*record.each(self.rules.author_link)]
        if not places and node.tag == "a":
            places = [node]
        elif not places:
            links = (link for link in record.select("a[href]") if node.contains(link))
            within = [link for link in links if _may_be_signers(link, commenter.name)]
            places = within or _around_as_link(node)
        for place in places:
            href = place.get("href") or ""
            fragment = href.partition("#")[2]
            is_own = href.startswith("#") or self.links.number(fragment) or self.links.number(f"#{fragment}")
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


def _behind_breaks(html: str, place: int) -> int:
    found = BREAKS.match(html, place)
    return found.end() if found else place


def _title_in(node: Node) -> str | None:
    """What a title's element shows, without the sign that links to the comment itself."""
    signs = [link for link in node.select("a[href]") if link.text() in PLACE_SIGNS]
    return node.text(signs) or None


def _may_be_signers(link: Node, name: str) -> bool:
    """Whether a link in the line that shows the name shows it too, or a picture: a button beside it does neither."""
    text = link.text()
    return text in name or name in text if text else link.select_one("img, svg image") is not None


def _around_as_link(node: Node) -> list[Node]:
    """The link in which a node stands, if it is in one."""
    return [next(up for up in node.ancestors() if up.tag == "a")] if node.in_link else []


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
