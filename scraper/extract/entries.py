"""Whether a page is a list of other posts, as far as its entries tell: `entries_rule`."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from scraper.extract.blocks.block_arrays import is_prose
from scraper.extract.threads.runs import kind
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.urls import host_of, resolve

ENTRIES = ".hentry, .h-entry, article"
LINKED_HEADINGS = ", ".join(f'{tag} a[href]:not([href^="#"])' for tag in ("h1", "h2", "h3"))  # not to themselves
MANY = 3  # entries with a linked heading each that make a listing
SOME_TEXT = 100  # characters of an entry, with its heading
LONG, MORE = 2_000, 3  # characters of prose beside entries, and times theirs, that make the page no listing of them
FAIR = 1_000  # characters of prose in an article with the page's own heading, which make it the post
NEARLY_ALL = 0.8  # of the page's prose, which entries hold that only look alike
MANY_DATED = 8  # links with a day beside each that are a list of posts, on a page without prose
MARKED = f"{MANY} or more entries with linked headings"
ALIKE = f"{MANY} or more elements alike with linked headings"
DATED = f"{MANY_DATED} or more links with a day each, and next to nothing else"
GUESSES = frozenset({MARKED, ALIKE})  # a post may show so many others below


def entries_rule(document: Document, url: str | None) -> str | None:
    """The rule by which the page's entries make it a listing, if they do. `url` is the page's own address."""
    headings = _Headings(document)
    prose = _prose_before(document)
    entries = _linked_entries(document, headings)
    if len(entries) >= MANY and not _is_beside(entries, document, headings, prose):
        return MARKED
    if _are_nearly_all(document, url, prose):
        return ALIKE
    return DATED if not prose[-1] and _are_dated_links(document) else None


class _Headings:
    """Where on a page headings stand, looked up once: entries may be nested in each other."""

    def __init__(self, document: Document) -> None:
        selectors = (LINKED_HEADINGS, "h1", "h1 a[href], a[href] h1")
        self.linked, self.first, self.first_linked = (
            sorted(node.index for node in document.body.select(css)) for css in selectors
        )

    def lead_on_in(self, entry: Node) -> bool:
        """Whether a heading in an entry leads on."""
        return _is_any_in(self.linked, entry)

    def own_in(self, entry: Node) -> bool:
        """Whether an entry has the page's own heading: an h1 without a link."""
        return _is_any_in(self.first, entry) and not _is_any_in(self.first_linked, entry)


def _is_any_in(places: Sequence[int], entry: Node) -> bool:
    at = bisect_left(places, entry.index)
    return at < len(places) and places[at] < entry.end


def _prose_before(document: Document) -> list[int]:
    """For each node, by its index, the characters of prose before it; the last is all."""
    lengths = [0] * (len(document.nodes) + 1)
    for block in document.blocks:
        if is_prose(block):
            lengths[block.node.index + 1] += block.length
    return list(accumulate(lengths))


def _linked_entries(document: Document, headings: _Headings) -> list[Node]:
    """The entries whose heading leads on; one around others is none, nor is one that has the page's own heading."""
    found: list[Node] = []
    for entry in document.body.select(ENTRIES):
        if entry.text_length <= SOME_TEXT or not headings.lead_on_in(entry) or headings.own_in(entry):
            continue
        if any(up.names.find("comment") >= 0 for up in (entry, *entry.ancestors())):
            continue
        if found and found[-1].contains(entry):
            found.pop()
        found.append(entry)
    return found


def _is_beside(entries: Sequence[Node], document: Document, headings: _Headings, prose: Sequence[int]) -> bool:
    """Whether the entries stand beside a text of the page's own.

    That is one entry without such a heading, a fair text with the page's heading, or what stands in no entry.
    """

    def held(entry: Node) -> int:
        return prose[entry.end] - prose[entry.index]

    every = document.body.select(ENTRIES)
    if any(2 * held(entry) > prose[-1] and not headings.lead_on_in(entry) for entry in every):
        return True
    places = [entry.index for entry in entries]
    sums = [0, *accumulate(map(held, entries))]  # none is in another
    headed = [entry for entry in every if headings.own_in(entry)]
    for entry in headed:
        first, last = bisect_left(places, entry.index), bisect_left(places, entry.end)
        if held(entry) - (sums[last] - sums[first]) > FAIR:
            return True
    outside = prose[-1] - sums[-1]
    return outside > max(LONG, (1 if headed else MORE) * sum(entry.text_length for entry in entries))


def _are_dated_links(document: Document) -> bool:
    """Whether lines of a link and a day each hold nearly all of the page's text: an archive of titles."""
    lines: dict[int, Node] = {}
    for day in document.body.select("time"):
        up = day.parent
        if up is not None and not up.link_length:
            up = up.parent
        if up is not None and 0 < up.text_length - up.link_length <= SOME_TEXT:
            lines[id(up)] = up
    held = sum(line.text_length for line in lines.values())
    return len(lines) >= MANY_DATED and held >= NEARLY_ALL * document.body.text_length


def _stays_on_site(reference: str, url: str | None) -> bool:
    """Whether a link leads to no other host than the page's, as far as that is known."""
    target = host_of(resolve(url, reference) or "")
    hosts = {host.removeprefix("www.") for host in (target, host_of(url or "")) if host}
    return len(hosts) < 2


def _are_nearly_all(document: Document, url: str | None, prose: Sequence[int]) -> bool:
    """Whether elements that look alike, each around one heading that leads on, hold nearly all of the page's prose.

    One that does so by itself is the post. So is a list of what other sites have: books, tools, places.
    """
    headings = sorted(document.body.select(LINKED_HEADINGS), key=lambda node: node.index)
    headings = [node for node in headings if _stays_on_site(node.get("href") or "", url)]
    if len(headings) < MANY or not prose[-1]:
        return False
    alike: dict[object, dict[str, Node]] = defaultdict(dict)
    places = [-1, *(node.index for node in headings), len(document.nodes)]
    for heading, before, after in zip(headings, places, places[2:], strict=False):
        unit = heading
        for up in heading.ancestors():
            if up is document.body or up.index <= before or up.end > after:
                break
            unit = up
        if unit.text_length > SOME_TEXT:
            looks = kind(unit) if unit.names else (unit.tag, id(unit.parent))
            alike[looks][heading.get("href") or ""] = unit
    for units in alike.values():
        held = [prose[unit.end] - prose[unit.index] for unit in units.values()]
        if len(held) >= MANY and sum(held) >= NEARLY_ALL * prose[-1] > max(held):
            return True
    return False
