"""The comments of one page: `read_comments` turns the records that records.py found into values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scraper.extract.chrome import kind_by_name
from scraper.extract.comment_times import Clock
from scraper.extract.commenters import FURNITURE, LONGEST_NAME, commenter_name, find_commenter
from scraper.extract.nesting import link_replies
from scraper.extract.platforms.rules import CommentRules, Selectors
from scraper.extract.records import Record, Records
from scraper.extract.render import Rendered, render
from scraper.model import Comment, CommentKind
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.prose import fold
from scraper.text.urls import resolve, without_fragment

PING = re.compile(r"^\s*(pingback|trackback)\s*:?\s*", re.I)
BUTTONS = frozenset({"share", "login_prompt", "tool", "rating", "menu", "comments", "pagination"})
REFERENCES = (
    "href",
    "data-source",
    "data-ipsquote-contentcommentid",
    "data-post",
    "cite",
)  # where a quote names its source
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
    reader = _Reader(found.rules, generic, context, found.records[0].node.document)
    kept = [record for record in found.records if not any(record.shows(css) for css in found.rules.hidden)]
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
        self.context = context
        self.identity = re.compile(rules.identity, re.I)
        self.author = possible(rules.author, generic.author)
        self.date = possible(rules.date, generic.date)
        self.body_selectors = possible(rules.body, generic.body)
        self.furniture = ", ".join(possible(rules.furniture, generic.furniture))
        self.subject = possible(rules.subject or generic.subject)
        self.permalinks = possible(rules.permalink or generic.permalink)
        self.reply_links = possible(rules.reply_to or generic.reply_to)
        self.avatars = possible(rules.avatar or generic.avatar)
        self.author_marks = rules.by_post_author or generic.by_post_author

    def read(self, record: Record, position: int) -> Comment:
        return self.read_rendered(record, position)[0]

    def read_rendered(self, record: Record, position: int) -> tuple[Comment, Rendered]:
        date_node, published = self.context.clock.of(record, self.date)
        subject_node = _first(record, self.subject)
        fields = [node for node in (date_node, subject_node) if node]
        author_node = find_commenter(record, self.author, self.context.clock, fields)
        author = _declared_author(record.node) or (commenter_name(author_node.text()) if author_node else None)
        author_url = self.author_url(author_node)
        permalink_node = self.permalink_node(record)
        body = self.body(record, [*fields, author_node] if author_node else fields)
        text, html = body.text, body.html
        kind = self.kind(record)
        if kind != "comment":
            author, author_url, text, html = self.ping(record, author, author_url, body)
        comment = Comment(
            id=record.identity or self.named_before(record.node) or self.named(permalink_node),
            permalink=self.permalink(record, permalink_node),
            parent=None,
            parent_ref=self.reply_to(record),
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
        )
        return comment, body

    def kind(self, record: Record) -> CommentKind:
        for css in self.rules.ping:
            if f" {css.lstrip('.')} " in record.node.names:
                return "trackback" if "trackback" in css else "pingback"
        return "comment"

    def body(self, record: Record, fields: list[Node]) -> Rendered:
        """The comment's own words: without the replies nested in it, the fields read already, and its buttons."""
        node = _first(record, self.body_selectors) or record.node
        named = (record if node is record.node else node).select("[class], [id]")
        without = list(record.nested)
        furniture = record.select(self.furniture) if self.furniture else []
        without.extend(each for each in (*furniture, *fields) if not each.contains(node))
        without.extend(each for each in named if _is_button(each))
        if node is record.node or any(node.contains(each) for each in fields):
            small = (each for each in node.subtree()[1:] if each.text_length <= SMALL)
            without.extend(each for each in small if FURNITURE.fullmatch(each.text()))
        return render(node, self.context.base, without, keep_labelled=True)

    def ping(
        self, record: Record, author: str | None, url: str | None, body: Rendered
    ) -> tuple[str | None, str | None, str, str]:
        """A short ping is a link and nothing else: its text is the title of the page that links here."""
        text = PING.sub("", body.text)
        link = next(iter(record.select("a[href]")), None)
        if link is None:
            return author, url, text, body.html
        title = link.text()
        if author is None or PING.match(author):
            author = title or None
        url = url or resolve(self.context.base, link.get("href") or "")
        return (author, url, "", "") if text == title else (author, url, text, body.html)

    def author_url(self, node: Node | None) -> str | None:
        if node is None:
            return None
        places = [node] if node.tag == "a" else node.select("a[href]")
        places = places or [up for up in node.ancestors() if up.tag == "a"][:1]
        for place in places:
            href = place.get("href") or ""
            url = resolve(self.context.base, href) if href and not href.startswith("#") else None
            if url and (self.context.post_url is None or without_fragment(url) != self.context.post_url):
                return url
        return None

    def permalink_node(self, record: Record) -> Node | None:
        """The link to this comment: of several the one that names its id, since a reply links to its parent too."""
        nodes = [node for css in self.permalinks for node in record.select(css) if node.tag == "a"]
        own = record.identity or self.named_before(record.node)
        if own:
            return next((node for node in nodes if self.named(node) == own), None)
        return nodes[0] if nodes else None

    def permalink(self, record: Record, node: Node | None) -> str | None:
        href = node.get("href") if node is not None else record.node.get("itemid")
        if href:
            return resolve(self.context.base, href)
        ident = record.node.get("id")
        return f"{self.context.post_url}#{ident}" if ident and self.context.post_url else None

    def named(self, node: Node | None) -> str | None:
        return self.number(node.get("href") or "") if node is not None else None

    def named_before(self, node: Node) -> str | None:
        """The id in an anchor right before the comment: `<a id="comment-871"></a><div class="comment">`."""
        before = node.previous()
        if before is not None and before.tag == "a":
            return self.number(before.get("id") or before.get("name") or "")
        return None

    def number(self, text: str) -> str | None:
        found = self.identity.search(text)
        return next((group for group in found.groups() if group), None) if found else None

    def reply_to(self, record: Record) -> str | None:
        node = next(
            (node for css in self.reply_links for node in record.select(css)), None
        )  # a picture may be the link
        href = next((value for name in REFERENCES if node and (value := node.get(name))), "")
        return (self.number(href) or resolve(self.context.base, href)) if href else None

    def avatar(self, record: Record) -> str | None:
        for css in self.avatars:
            for node in record.select(css):
                source = node.get("data-src") or node.get("src") or ""
                if source and not source.startswith("data:"):
                    return resolve(self.context.base, source)
        return None

    def is_post_author(self, record: Record, author: str | None) -> bool:
        if any(f" {css.lstrip('.')} " in record.node.names for css in self.author_marks):
            return True
        return author is not None and fold(author).casefold() in self.context.post_authors


def _declared_author(node: Node) -> str | None:
    """The name in `data-author`, as forums have it; a number is none."""
    name = fold(node.get("data-author") or "")
    return name if name and not name.isdecimal() and len(name) <= LONGEST_NAME else None


def _first(record: Record, selectors: Selectors) -> Node | None:
    return next((node for css in selectors for node in record.select(css) if node.text_length), None)


def _is_button(node: Node) -> bool:
    found = kind_by_name(node.names)
    return found is not None and found[0] in BUTTONS and node.text_length <= 3 * SMALL
