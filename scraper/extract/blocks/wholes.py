"""What of a post goes together: lists, tables, code and quotes are kept whole, and no heading without what it heads.

The model judges block by block; it may take some items of a list and leave others.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from math import sqrt

from scraper.extract.blocks.block_arrays import is_prose
from scraper.extract.blocks.footnotes import find_footnotes
from scraper.parse.block import Block
from scraper.parse.html import Document
from scraper.parse.node import Node

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
LISTS = frozenset({"ul", "ol", "dl"})
ITEMS = LISTS | {"li", "dt", "dd", "blockquote"}
FEWEST_ITEMS = 3  # blocks of a list
MOSTLY_LINKS, ASKED_OF_LINKS = 0.7, 0.4  # share of a list's text inside links; log odds that it has to have more
MOST_OF_PAGE = 0.5  # share of the page's text: a list with more lays out the page
SAMPLES = frozenset("pre table caption thead tbody tfoot tr td th".split())
AROUND_SAMPLE = 7  # elements between a block of code and the post's own: a figure, a table with the lines' numbers
BESIDE_SAMPLE = 80  # characters there that are no code: its language, its file, a button to copy it
SHORT_LINE = 40  # characters of a line that tells a day, a tag or a number of words
MOST_CELLS = 3000  # elements of a table that a post shows beside its text
FEWEST_ROWS, FEWEST_COLUMNS, ALIKE = 4, 3, 0.8  # of one without heads; the share of its rows that have as many cells
QUOTED = (  # what somebody said elsewhere; Instagram's and Threads' mostly have a button and no words
    "blockquote.twitter-tweet, blockquote.twitter-video, blockquote.tiktok-embed, blockquote.bluesky-embed"
    ", blockquote.mastodon-embed, blockquote.reddit-embed-bq"
)


def odds_of_lists(document: Document, weighed: list[Block], scores: list[float]) -> dict[int, float]:
    """The odds of the blocks in lists, by their `id()`: their mean, since a list is the post's as a whole or is not.

    One of links is asked for more: below a post it mostly leads to others.
    """
    around = [0] * len(document.nodes)  # for each element the place of the list that it is in, which is never the first
    for node in document.nodes:
        if node.tag in LISTS:
            around[node.index : node.end] = [node.index] * (node.end - node.index)
    lists: dict[int, list[tuple[Block, float]]] = {}
    for block, odds in zip(weighed, scores, strict=True):
        if place := around[block.node.index]:
            lists.setdefault(place, []).append((block, odds))
    most = MOST_OF_PAGE * sum([block.length for block in weighed])
    found: dict[int, float] = {}
    for items in lists.values():
        if len(items) < FEWEST_ITEMS:
            continue
        length = linked = 0
        weights = total = 0.0
        for block, odds in items:
            length, linked = length + block.length, linked + block.link_length
            weight = sqrt(1 + block.length)
            weights, total = weights + weight, total + weight * odds
        if length < most:
            asked = ASKED_OF_LINKS if linked > MOSTLY_LINKS * length else 0.0
            found |= dict.fromkeys([id(block) for block, _ in items], total / weights - asked)
    return found


def with_what_belongs(document: Document, free: list[Block], kept: list[Block]) -> list[Block]:
    """The blocks with code, figures, quotes and references, which read like no post and stand in one."""
    beside = around_prose(kept)
    samples = _samples(free, beside) | _items(free, kept)
    places = _quoted(document, beside) | find_footnotes(document, free, kept)
    if not samples and not places:
        return kept
    before = set(map(id, kept))
    return [b for b in free if id(b) in samples or (places and b.node.is_within(places)) or id(b) in before]


def without_bare_headings(weighed: list[Block], kept: list[Block]) -> list[Block]:
    """The blocks without those headings, below the first paragraph, of which all that stood under them is left out."""
    first = next((block for block in kept if is_prose(block) and block.node.tag not in HEADINGS), None)
    chosen = set(map(id, kept))
    bare: set[int] = set()
    heading: Block | None = None
    is_bare = False
    for block in weighed[weighed.index(first) :] if first else ():
        if id(block) not in chosen:
            is_bare = True
            continue
        is_heading = block.node.tag in HEADINGS and not is_prose(block)
        if heading is not None and is_bare and is_heading:
            bare.add(id(heading))
        heading, is_bare = block if is_heading else None, False
    if heading is not None and is_bare:
        bare.add(id(heading))
    return [block for block in kept if id(block) not in bare] if bare else kept


def without_lines_outside(kept: list[Block], named: Node | None) -> list[Block]:
    """These blocks without the short lines outside the element that is called the body, where that has all paragraphs.

    A longer one may be the post's all the same: what stands between its title and its text.
    """
    if named is None or not any(map(is_prose, kept)):
        return kept
    outside = [block for block in kept if not named.contains(block.node)]
    if any(map(is_prose, outside)):
        return kept
    short = {id(block) for block in outside if block.length < SHORT_LINE}
    return [block for block in kept if id(block) not in short]


def around_prose(kept: list[Block]) -> set[int]:
    """The elements, by their `id()`, that hold paragraphs of these."""
    return {id(block.node.parent) for block in kept if is_prose(block)}


def _quoted(document: Document, beside: set[int]) -> set[int]:
    """The quotes from elsewhere, by their `id()`, that stand among paragraphs of the post, alone in what is around."""
    found = set()
    for quote in document.select(QUOTED):
        outer = quote
        while outer.parent is not None and outer.parent.text_length == quote.text_length:
            outer = outer.parent
        if outer.parent is not None and id(outer.parent) in beside:
            found.add(id(quote))
    return found


def _samples(free: list[Block], beside: set[int]) -> set[int]:
    """The blocks, by their `id()`, of code and tables of data whose parent is among `beside`."""
    found = [block for block in free if block.node.tag in SAMPLES]
    hold_data: dict[int, bool] = {}  # the tables that were looked at
    others: dict[tuple[int, str], int] = {}  # what else than code or tables the elements around hold, in characters
    samples: set[int] = set()
    for block in found:
        table = next((up for up in (block.node, *islice(block.node.ancestors(), 4)) if up.tag == "table"), None)
        if table is not None and id(table) not in hold_data:
            hold_data[id(table)] = _holds_data(table)
        outer = _around_sample(table if table is not None and hold_data[id(table)] else block.node, beside, others)
        if id(outer.parent) in beside:
            samples.add(id(block))
    return samples


def _around_sample(node: Node, beside: set[int], others: dict[tuple[int, str], int]) -> Node:
    """The element around code or a table that stands among the post's own and has nothing else in it; else itself."""
    if node.tag not in ("pre", "table"):
        return node
    at = node
    for up in islice(node.ancestors(), AROUND_SAMPLE):
        if id(up) in beside:
            return at
        key = id(up), node.tag
        if key not in others:
            others[key] = up.text_length - _length_in(up, node.tag)
        if others[key] > BESIDE_SAMPLE:
            break
        at = up
    return node


