"""What links and anchors say of a comment: its id, its permalink, and which other it answers (`Links`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from scraper.extract.platforms.rules import Selectors
from scraper.extract.threads.comment_words import ANSWER_STEMS, ANSWERS
from scraper.extract.threads.record import Record
from scraper.parse.node import Node
from scraper.text.urls import resolve

# Where a quote names its source.
REFERENCES = ("data-id", "href", "data-source", "data-ipsquote-contentcommentid", "data-post", "cite")
MOST_ANCHORS = 10  # elements with an id in a comment that are looked at
PLACES = ("a[href*='#']",)
LONGEST_WORDS = 40  # characters of a piece of text that says so and nothing else


@dataclass(frozen=True, slots=True)
class Links:
    """Reads them for the comments of one page: `identity` finds the platform's id in an address or anchor."""

    identity: re.Pattern[str]
    permalinks: Selectors
    reply_links: Selectors
    says_answered: bool  # whether words like 'in reply to' stand anywhere on the page
    base: str | None
    post_url: str | None

    def own(self, record: Record) -> Node | None:
        """The link to this comment: of several the one that names its id, since a reply links to its parent too."""
        own = record.identity or self._named_before(record.node)
        for node in record.each(self.permalinks):
            if node.tag == "a" and (not own or self._named(node) == own):
                return node
        named = {ident for ident in (record.node.get("id"), record.identity) if ident}
        here = record.each(PLACES) if named else ()
        return next((node for node in here if (node.get("href") or "").partition("#")[2] in named), None)

    def identity_of(self, record: Record, own: Node | None) -> str | None:
        """The platform's id: of the element, of the anchor before it, or of the link to it."""
        known = record.identity or self._named_before(record.node) or self._named(own)
        return known or self.number(self._anchor_within(record) or "")

    def permalink(self, record: Record, own: Node | None) -> str | None:
        href = own.get("href") if own is not None else record.node.get("itemid")
        if href:
            return resolve(self.base, href)
        ident = record.node.get("id") or self._anchor_before(record.node) or self._anchor_within(record)
        return f"{self.post_url}#{ident}" if ident and self.post_url else None

    def _anchor_within(self, record: Record) -> str | None:
        """The id of the first element in the comment that reads as one of a comment, where its own has none.

        What holds answers is not asked; what holds this comment and nothing else is.
        """
        up = record.node.parent
        around = [up] if up is not None and len(up.below) == 1 and not record.more else []
        within = islice(record.select("[id]"), MOST_ANCHORS)
        own = (node for node in within if not any(map(node.contains, record.nested)))
        idents = (node.get("id") or "" for node in (*around, *own))
        return next((ident for ident in idents if self.number(ident)), None)

    def answered(self, record: Record) -> str | None:
        """The comment that this one says it answers: its id, else its address."""
        found = iter(record.each(self.reply_links))  # a picture may be the link
        node = next(found, None) or self._after_words(record)
        href = next((value for name in REFERENCES if (value := node.get(name))), "") if node else ""
        return (self.number(href) or resolve(self.base, href)) if href.strip("#") else None

    def number(self, text: str) -> str | None:
        """The platform's id in an address, or in what stands behind its '#'."""
        found = self.identity.search(text) if text else None
        return next(filter(None, found.groups()), None) if found else None

    def _named(self, node: Node | None) -> str | None:
        return self.number(node.get("href") or "") if node is not None else None

    def _named_before(self, node: Node) -> str | None:
        return self.number(self._anchor_before(node) or "")

    def _anchor_before(self, node: Node) -> str | None:
        """The id of an anchor right before the comment: `<a id="comment-871"></a><div class="comment">`."""
        before = node.previous()
        ident = (before.get("id") or before.get("name")) if before is not None and before.tag == "a" else None
        return ident if ident and self.number(ident) else None

    def _after_words(self, record: Record) -> Node | None:
        """The link after words like 'in reply to'."""
        if not self.says_answered:
            return None
        links = (link for link in record.select("a[href]") if link.text_length)
        return next((link for link in links if ANSWERS.search(link.text_before())), None)


def says_answered(body: Node) -> bool:
    """Whether words like 'in reply to' stand anywhere, alone: all is searched for parts of them first, since few do."""
    words = body.document.all_text().lower()
    return any(stem in words for stem in ANSWER_STEMS) and any(
        ANSWERS.search(piece) for piece in body.pieces() if len(piece) <= LONGEST_WORDS
    )
