"""A page's elements and blocks as arrays: `Elements`, with sums over subtrees and marks of all around, and `Blocks`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING

from scraper.extract.blocks.block_words import NAMES, bits_of
from scraper.extract.blocks.chrome import kind_by_name, numberless
from scraper.extract.blocks.chrome_words import KINDS
from scraper.extract.blocks.lexicon import NOT_LETTERS, NOTHING, lexicon
from scraper.parse.block import Block
from scraper.parse.node import Node

if TYPE_CHECKING:
    import numpy as np

TAGS = (
    "p h1 h2 h3 h4 h5 h6 li td div span pre blockquote dt dd figcaption th button label article section center a"
    " caption summary address body font"
).split()
AROUND = (
    "ul ol table figure blockquote form aside header footer nav section article main td dl address details p a button"
    " h1 h2 h3 h4 center fieldset tr li"
).split()
TAG_BITS = {tag: 1 << place for place, tag in enumerate(TAGS)}
AROUND_BITS = {tag: 1 << place for place, tag in enumerate(AROUND, len(TAGS))}
BITS = {tag: TAG_BITS.get(tag, 0) | AROUND_BITS.get(tag, 0) for tag in (*TAGS, *AROUND)}
NAME_BITS = bits_of(NAMES)
KIND_BITS = {kind: 1 << place + len(NAMES) for place, kind in enumerate(KINDS)}
LABELS = ("comments", "comment_form", "author_box", "byline", "title", "related", "widget", "hidden")
LABEL_CODES = {label: place for place, label in enumerate(LABELS, 1)}
PROSE = 60  # characters; less is hardly a paragraph
LINKED = 0.3  # share of a paragraph's text inside links, at most


class Blocks:
    """What is known of each of the blocks, as arrays over `all`."""

    def __init__(self, blocks: list[Block]) -> None:
        import numpy as np

        nodes = [block.node for block in blocks]
        count = len(blocks)
        self.all = blocks
        self.own = np.fromiter([node.index for node in nodes], int, count)  # its element's place in Document.nodes
        self.size = np.fromiter([block.length for block in blocks], float, count)
        self.linked = np.fromiter([block.link_length for block in blocks], float, count)
        self.prose = np.fromiter([is_prose(block) for block in blocks], float, count)
        self.closed = np.fromiter([node.is_closed for node in nodes], bool, count)
        self.holds_elements = np.fromiter([len(node.below) > 0 for node in nodes], bool, count)


class Elements:
    """What is known of each of a page's elements that show text, as arrays over `Document.nodes`.

    `named` are the kinds that its names tell, as bits, `tags` its tag's BITS. `names_around` and `tags_around` have
    those of the elements around it as well. `odds` are three rows of what single names tell of a block: those of its
    own element, of the two around that, of all others.
    """

    def __init__(self, nodes: list[Node]) -> None:
        import numpy as np

        count = len(nodes)
        self.parent = np.fromiter([0, *[node.parent.index for node in nodes[1:] if node.parent]], int, count)
        self.end = np.fromiter([node.end for node in nodes], int, count)
        self.depth = np.fromiter([node.depth for node in nodes], float, count)
        self.length = np.fromiter([node.text_length for node in nodes], float, count)
        self.linked = np.fromiter([node.link_length for node in nodes], float, count) / (self.length + 1)
        self.labels = np.zeros(count, int)  # the nearest around: its place in LABELS from 1, or one more
        for node in [each for each in nodes if each.label is not None]:
            self.labels[node.index : node.end] = LABEL_CODES.get(node.label or "", len(LABELS) + 1)
        tags, names = [node.tag for node in nodes], [node.names for node in nodes]
        looks: dict[tuple[str, str], int] = {}  # tag and names, and the first element that looks so
        look = np.fromiter(map(looks.setdefault, zip(tags, names, strict=True), range(count)), int, count)
        self.alike = np.log(np.bincount(look)[look])
        bits, own, near, far = self._told(look, looks)
        self.named = named = bits.astype(np.uint64)
        self.tags = around = np.fromiter(map(BITS.get, tags, repeat(0)), np.uint64, count)
        up, deep, step = self.parent, far, self.parent
        while step.any():  # doubling the step up
            named, around, deep = named | named[step], around | around[step], deep + deep[step]
            step = step[step]
        self.names_around, self.tags_around = named, around
        self.odds = np.stack([own, near[up] + near[up[up]], deep[up[up[up]]]])

    def _told(self, look: np.ndarray, looks: dict[tuple[str, str], int]) -> np.ndarray:
        """Rows of what tags and names tell: kinds as bits, and odds for a block of the element, near in it, deep in it.

        The first element, the page, is around all blocks alike and has no odds.
        """
        import numpy as np

        names = chain.from_iterable([told_by(names) for _, names in looks])
        tags = chain.from_iterable(map(lexicon().tags.get, [tag for tag, _ in looks], repeat(NOTHING)))
        rows = np.empty((4, len(look)))
        places = list(looks.values())
        rows[:, places] = np.fromiter(names, float, 4 * len(looks)).reshape(-1, 4).T
        rows[1:, places] += np.fromiter(tags, float, 3 * len(looks)).reshape(-1, 3).T
        rows = rows[:, look]
        rows[2:, 0] = 0
        return rows

    def table(self, blocks: Blocks) -> np.ndarray:
        """A column for each element: its prose, the share of it in its blocks, of links; its blocks, length, likes."""
        import numpy as np

        prose = blocks.size * blocks.prose
        count, paragraphs, long = self._sums(blocks.own, (None, blocks.prose, prose))
        shares = (long / max(float(prose.sum()), 1.0), paragraphs / (count + 1), self.linked)
        return stacked([*shares, np.log1p(count), np.log1p(self.length), self.alike])

    def _sums(self, own: np.ndarray, values: tuple[np.ndarray | None, ...]) -> np.ndarray:
        """For each value and element its sum (that of 1 for None) over the blocks in it, whose elements are `own`."""
        import numpy as np

        sums = np.zeros((len(values), len(self.end) + 1))
        for place, each in enumerate(values):
            sums[place, 1:] = np.bincount(own, each, len(self.end))
        sums.cumsum(1, out=sums)
        return np.asarray(sums[:, self.end] - sums[:, :-1])


def stacked(arrays: Sequence[np.ndarray], kind: type = float) -> np.ndarray:
    """The arrays one below the other, as rows; a single number is a row of it."""
    import numpy as np

    rows: np.ndarray = np.empty((len(arrays), len(arrays[0])), kind)
    for place, each in enumerate(arrays):
        rows[place] = each
    return rows


@lru_cache(maxsize=4096)
def told_by(names: str) -> tuple[float, ...]:
    """What class names and ids tell: their kinds as bits, those of NAMES and the one that chrome.py reads, and odds."""
    known = lexicon()
    alike = numberless(names, "#")
    if alike != names and names.rsplit(maxsplit=1)[-1] not in known.names:
        return told_by(alike)
    bits, odds = 0, [known.names[name] for name in set(names.split()) if name in known.names]
    for part in set(NOT_LETTERS.split(names)):
        bits |= NAME_BITS.get(part, 0)
        if part in known.parts:
            odds.append(known.parts[part])
    if found := kind_by_name(names):
        bits |= KIND_BITS[found[0]]
    own = near = far = 0.0
    for each in odds:
        own, near, far = own + each[0], near + each[1], far + each[2]
    return bits, own, near, far


def is_prose(block: Block) -> bool:
    """Whether a block has the length of a paragraph and is not mostly links."""
    return block.length > PROSE and block.link_length < LINKED * block.length and not block.node.is_closed