def _length_in(around: Node, tag: str) -> int:
    """The characters in the elements of this tag below another, those in one of them counted once."""
    length = end = 0
    for each in around.select(tag):
        if each.index >= end:
            length, end = length + each.text_length, each.end
    return length


def _items(free: list[Block], kept: list[Block]) -> set[int]:
    """The blocks, by their `id()`, without links of lists and quotes that stand between paragraphs of the post."""
    first: dict[int, int] = {}  # an element -> where the first and the last of its kept paragraphs stand
    last: dict[int, int] = {}
    for block in kept:
        if is_prose(block) and block.node.tag not in ITEMS:
            first.setdefault(id(block.node.parent), block.node.index)
            last[id(block.node.parent)] = block.node.index
    found: set[int] = set()
    for block in free:
        if block.link_length or not first or (whole := _whole_list(block.node)) is None or whole.parent is None:
            continue
        if first.get(id(whole.parent), whole.index) < whole.index < last.get(id(whole.parent), -1):
            found.add(id(block))
    return found


def _whole_list(node: Node) -> Node | None:
    """The outermost list or quote that a block is of, as an item, a quote or a paragraph of one."""
    at = node if node.tag in ITEMS else node.parent
    found = None
    while at is not None and at.tag in ITEMS:
        found, at = at, at.parent
    return found


def _holds_data(table: Node) -> bool:
    """Whether it is a table of columns: they have heads, or nearly all of its rows have as many cells."""
    if table.end - table.index > MOST_CELLS or table.select_one("table, form, p ~ p") is not None:
        return False
    if table.select_one("th") is not None:
        return True
    widths = Counter(len(each.below) for each in table.subtree() if each.tag == "tr")
    (usual, count), *_ = widths.most_common(1) or [(0, 0)]
    return widths.total() >= FEWEST_ROWS and usual >= FEWEST_COLUMNS and count >= ALIKE * widths.total()
