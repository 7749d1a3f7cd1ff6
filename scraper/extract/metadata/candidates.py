"""The candidates for a page's fields: what it declares, what its platform's selectors show, and which won."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from scraper.extract.blocks.chrome import HIDDEN
from scraper.extract.metadata.filed import FILED, LONGEST_TAG, around_title, filed_under
from scraper.extract.platforms.rules import Platform, Selectors
from scraper.extract.threads.counts import as_count
from scraper.model import Claim
from scraper.parse.html import Document
from scraper.parse.metadata import Claims
from scraper.parse.node import Node
from scraper.text.prose import fold
from scraper.text.urls import resolve

COLUMN = frozenset({"widget"})
THREAD = frozenset({"comments"})
LONGEST_SHOWN = 400  # characters of a single field
NO_END = re.compile(r"\w|[@-]|[.]\w")  # what follows a word that goes on, or is part of an address
MOST_TRIES = 50  # places where a name is looked at
SHORT_META = 200  # characters of a line with byline, date and the number of comments
NUMBER = re.compile(r"\d[\d.,]*")
TAG_MARKS = "# \xa0,"  # what templates put before a tag's name
KEYWORDS = 'meta[name="keywords"]'


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim, and the node that shows it where it was not only declared."""

    claim: Claim
    node: Node | None = None


