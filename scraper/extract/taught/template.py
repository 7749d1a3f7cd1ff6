"""A blog's template: blocks of text that recur at the same place on many of its pages.

`Recurrence` counts them page by page in bounded memory; `label_template` takes them off a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from math import ceil

from scraper.extract.blocks.chrome import label
from scraper.model import Profile, Recurring, Removal
from scraper.parse.html import Document
from scraper.parse.node import BLOCKS, Node
from scraper.text.prose import excerpt, fold

FEWEST_PAGES = 5  # with fewer nothing can be said of a template
MOST_BLOCKS = 5_000  # counted at a time, and places; then those seen once are forgotten
MOST_KEPT = 2_000  # blocks of a template
LEAST_LEFT = 25  # characters of a page that are its own
LONGEST = 2_000  # characters of a block; a longer one is somebody's text
# On which share of the pages a block has to recur. Templates change over the years, and then each holds for a part of
# the pages; but where other text stands at the same place as well, only what is on most pages is no one's own words.
LEAST, MOSTLY = 0.25, 0.6
FEW = 10  # pages; of fewer it has to be on most
FIXED = 0.5  # share of what stands at a place that recurs, where the place is the template's


@dataclass(slots=True)
class _Count:
    tag: str
    place: str
    length: int
    excerpt: str
    pages: int = 0


@dataclass(slots=True)
class Recurrence:
    """How often each block was seen, at most once a page."""

    pages: int = 0
    _counts: dict[int, _Count] = field(default_factory=dict)
    _own: set[int] = field(default_factory=set)  # blocks that are somebody's words, however often they recur
    _places: Counter[str] = field(default_factory=Counter)  # how many blocks stood there

    def add(self, document: Document) -> None:
        """Counts the blocks of one page; what a step has labelled (the thread) is left out."""
        self.pages += 1
        seen: set[int] = set()
        for node in blocks_of(document):
            if not 1 < node.text_length <= LONGEST:
                continue
            text, place = fold(node.text()), place_of(node)
            digest = digest_of(place, text)
            if digest in seen:
                continue
            seen.add(digest)
            self._places[place] += 1
            count = self._counts.get(digest)
            if count is None:
                count = self._counts[digest] = _Count(node.tag, place, node.text_length, excerpt(text))
            count.pages += 1
        if len(self._counts) > MOST_BLOCKS:
            self._counts = {digest: count for digest, count in self._counts.items() if count.pages > 1}
        if len(self._places) > MOST_BLOCKS:
            self._places = Counter({place: number for place, number in self._places.items() if number > 1})

    def keep(self, nodes: Iterable[Node]) -> None:
        """Notes blocks that a feed has as content: they are never of the template."""
        if len(self._own) < MOST_BLOCKS:
            self._own.update(digest_of(place_of(node), fold(node.text())) for node in nodes)

    def template(self) -> tuple[Recurring, ...]:
        """The blocks that recur on enough of the pages, those on most pages first."""
        if self.pages < FEWEST_PAGES:
            return ()
        mostly = ceil(MOSTLY * self.pages)
        least = max(ceil(MOSTLY * min(self.pages, FEW)), LEAST * self.pages)
        recurring = {
            digest: count for digest, count in self._counts.items() if count.pages >= least and digest not in self._own
        }
        places: Counter[str] = Counter()
        for count in recurring.values():
            places[count.place] += count.pages
        found = [
            Recurring(digest, count.tag, count.length, count.pages, count.excerpt)
            for digest, count in recurring.items()
            if count.pages >= mostly or places[count.place] >= FIXED * self._places[count.place]
        ]
        return tuple(sorted(found, key=lambda each: (-each.pages, each.digest))[:MOST_KEPT])


@dataclass(frozen=True, slots=True)
class Template:
    """A blog's template, ready to be held against a page's blocks."""

    host: str
    pages: int
    blocks: dict[int, int]  # digest -> pages on which it was seen
    tags: dict[int, frozenset[str]]  # by the length of their text: what has another need not be looked at

    def seen(self, node: Node) -> int:
        """On how many pages this very block was seen; 0 where it is not of the template."""
        if node.tag not in self.tags.get(node.text_length, ()):
            return 0
        return self.blocks.get(digest_of(place_of(node), fold(node.text())), 0)


def template_of(profile: Profile) -> Template:
    """The recurring blocks by what they are looked up with."""
    tags: dict[int, set[str]] = {}
    for each in profile.template:
        tags.setdefault(each.length, set()).add(each.tag)
    by_length = {length: frozenset(found) for length, found in tags.items()}
    return Template(profile.host, profile.pages, {each.digest: each.pages for each in profile.template}, by_length)


def blocks_of(document: Document) -> Iterator[Node]:
    """The elements that are blocks, show text, and have no such block in them; not what is labelled, nor below that."""
    nodes = document.nodes
    outer = {id(node.parent) for node in nodes if node.tag in BLOCKS}
    for node in reversed(nodes):  # a child comes after its parent
        if id(node) in outer and node.parent is not None:
            outer.add(id(node.parent))
    place = 0
    while place < len(nodes):
        node = nodes[place]
        if node.label is not None:
            place = max(node.end, place + 1)
            continue
        place += 1
        if node.tag in BLOCKS and id(node) not in outer and node.text_length:
            yield node


def label_template(document: Document, template: Template, removals: list[Removal]) -> str | None:
    """Labels what of the page is of the template, and records it; blocks that are of it side by side go as one.

    Of a page that has no other text nothing is taken; then it comes back, in words, that this was so.
    """
    found: list[tuple[Node, int]] = []
    nodes, lengths, seen = document.nodes, template.tags, template.seen
    place = labelled = 0
    while place < len(nodes):
        node = nodes[place]
        place += 1
        if node.label is not None:
            labelled += node.text_length
            place = max(node.end, place)
        elif node.text_length in lengths and (pages := seen(node)):
            found.append((node, pages))
            place = max(node.end, place)
    left = document.body.text_length - labelled - sum(node.text_length for node, _ in found)
    if found and left < LEAST_LEFT:
        return f"profile: all that the page shows recurs on other pages of {template.host}; none of it was taken off"
    for node, pages in _joined(found, document.body):
        label(node, "template", "profile", f"on {pages} of {template.pages} pages", removals)
    return None
    return removals


def _joined(found: list[tuple[Node, int]], body: Node) -> Iterator[tuple[Node, int]]:
    """The blocks, and in the place of those that are all that some element shows, that element."""
    covered: dict[int, int] = {}
    whole: dict[int, tuple[Node, int]] = {}
    for node, pages in found:
        fewest = pages
        whole[id(node)] = (node, pages)
        up = node.parent
        while up is not None and up is not body and up.label is None:
            length = covered[id(up)] = covered.get(id(up), 0) + node.text_length
            if length < up.text_length:
                break
            fewest = min([fewest, *(whole.pop(id(each))[1] for each in up.below if id(each) in whole)])
            whole[id(up)] = (up, fewest)
            node, up = up, up.parent
    return iter(whole.values())


def digest_of(place: str, text: str) -> int:
    """A number for a block's place and text: 63 bits, as SQLite has them."""
    made = blake2b(f"{place}\n{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(made, "big") >> 1


def place_of(node: Node) -> str:
    """The tags of the block and of those around it, with the first name of each that no number is in."""
    parts = [node.tag]
    for up in islice(node.ancestors(), 3):
        parts.append(up.tag + _first_name(up.names))
    return " < ".join(parts)


@lru_cache(maxsize=4096)
def _first_name(names: str) -> str:
    return next((f".{name}" for name in names.split() if not any(map(str.isdigit, name))), "")