class Candidates:
    """All candidates of one page. `platforms` are the known one, if any, and last the generic rules.

    The first candidate that a field's order offers and that reads as the field wins; `marked()` gives every claim
    with the winners marked, so that a reader can see what else was there.
    """

    def __init__(
        self,
        document: Document,
        platforms: tuple[Platform, ...],
        claims: Claims,
        url: str | None,
        latest: datetime | None,
        labels: list[tuple[Node, str]],
    ) -> None:
        self.document = document
        self.taught = tuple(each for each in platforms[:-1] if each.is_taught)
        self.known = tuple(each for each in platforms[:-1] if not each.is_taught)
        self.generic = platforms[-1:]
        self.platforms = platforms
        self.claims = claims
        self.url = url
        self.latest = latest  # when the page was captured at the latest
        self.labels = labels  # short texts in and around the post, in page order
        self._added: list[Claim] = []
        self._won: set[tuple[str, str, str]] = set()

    def shown(self, field: str, platforms: Iterable[Platform]) -> Iterator[Candidate]:
        """What the selectors of these platforms find for a field, outside the thread."""
        for platform in platforms:
            selectors: Selectors = getattr(platform, field)
            for css in selectors:
                for node in self.document.body.select(css):
                    if not in_thread(node):
                        claim = Claim(field, node.text()[:500], platform.name, f"{css[:60]} ({node.path})")
                        self._added.append(claim)
                        yield Candidate(claim, node)

    def declared(self, field: str, sources: tuple[str, ...]) -> Iterator[Candidate]:
        """What the page declares for a field, by these sources in their order."""
        claims = self.claims.of(field)
        for source in sources:
            yield from (Candidate(claim) for claim in claims if claim.source == source)

    def win(self, claim: Claim) -> None:
        """Marks a claim as the one that was believed; a claim made here is added first."""
        self._won.add(_key(claim))

    def note(self, claim: Claim) -> None:
        """Adds a claim that neither a declaration nor a selector made."""
        self._added.append(claim)

    def shows(self, name: str) -> bool:
        """Whether the page shows a name, in either order of its words, outside the thread."""
        if "," not in name and _stands_in(name, self._pieces):
            return True  # as the page writes it, most often
        words = name.lower().replace(",", " ").split()
        if not all(word in self._lower for word in words):
            return False
        orders = {" ".join(words), " ".join([*words[-1:], *words[:-1]])}
        return any(_stands_in(order, self._lower_line) for order in orders)

    @cached_property
    def text(self) -> str:
        """The page's text outside the thread, in one line."""
        return " ".join(self._pieces.split())

    @cached_property
    def hidden(self) -> set[Node]:
        """The elements that their style hides."""
        styled = self.document.select("[style*=none]")
        return {node for node in styled if HIDDEN.search(node.get("style") or "")}

    @cached_property
    def _pieces(self) -> str:
        """The text as it stands in the page's source."""
        nodes = self.document.nodes
        place, end = self.document.body.index, self.document.body.end
        hidden = self.hidden
        left_out = [node for node in nodes[place:end] if node.label == "comments" or node in hidden]
        pieces: list[str] = []
        for node in left_out:
            if place <= node.index and (node.text_length > SHORT_META or node in hidden):
                pieces += [piece for each in nodes[place : node.index] for piece in each.strings_here]
                place = max(node.end, node.index + 1)
        pieces += [piece for each in nodes[place:end] for piece in each.strings_here]
        return " ".join(pieces)

    @cached_property
    def _lower(self) -> str:
        return self._pieces.lower()

    @cached_property
    def _lower_line(self) -> str:
        return " ".join(self._lower.split())

    def add(self, field: str, value: str, source: str, where: str) -> None:
        """Adds a claim that won: one that neither a declaration nor a selector made."""
        claim = Claim(field, value, source, where)
        self._added.append(claim)
        self.win(claim)

    def marked(self) -> tuple[Claim, ...]:
        """Every claim, once, with `accepted` set on those that won."""
        unique: dict[tuple[str, str, str, str], Claim] = {}
        for claim in (*self.claims.claims, *self._added):
            unique.setdefault((claim.field, claim.value, claim.source, claim.where), claim)
        won = self._won
        return tuple([Claim(*key, accepted=True) if key[:3] in won else claim for key, claim in unique.items()])

    # -- fields that need no judgement of their own

    def first_declared(self, field: str) -> str | None:
        claim = next(iter(self.claims.of(field)), None)
        if claim is not None:
            self.win(claim)
        return claim.value if claim else None

    def first_shown(self, field: str) -> str | None:
        for candidate in self.shown(field, self.platforms):
            if 0 < len(candidate.claim.value) <= LONGEST_SHOWN:
                self.win(candidate.claim)
                return candidate.claim.value
        return None

    def listed(self, field: str, claimed: str, title: Node | None = None) -> tuple[str, ...]:
        """Tags or categories: all that the first platform shows, else all of the strongest declaration.

        A column beside the post shows those of all posts, which count where nothing else says any. Links whose address
        is that of a tag or category come before keywords, which many a site states once for all pages.
        """
        own = around_title(title)
        aside: list[Claim] = []
        for platform in self.platforms:
            values = [each for each in self.shown(field, (platform,)) if 0 < len(each.claim.value) <= LONGEST_TAG]
            posts = [each.claim for each in values if each.node is None or _is_own(each.node, own)]
            if posts:
                return self._all(posts)
            aside = aside or [each.claim for each in values]
        claims = [claim for claim in self.claims.of(claimed) if len(claim.value) <= LONGEST_TAG]
        claims = [claim for claim in claims if claim.source == claims[0].source]
        if not claims or claims[0].where == KEYWORDS:
            filed = filed_under(own or self.document.body, FILED[field], self.url)
            self._added += filed
            claims = filed or claims
        return self._all(claims or aside)

    def _all(self, claims: list[Claim]) -> tuple[str, ...]:
        for claim in claims:
            self.win(claim)
        names = [name for claim in claims if (name := claim.value.lstrip(TAG_MARKS))]
        named: dict[str, str] = {}
        for name in names:
            named.setdefault(name.casefold(), name)
        return tuple(named.values())

    def address(self, field: str, sources: tuple[str, ...]) -> str | None:
        """The first declared URL that resolves."""
        for candidate in self.declared(field, sources):
            found = resolve(self.url, candidate.claim.value)
            if found:
                self.win(candidate.claim)
                return found
        return None

    def number(self, field: str, label: re.Pattern[str]) -> int | None:
        """A count: shown by a platform's selector, declared, or beside a label such as 'Number of comments'."""
        for candidate in self.shown(field, self.platforms):
            digits = NUMBER.search(candidate.claim.value)
            number = as_count(digits[0]) if digits else None
            if number is not None:
                self.win(candidate.claim)
                return number
        for claim in self.claims.of(field):
            number = as_count(claim.value) if claim.value.isdecimal() else None
            if number is not None:
                self.win(claim)
                return number
        return self._labelled(field, label)

    def _labelled(self, field: str, label: re.Pattern[str]) -> int | None:
        for node, text in self.labels:
            found = label.match(text) if node.tag != "a" else None
            if found is None:
                continue
            shown = found[1] or _beside(node, text) or ""
            number = as_count(shown)
            if number is not None:
                self.add(field, shown, "label", node.path)
                return number
        return None


def _is_own(node: Node, own: Node | None) -> bool:
    """Whether an element is in the article itself, or in no column."""
    return (own is not None and own.tag == "article" and own.contains(node)) or not node.stands_in(COLUMN)


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text by itself, and not as part of a word or an address."""
    at = text.find(name)
    for _ in range(MOST_TRIES):
        if at < 0:
            break
        before = text[at - 1] if at else " "
        if not (before.isalnum() or before in "_.@/-") and not NO_END.match(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def in_thread(node: Node) -> bool:
    """Whether the element stands in the comments."""
    return node.stands_in(THREAD)


@lru_cache(maxsize=4096)
def words_of(text: str) -> str:
    """The words of a text in lower case, one space between them: for comparing titles and names."""
    return " ".join(re.findall(r"\w+", fold(text).casefold()))


def _beside(node: Node, label: str) -> str | None:
    """The number that stands in the element next to a label."""
    if node.parent is None or node.parent.text_length >= 60:
        return None
    beside = node.parent.text().removeprefix(label).strip(" :")
    return beside if NUMBER.fullmatch(beside) else None


def _key(claim: Claim) -> tuple[str, str, str]:
    return (claim.field, claim.value, claim.source)
